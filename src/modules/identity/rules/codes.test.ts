// Proves of codes: they are read however they are typed, a slip is found, and none says anything of another.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Code,
  codeDigestOf,
  createCode,
  formatCode,
  isWellFormedCode,
  parseCode,
  sameDigest,
} from './codes.ts';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const letters = (length: number) =>
  fc.array(fc.constantFrom(...alphabet), { minLength: length, maxLength: length }).map((all) => all.join(''));
const code: fc.Arbitrary<Code> = fc.record({ selector: letters(8), secret: letters(16) });

describe('codes', () => {
  it('are drawn with 40 bits to find them and 80 bits to prove them', () => {
    const drawn = Array.from({ length: 200 }, createCode);
    expect(new Set(drawn.map(({ selector }) => selector)).size).toBe(200);
    expect(new Set(drawn.flatMap(({ secret }) => [...secret])).size).toBe(32);
    for (const { selector, secret } of drawn) {
      expect(`${selector} ${secret}`).toMatch(/^[0-9A-HJKMNP-TV-Z]{8} [0-9A-HJKMNP-TV-Z]{16}$/);
    }
  });

  it('come back as they were from what is printed', () => {
    fc.assert(
      fc.property(code, (one) => {
        expect(parseCode(formatCode(one))).toEqual(one);
      }),
    );
  });

  it('are printed in five groups of five', () => {
    expect(formatCode(createCode())).toMatch(/^[0-9A-Z]{5}(?:-[0-9A-Z]{5}){4}$/);
  });

  it('may be typed in small letters, with spaces, without hyphens, full width, with O and l for 0 and 1', () => {
    const one = { selector: '0123456A', secret: '10V0XYZQ10V0XYZQ' };
    const printed = formatCode(one);
    const fullWidth = [...printed]
      .map((letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0))
      .join('');
    for (const typed of [
      printed.toLowerCase(),
      ` ${printed.replaceAll('-', ' ')}\n`,
      printed.replaceAll('-', ''),
      printed.replaceAll('0', 'O').replaceAll('1', 'l'),
      printed.replaceAll('0', 'o').replaceAll('1', 'I'),
      printed.replaceAll('-', '\u2013'),
      fullWidth,
    ]) {
      expect(parseCode(typed)).toEqual(one);
    }
  });

  it('with one wrong letter, or two exchanged, are known for a slip', () => {
    const place = fc.integer({ min: 0, max: 24 });
    fc.assert(
      fc.property(code, place, place, fc.constantFrom(...alphabet), (one, first, second, letter) => {
        const bare = [...formatCode(one).replaceAll('-', '')];
        const replaced = bare.with(first, letter);
        expect(isWellFormedCode(replaced.join(''))).toBe(bare[first] === letter);
        const exchanged = bare.with(first, bare[second]!).with(second, bare[first]!);
        expect(isWellFormedCode(exchanged.join(''))).toBe(bare[first] === bare[second]);
      }),
      { numRuns: 1000 },
    );
  });

  it('are nothing when letters are missing, too many or foreign', () => {
    const printed = formatCode(createCode());
    for (const typed of [
      '',
      printed.slice(0, -1),
      `${printed}0`,
      `U${printed.slice(1)}`,
      'A'.repeat(100_000),
    ]) {
      expect(parseCode(typed)).toBeUndefined();
    }
  });

  it('are kept as digests that are the same only for the same code', () => {
    fc.assert(
      fc.property(code, code, (one, other) => {
        const same = one.selector === other.selector && one.secret === other.secret;
        expect(sameDigest(codeDigestOf(one), codeDigestOf(one))).toBe(true);
        expect(sameDigest(codeDigestOf(one), codeDigestOf(other))).toBe(same);
      }),
    );
    expect(sameDigest(Buffer.alloc(32), Buffer.alloc(31))).toBe(false);
  });
});
