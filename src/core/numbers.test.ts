// Tests of whole numbers in addresses.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { wholeNumber } from './numbers.ts';

const limit = wholeNumber({ min: 1, max: 100 });

describe('a whole number', () => {
  it('is read from digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), (n) => {
        expect(limit.parse(String(n))).toBe(n);
      }),
    );
  });

  it.each([
    '0x10',
    '0b1',
    '1e1',
    '1.0',
    '+5',
    '-5',
    ' 5',
    '5 ',
    '',
    '5n',
    '٥',
    '９',
    'Infinity',
    '1'.repeat(30),
  ])('is not read from %j', (text) => {
    const issues = limit.safeParse(text).error?.issues ?? [];
    expect(issues.map(({ code }) => code)).toEqual(['invalid_type']);
    expect(issues[0]).toMatchObject({ expected: 'int' });
  });

  it.each(['0', '101', '999999999999999'])('is refused outside its bounds: %s', (text) => {
    expect(limit.safeParse(text).success).toBe(false);
  });

  it('may be left out where that is said, and has its default then', () => {
    const query = z.strictObject({ limit: limit.default(20), page: limit.optional() });
    expect(query.parse({})).toEqual({ limit: 20 });
    expect(query.parse({ limit: '7', page: '2' })).toEqual({ limit: 7, page: 2 });
    expect(z.strictObject({ limit }).safeParse({}).success).toBe(false);
  });

  it('is an integer with its bounds in a description', () => {
    const shape = z.toJSONSchema(z.object({ limit: limit.default(20).describe('How many.') }), {
      io: 'input',
    });
    expect(shape.properties?.limit).toEqual({
      type: 'integer',
      minimum: 1,
      maximum: 100,
      default: 20,
      description: 'How many.',
    });
  });
});
