// When the register learned of things: instants that grow in the order in which transactions commit.

import { type Database, sql, type Transaction } from '../../../core/database/index.ts';
import { factTables } from './facts.ts';

const lockName = 'blueprint.load';

/** Everything that carries the instant of its recording. */
const recordings = [
  ...factTables.map(({ name }) => [`blueprint.${name}`, 'recorded_at'] as const),
  ['blueprint.bodies_version', 'recorded_at'] as const,
  ['blueprint.import', 'imported_at'] as const,
];

const latest = sql.join(
  recordings.map(([table, column]) => sql`(select max(${sql.ref(column)}) from ${sql.table(table)})`),
);

const iso = 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"';

/** The latest instant at which anything was recorded (ISO 8601, UTC); null for an empty register. */
export async function lastRecordedAt(database: Database | Transaction): Promise<string | null> {
  const { rows } = await sql<{ at: string | null }>`
    select to_char(greatest(${latest}) at time zone 'UTC', ${iso}) as at`.execute(database);
  return rows[0]!.at;
}

/**
 * Waits until this is the only transaction that records. Take it first, before any row is locked; it is given
 * back when the transaction has committed.
 */
export async function lockRecording(transaction: Transaction): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${lockName}, 0))`.execute(transaction);
}

/**
 * The instant to record with, under `lockRecording`: that of the clock, but later than every other, even when
 * the clock of this machine is behind. So whoever has seen an instant has seen all that lies before it.
 */
export async function nextRecordedAt(transaction: Transaction, now: Date): Promise<string> {
  const last = await lastRecordedAt(transaction);
  const earliest = last === null ? now.getTime() : Date.parse(last) + 1;
  return new Date(Math.max(now.getTime(), earliest)).toISOString();
}
