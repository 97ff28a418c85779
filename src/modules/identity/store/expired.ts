// Removes what has expired: state of the provider, ceremonies, sessions, attempts, recoveries, desk codes.

import { sql } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';

const batch = 5_000;

/** Kept a little longer than it counts, so that whoever comes late hears that it is over. */
const graceMs = 3_600_000;
const attemptsMs = 2 * 86_400_000;

const expiring = [
  { table: 'artifact', column: 'expires_at' },
  { table: 'ceremony', column: 'expires_at' },
  { table: 'session', column: 'expires_at' },
  { table: 'provider_session', column: 'expires_at' },
  { table: 'desk_visit', column: 'expires_at' },
  { table: 'attempt', column: 'window_start', keptMs: attemptsMs },
];

/** Removes rows whose time is over, in small steps; gives how many. */
export async function removeExpired({ database, clock }: House): Promise<number> {
  let removed = 0;
  for (const { table, column, keptMs = graceMs } of expiring) {
    const before = new Date(clock.now().getTime() - keptMs);
    for (;;) {
      const { numAffectedRows = 0n } = await sql`delete from ${sql.id('identity', table)} where ctid = any(array(
        select ctid from ${sql.id('identity', table)} where ${sql.id(column)} < ${before} limit ${batch}))`.execute(
        database,
      );
      removed += Number(numAffectedRows);
      if (numAffectedRows < BigInt(batch)) break;
    }
  }
  return removed;
}
