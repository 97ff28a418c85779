// Links that add another device to an account: made once, used once, confirmed by the owner.

import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { Actor } from '../../../core/access.ts';
import { inTransaction, sql, type Transaction } from '../../../core/database/index.ts';
import { invalid, notFound } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import type { Text } from '../../../core/texts.ts';
import { digestOf } from '../rules/codes.ts';
import { accountProblems } from '../texts/account-problems.ts';
import { addPasskey, type NewPasskey } from './passkeys.ts';

const lifeMs = 10 * 60_000;
const mostWrongCodes = 3;
const secretBytes = 32;

/** A link as the person who made it sees it. */
export type DeviceLink = {
  id: string;
  personId: string;
  expiresAt: Date;
  /** Whether another device has made its passkey. */
  offered: boolean;
  /** Browser and system of that device. */
  agent?: string;
};

type Row = { id: string; personId: string; expiresAt: Date; offered: boolean; agent: string | null };

const columns = sql`id, person_id as "personId", expires_at as "expiresAt", passkey is not null as offered, agent`;

const linkOf = ({ agent, ...row }: Row): DeviceLink => ({ ...row, ...(agent === null ? {} : { agent }) });

const unknownLink = () => notFound('unknown-device-link', accountProblems.unknownDeviceLink);

/** Makes a link for the person; any earlier one of theirs is void. The secret is told this once. */
export async function createDeviceLink(
  house: House,
  actor: Actor,
): Promise<{ id: string; secret: string; expiresAt: Date }> {
  const now = house.clock.now();
  const expiresAt = new Date(now.getTime() + lifeMs);
  const [id, secret] = [randomUUID(), randomBytes(secretBytes).toString('base64url')];
  await inTransaction(house.database, async (transaction) => {
    await sql`delete from identity.device_link
      where person_id = ${actor.id} or expires_at <= ${now}`.execute(transaction);
    await sql`insert into identity.device_link (id, secret_digest, person_id, created_at, expires_at)
      values (${id}, ${digestOf(secret)}, ${actor.id}, ${now}, ${expiresAt})`.execute(transaction);
  });
  return { id, secret, expiresAt };
}

/** The link with this secret while no device has used it. Throws not-found `unknown-device-link`. */
export async function getOpenDeviceLink(
  { database, clock }: Pick<House, 'database' | 'clock'>,
  secret: string,
): Promise<DeviceLink> {
  const { rows } = await sql<Row>`select ${columns} from identity.device_link
    where secret_digest = ${digestOf(secret)} and passkey is null
    and expires_at > ${clock.now()}`.execute(database);
  if (rows[0] === undefined) throw unknownLink();
  return linkOf(rows[0]);
}

/** A link of this person. Throws not-found `unknown-device-link`. */
export async function getDeviceLink(
  { database, clock }: Pick<House, 'database' | 'clock'>,
  { personId, id }: { personId: string; id: string },
): Promise<DeviceLink> {
  const { rows } = await sql<Row>`select ${columns} from identity.device_link
    where id = ${id} and person_id = ${personId} and expires_at > ${clock.now()}`.execute(database);
  if (rows[0] === undefined) throw unknownLink();
  return linkOf(rows[0]);
}

const digits = 6;

/**
 * Keeps the passkey that the other device made, without effect yet. Gives the code that this device shows
 * and its owner types on the first. Throws not-found when another device was quicker.
 */
export async function offerPasskey(
  { database, clock }: Pick<House, 'database' | 'clock'>,
  { id, passkey, agent }: { id: string; passkey: NewPasskey; agent: string },
): Promise<{ code: string }> {
  const code = String(randomInt(10 ** digits)).padStart(digits, '0');
  const kept = JSON.stringify({ ...passkey, publicKey: passkey.publicKey.toString('base64') });
  const { rows } = await sql`update identity.device_link
    set passkey = ${kept}::jsonb, agent = ${agent.slice(0, 80)}, code = ${code}
    where id = ${id} and passkey is null and expires_at > ${clock.now()} returning id`.execute(database);
  if (rows.length === 0) throw unknownLink();
  return { code };
}

type Offer = { passkey: (Omit<NewPasskey, 'publicKey'> & { publicKey: string }) | null; code: string | null };

const removeLink = (transaction: Transaction, id: string) =>
  sql`delete from identity.device_link where id = ${id}`.execute(transaction);

/**
 * Adds the offered passkey to the account of its owner, who types the code that the other device shows.
 * Throws invalid `wrong-device-code`; after three wrong ones the link is void. Throws not-found
 * `unknown-device-link`, invalid `no-device-yet` before the other device has made its passkey.
 */
export async function confirmDeviceLink(
  house: House,
  actor: Actor,
  { id, code, label }: { id: string; code: string; label: string },
): Promise<void> {
  const outcome = await inTransaction(house.database, async (transaction) => {
    const { rows } = await sql<Offer>`select passkey, code from identity.device_link
      where id = ${id} and person_id = ${actor.id} and expires_at > ${house.clock.now()}
      for update`.execute(transaction);
    const offer = rows[0];
    if (offer === undefined) throw unknownLink();
    if (offer.passkey === null) {
      throw invalid('no-device-yet', accountProblems.noDeviceYet, fieldOf(accountProblems.noDeviceYet));
    }
    if (offer.code !== code) {
      await countWrongCode(transaction, id);
      return 'wrong' as const;
    }
    const { publicKey, ...rest } = offer.passkey;
    const passkey: NewPasskey = { ...rest, publicKey: Buffer.from(publicKey, 'base64') };
    await removeLink(transaction, id);
    await addPasskey(transaction, house, { personId: actor.id, passkey, label });
    return 'added' as const;
  });
  if (outcome === 'added') return;
  // Thrown here, for what was counted must stay counted.
  const { wrongDeviceCode } = accountProblems;
  throw invalid('wrong-device-code', wrongDeviceCode, fieldOf(wrongDeviceCode));
}

const fieldOf = (message: Text) => ({ fields: [{ field: 'code', message }] });

async function countWrongCode(transaction: Transaction, id: string): Promise<void> {
  const { rows } = await sql<{ wrong: number }>`update identity.device_link
    set wrong_codes = wrong_codes + 1 where id = ${id} returning wrong_codes as wrong`.execute(transaction);
  if ((rows[0]?.wrong ?? 0) >= mostWrongCodes) await removeLink(transaction, id);
}

/** Makes a link of this person void. */
export async function discardDeviceLink(
  { database }: Pick<House, 'database'>,
  { personId, id }: { personId: string; id: string },
): Promise<void> {
  await sql`delete from identity.device_link where id = ${id} and person_id = ${personId}`.execute(database);
}
