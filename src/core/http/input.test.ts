// Tests of the checks on what a client sent.

import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { LamppostError } from '../errors.ts';
import { wholeNumber } from '../numbers.ts';
import { openReader } from './input.ts';

const query = z.object({
  area: z.enum(['mobility', 'living']).optional(),
  tags: z.array(z.string().max(5)).max(2).optional(),
  limit: wholeNumber({ min: 1, max: 50 }).default(10),
  asOf: z.iso.date().optional(),
  late: z.boolean().optional(),
  q: z.string().min(2).max(20).optional(),
});

function fieldsOf(raw: Record<string, unknown>, emptyIsAbsent = true): Record<string, string> {
  try {
    openReader({ query }, emptyIsAbsent).read({ params: {}, query: raw, body: undefined });
    return {};
  } catch (error) {
    if (!(error instanceof LamppostError)) throw error;
    expect([error.kind, error.code, error.status]).toEqual(['invalid', 'invalid-input', 400]);
    for (const { message } of error.fields) expect(message.tc).toMatch(/\p{Script=Han}/u);
    return Object.fromEntries(error.fields.map(({ field, message }) => [field, message.en]));
  }
}

const read = (raw: Record<string, unknown>) =>
  openReader({ query }, true).read({ params: {}, query: raw, body: undefined }).query;

describe('the query', () => {
  it('is read from text into the types of its schema, with defaults', () => {
    expect(read({ limit: '3', late: 'false', asOf: '2024-02-29' })).toEqual({
      limit: 3,
      late: false,
      asOf: '2024-02-29',
    });
    expect(read({})).toEqual({ limit: 10 });
  });

  it('reads a list from one parameter or from many', () => {
    expect(read({ tags: 'a' }).tags).toEqual(['a']);
    expect(read({ tags: ['a', 'b'] }).tags).toEqual(['a', 'b']);
  });

  it('takes an empty value of a form as absent, and refuses it in the API', () => {
    expect(read({ area: '', tags: ['', 'a'], limit: '' })).toEqual({ limit: 10, tags: ['a'] });
    expect(fieldsOf({ limit: '' }, false)).toEqual({
      limit: 'This is empty. Give it a value or leave it out.',
    });
  });

  it('refuses an unknown parameter by its name and lists the known ones', () => {
    expect(fieldsOf({ colour: 'red' })).toEqual({
      colour: 'This is not known here. Known: area, tags, limit, asOf, late, q.',
    });
    expect(Object.keys(fieldsOf({ __proto__x: '1', constructor: '1' }))).toEqual([
      '__proto__x',
      'constructor',
    ]);
  });

  it('lists the known names once, the first ten problems, and how many there are', () => {
    const raw = Object.fromEntries(Array.from({ length: 800 }, (_, index) => [`x${index}`, '1']));
    const refused = () => openReader({ query }, true).read({ params: {}, query: raw, body: undefined });
    expect(refused).toThrow('(and 799 more)');
    const fields = fieldsOf(raw);
    expect(Object.keys(fields)).toEqual(Array.from({ length: 10 }, (_, index) => `x${index}`));
    expect(Object.values(fields).filter((words) => words.includes('Known:'))).toHaveLength(1);
    expect(fields.x9).toBe('This is not known here. Leave it out.');
  });

  it('refuses a repeated parameter that is not a list', () => {
    expect(fieldsOf({ area: ['mobility', 'living'] })).toEqual({
      area: 'This is given more than once. Give it once.',
    });
  });

  it.each([
    [{ area: 'x' }, 'area', 'Must be one of: mobility, living.'],
    [{ limit: 'x' }, 'limit', 'Must be a whole number.'],
    [{ limit: '0x10' }, 'limit', 'Must be a whole number.'],
    [{ limit: ' ' }, 'limit', 'Must be a number.'],
    [{ limit: '1.5' }, 'limit', 'Must be a whole number.'],
    [{ limit: '0' }, 'limit', 'Must be at least 1.'],
    [{ limit: '51' }, 'limit', 'Must be at most 50.'],
    [{ asOf: '2023-02-29' }, 'asOf', 'Must be a date such as 2024-06-30.'],
    [{ q: 'a' }, 'q', 'Must have at least 2 characters.'],
    [{ q: 'a'.repeat(21) }, 'q', 'Must have at most 20 characters.'],
    [{ tags: ['a', 'b', 'c'] }, 'tags', 'Must have at most 2 items.'],
    [{ tags: ['abcdef'] }, 'tags.0', 'Must have at most 5 characters.'],
    [{ late: 'banana' }, 'late', 'Must be true or false.'],
    [{ q: 'a\u0000b' }, 'q', 'This has a character that is not allowed.'],
  ])('says what is wrong with %j', (raw, field, words) => {
    expect(fieldsOf(raw)).toEqual({ [field]: words });
  });

  it('names every field at fault at once', () => {
    expect(Object.keys(fieldsOf({ area: 'x', limit: '0', zoo: '1' })).sort()).toEqual([
      'area',
      'limit',
      'zoo',
    ]);
  });

  it('repeats no more than 40 characters of what it was given, none of them control characters', () => {
    const [field = ''] = Object.keys(fieldsOf({ [`\u202e${'x'.repeat(200)}`]: '1' }));
    expect([...field].length).toBe(40);
    expect(field).not.toContain('\u202e');
  });

  it('has one canonical spelling: sorted, without empty values', () => {
    const { canonicalSearch } = openReader({ query }, true);
    expect(canonicalSearch({ q: '智慧 a', area: 'living', tags: ['b', '', 'a'], asOf: '' })).toBe(
      '?area=living&q=%E6%99%BA%E6%85%A7+a&tags=b&tags=a',
    );
    expect(canonicalSearch({ asOf: '' })).toBe('');
  });
});

describe('the body', () => {
  const body = z.object({
    name: z.string().min(2),
    targets: z.array(z.object({ value: z.number() })).default([]),
  });
  const problems = (given: unknown) => {
    try {
      openReader({ body }, false).read({ params: {}, query: {}, body: given });
      return [];
    } catch (error) {
      return (error as LamppostError).fields.map(({ field, message }) => `${field}: ${message.en}`);
    }
  };

  it('is passed on when it is right', () => {
    const reader = openReader({ body }, false);
    expect(reader.read({ params: {}, query: {}, body: { name: 'ab' } }).body).toEqual({
      name: 'ab',
      targets: [],
    });
  });

  it('names the path of what is wrong, unknown fields included', () => {
    expect(problems({ targets: [{ value: 'x' }], extra: 1 })).toEqual([
      'name: This is required.',
      'targets.0.value: Must be a number.',
      'extra: This is not known here. Leave it out.',
    ]);
    expect(problems(undefined)).toEqual(['body: This is required.']);
    expect(problems([])).toEqual(['body: Must be an object.']);
  });

  it('may not hold NUL anywhere, which no database text can hold', () => {
    expect(problems({ name: 'ab', deep: [{ x: 'a\u0000' }] })).toEqual([
      'deep.0.x: This has a character that is not allowed.',
    ]);
  });

  it('may not be nested without end', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 5000; level += 1) deep = [deep];
    expect(problems({ name: 'ab', deep })).toHaveLength(1);
  });
});
