// Tests of dates and numbers as people read them.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCompact, formatDate, formatNumber, formatShare, formatShortDate } from './format.ts';

describe('formatDate', () => {
  it('writes a date only as exactly as it was given', () => {
    expect(formatDate('2024', 'en')).toBe('2024');
    expect(formatDate('2024-06', 'en')).toBe('June 2024');
    expect(formatDate('2024-06-05', 'en')).toBe('5 June 2024');
    expect(formatDate('2024-06-05T14:05:00+08:00', 'en')).toBe('5 June 2024, 14:05');
  });

  it('writes Chinese dates without leading zeros', () => {
    expect(formatDate('2024', 'tc')).toBe('2024年');
    expect(formatDate('2024-06', 'sc')).toBe('2024年6月');
    expect(formatDate('2024-06-05T14:05', 'tc')).toBe('2024年6月5日 14:05');
  });

  it('leaves what is not a date as it is', () => {
    expect(formatDate('mid-2024', 'en')).toBe('mid-2024');
  });

  it('shortens English months only', () => {
    expect(formatShortDate('2024-09-30', 'en')).toBe('30 Sep 2024');
    expect(formatShortDate('2024-05', 'en')).toBe('May 2024');
    expect(formatShortDate('2024-09-30', 'tc')).toBe('2024年9月30日');
  });
});

describe('numbers', () => {
  it('separates thousands and keeps at most the places asked for', () => {
    expect(formatNumber(1234567.891)).toBe('1,234,567.89');
    expect(formatNumber(0.25, 0)).toBe('0');
  });

  it('counts large numbers in millions in English, in tens of thousands in Chinese', () => {
    expect(formatCompact(14_700_000, 'en')).toBe('14.7 million');
    expect(formatCompact(14_700_000, 'tc')).toBe('1,470萬');
    expect(formatCompact(14_700_000, 'sc')).toBe('1,470万');
    expect(formatCompact(5400, 'en')).toBe('5,400');
    expect(formatCompact(250_000_000, 'tc')).toBe('2.5億');
  });

  it('writes a small number in the words of a larger one when asked', () => {
    expect(formatCompact(500_000, 'en', 2_000_000)).toBe('0.5 million');
  });

  it('never rounds an unfinished whole up to 100 %, nor something down to nothing', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }), (share) => {
        expect(['0%', '100%']).not.toContain(formatShare(share));
      }),
    );
    expect(formatShare(1)).toBe('100%');
    expect(formatShare(0)).toBe('0%');
  });
});
