// Proves of sealing: it opens with its key in its context only, and an older key opens until it goes.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isStale, open, parseSealingKeys, seal, sealPrefix } from './sealing.ts';

const keyText = (fill: number) => Buffer.alloc(32, fill).toString('base64');
const keys = parseSealingKeys(keyText(1));
const context = 'person.name:7';

describe('sealing', () => {
  it('gives back any value in its own context', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), (bytes, where) => {
        expect(open(keys, seal(keys, Buffer.from(bytes), where), where)).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it('never writes the same value the same way twice', () => {
    expect(seal(keys, 'Chan Tai Man', context)).not.toEqual(seal(keys, 'Chan Tai Man', context));
  });

  it('opens in no other context', () => {
    const sealed = seal(keys, 'Chan Tai Man', context);
    expect(() => open(keys, sealed, 'person.name:8')).toThrow('cannot be opened');
    expect(() => open(keys, sealed, 'person.card:7')).toThrow('cannot be opened');
  });

  it('opens no more when any single bit of it was changed', () => {
    const sealed = seal(keys, 'A123456(3)', context);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: sealed.length * 8 - 1 }), (bit) => {
        const changed = Buffer.from(sealed);
        changed[bit >> 3]! ^= 1 << (bit & 7);
        expect(() => open(keys, changed, context)).toThrow('cannot be opened');
      }),
      { numRuns: 400 },
    );
  });

  it('opens no more when it was cut short', () => {
    const sealed = seal(keys, 'A123456(3)', context);
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => open(keys, sealed.subarray(0, length), context)).toThrow('cannot be opened');
    }
  });

  it('shows nothing of the value', () => {
    const sealed = seal(keys, 'A123456(3)', context);
    expect(sealed.toString('latin1')).not.toContain('123456');
  });

  it('lets an older key open while the first one seals, and is stale until it is sealed anew', () => {
    const old = seal(keys, 'Chan Tai Man', context);
    const both = parseSealingKeys(`${keyText(2)},${keyText(1)}`);
    expect(open(both, old, context).toString()).toBe('Chan Tai Man');
    expect(isStale(both, old)).toBe(true);
    const fresh = seal(both, open(both, old, context), context);
    expect(isStale(both, fresh)).toBe(false);
    expect(fresh.subarray(0, 5)).toEqual(sealPrefix(both[0]));
    const onlyNew = parseSealingKeys(keyText(2));
    expect(open(onlyNew, fresh, context).toString()).toBe('Chan Tai Man');
    expect(() => open(onlyNew, old, context)).toThrow('its key is not here');
  });

  it('refuses keys of another length, and a key that is named twice', () => {
    expect(() => parseSealingKeys(Buffer.alloc(16).toString('base64'))).toThrow('32 bytes');
    expect(() => parseSealingKeys(`${keyText(1)},${keyText(1)}`)).toThrow('the same');
  });
});
