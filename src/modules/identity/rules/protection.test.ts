// Proves how the protection of an account is judged, and the short names of devices and times.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deviceKeyOf, deviceKeyPattern } from './device-key.ts';
import { minuteIn } from './local-time.ts';
import { protectionOf } from './protection.ts';

describe('the protection of an account', () => {
  it.each([
    [2, 10, 'strong'],
    [1, 10, 'one-device'],
    [5, 2, 'few-codes'],
    [1, 1, 'few-codes'],
    [2, 0, 'no-codes'],
    [1, 0, 'weak'],
  ])('with %i devices and %i codes is %s', (devices, codes, expected) => {
    expect(protectionOf({ devices, codes })).toBe(expected);
  });

  it('is never strong when the loss of one device, or of all, would lock the person out', () => {
    const count = fc.integer({ min: 0, max: 30 });
    fc.assert(
      fc.property(count, count, (devices, codes) => {
        const isStrong = protectionOf({ devices, codes }) === 'strong';
        return !isStrong || (devices > 1 && codes > 0);
      }),
    );
  });
});

describe('the short name of a passkey', () => {
  it('is the same for the same passkey and another for every other', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        expect(deviceKeyOf(one)).toMatch(deviceKeyPattern);
        expect(deviceKeyOf(one) === deviceKeyOf(other)).toBe(one === other);
      }),
    );
  });
});

describe('an instant by the clock of a city', () => {
  it.each([
    ['2026-11-21T16:30:59Z', 'Asia/Hong_Kong', '2026-11-22T00:30'],
    ['2026-07-01T00:00:00Z', 'Europe/London', '2026-07-01T01:00'],
    ['2026-01-01T00:00:00Z', 'Atlantic/Reykjavik', '2026-01-01T00:00'],
  ])('%s in %s reads %s', (instant, zone, expected) => {
    expect(minuteIn(new Date(instant), zone)).toBe(expected);
  });
});
