// Proves that a code survives being read out and typed, and that nothing else is taken for one.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSpokenCode, spokenCode } from './spoken-codes.ts';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

describe('a code that is read out', () => {
  it('is understood in small letters, with blanks, full width, and with O, I and L', () => {
    fc.assert(
      fc.property(fc.constantFrom(8, 20).chain(bytes), (drawn) => {
        const code = spokenCode(drawn);
        const plain = code.replaceAll('-', '');
        const typed = code
          .toLowerCase()
          .replaceAll('-', ' \u2013 ')
          .replaceAll('0', 'o')
          .replaceAll('1', 'l');
        expect(parseSpokenCode(typed, drawn.length)).toBe(plain);
        expect(parseSpokenCode(plain.replaceAll('1', 'I'), drawn.length)).toBe(plain);
      }),
    );
  });

  it('is written in groups', () => {
    expect(spokenCode(new Uint8Array(8))).toBe('0000-0000');
    expect(spokenCode(new Uint8Array(20).fill(255))).toBe('ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ');
  });

  it.each(['', '0000-000', '0000-00000', '0000-000U', '\u0000'.repeat(8)])('is not %j', (text) => {
    expect(parseSpokenCode(text, 8)).toBeUndefined();
  });
});
