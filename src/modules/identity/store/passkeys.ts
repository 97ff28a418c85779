// Passkeys of people: added, named, used and revoked; what ends a passkey ends all that came of it.

import { inTransaction, query, sql, type Transaction } from '../../../core/database/index.ts';
import { conflict, invalid, notFound } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import type { Passkey } from '../schema.ts';
import { peopleTexts } from '../texts/people.ts';
import { recordOwn } from './acts.ts';
import { endSessions } from './ending.ts';
import { notify } from './notices.ts';
import { type HeldActor, refuseForEarlier } from './recovery-hold.ts';

/** A passkey that a ceremony has just made. */
export type NewPasskey = {
  /** Credential id in base64url. */
  id: string;
  /** COSE key. */
  publicKey: Buffer;
  counter: number;
  transports: string[];
  /** Cannot leave the device on which it was made. */
  deviceBound: boolean;
};

const mostPasskeys = 20;
const longestLabel = 60;

const columns = sql.raw(`id, person_id as "personId", label, device_bound as "deviceBound", transports,
  created_at as "createdAt", used_at as "usedAt"`);

const unknownPasskey = () => notFound('unknown-passkey', peopleTexts.unknownPasskey);

/** Whatever is wrong with a passkey, this is all that anybody is told. */
export const passkeyRefused = (detail?: unknown) =>
  invalid('passkey-refused', peopleTexts.passkeyRefused, detail === undefined ? {} : { detail });

/** Passkeys of a person that are good, the oldest first. */
export async function listPasskeys({ database }: House, personId: string): Promise<Passkey[]> {
  const { rows } = await sql<Passkey>`select ${columns} from identity.passkey
    where person_id = ${personId} and revoked_at is null
    order by created_at, id limit ${mostPasskeys}`.execute(database);
  return rows;
}

