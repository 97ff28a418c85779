// Full-text search over the documents of all modules: English by word, Chinese by sub-word, typing slips
// forgiven.

import MiniSearch, { type SearchOptions } from 'minisearch';
import type { SearchDocument } from './module.ts';
import { simplify, type Text } from './texts.ts';

/** A document found, with its score and the terms of the index that matched. */
export type SearchHit = { document: SearchDocument; score: number; terms: string[] };

export type SearchAnswer = {
  hits: SearchHit[];
  /** False when no document holds every term, and the hits hold only some of them. */
  complete: boolean;
};

export type SearchIndex = { size: number; search(query: string): SearchAnswer };

const han = /\p{Script=Han}/u;
const runs = /\p{Script=Han}+|[\p{L}\p{N}](?:[\p{L}\p{N}'’.-]*[\p{L}\p{N}])?/gu;
const maximumQueryTerms = 16;

/**
 * Terms of a string: Latin words in lower case without accents, compounds also in their parts; Chinese, made
 * Simplified first so that both scripts find each other, as overlapping pairs of characters.
 */
export function searchTerms(text: string, alsoSingleCharacters = true): string[] {
  const terms: string[] = [];
  for (const [run] of simplify(text.normalize('NFKC')).matchAll(runs)) {
    if (han.test(run)) terms.push(...pairs(run, alsoSingleCharacters));
    else terms.push(...words(run));
  }
  return terms;
}

function pairs(run: string, alsoSingleCharacters: boolean): string[] {
  const characters = [...run];
  const found = characters.slice(1).map((character, index) => characters[index] + character);
  return alsoSingleCharacters || characters.length === 1 ? [...found, ...characters] : found;
}

function words(run: string): string[] {
  const plain = run
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/['’]s$/, '');
  const parts = plain.split(/['’.-]+/).filter((part) => part.length > 0);
  return parts.length > 1 ? [parts.join(''), ...parts] : parts;
}

type Indexed = { id: number; title: string; words: string; body: string };
type Field = 'title' | 'words' | 'body';

const isForgivable = (term: string) => !han.test(term) && !/\d/.test(term) && term.length >= 4;

/** Terms of a query, each once; what comes after the first sixteen is not looked for. */
const queryTerms = (query: string) => [...new Set(searchTerms(query, false))].slice(0, maximumQueryTerms);

/** Slips are looked for in the longest terms only: each costs some milliseconds. */
const maximumForgiven = 4;

function forgivenTerms(query: string): Set<string> {
  const terms = queryTerms(query).filter(isForgivable);
  return new Set(terms.toSorted((a, b) => b.length - a.length).slice(0, maximumForgiven));
}

type Attempt = { combineWith: 'AND' | 'OR'; forgiven: Set<string> };

const options = ({ combineWith, forgiven }: Attempt): SearchOptions => ({
  boost: { title: 5, words: 2.5, body: 1 },
  combineWith,
  fuzzy: (term) => (forgiven.has(term) ? 0.25 : false),
  prefix: (term) => !han.test(term) && term.length > 1,
  weights: { fuzzy: 0.3, prefix: 0.55 },
  tokenize: queryTerms,
  processTerm: (term) => term,
});

type Synonyms = readonly (readonly string[])[];

/** Chinese words anywhere, Latin ones as whole words: `ERP` is not in `enterprise`. */
function holdsWord(text: string, word: string): boolean {
  if (han.test(word)) return text.includes(simplify(word));
  const at = text.indexOf(word.toLowerCase());
  const isEdge = (character: string | undefined) =>
    character === undefined || !/[\p{L}\p{N}]/u.test(character);
  return at >= 0 && isEdge(text[at - 1]) && isEdge(text[at + word.length]);
}

/** Words of every group of which the text holds one, so that each of the group finds it. */
function sameMeaning(text: string, synonyms: Synonyms): string {
  const folded = simplify(text).toLowerCase();
  const groups = synonyms.filter((group) => group.some((word) => holdsWord(folded, word)));
  return groups.flat().join('\n');
}

/**
 * Builds the index; a thousand documents take some tens of milliseconds. `synonyms` are groups of words, of
 * either
 * language, that mean the same.
 */
export function buildSearchIndex(documents: SearchDocument[], synonyms: Synonyms = []): SearchIndex {
  const both = (text: Text | undefined) => (text ? `${text.en}\n${text.tc}` : '');
  const index = new MiniSearch<Indexed>({
    fields: ['title', 'words', 'body'] satisfies Field[],
    tokenize: (text) => searchTerms(text),
    processTerm: (term) => term,
  });
  index.addAll(
    documents.map((document, id) => ({
      id,
      title: both(document.title),
      words: `${document.id}\n${both(document.words)}\n${sameMeaning(`${both(document.title)}\n${both(document.body)}`, synonyms)}`,
      body: both(document.body),
    })),
  );
  const hitsOf = (query: string, attempt: Attempt): SearchHit[] =>
    index.search(query, options(attempt)).map((result) => ({
      document: documents[result.id as number]!,
      score: result.score,
      terms: result.terms,
    }));
  return {
    size: documents.length,
    search(query) {
      const exact = hitsOf(query, { combineWith: 'AND', forgiven: new Set() });
      if (exact.length > 0) return { hits: exact, complete: true };
      // Slips are forgiven only when nothing holds the words as they are written.
      const forgiven = forgivenTerms(query);
      const near = forgiven.size > 0 ? hitsOf(query, { combineWith: 'AND', forgiven }) : [];
      if (near.length > 0) return { hits: near, complete: true };
      return { hits: holdingMost(hitsOf(query, { combineWith: 'OR', forgiven }), query), complete: false };
    },
  };
}

/** Of hits that hold only some terms, those that hold at least half of what the best one holds. */
function holdingMost(hits: SearchHit[], query: string): SearchHit[] {
  if (new Set(searchTerms(query, false)).size <= 1) return hits;
  const most = Math.max(0, ...hits.map((hit) => hit.terms.length));
  return hits.filter((hit) => hit.terms.length * 2 >= most);
}

/** Cuts a text around the first matched term and marks the matches; `[text, matched]` pieces in order. */
export function markMatches(text: string, query: string, lengthLimit = 160): [string, boolean][] {
  const terms = [...new Set(searchTerms(query, false))].filter((term) => term.length > 1 || han.test(term));
  if (terms.length === 0) return [[shorten(text, 0, lengthLimit), false]];
  const escaped = terms.map((term) => term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const latin = escaped.filter((term) => !han.test(term)).map((term) => `\\b${term}[\\p{L}\\p{N}]*`);
  // A whole run first, so that it is marked in one piece.
  const whole = [...simplify(query).matchAll(/\p{Script=Han}+/gu)].map(([run]) => run);
  const chinese = [...whole, ...escaped.filter((term) => han.test(term))];
  const pattern = new RegExp([...latin, ...chinese].join('|'), 'giu');
  const folded = foldForMatching(text);
  const first = folded.search(pattern);
  const start = first > lengthLimit * 0.6 ? Math.max(0, first - Math.floor(lengthLimit / 3)) : 0;
  const shown = shorten(text, start, lengthLimit);
  return pieces(shown, foldForMatching(shown), pattern);
}

/** The line of a text that holds most of the query; the first one when none holds any. */
export function bestLine(text: string, query: string): string {
  const wanted = new Set(searchTerms(query, false));
  const lines = text.split('\n').filter((line) => line !== '');
  const score = (line: string) => {
    const terms = searchTerms(line);
    return [...wanted].filter((term) => terms.some((known) => known.startsWith(term))).length;
  };
  const scored = lines.map((line) => ({ line, score: score(line) }));
  return scored.reduce((best, one) => (one.score > best.score ? one : best), {
    line: lines[0] ?? '',
    score: 0,
  }).line;
}

/** Same length as the text: Simplified characters and lower case, so that positions agree. */
function foldForMatching(text: string): string {
  const folded = [...text].map((character) => {
    const simple = han.test(character) ? simplify(character) : character.toLowerCase();
    return simple.length === character.length ? simple : character;
  });
  return folded.join('');
}

function shorten(text: string, start: number, lengthLimit: number): string {
  const end = start + lengthLimit;
  return `${start > 0 ? '…' : ''}${text.slice(start, end).trim()}${text.length > end ? '…' : ''}`;
}

function pieces(shown: string, folded: string, pattern: RegExp): [string, boolean][] {
  const found: [string, boolean][] = [];
  let at = 0;
  for (const match of folded.matchAll(pattern)) {
    if (match.index > at) found.push([shown.slice(at, match.index), false]);
    found.push([shown.slice(match.index, match.index + match[0].length), true]);
    at = match.index + match[0].length;
  }
  if (at < shown.length) found.push([shown.slice(at), false]);
  return found;
}
