// Removes what has run out: ceremonies, sessions, attempts, recoveries, visits to a desk, what is old.

import { sql } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const batch = 5000;

/** Statements that each remove at most so many rows; a long one would hold others up. */
const statements = (now: Date) => {
  const before = (ms: number) => new Date(now.getTime() - ms);
  return [
    sql`delete from identity.ceremony where id in (
      select id from identity.ceremony where expires_at <= ${now} limit ${batch})`,
    sql`delete from identity.session where id in (
      select id from identity.session where expires_at <= ${now} limit ${batch})`,
    sql`delete from identity.session where id in (
      select id from identity.session where seen_at <= ${before(12 * hourMs)} limit ${batch})`,
    sql`delete from identity.attempt where ctid in (
      select ctid from identity.attempt where window_start < ${before(2 * dayMs)} limit ${batch})`,
    sql`delete from identity.recovery where id in (
      select id from identity.recovery where expires_at < ${before(90 * dayMs)} limit ${batch})`,
    sql`delete from identity.desk_visit where id in (
      select id from identity.desk_visit where expires_at < ${before(dayMs)} limit ${batch})`,
    sql`delete from identity.device_link where id in (
      select id from identity.device_link where expires_at <= ${now} limit ${batch})`,
    sql`delete from identity.invitation where id in (
      select id from identity.invitation where expires_at < ${before(90 * dayMs)} limit ${batch})`,
    sql`delete from identity.proposal where id in (
      select id from identity.proposal where expires_at < ${before(366 * dayMs)} limit ${batch})`,
    sql`delete from identity.passkey where id in (
      select id from identity.passkey where revoked_at < ${before(366 * dayMs)} limit ${batch})`,
    sql`delete from identity.appointment where id in (
      select id from identity.appointment where ended_at < ${before(3 * 366 * dayMs)} limit ${batch})`,
    sql`delete from identity.notice where id in (
      select id from identity.notice where created_at < ${before(366 * dayMs)} limit ${batch})`,
  ];
};

/** Removes what has run out; gives how many rows went. It may be broken off and run again. */
export async function removeExpired({ clock, database }: House): Promise<number> {
  let total = 0;
  for (const statement of statements(clock.now())) {
    for (;;) {
      const removed = Number((await statement.execute(database)).numAffectedRows ?? 0n);
      total += removed;
      if (removed < batch) break;
    }
  }
  return total;
}
