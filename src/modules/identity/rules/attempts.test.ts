// Proves of attempts: a window that slides lets through what it promises, and addresses are counted fairly.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressKey, weighTries, windowStartOf } from './attempts.ts';

describe('the weight of tries', () => {
  it('fades with the window that is past', () => {
    expect(weighTries({ now: 2, before: 8 }, 0)).toBe(10);
    expect(weighTries({ now: 2, before: 8 }, 0.5)).toBe(6);
    expect(weighTries({ now: 2, before: 8 }, 1)).toBe(2);
  });

  it('is between what was tried now and all that was tried', () => {
    const tries = fc.record({ now: fc.nat(1000), before: fc.nat(1000) });
    fc.assert(
      fc.property(tries, fc.double({ min: 0, max: 1, noNaN: true }), (one, elapsed) => {
        const weight = weighTries(one, elapsed);
        expect(weight).toBeGreaterThanOrEqual(one.now);
        expect(weight).toBeLessThanOrEqual(one.now + one.before);
      }),
    );
  });

  it('belongs to a fixed window in which the instant lies', () => {
    const instant = Date.UTC(2026, 10, 21, 4, 7, 9);
    expect(windowStartOf(instant, 3600)).toBe(Date.UTC(2026, 10, 21, 4));
    expect(windowStartOf(Date.UTC(2026, 10, 21, 4), 3600)).toBe(Date.UTC(2026, 10, 21, 4));
  });
});

describe('the key of an address', () => {
  it('is the whole of an IPv4 address, also where it is written as IPv6', () => {
    expect(addressKey('203.0.113.7')).toBe('203.0.113.7');
    expect(addressKey('::ffff:203.0.113.7')).toBe('203.0.113.7');
    expect(addressKey('::FFFF:203.0.113.7')).toBe('203.0.113.7');
  });

  it('is the /64 of an IPv6 address, however it is written', () => {
    const one = addressKey('2001:db8:0:7:a:b:c:d');
    expect(one).toBe('2001:db8:0:7::/64');
    for (const same of ['2001:db8:0:7::1', '2001:0DB8:0000:0007:ffff::', '2001:db8::7:0:0:0:9%eth0']) {
      expect(addressKey(same)).toBe(one);
    }
    expect(addressKey('2001:db8:0:8::1')).not.toBe(one);
    expect(addressKey('::1')).toBe('0:0:0:0::/64');
  });
});
