// Acts recorded and numbered a second, beside plain inserts of the same rows in equal transactions.

import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, inTransaction, sql } from '../../src/core/database/index.ts';
import { leafOf } from '../../src/modules/receipts/rules/index.ts';
import { type Act, recordAll, sequenceBatch } from '../../src/modules/receipts/store/index.ts';
import { inWords, median, type Row, type Table } from '../figures.ts';
import type { Setting } from '../setting.ts';
import { type OpenedLog, openReceiptsLog } from './receipts-log.ts';

type Size = { acts: number; inTransaction: number };

const writers = 4;
const goal = 5000;

const actOf = (number: number): Act => ({
  topic: 'bench.measured',
  subject: `person-${number % 500}`,
  actor: `officer-${number % 40}`,
  details: { number, what: 'a look into a record', purpose: 'renewal' },
});

/** Hands numbered batches to four writers at once. */
async function writeAll({ acts, inTransaction: each }: Size, write: (batch: Act[]) => Promise<void>) {
  let next = 0;
  const writer = async () => {
    while (next < acts) {
      const start = next;
      next += each;
      await write(Array.from({ length: Math.min(each, acts - start) }, (_, at) => actOf(start + at)));
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
}

/** The same rows as an act leaves, with nothing made of them. */
const plainRow = (act: Act) => {
  const occurredAt = new Date();
  const salt = randomBytes(32);
  const leaf = leafOf({ ...act, occurredAt }, salt);
  return { ...act, id: randomUUID(), details: JSON.stringify(act.details), salt, leaf, occurredAt };
};

/** Rows are made beforehand, so that only PostgreSQL is measured. */
async function plainInserts({ database }: Connection, size: Size): Promise<number> {
  const batches: ReturnType<typeof plainRow>[][] = [];
  await writeAll(size, async (batch) => void batches.push(batch.map(plainRow)));
  const started = performance.now();
  const writer = async () => {
    for (let batch = batches.pop(); batch !== undefined; batch = batches.pop()) {
      const rows = batch;
      await inTransaction(database, async (transaction) => {
        await sql`insert into bench_act (id, topic, subject, actor, details, salt, leaf, public, occurred_at)
          select id, topic, subject, actor, details, decode(salt, 'hex'), leaf, false, occurred_at
          from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ topic }) => topic)}::text[],
            ${rows.map(({ subject }) => subject)}::text[], ${rows.map(({ actor }) => actor)}::text[],
            ${rows.map(({ details }) => details)}::text[],
            ${rows.map(({ salt }) => salt.toString('hex'))}::text[], ${rows.map(({ leaf }) => leaf)}::text[],
            ${rows.map(({ occurredAt }) => occurredAt.toISOString())}::timestamptz[])
          as given (id, topic, subject, actor, details, salt, leaf, occurred_at)`.execute(transaction);
      });
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
  return size.acts / ((performance.now() - started) / 1000);
}

type Counted = { recorded: number; numbered: number };

/** Records with four writers while one numbers, as in a house. */
async function recordAndNumber({ connection, house }: OpenedLog, size: Size): Promise<Counted> {
  const started = performance.now();
  const perSecond = () => size.acts / ((performance.now() - started) / 1000);
  let numbered = 0;
  const numbering = (async () => {
    while (numbered < size.acts) {
      const moved = await sequenceBatch(house);
      numbered += moved;
      if (moved === 0) await sleep(1);
    }
  })();
  await writeAll(size, (batch) =>
    inTransaction(connection.database, async (transaction) => {
      await recordAll(transaction, batch);
    }),
  );
  const recorded = perSecond();
  await numbering;
  return { recorded, numbered: perSecond() };
}

/** Measures both ways in turn. */
export async function measureReceipts({ databaseUrl, quick }: Setting): Promise<Table> {
  const log = await openReceiptsLog(databaseUrl, 'bench_receipts');
  const rows: Row[] = [];
  try {
    await sql`create table bench_act (like receipts.act including all)`.execute(log.connection.database);
    for (const size of sizes(quick)) {
      const ours: Counted[] = [];
      const plain: number[] = [];
      for (let round = 0; round < (quick ? 1 : 3); round += 1) {
        plain.push(await plainInserts(log.connection, size));
        ours.push(await recordAndNumber(log, size));
      }
      rows.push(rowOf(size, ours, plain));
    }
  } finally {
    await log.close();
  }
  return {
    title: 'Receipts: four writers, one that numbers, signs and hashes',
    columns: [
      'acts in a transaction',
      'plain inserts/s',
      'recorded/s',
      'ratio',
      'recorded and in the log/s',
      'ratio',
      'goal',
    ],
    rows,
  };
}

const sizes = (quick: boolean): Size[] => [
  { acts: quick ? 200 : 3000, inTransaction: 1 },
  { acts: quick ? 2000 : 40_000, inTransaction: 100 },
];

function rowOf(size: Size, ours: Counted[], plain: number[]): Row {
  const ratioOf = (pick: (one: Counted) => number) =>
    median(ours.map((one, index) => pick(one) / plain[index]!)).toFixed(2);
  const numbered = median(ours.map((one) => one.numbered));
  const cells = [
    size.inTransaction,
    inWords(median(plain)),
    inWords(median(ours.map((one) => one.recorded))),
    ratioOf((one) => one.recorded),
    inWords(numbered),
    ratioOf((one) => one.numbered),
  ];
  const isBatched = size.inTransaction > 1;
  return { cells: [...cells, isBatched ? `> ${goal}/s` : ''], met: isBatched ? numbered > goal : undefined };
}
