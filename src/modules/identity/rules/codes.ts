// Codes that people copy from paper: Crockford base32 in groups, a part that finds and a part that proves.

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

// No I, L, O and U: nobody takes one letter for another (Crockford, Base 32).
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const selectorLength = 8;
const secretLength = 16;
const groupLength = 5;

/** A code of 25 letters: 40 bits that find it, 80 bits that prove it, and a letter that finds slips. */
export type Code = { selector: string; secret: string };

/** Letters drawn evenly: 256 is a multiple of 32. */
const draw = (length: number) => [...randomBytes(length)].map((byte) => alphabet[byte % 32]).join('');

export const createCode = (): Code => ({ selector: draw(selectorLength), secret: draw(secretLength) });

/**
 * The letter that makes the sum over GF(32), with falling powers of its generator, zero: one wrong letter, or
 * any two exchanged, never give zero again, for a code has fewer letters than the generator has powers.
 */
function checkLetterOf(letters: string): string {
  const timesGenerator = (value: number) => (value & 16 ? (value << 1) ^ 0b100101 : value << 1);
  const sum = [...letters].reduce((total, letter) => timesGenerator(total) ^ alphabet.indexOf(letter), 0);
  return alphabet[timesGenerator(sum)]!;
}

/** The code as it is printed, e.g. `K7QM2-F0X3T-...`: five groups of five. */
export function formatCode({ selector, secret }: Code): string {
  const letters = selector + secret;
  return (letters + checkLetterOf(letters)).match(new RegExp(`.{${groupLength}}`, 'g'))!.join('-');
}

const codePattern = new RegExp(`^[${alphabet}]{${selectorLength + secretLength + 1}}$`);

/**
 * Reads a code however it was typed: small letters, spaces, full-width letters, O for 0, I or L for 1.
 * Undefined when letters are missing or wrong by a slip.
 */
export function parseCode(text: string): Code | undefined {
  const letters = text
    .slice(0, 200)
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Dash}]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  if (!codePattern.test(letters)) return undefined;
  const said = letters.slice(0, -1);
  if (checkLetterOf(said) !== letters.at(-1)) return undefined;
  return { selector: said.slice(0, selectorLength), secret: said.slice(selectorLength) };
}

/** Whether somebody typed a code without a slip. It says nothing about whether there is such a code. */
export const isWellFormedCode = (text: string): boolean => parseCode(text) !== undefined;

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
