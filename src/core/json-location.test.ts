// Proves that the line of a value in a JSON text is found.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineOfPath, lineOfSyntaxError } from './json-location.ts';

const text = `{
  "a": [
    { "x": "}],\\"", "y": 1 },
    {
      "x": 2,
      "deep": [[1, 2],
        [3]]
    }
  ],
  "b": null
}`;

describe('lineOfPath', () => {
  it.each([
    [[], 1],
    [['a'], 2],
    [['a', 0, 'y'], 3],
    [['a', 1], 4],
    [['a', 1, 'x'], 5],
    [['a', 1, 'deep', 0, 1], 6],
    [['a', 1, 'deep', 1, 0], 7],
    [['b'], 10],
  ] as [(string | number)[], number][])('finds %j on line %i', (path, line) => {
    expect(lineOfPath(text, path)).toBe(line);
  });

  it('gives the line of the nearest parent when the value is missing', () => {
    expect(lineOfPath(text, ['a', 1, 'missing'])).toBe(4);
    expect(lineOfPath(text, ['b', 'c'])).toBe(10);
  });

  it('finds every array item that is printed on a line of its own', () => {
    fc.assert(
      fc.property(fc.array(fc.json(), { minLength: 1 }), (values) => {
        const lines = `[\n${values.join(',\n')}\n]`;
        let line = 2;
        values.forEach((value, index) => {
          expect(lineOfPath(lines, [index])).toBe(line);
          line += value.split('\n').length;
        });
      }),
    );
  });
});

describe('lineOfSyntaxError', () => {
  it('names the line where a text stops being JSON', () => {
    expect(lineOfSyntaxError('{\n  "a": 1,\n  oops\n}')?.line).toBe(3);
    expect(lineOfSyntaxError('{"a": 1}')).toBeUndefined();
  });
});
