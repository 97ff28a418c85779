// Codes that people read out or type: Crockford's base 32, in groups, forgiving when they are read.

/** Crockford base 32: no I, L, O and U. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A code of one letter (5 bits) for each byte, in groups of five or four, e.g. `7K3M-Q0XA`. */
export function spokenCode(bytes: Uint8Array): string {
  const text = [...bytes].map((byte) => letters[byte % letters.length]).join('');
  const groups = text.length % 5 === 0 ? /.{5}/g : /.{1,4}/g;
  return text.match(groups)?.join('-') ?? '';
}

/**
 * The code without its dashes, as it is kept: small letters, blanks, O for 0, I and L for 1 are understood.
 * Undefined when it is no code of that length.
 */
export function parseSpokenCode(text: string, length: number): string | undefined {
  const plain = text
    .slice(0, 100)
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Dash}]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return plain.length === length && [...plain].every((letter) => letters.includes(letter))
    ? plain
    : undefined;
}
