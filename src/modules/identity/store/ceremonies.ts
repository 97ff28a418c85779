// Ceremonies that were begun with a passkey: each can be finished once, soon, and only where it was begun.

import { hash, randomUUID } from 'node:crypto';
import { query } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';

/** A ceremony makes a passkey, or uses one. */
export type Purpose = 'create' | 'get';

export type Ceremony = {
  purpose: Purpose;
  /** Base64url. */
  challenge: string;
  /** What it belongs to, e.g. an interaction or a recovery. */
  binding: string;
  personId?: string | undefined;
  /** User handle of the passkey that is being made. */
  handle?: Buffer | undefined;
};

const lifeMs = 10 * 60_000;

/** A binding names what a browser holds, so it is written as a digest. */
const written = (binding: string) => hash('sha256', binding, 'base64url');

/** Keeps a ceremony for ten minutes; gives its id. */
export async function beginCeremony({ database, clock }: House, ceremony: Ceremony): Promise<string> {
  const id = randomUUID();
  const { purpose, challenge, binding, personId = null, handle = null } = ceremony;
  await query(database, {
    name: 'identity-ceremony-begin',
    text: `insert into identity.ceremony (id, purpose, challenge, binding, person_id, handle, expires_at)
      values ($1, $2, $3, $4, $5, $6, $7)`,
    values: [
      ...[id, purpose, challenge, written(binding), personId, handle],
      new Date(clock.now().getTime() + lifeMs),
    ],
  });
  return id;
}

/** Which ceremony is finished, and by whom. */
export type CeremonyKey = { id: string; purpose: Purpose; binding: string };

type Row = { challenge: string; personId: string | null; handle: Buffer | null; expiresAt: Date };

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Takes the ceremony out, so that nobody can take it again; undefined when it is not there for this key. */
export async function takeCeremony(house: House, key: CeremonyKey): Promise<Ceremony | undefined> {
  const { id, purpose, binding } = key;
  if (!uuid.test(id)) return undefined;
  const [row] = await query<Row>(house.database, {
    name: 'identity-ceremony-take',
    text: `delete from identity.ceremony where id = $1 and purpose = $2 and binding = $3
      returning challenge, person_id as "personId", handle, expires_at as "expiresAt"`,
    values: [id, purpose, written(binding)],
  });
  if (row === undefined || row.expiresAt <= house.clock.now()) return undefined;
  const { challenge, personId, handle } = row;
  return { purpose, challenge, binding, personId: personId ?? undefined, handle: handle ?? undefined };
}
