// Recovery codes: ten for each person, on paper; each is good once.

import { inTransaction, query, sql, type Transaction } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';
import { type Code, codeDigestOf, createCode, formatCode, sameDigest } from '../rules/codes.ts';
import { recordOwn } from './acts.ts';
import { countAttempt } from './attempts.ts';
import { notify } from './notices.ts';
import { type HeldActor, refuseRecovered } from './recovery-hold.ts';

const codesOfPerson = 10;
const daySeconds = 86_400;

/** Makes ten codes and voids those before, with the act `identity.codes-made`. They are never shown again. */
export async function createRecoveryCodes(
  tx: Transaction,
  house: House,
  personId: string,
): Promise<string[]> {
  const codes = Array.from({ length: codesOfPerson }, createCode);
  // One at a time for each person: else two makers would leave twenty.
  await sql`select from identity.person where id = ${personId} for update`.execute(tx);
  await voidCodes(tx, personId);
  await sql`insert into identity.recovery_code (selector, person_id, secret_digest)
    select selector, ${personId}, digest
    from unnest(${codes.map(({ selector }) => selector)}::text[], ${codes.map(codeDigestOf)}::bytea[])
      as made (selector, digest)`.execute(tx);
  await recordOwn(tx, house, { topic: 'identity.codes-made', personId });
  await notify(tx, house, { personId, kind: 'codes-made' });
  return codes.map(formatCode);
}

/** Voids the codes that a person has left. */
export async function voidCodes(tx: Transaction, personId: string): Promise<void> {
  await sql`delete from identity.recovery_code where person_id = ${personId}`.execute(tx);
}

/**
 * Makes new codes for the person who asks. Throws conflict `recovered-lately`, and too-many after ten in a
 * day: each leaves an act that stays.
 */
export async function renewCodes(house: House, actor: HeldActor): Promise<string[]> {
  await countAttempt(house, { scope: 'codes-made', key: actor.id, limit: 10, windowSeconds: daySeconds });
  return inTransaction(house.database, async (tx) => {
    await refuseRecovered(tx, house, actor);
    return createRecoveryCodes(tx, house, actor.id);
  });
}

/** How many codes a person has left. */
export async function countCodes({ database }: House, personId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from identity.recovery_code
    where person_id = ${personId} and used_at is null`.execute(database);
  return rows[0]!.count;
}

/** Which list of codes a person has, in a word that says nothing of the codes; `none` without a list. */
export async function codeListOf({ database }: House, personId: string): Promise<string> {
  const { rows } = await sql<{ list: string | null }>`select
      encode(sha256(convert_to(string_agg(selector, ',' order by selector), 'UTF8')), 'hex') as list
    from identity.recovery_code where person_id = ${personId}`.execute(database);
  return rows[0]?.list ?? 'none';
}

/** What an unknown code is compared with: it costs the same. */
const nobodysDigest = Buffer.alloc(32);

/** Whether there is such a code that was not used. */
export async function isGoodCode({ database }: House, code: Code): Promise<boolean> {
  const [row] = await query<{ digest: Buffer; used: boolean }>(database, {
    name: 'identity-recovery-code',
    text: `select secret_digest as digest, used_at is not null as used from identity.recovery_code
      where selector = $1`,
    values: [code.selector],
  });
  const isSame = sameDigest(row?.digest ?? nobodysDigest, codeDigestOf(code));
  return isSame && row !== undefined && !row.used;
}

/** Uses a code up; undefined when it is not there or somebody was quicker. Gives the id of its person. */
export async function useCode(tx: Transaction, { clock }: House, code: Code): Promise<string | undefined> {
  const { rows } = await sql<{ personId: string }>`update identity.recovery_code set used_at = ${clock.now()}
    where selector = ${code.selector} and secret_digest = ${codeDigestOf(code)} and used_at is null
    returning person_id as "personId"`.execute(tx);
  return rows[0]?.personId;
}
