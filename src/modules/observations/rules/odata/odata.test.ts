// Queries are read into trees and written down again: by example, by invented ones, and by nonsense.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LamppostError } from '../../../../core/errors.ts';
import type { Expression, Literal } from './ast.ts';
import { functions } from './functions.ts';
import { pairsOf, parseOptions } from './options.ts';
import { parseExpression } from './parser.ts';
import { parsePath } from './path.ts';
import { pairsFrom, printExpression, printPath, searchOf } from './print.ts';

const printed = (text: string) => printExpression(parseExpression('$filter', text));

const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value));
const times = fc.date({ min: new Date(0), max: new Date('2099-12-31T00:00:00Z'), noInvalidDate: true });
const longitude = fc.integer({ min: -180, max: 180 });
const literal: fc.Arbitrary<Literal> = fc.oneof(
  fc.constant({ kind: 'null' } as const),
  fc.boolean().map((value) => ({ kind: 'boolean', value }) as const),
  finite.map((value) => ({ kind: 'number', value }) as const),
  fc.string().map((text) => ({ kind: 'text', value: text.replaceAll('\0', '') }) as const),
  times.map((date) => ({ kind: 'time', value: date.toISOString() }) as const),
  times.map((date) => ({ kind: 'date', value: date.toISOString().slice(0, 10) }) as const),
  times.map((date) => ({ kind: 'timeOfDay', value: date.toISOString().slice(11, 23) }) as const),
  fc.constantFrom('PT1H', '-P1DT2H3M4.5S').map((value) => ({ kind: 'duration', value }) as const),
  fc
    .tuple(longitude, fc.integer({ min: -90, max: 90 }))
    .map((at) => ({ kind: 'geometry', value: { type: 'Point', at } }) as const),
);

const at = 1;
const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    literal.map((one): Expression => ({ type: 'literal', literal: one, at })),
    fc
      .array(fc.constantFrom('name', 'properties', 'Thing', '@iot.id', 'a-b', '樓層'), {
        minLength: 1,
        maxLength: 4,
      })
      .map((steps): Expression => ({ type: 'path', steps, at })),
    tie('expression').map((of): Expression => ({ type: 'not', of, at })),
    fc
      .tuple(
        fc.constantFrom('or', 'and', 'eq', 'le', 'add', 'sub', 'mul', 'mod'),
        tie('expression'),
        tie('expression'),
      )
      .map(([operator, left, right]) => ({ type: 'binary', operator, left, right, at }) as Expression),
    fc
      .tuple(
        fc.constantFrom(...Object.keys(functions)),
        fc.array(tie('expression'), { minLength: 3, maxLength: 3 }),
      )
      .map(
        ([name, given]): Expression => ({
          type: 'call',
          name,
          given: given.slice(0, functions[name]![1]),
          at,
        }),
      ),
  ),
}));

const withoutPlaces = (tree: unknown) =>
  JSON.parse(JSON.stringify(tree, (key, value) => (key === 'at' ? 0 : value)));

