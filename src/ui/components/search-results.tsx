// What a search found, with the words that were searched for marked.

import type { ComponentChildren } from 'preact';

export type SearchHit = {
  href: string;
  title: string;
  kind: string;
  excerpt?: string;
  /** Stands after the title, such as a `Status`. */
  after?: ComponentChildren;
};

export const SearchResults = ({ hits, terms }: { hits: SearchHit[]; terms: string[] }) => (
  <ol class="results">
    {hits.map((hit) => (
      <li class="result">
        <span class="kind">{hit.kind}</span>
        <a class="title" href={hit.href}>
          <Marked text={hit.title} terms={terms} />
        </a>{' '}
        {hit.after}
        {hit.excerpt ? (
          <p>
            <Marked text={hit.excerpt} terms={terms} />
          </p>
        ) : null}
      </li>
    ))}
  </ol>
);

/** The text with every occurrence of a term in `<mark>`; case does not count. */
export function Marked({ text, terms }: { text: string; terms: string[] }) {
  return <>{markedParts(text, terms).map((part) => (part.marked ? <mark>{part.text}</mark> : part.text))}</>;
}

/** The text cut into marked and unmarked parts; joined again they are the text. */
export function markedParts(text: string, terms: string[]): { text: string; marked: boolean }[] {
  const wanted = terms.filter((term) => term.trim() !== '').sort((a, b) => b.length - a.length);
  if (wanted.length === 0) return [{ text, marked: false }];
  const pattern = new RegExp(`(${wanted.map(escapePattern).join('|')})`, 'giu');
  return text
    .split(pattern)
    .map((part, index) => ({ text: part, marked: index % 2 === 1 }))
    .filter((part) => part.text !== '');
}

const escapePattern = (term: string): string => term.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
