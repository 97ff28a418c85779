// Fault test: twenty sudden deaths of the program or of PostgreSQL, and every acknowledged event delivered in
// order.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';

type Row = { key: string; n: number; sequence: number };
type Result = { logged: Row[]; delivered: Row[] };
type Writer = { process: ChildProcess; ended: Promise<unknown>; lines: string[]; complaints: string[] };

const rounds = 20;
const program = new URL('events-writer.ts', import.meta.url).pathname;
let folder: string;
let current: Writer | undefined;
let settled = false;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lamppost-fault-'));
});

afterAll(async () => {
  current?.process.kill('SIGKILL');
  await current?.ended;
  // After a failure the server may still run: the next life takes it over and stops it.
  if (!settled) await startWriter('end').ended;
  rmSync(folder, { recursive: true, force: true });
});

function startWriter(task: 'write' | 'settle' | 'end'): Writer {
  const child = spawn(process.execPath, ['--import', 'tsx', program, folder, task], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const writer: Writer = {
    process: child,
    ended: new Promise((resolve) => child.once('close', resolve)),
    lines: [],
    complaints: [],
  };
  createInterface({ input: child.stdout! }).on('line', (line) => writer.lines.push(line));
  createInterface({ input: child.stderr! }).on('line', (line) => writer.complaints.push(line));
  current = writer;
  return writer;
}

async function untilLine(writer: Writer, begin: string, from = 0): Promise<string> {
  for (;;) {
    const line = writer.lines.slice(from).find((one) => one.startsWith(begin));
    if (line !== undefined) return line;
    if (writer.process.exitCode !== null)
      throw new Error(`the program ended: ${writer.complaints.join('\n')}`);
    await sleep(10);
  }
}

/** One life: it writes, is struck down at a random moment, and what it said was committed is returned. */
async function liveAndDie(round: number): Promise<string[]> {
  const writer = startWriter('write');
  const postgres = Number((await untilLine(writer, 'ready')).split(' ')[1]);
  await untilLine(writer, 'committed');
  await sleep(Math.random() * 400);
  if (round % 2 === 1) {
    process.kill(postgres, 'SIGKILL');
    await sleep(50);
    // It has to come back under the running program, which must then write again.
    const before = writer.lines.length;
    await untilLine(writer, 'committed', before);
    await sleep(Math.random() * 200);
  }
  writer.process.kill('SIGKILL');
  await writer.ended;
  return writer.lines.filter((line) => line.startsWith('committed'));
}

async function settle(): Promise<Result> {
  const writer = startWriter('settle');
  const line = await untilLine(writer, 'result');
  await writer.ended;
  expect(writer.process.exitCode).toBe(0);
  settled = true;
  return JSON.parse(line.slice('result '.length));
}

/** The number of each delivery that is the first of its event. */
function firstOfKey(delivered: Row[], key: string): number[] {
  return [...new Set(delivered.filter((row) => row.key === key).map((row) => row.n))];
}

test('no acknowledged event is lost or delivered out of order when program and PostgreSQL are killed', async () => {
  const committed: string[] = [];
  for (let round = 0; round < rounds; round += 1) committed.push(...(await liveAndDie(round)));
  const { logged, delivered } = await settle();

  const known = new Set(logged.map((row) => `committed ${row.key} ${row.n}`));
  expect(committed.length).toBeGreaterThan(rounds);
  expect(committed.filter((line) => !known.has(line))).toEqual([]);
  expect(logged.map((row) => row.sequence)).toEqual(logged.map((_, index) => index + 1));
  for (const key of new Set(logged.map((row) => row.key))) {
    const inLog = logged.filter((row) => row.key === key).map((row) => row.n);
    expect(inLog).toEqual(inLog.map((_, index) => index + 1));
    expect(firstOfKey(delivered, key)).toEqual(inLog);
  }
  console.info(
    `${rounds} deaths, ${committed.length} acknowledged, ${logged.length} logged, ${delivered.length} delivered`,
  );
}, 240_000);