describe('$filter', () => {
  it('binds comparison tighter than and, and products tighter than sums', () => {
    expect(printed("a eq 1 or b eq 2 and not c eq 'x'")).toBe("(a eq 1) or ((b eq 2) and (not (c eq 'x')))");
    expect(printed('1 add 2 mul -3 sub 4 gt 0')).toBe('((1 add (2 mul -3)) sub 4) gt 0');
  });

  it('reads every kind of value', () => {
    const text =
      "f eq 1.5e3 and g eq 'it''s' and t ge 2026-11-21T12:00:00+08:00 and d lt duration'PT1H' and n ne null and " +
      "st_within(location,geography'POLYGON ((0 0, 2 0, 2 2, 0 0), (0.5 0.1, 1 0.1, 1 0.2, 0.5 0.1))')";
    const again = printed(text);
    expect(printed(again)).toBe(again);
    expect(again).toContain("'it''s'");
  });

  it('gives back what it was written from, whatever the tree', () => {
    fc.assert(
      fc.property(expression, (tree) => {
        const text = printExpression(tree);
        const read = parseExpression('$filter', text);
        expect(withoutPlaces(read)).toEqual(withoutPlaces(tree));
        expect(printExpression(read)).toBe(text);
      }),
    );
  });

  it.each([
    ["name eq 'x", 9],
    ['name eq', 8],
    ['(name eq 1', 11],
    ['nosuch(1) eq 2', 1],
    ['a eq 2026-02-30', 6],
    ["a eq geography'POLYGON ((0 0, 1 1, 2 2))'", 6],
    ['a eq 1 b', 8],
    ['length() eq 1', 1],
  ])('says where %s goes wrong', (text, place) => {
    expect(() => printed(text)).toThrow(`$filter, at character ${place}:`);
  });

  it('takes nothing that is nested without end', () => {
    expect(() => printed('('.repeat(5000))).toThrow('nested too deeply');
    expect(() => printed(`${'not '.repeat(3000)}true`)).toThrow('nested too deeply');
    expect(() => printed(`1${' add 1'.repeat(2000)} eq 1`)).toThrow('too many parts');
  });

  it('answers nonsense with an error of its own, never with another', () => {
    const word = fc.constantFrom(
      ...[
        "'",
        '(',
        ')',
        ',',
        ';',
        '/',
        '$filter',
        '=',
        'eq',
        'not',
        '-',
        "geography'POINT (1 1)'",
        '2026-01-01',
      ],
      ...['Datastreams', 'st_within', 'null', '1', '1e400', '%', '\0', '☃', ' ', 'desc', '$expand', '$top'],
    );
    const soup = fc.oneof(
      fc.array(word, { maxLength: 30 }).map((words) => words.join('')),
      fc.string(),
    );
    const options = [
      '$filter',
      '$orderby',
      '$select',
      '$expand',
      '$top',
      '$skip',
      '$count',
      '$resultFormat',
      '$x',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...options), soup, (name, text) => {
        for (const run of [
          () => parseOptions('Thing', [[name, text]]),
          () => parsePath(text),
          () => pairsOf(text),
        ]) {
          try {
            run();
          } catch (error) {
            expect(error).toBeInstanceOf(LamppostError);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('query options', () => {
  it('reads expansions with options of their own, and paths of links', () => {
    const text =
      "Locations,Datastreams($filter=name eq 'a;b';$expand=Observations($top=1;$orderby=phenomenonTime desc))," +
      'HistoricalLocations/Locations($select=name,properties/floor;$count=true)';
    const options = parseOptions('Thing', [
      ['$expand', text],
      ['$top', '5'],
      ['$select', 'name,Locations'],
    ]);
    const pairs = pairsFrom(options);
    expect(parseOptions('Thing', pairs)).toBeDefined();
    expect(pairsFrom(parseOptions('Thing', pairs))).toEqual(pairs);
    expect(options.expand.map(({ link }) => link)).toEqual([
      'Locations',
      'Datastreams',
      'HistoricalLocations',
    ]);
    expect(options.expand[1]!.options.expand[0]!.options.top).toBe(1);
  });

  it('refuses options that it does not know, twice the same, and links that are not there', () => {
    expect(() => parseOptions('Thing', [['$searchh', 'x']])).toThrow('$searchh');
    expect(() =>
      parseOptions('Thing', [
        ['$top', '1'],
        ['$top', '2'],
      ]),
    ).toThrow('twice');
    expect(() => parseOptions('Thing', [['$expand', 'Observations']])).toThrow(
      'Thing has no link Observations',
    );
    expect(() => parseOptions('Thing', [['$top', '-1']])).toThrow('whole number');
  });

  it('takes a plus for a space, but in the offset of a time for itself', () => {
    expect(pairsOf('$filter=a+gt+2026-01-01T00:00:00+08:00&$top=1')).toEqual([
      ['$filter', 'a gt 2026-01-01T00:00:00+08:00'],
      ['$top', '1'],
    ]);
  });

  it('writes a query string that reads the same again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(pairsOf(searchOf([['$filter', text]]).slice(1))).toEqual([['$filter', text]]);
      }),
    );
  });
});

describe('resource paths', () => {
  it.each([
    'Things',
    'Things(1)/Datastreams(2)/Observations',
    "Observations('a-b-0')/Datastream/Thing",
    'Things(1)/properties/rooms/0/$value',
    'Things(1)/Locations/$ref',
    'Datastreams(3)/Observations/$count',
  ])('reads and writes %s', (text) => {
    expect(printPath(parsePath(text))).toBe(text);
  });

  it.each([
    '',
    'Nothing',
    'Things/Datastreams',
    "Things('a')",
    'Things(1)/nosuch',
    'Things(1)/$value',
    'Things(1)/$count',
    'Datastreams(1)/Thing(2)',
  ])('refuses %s', (text) => {
    expect(() => parsePath(text)).toThrow('path, at character');
  });
});
