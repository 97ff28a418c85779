// The city of the journeys: a whole house with its web door, and the addresses a reader may come to.

import { languages } from '../../src/core/texts.ts';
import { openTestHouse, type TestHouse } from '../kit/house.ts';

/** A house that listens; `origin` is where the browser finds it. */
export type OpenSite = TestHouse & { origin: string };

export async function openSite(): Promise<OpenSite> {
  const city = await openTestHouse();
  const origin = await city.server.fastify.listen({ port: 0, host: '127.0.0.1' });
  return { ...city, origin };
}

/** One page as it is asked for, with the status it must answer. */
export type Address = { href: string; status: number };

/** Pages that the sitemap leaves out: style, searches, filters, days of the past, errors. */
const unlisted: [string, number][] = [
  ['/style', 200],
  ['/search', 200],
  ['/search?q=minibus', 200],
  [`/search?q=${encodeURIComponent('停車')}&page=2`, 200],
  ['/search?q=zzqqxxyy', 200],
  ['/progress?area=mobility&status=in-progress&sort=updated&direction=descending', 200],
  ['/progress?page=2', 200],
  ['/progress?asOf=2020-12', 200],
  ['/progress?silentForDays=36500', 200],
  ['/initiatives/GOV-01?asOf=2020-12', 200],
  ['/areas/mobility?asOf=2019', 200],
  ['/nowhere', 404],
  ['/initiatives/NONE-99', 404],
  ['/progress?asOf=2024-13&colour=red', 400],
];

const inAllLanguages = (path: string) => languages.map((language) => `/${language}${path}`);

export const unlistedAddresses: Address[] = unlisted.flatMap(([path, status]) =>
  inAllLanguages(path).map((href) => ({ href, status })),
);

/** Every address of the sitemap, as a path. */
export async function sitemapPaths(city: TestHouse): Promise<string[]> {
  const answer = await city.server.fastify.inject('/sitemap.xml');
  return [...answer.body.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url]) => new URL(url!).pathname);
}

/** Every page there is, in every language. */
export async function everyAddress(city: TestHouse): Promise<Address[]> {
  const listed = await sitemapPaths(city);
  return [...listed.map((href) => ({ href, status: 200 })), ...unlistedAddresses];
}

/** The path of a page as its module wrote it, e.g. `/initiatives/:id`, for a path with its language. */
function templateOf(templates: string[], path: string): string | undefined {
  const parts = path.split('/').slice(2);
  return templates.find((template) => {
    const wanted = template.split('/').slice(1).filter(Boolean);
    return wanted.length === parts.length && wanted.every((w, i) => w.startsWith(':') || w === parts[i]);
  });
}

/** Every kind of page in every language: the first and the two longest of each template, and the unlisted. */
export async function everyKind(city: TestHouse): Promise<Address[]> {
  const templates = city.house.modules.flatMap(({ pages = [] }) => pages.map(({ path }) => path));
  const ofKind = new Map<string, { path: string; length: number }[]>();
  for (const path of await sitemapPaths(city)) {
    if (!/^\/en(\/|$)/.test(path)) continue;
    const { body } = await city.server.fastify.inject(path);
    const kind = templateOf(templates, path) ?? path;
    ofKind.set(kind, [...(ofKind.get(kind) ?? []), { path: path.slice(3), length: body.length }]);
  }
  const chosen = [...ofKind.values()].flatMap((pages) => {
    const longest = pages.toSorted((a, b) => b.length - a.length).slice(0, 2);
    return [...new Set([pages[0]!.path, ...longest.map(({ path }) => path)])];
  });
  const listed = chosen.flatMap(inAllLanguages).map((href) => ({ href, status: 200 }));
  return [...listed, ...unlistedAddresses];
}
