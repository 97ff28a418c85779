// Proves that a feed is whole and well formed, whatever stands in its texts.

import { describe, expect, it } from 'vitest';
import { atomText } from './atom.ts';

const feed = {
  id: 'urn:feed',
  self: 'https://city.example/feeds/en/a.atom',
  alternate: 'https://city.example/en?a=1&b=2',
  title: 'Lamps & <quays>',
  author: 'Port Ellery',
  language: 'en',
  updated: '2021-01-01T00:00:00Z',
  entries: [],
};
const entry = {
  id: 'urn:a',
  title: 'A',
  updated: '2022-02-02T00:00:00Z',
  href: 'https://city.example/a',
  summary: 's',
};

describe('atomText', () => {
  it('has what RFC 4287 asks of a feed and of an entry', () => {
    const text = atomText({ ...feed, entries: [entry] });
    for (const name of ['id', 'title', 'updated'])
      expect(text.match(new RegExp(`<${name}>`, 'g'))).toHaveLength(2);
    expect(text).toContain('<author><name>Port Ellery</name></author>');
    expect(text).toContain('rel="self"');
  });

  it('is as new as its newest entry, or as it says when there is none', () => {
    expect(atomText({ ...feed, entries: [{ ...entry, updated: '2020-01-01T00:00:00Z' }, entry] })).toMatch(
      /<updated>2022-02-02T00:00:00Z<\/updated>\n<author>/,
    );
    expect(atomText(feed)).toContain('<updated>2021-01-01T00:00:00Z</updated>');
  });

  it('leads from page to page under one id, and names no page that is not there', () => {
    const page = atomText({
      ...feed,
      self: 'https://city.example/a?page=2',
      next: 'https://city.example/a?page=3',
    });
    expect(page).toContain('<id>urn:feed</id>');
    expect(page).toContain(
      '<link rel="next" type="application/atom+xml" href="https://city.example/a?page=3"/>',
    );
    expect(page).not.toContain('rel="previous"');
  });

  it('escapes markup and drops what XML cannot hold', () => {
    const text = atomText({ ...feed, entries: [{ ...entry, summary: 'a\u0000<b>&"\'\u000b' }] });
    expect(text).toContain('<summary>a&#60;b&#62;&#38;&#34;&#39;</summary>');
    expect(text).toContain('<title>Lamps &#38; &#60;quays&#62;</title>');
  });
});
