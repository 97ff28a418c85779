// Keys of the provider and of the portal as its client: made once for the whole city, kept sealed.

import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { query } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';
import { getRandomSecret, getSecret } from './secrets.ts';

/** A key for ES256 (RFC 7518, 3.4). */
export type SigningKey = {
  kty: 'EC';
  crv: 'P-256';
  x: string;
  y: string;
  d: string;
  kid: string;
  alg: 'ES256';
  use: 'sig';
};

type Place = Pick<House, 'config' | 'database'>;

/** JWK thumbprint (RFC 7638): the same for everybody who has the key. */
const thumbprint = ({ crv, kty, x, y }: Pick<SigningKey, 'crv' | 'kty' | 'x' | 'y'>) =>
  createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');

const makeKey = () =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'der', type: 'pkcs8' });

async function getKey(house: Place, name: string): Promise<{ key: KeyObject; jwk: SigningKey }> {
  const key = createPrivateKey({
    key: await getSecret(house, name, makeKey),
    format: 'der',
    type: 'pkcs8',
  });
  const parts = key.export({ format: 'jwk' }) as Pick<SigningKey, 'crv' | 'kty' | 'x' | 'y' | 'd'>;
  return { key, jwk: { ...parts, kid: thumbprint(parts), alg: 'ES256', use: 'sig' } };
}

const providerKey = 'provider-key';

/** The keys of the provider by number: the first has none in its name. */
async function listKeyNames({ database }: Place): Promise<string[]> {
  const rows = await query<{ name: string }>(database, {
    text: `select name from identity.secret where name ~ '^provider-key(-[0-9]+)?$'
      order by coalesce(substring(name from '[0-9]+$')::int, 1) desc`,
    values: [],
  });
  return rows.map(({ name }) => name);
}

/**
 * What the provider signs ID tokens and responses with, the newest first: that signs, and all are published,
 * so that what was signed earlier is still believed. A process reads them when it starts.
 */
export async function getProviderKeys(house: Place): Promise<SigningKey[]> {
  await getKey(house, providerKey);
  const names = await listKeyNames(house);
  return Promise.all(names.map(async (name) => (await getKey(house, name)).jwk));
}

/** Makes the next key of the provider; it signs in each process from its next start. */
export async function addProviderKey(house: Place): Promise<SigningKey> {
  await getProviderKeys(house);
  const [newest = providerKey] = await listKeyNames(house);
  const number = Number(/\d+$/.exec(newest)?.[0] ?? 1);
  return (await getKey(house, `${providerKey}-${number + 1}`)).jwk;
}

/** What the city authenticates with where it is a client itself: the portal, and identity proofing. */
export const getClientKey = (house: Place) => getKey(house, 'client-key');

export const publicKeyOf = ({ d, ...key }: SigningKey): Omit<SigningKey, 'd'> => key;

/** Signs cookies, makes nonces of DPoP, and derives what the portal needs once for each sign-in. */
export async function getProviderSecrets(house: Place) {
  const [cookies, nonces, signIn] = await Promise.all([
    getRandomSecret(house, 'provider-cookies'),
    getRandomSecret(house, 'provider-nonces'),
    getRandomSecret(house, 'portal-sign-in'),
  ]);
  return { cookies, nonces, signIn };
}
