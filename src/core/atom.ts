// Writes Atom feeds (RFC 4287), in pages (RFC 5005, section 3).

import { escapeXml } from './xml.ts';

/** Media type of a feed. */
export const atomContentType = 'application/atom+xml; charset=utf-8';

export type AtomEntry = {
  /** Permanent and unique IRI. */
  id: string;
  title: string;
  /** RFC 3339. */
  updated: string;
  href: string;
  summary: string;
  category?: { term: string; label: string };
};

export type AtomFeed = {
  /** Permanent and unique IRI, the same on every page of the feed. */
  id: string;
  /** Address of this page of the feed. */
  self: string;
  /** Addresses of the pages before and after it. */
  previous?: string | undefined;
  next?: string | undefined;
  /** The page that shows the same. */
  alternate: string;
  title: string;
  subtitle?: string;
  author: string;
  /** BCP 47. */
  language: string;
  /** RFC 3339; used when there is no entry. */
  updated: string;
  /** Newest first. */
  entries: AtomEntry[];
};

const element = (name: string, text: string) => `<${name}>${escapeXml(text)}</${name}>`;

function entryText(entry: AtomEntry): string {
  const { id, title, updated, href, summary, category } = entry;
  const label =
    category && `<category term="${escapeXml(category.term)}" label="${escapeXml(category.label)}"/>`;
  return [
    '<entry>',
    element('id', id),
    element('title', title),
    element('updated', updated),
    `<link rel="alternate" type="text/html" href="${escapeXml(href)}"/>`,
    ...(label ? [label] : []),
    element('summary', summary),
    '</entry>',
  ].join('');
}

const feedLinks = (pages: Record<string, string | undefined>): string[] =>
  Object.entries(pages).flatMap(([relation, href]) =>
    href === undefined
      ? []
      : [`<link rel="${relation}" type="application/atom+xml" href="${escapeXml(href)}"/>`],
  );

/** The feed as an XML document. */
export function atomText(feed: AtomFeed): string {
  const { id, self, previous, next, alternate, title, subtitle, author, language, entries } = feed;
  const newest =
    entries
      .map((entry) => entry.updated)
      .toSorted()
      .at(-1) ?? feed.updated;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${escapeXml(language)}">`,
    element('id', id),
    element('title', title),
    ...(subtitle ? [element('subtitle', subtitle)] : []),
    element('updated', newest),
    `<author>${element('name', author)}</author>`,
    ...feedLinks({ self, previous, next }),
    `<link rel="alternate" type="text/html" href="${escapeXml(alternate)}"/>`,
    ...entries.map(entryText),
    '</feed>',
    '',
  ].join('\n');
}
