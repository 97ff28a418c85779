// Proves the check digit of the Hong Kong identity card on published examples and against a naive sum.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { card, checkDigitOf } from './card.ts';

const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const number = fc.record({
  letters: fc.array(fc.constantFrom(...upper), { minLength: 1, maxLength: 2 }).map((all) => all.join('')),
  digits: fc
    .array(fc.constantFrom(...'0123456789'), { minLength: 6, maxLength: 6 })
    .map((all) => all.join('')),
});
const written = number.map(({ letters, digits }) => `${letters}${digits}(${checkDigitOf(letters, digits)})`);

describe('the Hong Kong identity card', () => {
  it.each(['A123456(3)', 'G123456(A)', 'L555555(0)', 'AB987654(3)'])('takes the example %s', (text) => {
    expect(card.parse(text)).toBe(text);
  });

  it('makes the weighted sum a multiple of eleven', () => {
    fc.assert(
      fc.property(number, ({ letters, digits }) => {
        const check = checkDigitOf(letters, digits);
        const places = letters.length === 1 ? ` ${letters}${digits}` : `${letters}${digits}`;
        let sum = check === 'A' ? 10 : Number(check);
        for (const [index, sign] of [...places].entries()) {
          const value = sign === ' ' ? 36 : upper.includes(sign) ? upper.indexOf(sign) + 10 : Number(sign);
          sum += value * (9 - index);
        }
        expect(sum % 11).toBe(0);
      }),
    );
  });

  it('finds every single wrong digit', () => {
    const digit = fc.constantFrom(...'0123456789');
    fc.assert(
      fc.property(number, fc.integer({ min: 0, max: 5 }), digit, ({ letters, digits }, place, other) => {
        const check = checkDigitOf(letters, digits);
        const changed = [...digits].with(place, other).join('');
        const isSame = changed === digits;
        expect(card.parse(`${letters}${changed}(${check})`) !== undefined).toBe(isSame);
      }),
    );
  });

  it('has one spelling, however it is written', () => {
    fc.assert(
      fc.property(written, (text) => {
        const bare = text.replace(/[()]/g, '');
        const fullWidth = [...text].map((sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)).join('');
        for (const typed of [text, bare, bare.toLowerCase(), ` ${text} `, fullWidth]) {
          expect(card.parse(typed)).toBe(text);
        }
      }),
    );
  });

  it.each([
    '',
    'A12345(3)',
    'A1234567(3)',
    'ABC123456(3)',
    '123456(3)',
    'A123456',
    'A123456(4)',
    'A123456(10)',
    'é123456(3)',
    `A123456(3)${' '.repeat(100)}x`.slice(0, 59).concat('x'),
  ])('refuses %j', (text) => {
    expect(card.parse(text)).toBeUndefined();
  });

  it('is never shown whole', () => {
    fc.assert(
      fc.property(written, (text) => {
        const shown = card.mask(text);
        expect(shown).toMatch(/^[A-Z]{1,2}\d{2}\*{4}\(\*\)$/);
        expect(text.startsWith(shown.slice(0, shown.indexOf('*')))).toBe(true);
      }),
    );
  });

  it('has an example that is a card number', () => {
    expect(card.parse(card.example)).toBe(card.example);
  });
});
