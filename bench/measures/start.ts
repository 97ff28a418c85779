// How long it takes from the launcher to the first visitor who can be served.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cleanEnvironment } from '../child.ts';
import { inWords, median, type Row, type Table } from '../figures.ts';
import type { Setting } from '../setting.ts';

const launcher = join(import.meta.dirname, '../../bin/lamppost.js');
const goalSeconds = 10;
const longestSeconds = 60;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

const answersWell = (url: string) =>
  fetch(url).then(
    ({ status }) => status === 200,
    () => false,
  );

/** Seconds until it is ready, and until the first page has been sent as well. */
type Started = { ready: number; page: number };

/** Starts a city on a data folder and stops it again. */
async function startOnce(folder: string): Promise<Started> {
  const port = await freePort();
  const env = {
    ...cleanEnvironment(),
    PORT: String(port),
    LAMPPOST_DATA: folder,
    LAMPPOST_LOG_LEVEL: 'error',
  };
  const started = performance.now();
  const secondsGone = () => (performance.now() - started) / 1000;
  const child = spawn(process.execPath, [launcher, 'start'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const exit = once(child, 'exit');
  try {
    while (!(await answersWell(`http://127.0.0.1:${port}/readyz`))) {
      if (child.exitCode !== null) throw new Error(`the city ended with ${child.exitCode}`);
      if (secondsGone() > longestSeconds) throw new Error('the city did not become ready');
      await sleep(10);
    }
    const ready = secondsGone();
    const page = await fetch(`http://127.0.0.1:${port}/en`);
    await page.arrayBuffer();
    return { ready, page: secondsGone() };
  } finally {
    child.kill('SIGTERM');
    await exit;
  }
}

/** With nothing there, and with the data folder of the start before; in turn. */
export async function measureStart({ quick, folder }: Setting): Promise<Table> {
  const data = join(folder, 'start');
  const empty: Started[] = [];
  const again: Started[] = [];
  for (let round = 0; round < (quick ? 1 : 5); round += 1) {
    rmSync(data, { recursive: true, force: true });
    empty.push(await startOnce(data));
    again.push(await startOnce(data));
  }
  return {
    title: 'Start, from the launcher to the first 200 of /readyz, installed',
    columns: ['data folder', 'ready s', 'first page s', 'slowest s', 'ready / limit', 'goal'],
    rows: [rowOf('empty', empty), rowOf('there already', again)],
  };
}

function rowOf(name: string, starts: Started[]): Row {
  const ready = median(starts.map((one) => one.ready));
  const page = median(starts.map((one) => one.page));
  const slowest = Math.max(...starts.map((one) => one.ready));
  return {
    cells: [
      name,
      ...[ready, page, slowest].map(inWords),
      (ready / goalSeconds).toFixed(2),
      `< ${goalSeconds} s`,
    ],
    met: ready < goalSeconds,
  };
}
