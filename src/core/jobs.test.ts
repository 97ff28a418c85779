// Tests of jobs: sent in the transaction, run once, tried again, on a schedule.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { cloneTestDatabase } from '../../test/kit/database.ts';
import { type LogLine, recordingLog, until } from '../../test/kit/events.ts';
import { type Connection, connect, inTransaction } from './database/index.ts';
import { Line } from './events/index.ts';
import type { House } from './house.ts';
import { createJobs, type JobDefinition, type Jobs, type JobsOptions } from './jobs.ts';

type Program = Connection & {
  line: Line;
  jobs: Jobs;
  lines: LogLine[];
  start(...jobs: JobDefinition[]): Promise<void>;
};
let source: { url: string; drop(): Promise<void> };
const programs: Program[] = [];

async function open(options: Partial<JobsOptions> = {}): Promise<Program> {
  const connection = connect(source.url);
  const lines: LogLine[] = [];
  const log = recordingLog(lines);
  const line = new Line({ pool: connection.pool, log });
  await line.start();
  const jobs = createJobs({ pool: connection.pool, line, log, ...options });
  const house = { log, edition: { timeZone: 'Asia/Hong_Kong' } } as House;
  const start = async (...definitions: JobDefinition[]) => {
    await jobs.open(definitions, house);
    await jobs.start();
  };
  const program = { ...connection, line, jobs, lines, start };
  programs.push(program);
  return program;
}

const noted = (seen: unknown[]): JobDefinition => ({
  name: 'note',
  handle: async (data) => void seen.push(data),
});

beforeEach(async () => {
  source = await cloneTestDatabase();
});

afterEach(async () => {
  for (const program of programs.splice(0)) {
    await program.jobs.stop();
    await program.line.stop();
    await program.close();
  }
  await source.drop();
});

test('a job exists when its transaction commits, and never when that is rolled back', async () => {
  const program = await open();
  const seen: unknown[] = [];
  await program.start(noted(seen));
  const undone = program.database.transaction().execute(async (transaction) => {
    await program.jobs.send(transaction, 'note', 'undone');
    throw new Error('no');
  });
  await expect(undone).rejects.toThrow('no');
  await inTransaction(program.database, (transaction) => program.jobs.send(transaction, 'note', ['done', 1]));
  await program.jobs.send(null, 'note', { last: true });
  await until(() => seen.length === 2);
  expect(seen).toEqual([['done', 1], { last: true }]);
  const { rows } = await program.pool.query("select count(*)::int as n from jobs.job where name = 'note'");
  expect(rows).toEqual([{ n: 2 }]);
});

test('a process that only sends leaves the work to one that runs jobs', async () => {
  const seen: string[] = [];
  const sender = await open({ worker: false });
  await sender.start({ name: 'note', handle: async () => void seen.push('sender') });
  await sender.jobs.send(null, 'note', null);
  const worker = await open();
  await worker.start({ name: 'note', handle: async () => void seen.push('worker') });
  await until(() => seen.length === 1);
  expect(seen).toEqual(['worker']);
});

test('of jobs with the same key one waits, those without a key all do', async () => {
  const program = await open({ worker: false });
  await program.start(noted([]));
  for (const key of ['a', 'a', 'b']) await program.jobs.send(null, 'note', key, { singletonKey: key });
  for (const n of [1, 2]) await program.jobs.send(null, 'note', n);
  const { rows } = await program.pool.query(
    "select data from jobs.job where name = 'note' order by data::text",
  );
  expect(rows.map((row) => row.data.data)).toEqual(['a', 'b', 1, 2]);
});

test('a job that fails is logged without its data and waits for its next attempt', async () => {
  const program = await open();
  let attempts = 0;
  const handle = async () => {
    attempts += 1;
    throw new TypeError('Chan Tai Man');
  };
  await program.start({ name: 'fragile', handle });
  await program.jobs.send(null, 'fragile', 'Chan Tai Man');
  await until(async () => {
    const { rows } = await program.pool.query("select state from jobs.job where name = 'fragile'");
    return attempts === 1 && rows[0]?.state === 'retry';
  });
  expect(program.lines).toContainEqual({
    message: 'job-failed',
    fields: { job: 'fragile', error: 'TypeError' },
  });
  expect(JSON.stringify(program.lines)).not.toContain('Chan Tai Man');
});

test('a job out of attempts is kept in the dead letters', async () => {
  const program = await open();
  const handle = async () => {
    throw new Error('never');
  };
  await program.start({ name: 'hopeless', handle });
  await program.jobs.send(null, 'hopeless', 7, { retryLimit: 0 });
  await until(async () => {
    const { rows } = await program.pool.query("select data from jobs.job where name = 'dead-letter'");
    return rows.length === 1 && rows[0].data.data === 7;
  });
});

test('a schedule runs in its time zone, and one that the program dropped is forgotten', async () => {
  const seen: unknown[] = [];
  const first = await open({ scheduleSeconds: 1 });
  const daily = { name: 'old', schedule: '0 3 * * *', handle: async () => {} };
  await first.start({ ...noted(seen), schedule: '* * * * *' }, { ...daily, timeZone: 'Europe/Paris' });
  const zones = 'select name, timezone from jobs.schedule order by name';
  expect((await first.pool.query(zones)).rows).toEqual([
    { name: 'note', timezone: 'Asia/Hong_Kong' },
    { name: 'old', timezone: 'Europe/Paris' },
  ]);
  await until(() => seen.length >= 1);
  expect(seen[0]).toBe(null);
  const second = await open();
  await second.start({ ...noted([]), schedule: '* * * * *' });
  expect((await second.pool.query(zones)).rows).toEqual([{ name: 'note', timezone: 'Asia/Hong_Kong' }]);
});

test('stopping waits for the job that runs', async () => {
  const program = await open();
  let began = false;
  let finished = false;
  const handle = async () => {
    began = true;
    await new Promise((resolve) => setTimeout(resolve, 300));
    finished = true;
  };
  await program.start({ name: 'slow', handle });
  await program.jobs.send(null, 'slow', null);
  await until(() => began);
  await program.jobs.stop();
  expect(finished).toBe(true);
});

test('a job that nobody defined is refused', async () => {
  const program = await open();
  await program.start();
  await expect(program.jobs.send(null, 'unknown', null)).rejects.toThrow('no job is called unknown');
});
