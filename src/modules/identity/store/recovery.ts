// Recovery of an account whose passkeys are lost: begun with a code, held up by a wait, stopped by its owner.

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { inTransaction, query, sql, type Transaction } from '../../../core/database/index.ts';
import { conflict, notFound } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import { type Code, codeDigestOf, createCode, digestOf, formatCode, parseCode } from '../rules/codes.ts';
import {
  decoyStateAt,
  type RecoveryState,
  type RecoveryToken,
  readRecoveryToken,
  recoveryStateAt,
  shownStateAt,
  writeRecoveryToken,
} from '../rules/recovery.ts';
import { parseSealingKeys, type SealingKeys } from '../rules/sealing.ts';
import { peopleTexts } from '../texts/people.ts';
import { recordOwn } from './acts.ts';
import { countAddress } from './attempts.ts';
import { isGoodCode, useCode, voidCodes } from './codes.ts';
import { endSessions } from './ending.ts';
import { notify } from './notices.ts';
import { addPasskey, type NewPasskey } from './passkeys.ts';
import { findPerson } from './people.ts';
import { type HeldActor, recoveryWaitMs, refuseRecovered } from './recovery-hold.ts';
import { getRandomSecret } from './secrets.ts';

export { countCodes, createRecoveryCodes } from './codes.ts';

const hourMs = 3_600_000;
/** A recovery that has opened is kept open this long. */
const openMs = 7 * 24 * hourMs;
const deskCodeMs = hourMs;
/** Longer than the work for a right code takes: an answer never comes sooner, right or wrong. */
const answerMs = 400;

/** A recovery as the browser that began it sees it; a wrong code gives one too, that never opens. */
export type Recovery = {
  id: string;
  state: RecoveryState;
  opensAt: Date;
  expiresAt: Date;
  /** Two officers have opened it; only when it is open. */
  isFromDesk?: boolean;
  /** Only when it is open. */
  person?: { id: string; handle: Buffer; name?: string };
};

/** What a browser gets for a code: the secret that leads back to the recovery, and when it opens. */
export type BegunRecovery = { secret: string; opensAt: Date };

/**
 * The log is public and shows the topic of each act. So each step of a recovery has the same one, the step is
 * in the sealed details, and a wrong code leaves an act too, about nobody: else the log would tell whether a
 * code was right.
 */
const stepTopic = 'identity.recovery';

type Step = { personId: string; step: 'begun' | 'stopped' | 'finished'; way?: Row['way'] };

const recordStep = (tx: Transaction, house: House, { personId, ...details }: Step) =>
  recordOwn(tx, house, { topic: stepTopic, personId, details });

const recordDecoy = (house: House) =>
  inTransaction(house.database, (tx) =>
    recordStep(tx, house, { personId: randomUUID(), step: 'begun', way: 'code' }),
  );

const closed = () => conflict('recovery-closed', peopleTexts.recoveryClosed);

/** Uses the code up and begins a recovery that waits; false when somebody was quicker. */
async function beginWaiting(
  house: House,
  code: Code,
  { token, secret }: { token: RecoveryToken; secret: string },
): Promise<boolean> {
  return inTransaction(house.database, async (tx) => {
    const personId = await useCode(tx, house, code);
    if (personId === undefined) return false;
    await sql`insert into identity.recovery
        (id, person_id, way, state, secret_digest, begun_at, opens_at, expires_at)
      values (${token.id}, ${personId}, 'code', 'waiting', ${digestOf(secret)}, ${house.clock.now()},
        ${token.opensAt}, ${token.expiresAt})`.execute(tx);
    await recordStep(tx, house, { personId, step: 'begun', way: 'code' });
    const details = { opensAt: token.opensAt.toISOString() };
    await notify(tx, house, { personId, kind: 'recovery-begun', details });
    return true;
  });
}

type DeskRow = { id: string; expiresAt: Date };

