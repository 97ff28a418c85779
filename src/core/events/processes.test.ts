// Tests of events among several processes on one database: one delivers, another takes over.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { cloneTestDatabase } from '../../../test/kit/database.ts';
import { openProgram, type Program, until } from '../../../test/kit/events.ts';
import type { Subscription } from './index.ts';

let source: { url: string; drop(): Promise<void> };
let first: Program;
let second: Program;

beforeEach(async () => {
  source = await cloneTestDatabase();
  first = await openProgram(source.url);
  second = await openProgram(source.url);
});

afterEach(async () => {
  await Promise.all([first.stop(), second.stop()]);
  await source.drop();
});

const recorded = (by: string, seen: string[]): Subscription => ({
  name: 'all',
  topics: ['*'],
  handle: async (event) => void seen.push(`${by} ${event.payload}`),
});

const isSettled = async (program: Program) => (await program.events.lag())[0]!.pending === 0;
const event = (payload: number) => ({ topic: 'test.n', key: 'a', payload });

test('of two processes one delivers, and the other takes over when the first stops', async () => {
  const seen: string[] = [];
  await first.start(recorded('first', seen));
  await first.emit(event(1));
  await until(() => seen.length === 1);
  await second.start(recorded('second', seen));
  await second.emit(event(2));
  await second.emit(event(3));
  await until(() => seen.length === 3);
  await first.events.stop();
  await second.emit(event(4));
  await until(() => seen.length === 4);
  expect(seen).toEqual(['first 1', 'first 2', 'first 3', 'second 4']);
});

test('another process takes over when the connection of the first breaks', async () => {
  const seen: string[] = [];
  await first.start(recorded('first', seen));
  await first.emit(event(1));
  await until(async () => seen.length === 1 && (await isSettled(first)));
  await second.start(recorded('second', seen));
  // The first is gone for good: its line does not come back.
  await first.line.stop();
  await second.emit(event(2));
  await until(() => seen.length === 2);
  expect(seen).toEqual(['first 1', 'second 2']);
});

test('delivery goes on by itself when the server ends every connection', async () => {
  const seen: string[] = [];
  await first.start(recorded('first', seen));
  await first.emit(event(1));
  await until(async () => seen.length === 1 && (await isSettled(first)));
  await second.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`,
  );
  await second.emit(event(2));
  await until(() => seen.length === 2);
  await second.emit(event(3));
  await until(() => seen.length === 3);
  expect(seen).toEqual(['first 1', 'first 2', 'first 3']);
});

test('an owner that was replaced without noticing cannot move the position back', async () => {
  const seen: string[] = [];
  let finish = () => {};
  const slow: Subscription = {
    name: 'all',
    topics: ['*'],
    handle: (event) =>
      new Promise<void>((resolve) => {
        seen.push(`first ${event.payload}`);
        finish = resolve;
      }),
  };
  await first.start(slow);
  await first.emit(event(1));
  await until(() => seen.length === 1);
  await first.line.stop();
  await second.start(recorded('second', seen));
  await second.emit(event(2), event(3));
  await until(async () => seen.length === 4 && (await isSettled(second)));
  finish();
  await first.events.stop();
  expect((await second.events.lag())[0]!.pending).toBe(0);
  expect(seen).toEqual(['first 1', 'second 1', 'second 2', 'second 3']);
});

test('an owner that was replaced without noticing sets nothing aside', async () => {
  const seen: string[] = [];
  let fail = () => {};
  const slow: Subscription = {
    name: 'all',
    topics: ['*'],
    handle: (event) =>
      new Promise<void>((_resolve, reject) => {
        seen.push(`first ${event.payload}`);
        fail = () => reject(new Error('too late'));
      }),
  };
  await first.start(slow);
  await first.emit(event(1));
  await until(() => seen.length === 1);
  await first.line.stop();
  await second.start(recorded('second', seen));
  await second.emit(event(2));
  await until(async () => seen.length === 3 && (await isSettled(second)));
  fail();
  await first.events.stop();
  expect(await second.events.lag()).toEqual([{ subscriber: 'all', pending: 0, parked: 0 }]);
  expect(first.lines.map(({ message }) => message)).not.toContain('event-parked');
});

test('an attempt that outlives its owner takes nothing away from the successor', async () => {
  const endings: (() => void)[] = [];
  let failures = 0;
  const hold = (failuresFirst: number): Subscription => ({
    name: 'all',
    topics: ['*'],
    handle: () =>
      new Promise<void>((resolve, reject) => {
        if (failures < failuresFirst) reject(new Error('not yet'));
        else endings.push(resolve);
        failures += 1;
      }),
  });
  await first.start(hold(1));
  await first.emit(event(1));
  await until(() => endings.length === 1);
  await first.line.stop();
  await second.start(hold(0));
  await until(() => endings.length === 2);
  endings[0]?.();
  await first.events.stop();
  expect((await second.events.lag())[0]!.parked).toBe(1);
  endings[1]?.();
  await until(async () => (await second.events.lag())[0]!.parked === 0);
});

test('replay reaches the process that delivers, whoever asks for it', async () => {
  const seen: string[] = [];
  await first.start(recorded('first', seen));
  await first.emit(event(1), event(2));
  await until(() => seen.length === 2);
  await second.events.replay('all', 2);
  await until(() => seen.length === 3);
  expect(seen).toEqual(['first 1', 'first 2', 'first 2']);
});
