// Events written and delivered a second, beside plain inserts of the same rows in equal transactions.

import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, connect, inTransaction, migrate, sql } from '../../src/core/database/index.ts';
import { createEvents, Line, type NewEvent } from '../../src/core/events/index.ts';
import type { House } from '../../src/core/house.ts';
import { silentLog as log } from '../../src/core/log.ts';
import { inWords, median, type Row, type Table } from '../figures.ts';
import type { Setting } from '../setting.ts';

type Size = { events: number; inTransaction: number };

const writers = 4;
const topic = 'bench.measured';

const eventOf = (number: number): NewEvent => ({
  topic,
  key: `thing-${number % 500}`,
  payload: { number, what: 'a reading', value: number / 7 },
});

/** Hands numbered batches to four writers at once. */
async function writeAll({ events, inTransaction: each }: Size, write: (batch: NewEvent[]) => Promise<void>) {
  let next = 0;
  const writer = async () => {
    while (next < events) {
      const start = next;
      next += each;
      await write(Array.from({ length: each }, (_, index) => eventOf(start + index)));
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
}

const insertInto = (table: string, batch: NewEvent[]) => sql`
  insert into ${sql.table(table)} (topic, key, payload)
  select topic, key, payload::jsonb from unnest(
    ${batch.map((one) => one.topic)}::text[], ${batch.map((one) => one.key)}::text[],
    ${batch.map((one) => JSON.stringify(one.payload))}::text[]
  ) as batch (topic, key, payload)`;

/** Rows a second into a table like the outbox. */
async function plainInserts({ database }: Connection, size: Size): Promise<number> {
  const started = performance.now();
  await writeAll(size, (batch) =>
    inTransaction(database, async (transaction) => {
      await insertInto('bench_row', batch).execute(transaction);
    }),
  );
  return size.events / ((performance.now() - started) / 1000);
}

type Counted = { written: number; delivered: number };

/** Measures both ways in turn. */
export async function measureEvents({ databaseUrl, quick }: Setting): Promise<Table> {
  const url = await freshDatabase(databaseUrl);
  const connection = connect(url);
  const { database, pool } = connection;
  const line = new Line({ pool, log });
  const events = createEvents({ database, line, log });
  let handled = 0;
  const handle = async () => {
    handled += 1;
  };
  const emitAll = async (size: Size): Promise<Counted> => {
    handled = 0;
    const started = performance.now();
    await writeAll(size, (batch) =>
      inTransaction(database, (transaction) => events.emit(transaction, batch)),
    );
    const written = size.events / ((performance.now() - started) / 1000);
    while (handled < size.events) await sleep(2);
    return { written, delivered: size.events / ((performance.now() - started) / 1000) };
  };
  const rows: Row[] = [];
  try {
    await migrate(database, []);
    await sql`create table bench_row (
      position bigint generated always as identity primary key,
      id uuid not null default gen_random_uuid(),
      topic text not null,
      key text not null,
      payload jsonb not null,
      occurred_at timestamptz not null default now()
    )`.execute(database);
    await line.start();
    await events.start([{ name: 'bench', topics: [topic], handle }], { log } as House);
    for (const size of sizes(quick)) {
      const ours: Counted[] = [];
      const plain: number[] = [];
      for (let round = 0; round < (quick ? 1 : 3); round += 1) {
        plain.push(await plainInserts(connection, size));
        ours.push(await emitAll(size));
      }
      rows.push(rowOf(size, ours, plain));
    }
  } finally {
    await events.stop();
    await line.stop();
    await connection.close();
  }
  return {
    title: 'Events: four writers, one subscriber, 500 keys',
    columns: [
      'events in a transaction',
      'plain inserts/s',
      'emitted/s',
      'ratio',
      'emitted and delivered/s',
      'ratio',
    ],
    rows,
  };
}

const sizes = (quick: boolean): Size[] => [
  { events: quick ? 200 : 3000, inTransaction: 1 },
  { events: quick ? 2000 : 20_000, inTransaction: 100 },
];

async function freshDatabase(url: string): Promise<string> {
  const connection = connect(url);
  await sql`create database bench`.execute(connection.database);
  await connection.close();
  return url.replace(/^(\w+:\/\/[^/]*)\/[^?]*/, '$1/bench');
}

function rowOf(size: Size, ours: Counted[], plain: number[]): Row {
  const peer = median(plain);
  const ratioOf = (pick: (one: Counted) => number) =>
    median(ours.map((one, index) => pick(one) / plain[index]!)).toFixed(2);
  return {
    cells: [
      size.inTransaction,
      inWords(peer),
      inWords(median(ours.map((one) => one.written))),
      ratioOf((one) => one.written),
      inWords(median(ours.map((one) => one.delivered))),
      ratioOf((one) => one.delivered),
    ],
  };
}