/** The code of a desk opens at once, and only once: two officers have looked at the person. */
async function openByDesk(house: House, keys: SealingKeys, code: Code): Promise<BegunRecovery | undefined> {
  const { clock, database } = house;
  const now = clock.now();
  const [row] = await query<DeskRow>(database, {
    text: `select id, expires_at as "expiresAt" from identity.recovery
      where secret_digest = $1 and way = 'desk' and state = 'open' and expires_at > $2`,
    values: [codeDigestOf(code), now],
  });
  if (row === undefined) return undefined;
  const secret = writeRecoveryToken(keys, { id: row.id, opensAt: now, expiresAt: row.expiresAt });
  const taken = await query(database, {
    text: `update identity.recovery set secret_digest = $3
      where id = $1 and secret_digest = $2 and state = 'open' returning id`,
    values: [row.id, codeDigestOf(code), digestOf(secret)],
  });
  return taken.length === 1 ? { secret, opensAt: now } : undefined;
}

/** Keys of the tokens are the city's own: they outlive a change of the keys in the configuration. */
const tokenKeys = async (house: House) =>
  parseSealingKeys((await getRandomSecret(house, 'recovery-token')).toString('base64'));

async function begin(house: House, code: Code | undefined): Promise<BegunRecovery> {
  const keys = await tokenKeys(house);
  const opensAt = new Date(house.clock.now().getTime() + recoveryWaitMs(house));
  const token = { id: randomUUID(), opensAt, expiresAt: new Date(opensAt.getTime() + openMs) };
  const waiting = { secret: writeRecoveryToken(keys, token), opensAt };
  if (code === undefined) return waiting;
  const isGood = await isGoodCode(house, code);
  if (isGood && (await beginWaiting(house, code, { token, secret: waiting.secret }))) return waiting;
  const opened = isGood ? undefined : await openByDesk(house, keys, code);
  if (opened === undefined) await recordDecoy(house);
  return opened ?? waiting;
}

/**
 * Begins a recovery with a recovery code, or with the code of a desk. A wrong code, one that was used and one
 * that is right get the same answer after the same time; a code is used once, however many try it at a time.
 * Throws too-many `too-many-attempts` after ten in an hour from an address.
 */
export async function beginRecovery(
  house: House,
  { code, address }: { code: string; address?: string | undefined },
): Promise<BegunRecovery> {
  if (address !== undefined) {
    await countAddress(house, { scope: 'recovery', address, limit: 10, windowSeconds: 3600 });
  }
  const [begun] = await Promise.all([begin(house, parseCode(code)), sleep(answerMs)]);
  return begun;
}

type Row = {
  id: string;
  personId: string;
  way: 'code' | 'desk';
  state: RecoveryState;
  opensAt: Date;
  expiresAt: Date;
};

const columns = `id, person_id as "personId", way, state, opens_at as "opensAt", expires_at as "expiresAt"`;

/** The recovery that this secret belongs to; undefined for what this city never gave out. */
export async function findRecovery(house: House, secret: string): Promise<Recovery | undefined> {
  const now = house.clock.now();
  const token = readRecoveryToken(await tokenKeys(house), secret);
  if (token === undefined) return undefined;
  const [row] = await query<Row>(house.database, {
    text: `select ${columns} from identity.recovery where id = $1 and secret_digest = $2`,
    values: [token.id, digestOf(secret)],
  });
  if (row === undefined) return { ...token, state: decoyStateAt(token, now) };
  const state = shownStateAt(row, now);
  const { id, opensAt, expiresAt } = row;
  const person = state === 'open' ? await findPerson(house, row.personId) : undefined;
  if (person === undefined) return { id, state, opensAt, expiresAt };
  const { handle, name } = person;
  const isFromDesk = row.way === 'desk';
  return {
    id,
    state,
    opensAt,
    expiresAt,
    isFromDesk,
    person: { id: person.id, handle, ...(name ? { name } : {}) },
  };
}

/** Recoveries of a person that are under way, for a warning on every page of the account. */
export async function listRecoveries(house: House, personId: string): Promise<Omit<Recovery, 'person'>[]> {
  const now = house.clock.now();
  const rows = await query<Row>(house.database, {
    text: `select ${columns} from identity.recovery
      where person_id = $1 and state in ('waiting', 'open') and expires_at > $2
      order by begun_at limit 20`,
    values: [personId, now],
  });
  return rows.map((row) => {
    const { id, opensAt, expiresAt } = row;
    return { id, state: recoveryStateAt(row, now), opensAt, expiresAt };
  });
}

