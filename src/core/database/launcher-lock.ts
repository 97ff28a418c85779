// One launcher for each cluster: a lock that the operating system drops when its holder dies, and a heartbeat
// that is seen from other containers too.

import { connect, createServer, type Server } from 'node:net';
import { startHeartbeat } from './heartbeat.ts';
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

/**
 * Takes the lock, or throws an error that names who holds it. The name is known in one network namespace
 * only, so two containers on one volume are told apart by a heartbeat in the folder. `onLost`: another
 * launcher took the folder while this one was held up.
 */
export async function lockCluster(cluster: string, { onLost }: { onLost(): void }): Promise<LauncherLock> {
  const name = lockName(cluster);
  const refuse = (holder: string) =>
    new Error(
      `The database in ${cluster} is in use by ${holder}: stop that first, or choose another folder with LAMPPOST_DATA.`,
    );
  const server = await listen(name);
  if (server === undefined) throw refuse(await askHolder(name));
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  try {
    const heartbeat = await startHeartbeat({ path: `${cluster}.launcher`, onLost });
    if (typeof heartbeat === 'string') throw refuse(heartbeat);
    return { release: () => heartbeat.stop().finally(close) };
  } catch (error) {
    await close();
    throw error;
  }
}
