// The fold: takes committed batches into the newest values and the roll-ups, each exactly once.

import { type Database, inTransaction, sql, type Transaction } from '../../../../core/database/index.ts';
import type { House } from '../../../../core/house.ts';
import { foldedChannel } from '../batches.ts';
import { takeChunk } from './chunk.ts';
import { foldLatest, welcomeAhead } from './latest.ts';
import { markChunk, noteAhead } from './marks.ts';
import { foldRollups } from './rollups.ts';

/** What folding needs of the house. */
export type FoldHouse = Pick<House, 'database' | 'clock' | 'edition'>;

/** Readings folded in one transaction, or one batch where that is larger. */
export const mostFolded = 50_000;

async function isWorkWaiting(database: Database, now: Date): Promise<boolean> {
  const { rows } = await sql<{ waits: boolean }>`select
    (select sequence from observations.batch_head) >
      (select sequence from observations.position where name = 'fold')
    or exists (select from observations.ahead where at <= ${now}) as waits`.execute(database);
  return rows[0]!.waits;
}

async function foldChunk(
  transaction: Transaction,
  { timeZone, now, limit }: { timeZone: string; now: Date; limit: number },
): Promise<{ readings: number; more: boolean }> {
  const chunk = await takeChunk(transaction, limit);
  if (chunk !== undefined) {
    await markChunk(transaction);
    await noteAhead(transaction);
    await foldRollups(transaction, { chunk, timeZone });
    await foldLatest(transaction, { chunk, now });
    await sql`update observations.position set sequence = ${chunk.to} where name = 'fold'`.execute(
      transaction,
    );
  }
  await welcomeAhead(transaction, now);
  if (chunk === undefined) return { readings: 0, more: false };
  await sql`select pg_notify(${foldedChannel}, ${String(chunk.to)})`.execute(transaction);
  return { readings: chunk.readings, more: true };
}

/**
 * Folds up to `limit` readings of committed batches in one transaction, which also remembers how far it
 * came: after a crash nothing is missing and nothing counts twice. `more` when there may be more at once.
 * The transaction sees the history as it was when it began, so that a correction is gathered from what
 * these batches knew.
 */
export async function foldBatches(
  house: FoldHouse,
  limit = mostFolded,
): Promise<{ readings: number; more: boolean }> {
  const now = house.clock.now();
  if (!(await isWorkWaiting(house.database, now))) return { readings: 0, more: false };
  const { timeZone } = house.edition;
  return inTransaction(house.database, (transaction) => foldChunk(transaction, { timeZone, now, limit }), {
    isolation: 'repeatable read',
  });
}
