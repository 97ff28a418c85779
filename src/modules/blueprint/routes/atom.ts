// Atom feeds of what became known: of the whole register, of an area, of one initiative.

import { z } from 'zod';
import { type AtomEntry, atomContentType, atomText } from '../../../core/atom.ts';
import { notFound } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import { route } from '../../../core/module.ts';
import { type Language, languages, languageTag, say, type Text } from '../../../core/texts.ts';
import { type Change, type ChangeKind, changesAsOf } from '../rules/index.ts';
import { type Initiative, lastDay } from '../schema/index.ts';
import { findInitiative } from './initiatives.ts';
import { reading } from './shapes.ts';

const entriesPerFeed = 100;

const kindText: Record<ChangeKind, Text> = {
  announced: { en: 'Announced', tc: '公布' },
  status: { en: 'Status', tc: '狀況' },
  progress: { en: 'Progress', tc: '進展' },
  'target-revised': { en: 'Target revised', tc: '修訂目標' },
  filed: { en: 'Filed', tc: '歸類' },
};

const midnight = (day: string) => `${day}T00:00:00Z`;

type FeedRequest = {
  house: House;
  origin: string;
  language: Language;
  /** Address of the feed. */
  path: string;
  /** Page that shows the same, without the language. */
  page: string;
  title: Text;
  only?: (initiative: Initiative) => boolean;
};

async function feed({ house, origin, language, path, page, title, only }: FeedRequest) {
  const { register, day } = await reading(house);
  const { siteName } = house.edition;
  const href = (to: string) => `${origin}/${language}${to === '/' ? '' : to}`;
  const entryOf = (change: Change): AtomEntry => ({
    id: `${href(`/initiatives/${change.initiative.id}`)}#${change.id.replaceAll('/', '-')}`,
    title: `${change.initiative.id} ${say(change.initiative.title, language)}`,
    updated: midnight(change.day),
    href: href(`/initiatives/${change.initiative.id}`),
    summary: say(change.text, language),
    category: { term: change.kind, label: say(kindText[change.kind], language) },
  });
  const changes = changesAsOf(register, day, only).slice(0, entriesPerFeed);
  const body = atomText({
    self: `${origin}${path}`,
    alternate: href(page),
    title: `${say(title, language)} - ${say(siteName, language)}`,
    author: say(siteName, language),
    language: languageTag[language],
    updated: midnight(lastDay(register.programme.blueprints[0]!.published)),
    entries: changes.map(entryOf),
  });
  return { contentType: atomContentType, body };
}

const shared = {
  method: 'GET',
  audience: 'public',
  cache: 'change',
  tag: 'feeds',
  response: {
    contentType: atomContentType,
    description: 'Atom feed (RFC 4287), newest first, at most 100 entries',
  },
} as const;
const lang = z.enum(languages).describe('en, tc or sc.');

const wholeFeed = route({
  ...shared,
  path: '/feeds/:lang/blueprint.atom',
  summary: 'What became known of any initiative',
  params: z.object({ lang }),
  handle: ({ house, origin, params }) =>
    feed({
      house,
      origin,
      language: params.lang,
      path: `/feeds/${params.lang}/blueprint.atom`,
      page: '/progress',
      title: { en: 'All initiatives', tc: '所有措施' },
    }),
});

const areaFeed = route({
  ...shared,
  path: '/feeds/:lang/areas/:id.atom',
  summary: 'What became known of the initiatives of an area',
  params: z.object({ lang, id: z.string().max(60) }),
  async handle({ house, origin, params }) {
    const { register } = await reading(house);
    const area = register.areaById.get(params.id);
    if (!area)
      throw notFound('unknown-area', { en: 'There is no area of this id.', tc: '沒有這個編號的範疇。' });
    return feed({
      house,
      origin,
      language: params.lang,
      path: `/feeds/${params.lang}/areas/${area.id}.atom`,
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
  async handle({ house, origin, params }) {
    const { register, day } = await reading(house);
    const { initiative } = findInitiative(register, params.id, day);
    return feed({
      house,
      origin,
      language: params.lang,
      path: `/feeds/${params.lang}/initiatives/${initiative.id}.atom`,
      page: `/initiatives/${initiative.id}`,
      title: initiative.title,
      only: ({ id }) => id === initiative.id,
    });
  },
});

export const feedRoutes = [wholeFeed, areaFeed, initiativeFeed];
