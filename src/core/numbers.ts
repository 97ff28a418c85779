// Whole numbers as people and programs write them in an address: digits, and nothing else.

import { z } from 'zod';

const digits = /^\d{1,15}$/;

/**
 * A number of Zod that reads text made of digits. A pipe would do the same, but Zod then leaves the default
 * out of the description of the API.
 */
const WholeNumber = z.core.$constructor<z.ZodNumberFormat>('WholeNumber', (number, definition) => {
  z.ZodNumberFormat.init(number, definition);
  const { parse } = number._zod;
  number._zod.parse = (payload, context) => {
    const { value } = payload;
    if (typeof value !== 'string') return parse(payload, context);
    if (digits.test(value)) return parse(Object.assign(payload, { value: Number(value) }), context);
    payload.issues.push({ code: 'invalid_type', expected: 'int', input: value, inst: number });
    return payload;
  };
});

/**
 * A whole number from `min` to `max` (each at least 0) in a query or a path: digits only, so that `0x10`,
 * `1e1`, ` 5` and `+5` are refused rather than guessed at. The API description calls it an integer.
 */
export const wholeNumber = ({ min, max }: { min: number; max: number }): z.ZodNumberFormat =>
  new WholeNumber({ type: 'number', check: 'number_format', format: 'safeint', abort: false })
    .min(min)
    .max(max);
