// The resident card of Port Ellery, which is nobody's: two letters, four digits and a check letter.

import type { CardRule } from '../../../modules/identity/index.ts';

const checkLetters = 'HARBOUT';

const checkLetterOf = (digits: string) => checkLetters[Number(digits) % checkLetters.length];

/** Resident card of the invented city. */
export const card: CardRule = {
  name: { en: 'Port Ellery resident card', tc: '埃勒里港居民證' },
  example: 'PE-1234-R',
  parse: (text) => {
    const bare = text.slice(0, 60).toUpperCase().replace(/[\s-]/g, '');
    const [, digits, letter] = /^PE(\d{4})([A-Z])$/.exec(bare) ?? [];
    if (digits === undefined || letter !== checkLetterOf(digits)) return undefined;
    return `PE-${digits}-${letter}`;
  },
  mask: (number) => `${number.slice(0, 4)}***-*`,
};
