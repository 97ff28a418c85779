// Seals personal data with AES-256-GCM under keys that can be changed while the house runs.

import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';

/** A key with the name by which a seal finds it. */
export type SealingKey = { id: Buffer; key: Buffer };

/** The first seals; the others only open what was sealed before. */
export type SealingKeys = readonly [SealingKey, ...SealingKey[]];

const version = 1;
const idBytes = 4;
const nonceBytes = 12;
const tagBytes = 16;
const headBytes = 1 + idBytes + nonceBytes;

const sealingKeyOf = (key: Buffer): SealingKey => ({
  id: createHash('sha256').update('lamppost identity key id\0').update(key).digest().subarray(0, idBytes),
  key,
});

/** Reads keys of 32 bytes in base64 with commas between. Throws for a key of another length, or two alike. */
export function parseSealingKeys(text: string): SealingKeys {
  const keys = text.split(',').map((one) => Buffer.from(one.trim(), 'base64'));
  if (keys.some((key) => key.length !== 32)) throw new Error('a key that seals has 32 bytes');
  const [first, ...others] = keys.map(sealingKeyOf);
  const ids = new Set([first!, ...others].map(({ id }) => id.toString('hex')));
  if (ids.size !== keys.length) throw new Error('two of the keys that seal are the same');
  return [first!, ...others];
}

/** Each context has a key of its own: so nonces drawn by chance never run out, however much is sealed. */
const keyFor = ({ key }: SealingKey, context: string) =>
  createHmac('sha256', key).update('lamppost identity seal\0').update(context).digest();

/**
 * Seals a value so that it opens in this context only, e.g. `person.name:<id>`.
 * Layout: version, id of the key (4), nonce (12), ciphertext, tag (16).
 */
export function seal(keys: SealingKeys, plain: Buffer | string, context: string): Buffer {
  const [first] = keys;
  const nonce = randomBytes(nonceBytes);
  const head = Buffer.concat([Buffer.of(version), first.id, nonce]);
  const cipher = createCipheriv('aes-256-gcm', keyFor(first, context), nonce);
  cipher.setAAD(Buffer.concat([head, Buffer.from(context)]));
  return Buffer.concat([head, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

const idOf = (sealed: Buffer) => sealed.subarray(1, 1 + idBytes);

/**
 * Opens what was sealed. Throws an Error when it was changed, moved to another context, or its key is gone.
 */
export function open(keys: SealingKeys, sealed: Buffer, context: string): Buffer {
  const key = keys.find(({ id }) => id.equals(idOf(sealed)));
  if (sealed[0] !== version || sealed.length < headBytes + tagBytes || key === undefined) {
    throw new Error('what was sealed cannot be opened: its key is not here, or it is no seal');
  }
  const head = sealed.subarray(0, headBytes);
  const decipher = createDecipheriv('aes-256-gcm', keyFor(key, context), head.subarray(1 + idBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(Buffer.concat([head, Buffer.from(context)]));
  decipher.setAuthTag(sealed.subarray(-tagBytes));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(headBytes, -tagBytes)), decipher.final()]);
  } catch {
    throw new Error('what was sealed cannot be opened: it was changed, or belongs elsewhere');
  }
}

/** Whether it was sealed under another key than the one that seals now. */
export const isStale = ([first]: SealingKeys, sealed: Buffer): boolean => !idOf(sealed).equals(first.id);

/** What every seal of this key begins with. */
export const sealPrefix = ({ id }: SealingKey): Buffer => Buffer.concat([Buffer.of(version), id]);
