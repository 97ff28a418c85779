// Which of the city's languages a reader prefers, from `Accept-Language` (RFC 9110, 12.5.4; RFC 4647 lookup).

import { isLanguage, type Language } from '../texts.ts';
import { remembered } from './remembered.ts';
import { weighted } from './weighted.ts';

const simplifiedPlaces = ['hans', 'cn', 'sg', 'my'];

/** The language of the house for one BCP 47 tag, if it has one. */
function languageOfTag(tag: string): Language | undefined {
  const [primary, ...rest] = tag.toLowerCase().split('-');
  if (primary === 'en') return 'en';
  if (primary === 'yue') return 'tc';
  if (primary !== 'zh') return undefined;
  if (rest.includes('hant')) return 'tc';
  return rest.length === 0 || rest.some((part) => simplifiedPlaces.includes(part)) ? 'sc' : 'tc';
}

const wishes = remembered((header: string) =>
  weighted(header).flatMap(({ value }) => (value === '*' ? [] : (languageOfTag(value) ?? []))),
);

/** The offered language the reader likes best; the first offered one when none is named. */
export function preferredLanguage(header: string | undefined, offered: readonly Language[]): Language {
  const fallback = offered[0] ?? 'en';
  if (header === undefined) return fallback;
  return wishes(header).find((language) => offered.includes(language)) ?? fallback;
}

/** Splits `/tc/areas` into its language and the rest; undefined when it does not start with a language. */
export function splitLanguage(path: string): { language: Language; rest: string } | undefined {
  const [, first = ''] = path.split('/', 2);
  if (!isLanguage(first)) return undefined;
  return { language: first, rest: path.slice(first.length + 1) || '/' };
}
