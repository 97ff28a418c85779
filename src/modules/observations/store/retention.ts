// Keeps history as long as its datastream says, clears away what belongs to nobody, and makes months ahead.

import { type Database, inTransaction, query, sql } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';
import { keptFrom } from '../rules/retention.ts';
import {
  ensureMonths,
  forgetMonths,
  listMonths,
  type Month,
  monthOf,
  partitionName,
  startOfMonth,
} from './partitions.ts';

/** What keeping history needs of the house. */
export type RetentionHouse = Pick<House, 'database' | 'clock' | 'edition'>;

/** Datastreams cleared in one transaction. */
const streamsAtOnce = 100;
const monthsAhead = 3;

type Limit = { id: number; retentionDays: number };

/** Makes the partitions of this month and the next three. */
export async function prepareMonths({ database, clock }: RetentionHouse): Promise<void> {
  const month = monthOf(clock.now().getTime());
  await ensureMonths(
    database,
    Array.from({ length: monthsAhead + 1 }, (_, ahead) => month + ahead),
  );
}

async function clearBefore(database: Database, limits: readonly { id: number; from: Date }[]): Promise<void> {
  const ids = limits.map(({ id }) => id);
  const froms = limits.map(({ from }) => from.toISOString());
  await inTransaction(database, async (transaction) => {
    const given = sql`unnest(${ids}::bigint[], ${froms}::timestamptz[]) as given (id, since)`;
    await sql`delete from observations.observation as old using ${given}
      where old.datastream_id = given.id and old.at < given.since`.execute(transaction);
    // Minutes go with the history they were gathered from; hours and days stay.
    await sql`delete from observations.rollup_minute as old using ${given}
      where old.step = 60 and old.datastream_id = given.id and old.bucket < given.since`.execute(transaction);
  });
}

async function clearForgotten(database: Database): Promise<void> {
  for (;;) {
    const rows = await query<{ id: number }>(database, {
      text: `select datastream_id as id from observations.forgotten order by 1 limit ${streamsAtOnce}`,
    });
    const ids = rows.map(({ id }) => id);
    if (ids.length === 0) return;
    await inTransaction(database, async (transaction) => {
      for (const table of ['observation', 'rollup', 'ahead', 'forgotten']) {
        await sql`delete from ${sql.table(`observations.${table}`)}
          where datastream_id = any(${ids}::bigint[])`.execute(transaction);
      }
    });
  }
}

/** Drops a month in which no datastream keeps anything: at once, where deleting rows would take hours. */
async function dropIfUnused(house: RetentionHouse, month: Month): Promise<boolean> {
  const { database, clock } = house;
  const name = sql.table(`observations.${partitionName(month)}`);
  const end = new Date(startOfMonth(month + 1));
  const nowMs = clock.now().getTime();
  const { rows } = await sql<{ used: boolean }>`select exists (
    select from observations.datastream as stream
    where (retention_days is null or
        ${new Date(nowMs)}::timestamptz - make_interval(days => retention_days + 2) < ${end})
      and exists (select from ${name} as kept where kept.datastream_id = stream.id)
  ) or exists (select from observations.forgotten) as used`.execute(database);
  if (rows[0]!.used) return false;
  await inTransaction(database, async (transaction) => {
    await sql`set local lock_timeout = '5s'`.execute(transaction);
    await sql`alter table observations.observation detach partition ${name}`.execute(transaction);
    await sql`drop table ${name}`.execute(transaction);
  });
  forgetMonths(database);
  return true;
}

/** A correction is gathered from its minute and its day: they stay until all batches of then are folded. */
async function isFoldBehind(database: Database, now: Date): Promise<boolean> {
  const { rows } = await sql<{ behind: boolean }>`select exists (select from observations.batch
    where sequence > (select sequence from observations.position where name = 'fold')
      and stored_at < ${new Date(now.getTime() - 3_600_000)}) as behind`.execute(database);
  return rows[0]!.behind;
}

/**
 * Clears away what is older than each datastream's retention, whole days of the city at a time, and the
 * history of datastreams that are gone. Safe to repeat and to break off.
 */
export async function clearHistory(house: RetentionHouse): Promise<void> {
  const { database, clock, edition } = house;
  const now = clock.now();
  if (await isFoldBehind(database, now)) return;
  await clearForgotten(database);
  const past = (await listMonths(database)).filter((month) => startOfMonth(month + 1) <= now.getTime());
  for (const month of past) await dropIfUnused(house, month);
  const limits = await query<Limit>(database, {
    text: `select id, retention_days as "retentionDays" from observations.datastream
      where retention_days is not null order by id`,
  });
  const context = { nowMs: now.getTime(), timeZone: edition.timeZone };
  for (let at = 0; at < limits.length; at += streamsAtOnce) {
    const some = limits.slice(at, at + streamsAtOnce);
    await clearBefore(
      database,
      some.map(({ id, retentionDays }) => ({ id, from: new Date(keptFrom(retentionDays, context)!) })),
    );
  }
}
