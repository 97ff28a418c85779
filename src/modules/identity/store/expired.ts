// Removes state of the OpenID Provider whose time is over.

import { sql } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';

const batch = 5_000;

/** Kept a little longer than it counts: the provider forgives a clock that is somewhat wrong. */
const graceMs = 300_000;

/** A session by which something was given is kept as long as that: it ends with its passkeys. */
const mayGo = {
  artifact: sql`true`,
  provider_session: sql`not exists (
    select from identity.artifact where model = 'Grant' and artifact.uid = provider_session.uid)`,
};

/** Removes expired codes, tokens, grants, interactions and sessions in small steps; gives how many rows. */
export async function removeExpiredState({ database, clock }: House): Promise<number> {
  const before = new Date(clock.now().getTime() - graceMs);
  let removed = 0;
  for (const table of ['artifact', 'provider_session'] as const) {
    const whole = sql.id('identity', table);
    for (;;) {
      const { numAffectedRows = 0n } = await sql`delete from ${whole} where ctid = any(array(
        select ctid from ${whole} where expires_at < ${before} and ${mayGo[table]} limit ${batch}))`.execute(
        database,
      );
      removed += Number(numAffectedRows);
      if (numAffectedRows < BigInt(batch)) break;
    }
  }
  return removed;
}
