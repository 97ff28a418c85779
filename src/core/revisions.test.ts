// Tests of revisions: counted in the transaction, heard by every process.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { cloneTestDatabase } from '../../test/kit/database.ts';
import { recordingLog, until } from '../../test/kit/events.ts';
import { type Connection, connect, inTransaction } from './database/index.ts';
import { Line } from './events/index.ts';
import { createRevisions, type Revisions } from './revisions.ts';

type Program = Connection & { line: Line; revisions: Revisions };
let source: { url: string; drop(): Promise<void> };
const programs: Program[] = [];

async function open(pollMs = 60_000): Promise<Program> {
  const connection = connect(source.url);
  const log = recordingLog([]);
  const line = new Line({ pool: connection.pool, log });
  await line.start();
  const revisions = createRevisions({ database: connection.database, line, log, pollMs });
  await revisions.start();
  const program = { ...connection, line, revisions };
  programs.push(program);
  return program;
}

const bump = (program: Program, name: string) =>
  inTransaction(program.database, (transaction) => program.revisions.bump(transaction, name));

beforeEach(async () => {
  source = await cloneTestDatabase();
});

afterEach(async () => {
  for (const program of programs.splice(0)) {
    await program.revisions.stop();
    await program.line.stop();
    await program.close();
  }
  await source.drop();
});

test('a name that never changed is 0, and a bump is heard in both processes', async () => {
  const [first, second] = [await open(), await open()];
  const heard: string[] = [];
  second.revisions.onChange((name) => heard.push(name));
  expect(first.revisions.of('trees')).toBe(0);
  await bump(first, 'trees');
  await until(() => first.revisions.of('trees') === 1 && second.revisions.of('trees') === 1);
  await bump(second, 'trees');
  await until(() => first.revisions.of('trees') === 2 && second.revisions.of('trees') === 2);
  expect(heard).toEqual(['trees', 'trees']);
  expect(first.revisions.of('lamps')).toBe(0);
});

test('a bump that is rolled back changes nothing', async () => {
  const program = await open();
  const attempt = program.database.transaction().execute(async (transaction) => {
    await program.revisions.bump(transaction, 'trees');
    throw new Error('no');
  });
  await expect(attempt).rejects.toThrow('no');
  await bump(program, 'lamps');
  await until(() => program.revisions.of('lamps') === 1);
  expect(program.revisions.of('trees')).toBe(0);
});

test('numbers are known after a start, and read at once on request', async () => {
  const first = await open();
  await bump(first, 'trees');
  const second = await open();
  expect(second.revisions.of('trees')).toBe(1);
  await second.line.stop();
  await bump(first, 'trees');
  await second.revisions.refresh();
  expect(second.revisions.of('trees')).toBe(2);
});

test('a change missed while the connection was broken is caught up with', async () => {
  const first = await open();
  const second = await open();
  await first.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`,
  );
  await bump(first, 'trees');
  await until(() => second.revisions.of('trees') === 1);
});

test('a change is noticed by the poll when no notification arrives', async () => {
  const first = await open();
  const deaf = await open(20);
  await deaf.line.stop();
  await bump(first, 'trees');
  await until(() => deaf.revisions.of('trees') === 1);
});

test('a listener that ended is not called again', async () => {
  const program = await open();
  const heard: string[] = [];
  const end = program.revisions.onChange((name) => heard.push(name));
  await bump(program, 'trees');
  await until(() => heard.length === 1);
  end();
  await bump(program, 'trees');
  await until(() => program.revisions.of('trees') === 2);
  expect(heard).toEqual(['trees']);
});
