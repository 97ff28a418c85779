// Tests of what is read from Accept, Accept-Encoding, Accept-Language and If-None-Match.

import { describe, expect, it } from 'vitest';
import { preferredLanguage, splitLanguage } from './languages.ts';
import { acceptsHtml, encodingFor, matchesTag } from './negotiation.ts';

describe('the compression a client accepts', () => {
  it.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0.5, gzip', 'gzip'],
    ['br;q=0, gzip;q=0', 'identity'],
    ['*', 'br'],
    ['gzip;q=0, *', 'br'],
    ['identity;q=1, gzip;q=0.5', 'identity'],
    ['BR', 'br'],
    ['br;q=nonsense', 'identity'],
    ['', 'identity'],
  ])('%j gets %s', (header, encoding) => {
    expect(encodingFor(header)).toBe(encoding);
  });
});

describe('whether a client wants a page', () => {
  it.each([
    ['text/html,application/xhtml+xml,*/*;q=0.8', true],
    ['*/*', true],
    ['application/json', false],
    ['application/json, text/html;q=0', false],
    ['text/html;q=0, */*', false],
    ['text/*', true],
    ['', true],
  ])('%j: %s', (header, wanted) => {
    expect(acceptsHtml(header)).toBe(wanted);
  });
});

describe('the language a reader prefers', () => {
  it.each([
    ['zh-HK,zh;q=0.9,en;q=0.8', 'tc'],
    ['zh-Hant', 'tc'],
    ['zh-TW', 'tc'],
    ['zh-MO', 'tc'],
    ['yue', 'tc'],
    ['zh-CN', 'sc'],
    ['zh-Hans-HK', 'sc'],
    ['zh', 'sc'],
    ['en-GB', 'en'],
    ['fr, zh-TW;q=0.2, en;q=0.1', 'tc'],
    ['zh-HK;q=0, en', 'en'],
    ['fr', 'en'],
    ['*', 'en'],
  ])('%j is %s', (header, language) => {
    expect(preferredLanguage(header, ['en', 'tc', 'sc'])).toBe(language);
  });

  it('is one that the city offers', () => {
    expect(preferredLanguage('zh-CN, en;q=0.5', ['tc', 'en'])).toBe('en');
    expect(preferredLanguage(undefined, ['tc', 'en'])).toBe('tc');
  });

  it('stands first in an address', () => {
    expect(splitLanguage('/tc/areas/x')).toEqual({ language: 'tc', rest: '/areas/x' });
    expect(splitLanguage('/en')).toEqual({ language: 'en', rest: '/' });
    expect(splitLanguage('/xx/areas')).toBeUndefined();
    expect(splitLanguage('/')).toBeUndefined();
  });
});

describe('If-None-Match', () => {
  it.each(['"a"', 'W/"a"', '"b", W/"a"', '*', '"b","a"'])('%s matches "a"', (header) => {
    expect(matchesTag(header, '"a"')).toBe(true);
  });
  it.each(['"b"', 'a', '"a-br"', ''])('%j does not match "a"', (header) => {
    expect(matchesTag(header, '"a"')).toBe(false);
  });
});