async function cancelAll(tx: Transaction, personId: string): Promise<Pick<Row, 'way'>[]> {
  const { rows } = await sql<Pick<Row, 'way'>>`update identity.recovery set state = 'cancelled'
    where person_id = ${personId} and state in ('waiting', 'open') returning way`.execute(tx);
  return rows;
}

/**
 * Stops every recovery of one's own account that is under way. Where one was begun with a code, the codes
 * left are void: the list is in other hands. Throws not-found `no-recovery`, conflict `recovered-lately`.
 */
export async function cancelRecovery(house: House, actor: HeldActor): Promise<void> {
  const { id: personId } = actor;
  await inTransaction(house.database, async (tx) => {
    await refuseRecovered(tx, house, actor);
    const cancelled = await cancelAll(tx, personId);
    if (cancelled.length === 0) throw notFound('no-recovery', peopleTexts.nothingToStop);
    if (cancelled.some(({ way }) => way === 'code')) await voidCodes(tx, personId);
    await recordStep(tx, house, { personId, step: 'stopped' });
    await notify(tx, house, { personId, kind: 'recovery-cancelled' });
  });
}

/** Opens a recovery at a desk, once two officers have agreed; the code goes to the person, for an hour. */
export async function openDeskRecovery(
  tx: Transaction,
  house: House,
  personId: string,
): Promise<{ code: string; expiresAt: Date }> {
  const code = createCode();
  const now = house.clock.now();
  const expiresAt = new Date(now.getTime() + deskCodeMs);
  await sql`update identity.recovery set state = 'cancelled'
    where person_id = ${personId} and way = 'desk' and state = 'open'`.execute(tx);
  await sql`insert into identity.recovery
      (id, person_id, way, state, secret_digest, begun_at, opens_at, expires_at)
    values (${randomUUID()}, ${personId}, 'desk', 'open', ${codeDigestOf(code)}, ${now}, ${now},
      ${expiresAt})`.execute(tx);
  await recordStep(tx, house, { personId, step: 'begun', way: 'desk' });
  await notify(tx, house, { personId, kind: 'recovery-begun', details: { opensAt: now.toISOString() } });
  return { code: formatCode(code), expiresAt };
}

/** Takes an open recovery, once. */
async function takeOpen(
  tx: Transaction,
  { clock }: House,
  key: { id: string; digest: Buffer },
): Promise<Row> {
  const now = clock.now();
  const { rows } = await sql<Row>`update identity.recovery set state = 'done', done_at = ${now}
    where id = ${key.id} and secret_digest = ${key.digest} and expires_at > ${now}
      and (state = 'open' or (state = 'waiting' and opens_at <= ${now}))
    returning ${sql.raw(columns)}`.execute(tx);
  if (rows[0] === undefined) throw closed();
  return rows[0];
}

/** The secret of the browser, and the passkey that was made for the person of the recovery. */
export type Finishing = { secret: string; newPasskey: NewPasskey; label?: string | undefined };

/**
 * Finishes a recovery: the new passkey is added, every session of the person ends, other recoveries too, and
 * the codes left are void. Other passkeys stay, and for as long as the wait the new one may not touch them.
 * Throws conflict `recovery-closed`.
 */
export async function finishRecovery(
  house: House,
  { secret, newPasskey, label }: Finishing,
): Promise<{ personId: string; passkeyId: string }> {
  const token = readRecoveryToken(await tokenKeys(house), secret);
  if (token === undefined) throw closed();
  return inTransaction(house.database, async (tx) => {
    const { personId, way } = await takeOpen(tx, house, { id: token.id, digest: digestOf(secret) });
    await cancelAll(tx, personId);
    await voidCodes(tx, personId);
    const { id: passkeyId } = await addPasskey(tx, house, { personId, passkey: newPasskey, label });
    await endSessions(tx, { personId, at: house.clock.now() });
    await recordStep(tx, house, { personId, step: 'finished', way });
    await notify(tx, house, { personId, kind: 'recovered' });
    return { personId, passkeyId };
  });
}
