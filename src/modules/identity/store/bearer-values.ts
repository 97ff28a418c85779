// Writes and reads state of the provider without what opens a door: digests, and what is sealed.

import { query } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';
import {
  joinPayload,
  keyOfArtifact,
  keyOfUserCode,
  type Payload,
  partPayload,
} from '../rules/bearer-values.ts';
import { open, seal } from '../rules/sealing.ts';
import { getKeys, getRandomSecret } from './secrets.ts';

const contextOf = (key: string) => `artifact:${key}`;

/** What is written of a payload. */
export async function closePayload(
  house: House,
  [model, id]: readonly [model: string, id: string],
  payload: Payload,
): Promise<Payload> {
  const { open: readable, secrets } = partPayload(model, id, payload);
  if (secrets === undefined) return readable;
  const keys = await getKeys(house);
  const sealed = seal(keys, JSON.stringify(secrets), contextOf(keyOfArtifact(model, id)));
  return { ...readable, sealed: sealed.toString('base64') };
}

/** What was sealed in a row; undefined when nothing was. Throws when its key is gone. */
async function openSecrets(house: House, key: string, sealed: unknown): Promise<Payload | undefined> {
  if (typeof sealed !== 'string') return undefined;
  const opened = open(await getKeys(house), Buffer.from(sealed, 'base64'), contextOf(key));
  return JSON.parse(opened.toString()) as Payload;
}

/** How a payload was found: by its id, or without it in the row of this key. */
export type Found = { model: string; id?: string; key?: string };

/** The payload as the provider made it. */
export async function openPayload(house: House, found: Found, written: Payload): Promise<Payload> {
  const { model, id } = found;
  const { sealed, ...readable } = written;
  if (sealed === undefined) return joinPayload(model, id, { open: written, secrets: undefined });
  const key = found.key ?? keyOfArtifact(model, id!);
  return joinPayload(model, id, { open: readable, secrets: await openSecrets(house, key, sealed) });
}

/** How the code that a person types is written. */
export const writtenUserCode = async (house: House, code: string): Promise<string> =>
  keyOfUserCode(await getRandomSecret(house, 'device-user-codes'), code);

/** What a service holds of a request that waits for a person, by the key under which it is written. */
export async function findRequestId(house: House, key: string): Promise<string | undefined> {
  const [row] = await query<{ sealed: string | null }>(house.database, {
    text: `select payload->>'sealed' as sealed from identity.artifact
      where model = 'BackchannelAuthenticationRequest' and id = $1`,
    values: [key],
  });
  const secrets = row && (await openSecrets(house, key, row.sealed));
  return typeof secrets?.jti === 'string' ? secrets.jti : undefined;
}
