// The strict readers themselves: what they read, and what they refuse.

import { describe, expect, it } from 'vitest';
import { parseCsv, parseXml } from './strict-readers.ts';

const head = '<?xml version="1.0" encoding="UTF-8"?>';

describe('strict readers', () => {
  it('read cells with commas, quotes and line breaks', () => {
    expect(parseCsv('\uFEFFa,"b ""c"", d\r\ne"\r\n,\r\n')).toEqual([
      ['a', 'b "c", d\r\ne'],
      ['', ''],
    ]);
  });

  it.each(['a"b\r\n', '"a"b\r\n', '"a\r\n', 'a\n', 'a'])('refuse the CSV %j', (text) => {
    expect(() => parseCsv(text)).toThrow();
  });

  it('read elements with attributes, references and text', () => {
    expect(parseXml(`${head}\n<a x="1 &#38; 2"><b/>t &lt; u</a>\n`)).toEqual({
      name: 'a',
      attributes: { x: '1 & 2' },
      children: [{ name: 'b', attributes: {}, children: [], text: '' }],
      text: 't < u',
    });
  });

  it.each([
    '<a>',
    '<a></b>',
    '<a/><b/>',
    '<a>&</a>',
    '<a>&nbsp;</a>',
    '<a x=1/>',
    '<a x="1" x="2"/>',
    '<a>\u0001</a>',
    'x<a/>',
  ])('refuse the XML %j', (text) => {
    expect(() => parseXml(head + text)).toThrow();
  });
});
