// Tests of marked words.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markedParts } from './search-results.tsx';

describe('markedParts', () => {
  it('marks every occurrence whatever its case, the longest term first', () => {
    const parts = markedParts('Parking meters; park here', ['park', 'parking']);
    expect(parts.filter((part) => part.marked).map((part) => part.text)).toEqual(['Parking', 'park']);
  });

  it('marks Chinese inside a sentence', () => {
    expect(markedParts('新泊車收費錶', ['泊車'])).toEqual([
      { text: '新', marked: false },
      { text: '泊車', marked: true },
      { text: '收費錶', marked: false },
    ]);
  });

  it('takes terms as they are, never as patterns, and loses nothing', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (text, terms) => {
        const parts = markedParts(text, terms);
        expect(parts.map((part) => part.text).join('')).toBe(text);
      }),
    );
    expect(markedParts('a.b', ['.']).filter((part) => part.marked)).toEqual([{ text: '.', marked: true }]);
  });
});
