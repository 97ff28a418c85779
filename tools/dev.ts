// Runs the city while you work on it: restarts the server whenever a file below src changes.

import { type ChildProcess, spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const quietMs = 150;
const watched = /\.(tsx?|css|json|sql)$/;
const notWatched = /\.test\.tsx?$/;

const env = { ...process.env, NODE_ENV: 'development' };

let server: ChildProcess | undefined;
let timer: NodeJS.Timeout | undefined;
let stopping = false;
let work = Promise.resolve();

function start(): void {
  const command = ['--import', 'tsx', 'src/main.ts', ...process.argv.slice(2)];
  const child = spawn(process.execPath, command, { cwd: root, stdio: 'inherit', env });
  child.on('exit', (code) => {
    if (server !== child) return;
    server = undefined;
    if (!stopping) console.log(`The server ended (${code ?? 'by a signal'}). Waiting for a change.`);
  });
  server = child;
}

function stop(): Promise<void> {
  const child = server;
  server = undefined;
  if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}

function restart(file: string): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    work = work.then(async () => {
      console.log(`${file} changed: starting again.`);
      await stop();
      if (!stopping) start();
    });
  }, quietMs);
}

async function end(): Promise<void> {
  if (stopping) return;
  stopping = true;
  clearTimeout(timer);
  watcher.close();
  await work;
  await stop();
}

const watcher = watch(join(root, 'src'), { recursive: true }, (_, file) => {
  if (file && watched.test(file) && !notWatched.test(file)) restart(join('src', file));
});
process.on('SIGINT', end);
process.on('SIGTERM', end);
start();
