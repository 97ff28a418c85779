// Proves that CSV keeps every text whole, whatever stands in it.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvText } from './csv.ts';

/** A plain reader of RFC 4180, to read back what was written. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const token = /(?:"((?:[^"]|"")*)"|([^,\r\n"]*))(,|\r\n)/gy;
  for (const [, quoted, plain, end] of text.matchAll(token)) {
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain!);
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

describe('csvText', () => {
  it('begins with a byte order mark and ends every line with CR LF', () => {
    expect(csvText(['id', '標題'], [['A', 1]])).toBe('\uFEFFid,標題\r\nA,1\r\n');
  });

  it('quotes commas, quotes and line breaks, and leaves the unknown empty', () => {
    expect(csvText(['a', 'b', 'c'], [['x,y', 'say "hi"', null]])).toBe(
      '\uFEFFa,b,c\r\n"x,y","say ""hi""",\r\n',
    );
  });

  it.each(['=1+1', '@sum', '\t=1+1'])('keeps a spreadsheet from running %j', (formula) => {
    expect(csvText(['a', 'b'], [[formula, -5]])).toBe(`\uFEFFa,b\r\n'${formula},-5\r\n`);
  });

  it.each(['-5', '+1', '-', '-5 %', '+852 1234 5678'])('leaves %j as the source wrote it', (text) => {
    expect(csvText(['a'], [[text]])).toBe(`\uFEFFa\r\n${text}\r\n`);
  });

  it('can be read back, whatever the texts hold', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((one) => !/^[=@\t\r]/.test(one));
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1 }), (rows) => {
        const read = readCsv(csvText(['a', 'b'], rows).slice(1));
        expect(read).toEqual([['a', 'b'], ...rows]);
      }),
    );
  });
});
