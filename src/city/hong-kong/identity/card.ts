// The number of the Hong Kong identity card: one or two letters, six digits, and a check digit in brackets.

import type { CardRule } from '../../../modules/identity/index.ts';

const pattern = /^([A-Z]{1,2})(\d{6})\(?([0-9A])\)?$/;
/** What stands in the place of the first letter where there is only one. */
const blank = 36;

/** A is 10 and Z is 35, as in base 36. */
const letterValue = (letter: string) => Number.parseInt(letter, 36);

/**
 * The check digit: with the weights 9 to 2 from the left, and 1 for itself, the sum is a multiple of 11; ten
 * is written A.
 */
export function checkDigitOf(letters: string, digits: string): string {
  const [first = blank, second = blank] =
    letters.length === 1 ? [blank, letterValue(letters)] : [...letters].map(letterValue);
  const values = [first, second, ...[...digits].map(Number)];
  const sum = values.reduce((total, value, index) => total + value * (9 - index), 0);
  return ((11 - (sum % 11)) % 11).toString(11).toUpperCase();
}

/** Identity card of Hong Kong. */
export const card: CardRule = {
  name: { en: 'Hong Kong identity card', tc: '香港身份證' },
  example: 'A123456(3)',
  parse: (text) => {
    const bare = text
      .slice(0, 60)
      .normalize('NFKC')
      .toUpperCase()
      .replace(/[\s\p{Dash}]/gu, '');
    const [, letters, digits, check] = pattern.exec(bare) ?? [];
    if (letters === undefined || digits === undefined) return undefined;
    return check === checkDigitOf(letters, digits) ? `${letters}${digits}(${check})` : undefined;
  },
  mask: (number) => number.replace(/^([A-Z]+\d{2}).*$/, '$1****(*)'),
};
