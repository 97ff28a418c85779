// Atom feeds of what the register learned: of all of it, of an area, of one initiative.

import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type AtomEntry, atomContentType, atomText } from '../../../core/atom.ts';
import { notFound } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import { route } from '../../../core/module.ts';
import { wholeNumber } from '../../../core/numbers.ts';
import { type Language, languages, languageTag, say, type Text } from '../../../core/texts.ts';
import {
  byLearning,
  type Change,
  type ChangeKind,
  changesAsOf,
  dateText,
  learnedAt,
} from '../rules/index.ts';
import { type Initiative, lastDay } from '../schema/index.ts';
import { readAsOf } from '../store/index.ts';
import { findInitiative } from './initiatives.ts';

const entriesPerPage = 100;

const kindText: Record<ChangeKind, Text> = {
  announced: { en: 'Announced', tc: '公布' },
  status: { en: 'Status', tc: '狀況' },
  progress: { en: 'Progress', tc: '進展' },
  'target-revised': { en: 'Target revised', tc: '修訂目標' },
  filed: { en: 'Filed', tc: '歸類' },
};

/** RFC 3339, to the second. */
const instant = (at: Date) => `${at.toISOString().slice(0, 19)}Z`;

/** Namespace of the names below; made once, by chance. */
const namespace = Buffer.from('6f0d1c52a7e94f0c9b1e3d8a54c7e216', 'hex');

/**
 * The same name always has the same UUID (version 5, RFC 9562), wherever the site stands: an open edition has
 * no domain in whose name it could write `tag:` addresses.
 */
function permanentId(name: string): string {
  const bytes = createHash('sha1').update(namespace).update(name).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return `urn:uuid:${bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')}`;
}

/** With the day from which it counts, where the words themselves do not say it. */
function summaryOf({ kind, date, text }: Change, language: Language): string {
  const words = say(text, language);
  if (kind === 'status' || date === null) return words;
  return say(dateText(date), language) + (language === 'en' ? ': ' : '：') + words;
}

type FeedRequest = {
  house: House;
  origin: string;
  language: Language;
  /** After `/feeds/` and the language, without `.atom`, e.g. `areas/mobility`. */
  name: string;
  number: number;
  /** Page of the site that shows the same, without the language. */
  page: string;
  title: Text;
  only?: (initiative: Initiative) => boolean;
};

async function feed({ house, origin, language, name, number, page, title, only }: FeedRequest) {
  const { register, day } = await readAsOf(house);
  const { siteName, id: edition } = house.edition;
  const href = (to: string) => `${origin}/${language}${to}`;
  const entryOf = (change: Change): AtomEntry => ({
    id: permanentId(`${edition}/${language}/${change.id}`),
    title: `${change.initiative.id} ${say(change.initiative.title, language)}`,
    updated: instant(learnedAt(change)),
    href: href(`/initiatives/${change.initiative.id}`),
    summary: summaryOf(change, language),
    category: { term: change.kind, label: say(kindText[change.kind], language) },
  });
  const changes = byLearning(changesAsOf(register, day, only));
  const last = Math.max(1, Math.ceil(changes.length / entriesPerPage));
  if (number > last)
    throw notFound('no-such-page', { en: 'The feed ends before this page.', tc: '沒有這一頁。' });
  const self = `${origin}/feeds/${language}/${name}.atom`;
  const pageHref = (to: number) => (to === 1 ? self : `${self}?page=${to}`);
  const body = atomText({
    id: permanentId(`${edition}/${language}/feed/${name}`),
    self: pageHref(number),
    previous: number > 1 ? pageHref(number - 1) : undefined,
    next: number < last ? pageHref(number + 1) : undefined,
    alternate: href(page),
    title: `${say(title, language)} - ${say(siteName, language)}`,
    author: say(siteName, language),
    language: languageTag[language],
    updated: instant(
      changes[0] ? learnedAt(changes[0]) : new Date(lastDay(register.programme.blueprints[0]!.published)),
    ),
    entries: changes.slice((number - 1) * entriesPerPage, number * entriesPerPage).map(entryOf),
  });
  return { contentType: atomContentType, body };
}

const shared = {
  method: 'GET',
  audience: 'public',
  cache: 'change',
  tag: 'feeds',
  query: z.object({ page: wholeNumber({ min: 1, max: 1000 }).default(1).describe('Older entries follow.') }),
  response: {
    contentType: atomContentType,
    description:
      'Atom feed (RFC 4287), what was recorded last comes first; 100 entries a page, `next` leads on (RFC 5005)',
  },
} as const;
const lang = z.enum(languages).describe('en, tc or sc.');

const wholeFeed = route({
  ...shared,
  path: '/feeds/:lang/blueprint.atom',
  summary: 'What became known of any initiative',
  params: z.object({ lang }),
  handle: ({ house, origin, params, query }) =>
    feed({
      house,
      origin,
      language: params.lang,
      name: 'blueprint',
      number: query.page,
      page: '/progress',
      title: { en: 'All initiatives', tc: '所有措施' },
    }),
});

const areaFeed = route({
  ...shared,
  path: '/feeds/:lang/areas/:id.atom',
  summary: 'What became known of the initiatives of an area',
  params: z.object({ lang, id: z.string().max(60) }),
  async handle({ house, origin, params, query }) {
    const { register } = await readAsOf(house);
    const area = register.areaById.get(params.id);
    if (!area)
      throw notFound('unknown-area', { en: 'There is no area of this id.', tc: '沒有這個編號的範疇。' });
    return feed({
      house,
      origin,
      language: params.lang,
      name: `areas/${area.id}`,
      number: query.page,
      page: `/areas/${area.id}`,
      title: area.name,
      only: ({ classifications }) => classifications.some((fact) => fact.area === area.id),
    });
  },
});

const initiativeFeed = route({
  ...shared,
  path: '/feeds/:lang/initiatives/:id.atom',
  summary: 'What became known of one initiative',
  params: z.object({ lang, id: z.string().max(80) }),
  async handle({ house, origin, params, query }) {
    const { register, day } = await readAsOf(house);
    const { initiative } = findInitiative(register, params.id, day);
    return feed({
      house,
      origin,
      language: params.lang,
      name: `initiatives/${initiative.id}`,
      number: query.page,
      page: `/initiatives/${initiative.id}`,
      title: initiative.title,
      only: ({ id }) => id === initiative.id,
    });
  },
});

export const feedRoutes = [wholeFeed, areaFeed, initiativeFeed];
