// One launcher for each cluster: a lock that the operating system drops when its holder dies.

import { connect, createServer, type Server } from 'node:net';
import { shortHash } from './placement.ts';

/** Names in the abstract namespace (unix(7)) have no file, so nothing is left behind. */
const lockName = (cluster: string): string => `\0lamppost-launcher-${shortHash(cluster)}`;

function listen(name: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.end(String(process.pid));
    });
    server.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(name, () => resolve(server.unref()));
  });
}

function askHolder(name: string): Promise<string> {
  return new Promise((resolve) => {
    let pid = '';
    const socket = connect(name).setEncoding('utf8').setTimeout(1000);
    socket.on('data', (text: string) => {
      pid += text;
    });
    socket.on('timeout', () => socket.destroy());
    socket.on('error', () => {});
    socket.on('close', () => resolve(/^\d+$/.test(pid) ? `process ${pid}` : 'another process'));
  });
}

export type LauncherLock = { release(): Promise<void> };

/** Takes the lock, or throws an error that names the process that holds it. */
export async function lockCluster(cluster: string): Promise<LauncherLock> {
  const name = lockName(cluster);
  const server = await listen(name);
  if (server === undefined) {
    const holder = await askHolder(name);
    throw new Error(
      `The database in ${cluster} is in use by ${holder}: stop that first, or choose another folder with LAMPPOST_DATA.`,
    );
  }
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}