/** One change of a person's passkeys at a time: so that the last one is known to be the last. */
async function lockPasskeys(tx: Transaction, personId: string): Promise<number> {
  await sql`select from identity.person where id = ${personId} for update`.execute(tx);
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from identity.passkey
    where person_id = ${personId} and revoked_at is null`.execute(tx);
  return rows[0]!.count;
}

/** Label: what its owner calls it, e.g. kind of browser and system; empty when nothing is known. */
export type PasskeyOfPerson = { personId: string; passkey: NewPasskey; label?: string | undefined };

/** Two devices of one kind can be told apart: `Safari, iPhone` and `Safari, iPhone 2`. */
async function freeLabel(tx: Transaction, personId: string, label: string): Promise<string> {
  const wanted = label.slice(0, longestLabel);
  if (wanted === '') return wanted;
  const { rows } = await sql<{ label: string }>`select label from identity.passkey
    where person_id = ${personId} and revoked_at is null`.execute(tx);
  const taken = new Set(rows.map((row) => row.label));
  let free = wanted;
  for (let number = 2; taken.has(free); number += 1) free = `${wanted.slice(0, longestLabel - 4)} ${number}`;
  return free;
}

/**
 * Adds a passkey, with the act `identity.passkey-added`, and with a notice when it is not the first. Throws
 * conflict `too-many-passkeys`, invalid `passkey-refused` for one that is known already.
 */
export async function addPasskey(tx: Transaction, house: House, given: PasskeyOfPerson): Promise<Passkey> {
  const { personId, passkey, label = '' } = given;
  const now = house.clock.now();
  const earlier = await lockPasskeys(tx, personId);
  if (earlier >= mostPasskeys) throw conflict('too-many-passkeys', peopleTexts.tooManyPasskeys);
  const free = await freeLabel(tx, personId, label);
  const { rows } = await sql<Passkey>`insert into identity.passkey
      (id, person_id, public_key, counter, transports, device_bound, label, created_at, used_at)
    values (${passkey.id}, ${personId}, ${passkey.publicKey}, ${passkey.counter}, ${passkey.transports},
      ${passkey.deviceBound}, ${free}, ${now}, ${now})
    on conflict (id) do nothing returning ${columns}`.execute(tx);
  const [added] = rows;
  if (added === undefined) throw passkeyRefused('known');
  const details = { deviceBound: passkey.deviceBound };
  await recordOwn(tx, house, { topic: 'identity.passkey-added', personId, details });
  if (earlier > 0) await notify(tx, house, { personId, kind: 'passkey-added', details });
  return added;
}

/** Which passkey of whom, and what it is to be called. */
export type Renaming = { personId: string; id: string; label: string };

/** Gives a passkey another label, at most 60 letters. Throws not-found `unknown-passkey`. */
export async function renamePasskey(tx: Transaction, _house: House, given: Renaming): Promise<void> {
  const { numAffectedRows } =
    await sql`update identity.passkey set label = ${given.label.slice(0, longestLabel)}
    where id = ${given.id} and person_id = ${given.personId} and revoked_at is null`.execute(tx);
  if (numAffectedRows === 0n) throw unknownPasskey();
}

async function refuseLast(tx: Transaction, personId: string): Promise<void> {
  const { rows } = await sql`select from identity.recovery_code
    where person_id = ${personId} and used_at is null limit 1`.execute(tx);
  if (rows.length === 0) throw conflict('last-passkey', peopleTexts.lastPasskey);
}

/**
 * Revokes one of the actor's own passkeys. Its sessions, grants and tokens end in the same transaction. The
 * last passkey goes only while there is a recovery code left. Throws not-found `unknown-passkey`, conflict
 * `last-passkey`, conflict `recovered-lately`.
 */
export async function revokePasskey(house: House, actor: HeldActor, passkeyId: string): Promise<void> {
  const { id: personId } = actor;
  await inTransaction(house.database, async (tx) => {
    const count = await lockPasskeys(tx, personId);
    await refuseForEarlier(tx, house, { actor, passkeyId });
    const { numAffectedRows } = await sql`update identity.passkey set revoked_at = ${house.clock.now()}
      where id = ${passkeyId} and person_id = ${personId} and revoked_at is null`.execute(tx);
    if (numAffectedRows === 0n) throw unknownPasskey();
    if (count === 1) await refuseLast(tx, personId);
    await endSessions(tx, { personId, passkeyId });
    await recordOwn(tx, house, { topic: 'identity.passkey-revoked', personId });
    await notify(tx, house, { personId, kind: 'passkey-revoked' });
  });
}

/** What is needed to check that a passkey was used. */
export type KnownPasskey = {
  id: string;
  personId: string;
  handle: Buffer;
  publicKey: Buffer;
  counter: number;
  transports: string[];
  deviceBound: boolean;
};

/** The passkey, unless it is unknown or revoked. */
export async function findKnownPasskey({ database }: House, id: string): Promise<KnownPasskey | undefined> {
  const [row] = await query<KnownPasskey>(database, {
    name: 'identity-passkey',
    text: `select passkey.id, person_id as "personId", handle, public_key as "publicKey", counter, transports,
        device_bound as "deviceBound"
      from identity.passkey join identity.person on person.id = person_id
      where passkey.id = $1 and revoked_at is null`,
    values: [id],
  });
  return row;
}

/**
 * Writes down that the passkey was used. False when it was revoked meanwhile, or when its counter did not
 * grow: then there are two of it (WebAuthn Level 3, section 6.1.1). Passkeys that do not count say 0.
 */
export async function touchPasskey(house: House, id: string, counter: number): Promise<boolean> {
  const rows = await query(house.database, {
    name: 'identity-passkey-used',
    text: `update identity.passkey set counter = $2, used_at = $3
      where id = $1 and revoked_at is null and (counter < $2 or (counter = 0 and $2 = 0)) returning id`,
    values: [id, counter, house.clock.now()],
  });
  return rows.length === 1;
}
