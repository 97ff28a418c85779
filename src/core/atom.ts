// Writes Atom feeds (RFC 4287).

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
  /** Address of the feed itself; also its id. */
  self: string;
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

// What XML 1.0 has no way to hold is dropped.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to drop
const unprintable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/gu;

/** Text and attribute values, escaped. */
export const escapeXml = (text: string): string =>
  text.replace(unprintable, '').replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

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

/** The feed as an XML document. */
export function atomText(feed: AtomFeed): string {
  const { self, alternate, title, subtitle, author, language, entries } = feed;
  const newest =
    entries
      .map((entry) => entry.updated)
      .toSorted()
      .at(-1) ?? feed.updated;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${escapeXml(language)}">`,
    element('id', self),
    element('title', title),
    ...(subtitle ? [element('subtitle', subtitle)] : []),
    element('updated', newest),
    `<author>${element('name', author)}</author>`,
    `<link rel="self" type="application/atom+xml" href="${escapeXml(self)}"/>`,
    `<link rel="alternate" type="text/html" href="${escapeXml(alternate)}"/>`,
    ...entries.map(entryText),
    '</feed>',
    '',
  ].join('\n');
}
