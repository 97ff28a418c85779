// Codes that people copy from paper: Crockford base32 in groups, a part that finds and a part that proves.

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

// No I, L, O and U: nobody takes one letter for another (Crockford, Base 32).
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const selectorLength = 8;
const secretLength = 16;
const groupLength = 4;

/** A code of 24 letters: 40 bits that find it and 80 bits that prove it. */
export type Code = { selector: string; secret: string };

/** Letters drawn evenly: 256 is a multiple of 32. */
const draw = (length: number) => [...randomBytes(length)].map((byte) => alphabet[byte % 32]).join('');

export const createCode = (): Code => ({ selector: draw(selectorLength), secret: draw(secretLength) });

/** The code as it is printed, e.g. `K7QM-2F0X-...`: six groups of four. */
export const formatCode = ({ selector, secret }: Code): string =>
  (selector + secret).match(new RegExp(`.{${groupLength}}`, 'g'))!.join('-');

/** Reads a code however it was typed: small letters, spaces, full-width letters, O for 0, I or L for 1. */
export function parseCode(text: string): Code | undefined {
  const letters = text
    .slice(0, 200)
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Dash}]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  if (!new RegExp(`^[${alphabet}]{${selectorLength + secretLength}}$`).test(letters)) return undefined;
  return { selector: letters.slice(0, selectorLength), secret: letters.slice(selectorLength) };
}

/**
 * What is kept of a secret. A plain digest is enough: 80 bits drawn by chance cannot be tried out, which slow
 * password hashes are for.
 */
export const digestOf = (secret: string | Buffer): Buffer => createHash('sha256').update(secret).digest();

/** What is kept of a code. */
export const codeDigestOf = ({ selector, secret }: Code): Buffer => digestOf(`${selector}${secret}`);

/** Compares digests in the same time whatever they are. */
export const sameDigest = (one: Buffer, other: Buffer): boolean =>
  one.length === other.length && timingSafeEqual(one, other);
