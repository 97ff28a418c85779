// Partitions of the history, one for each month of UTC, made ahead of time and wherever a reading falls.

import { type Database, inTransaction, query, sql } from '../../../core/database/index.ts';

/** Readings of other times are refused: no instrument was there, or will be. */
export const earliestMs = Date.UTC(1970, 0, 1);
export const latestMs = Date.UTC(2101, 0, 1);

/** A month as its number: 12 times the year, and the month from 0. */
export type Month = number;

const monthsOf = new WeakMap<Database, Set<Month>>();

/** The month in which an instant falls. */
export function monthOf(ms: number): Month {
  const date = new Date(ms);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** Its first millisecond. */
export const startOfMonth = (month: Month): number => Date.UTC(Math.floor(month / 12), month % 12, 1);

/** Its table in the schema. */
export function partitionName(month: Month): string {
  return `observation_${Math.floor(month / 12)}_${String((month % 12) + 1).padStart(2, '0')}`;
}

const inherited = `select child.relname as name from pg_inherits
  join pg_class as child on child.oid = inhrelid
  where inhparent = 'observations.observation'::regclass`;

/** Months that have a partition. */
export async function listMonths(database: Database): Promise<Month[]> {
  const rows = await query<{ name: string }>(database, { text: inherited });
  return rows.flatMap(({ name }) => {
    const found = /^observation_(\d{4})_(\d{2})$/.exec(name);
    return found ? [Number(found[1]) * 12 + Number(found[2]) - 1] : [];
  });
}

/** To be called when one was dropped. */
export function forgetMonths(database: Database): void {
  monthsOf.delete(database);
}

/** Makes those that are missing. */
export async function ensureMonths(database: Database, months: Iterable<Month>): Promise<void> {
  let known = monthsOf.get(database);
  if (known === undefined) {
    known = new Set(await listMonths(database));
    monthsOf.set(database, known);
  }
  for (const month of months) {
    if (known.has(month)) continue;
    await createPartition(database, month);
    known.add(month);
  }
}

/**
 * Attaching a finished table lets readers and writers of other months go on, which creating it in place
 * would not.
 */
async function createPartition(database: Database, month: Month): Promise<void> {
  const table = sql.table(`observations.${partitionName(month)}`);
  const from = sql.lit(new Date(startOfMonth(month)).toISOString());
  const to = sql.lit(new Date(startOfMonth(month + 1)).toISOString());
  await inTransaction(database, async (transaction) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('observations.partition', 0))`.execute(
      transaction,
    );
    const { rows } = await sql`select 1 from pg_inherits join pg_class on pg_class.oid = inhrelid
      where inhparent = 'observations.observation'::regclass and relname = ${partitionName(month)}`.execute(
      transaction,
    );
    if (rows.length > 0) return;
    await sql`create table ${table} (like observations.observation including all)`.execute(transaction);
    await sql`alter table observations.observation attach partition ${table} for values from (${from}) to (${to})`.execute(
      transaction,
    );
  });
}
