// A program reads the city: feeds, files, paging, conditional requests, answers as their description says.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { languages } from '../../src/core/texts.ts';
import { openTestHouse, type TestHouse } from '../kit/house.ts';
import { differencesFrom, type JsonSchema } from './json-schema.ts';
import { sitemapPaths } from './site.ts';
import { parseCsv, parseXml, type XmlElement } from './strict-readers.ts';

type Operation = {
  parameters?: { name: string; in: string }[];
  'x-audience': string;
  responses: Record<string, { content?: Record<string, { schema?: JsonSchema }> }>;
};
type Description = {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, JsonSchema> };
};
type Page<Item> = { total: number; items: Item[]; next: string | null };
type Initiative = { id: string; title: { en: string; tc: string; sc: string } };

/** A value for each path parameter, by the path that takes it. */
const samples: [RegExp, string[]][] = [
  [/initiatives\/\{id\}/, ['GOV-01', 'MOB-01', 'COV-11']],
  [/systems\/\{id\}/, ['initiative-register', 'hill-fire']],
  [/indicators\/\{id\}/, ['open-data.datasets', 'gmb-arrivals.due']],
  [/tables\/\{id\}/, ['smart-city-index-2024-top-20']],
  [/areas\/\{id\}/, ['mobility', 'village']],
];

/** What must be asked for with the address. */
const queries: Record<string, string> = {
  '/api/v1/search': '?q=data',
  '/api/v1/receipts/proof/inclusion': '?index=3&size=9',
  '/api/v1/receipts/proof/consistency': '?from=3&to=9',
};
/** Tiles that a log of some hundred acts has. */
const tiles: Record<string, string> = {
  '/tile/{level}/{a}': '/tile/0/000',
  '/tile/{level}/{a}/{b}': '/tile/entries/001.p/17',
};

describe('a program that reads the city', () => {
  let city: TestHouse;
  let description: Description;
  let actId: string;
  beforeAll(async () => {
    city = await openTestHouse();
    // The house numbers what it recorded while it opened.
    for (actId = ''; actId === ''; await city.house.revisions.refresh()) {
      const { items } = await json<Page<{ actId: string; index: number }>>('/api/v1/receipts');
      actId = items.find(({ index }) => index > 300)?.actId ?? '';
    }
    description = await json<Description>('/api/openapi.json');
  });
  afterAll(() => city.close());

  const get = (url: string, headers: Record<string, string> = {}) =>
    city.server.fastify.inject({ url, headers });
  const json = async <T>(url: string) => (await get(url)).json() as T;

  /** Every GET address of the description that is for these, with samples in place of its parameters. */
  const sampleAddresses = (forEverybody = true): { path: string; url: string }[] =>
    Object.entries(description.paths).flatMap(([path, methods]) => {
      // A log that needs three segments has millions of acts.
      if (methods.get === undefined || path.includes('{c}')) return [];
      if ((methods.get['x-audience'] === 'public') !== forEverybody) return [];
      if (tiles[path] !== undefined) return [{ path, url: tiles[path] }];
      const ids = samples.find(([place]) => place.test(path))?.[1] ?? [actId];
      const tongues = path.includes('{lang}') ? languages : ['en'];
      return tongues.flatMap((lang) =>
        ids.map((id) => ({
          path,
          url: path.replace('{lang}', lang).replace('{id}', id) + (queries[path] ?? ''),
        })),
      );
    });

  it('finds every route under /api and /feeds in the description, and every described one answers', async () => {
    const routes = city.house.modules.flatMap(({ routes = [] }) => routes);
    const told = Object.entries(description.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const served = routes.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
    expect(served.length).toBeGreaterThan(20);
    expect(told.toSorted()).toEqual(served.toSorted());
    const answers = await Promise.all(
      sampleAddresses().map(async ({ url }) => [url, (await get(url)).statusCode]),
    );
    expect(answers.filter(([, status]) => status !== 200)).toEqual([]);
  });

  it('is told to sign in first wherever the description does not say that everybody may', async () => {
    const closed = sampleAddresses(false);
    expect(closed.length).toBeGreaterThan(5);
    for (const { url } of closed) {
      const answer = await get(url);
      expect([url, answer.statusCode, answer.json().code]).toEqual([url, 401, 'sign-in-first']);
      expect(answer.headers['www-authenticate']).toContain('Bearer');
    }
  });

  it('gets answers of the shape that the description promises', async () => {
    const wrong: string[] = [];
    let compared = 0;
    for (const { path, url } of sampleAddresses()) {
      const answer = await get(url);
      const { content = {} } = description.paths[path]!.get!.responses['200']!;
      const [type, { schema } = {}] = Object.entries(content)[0]!;
      if (!String(answer.headers['content-type']).startsWith(type.split(';')[0]!))
        wrong.push(`${url} is ${answer.headers['content-type']}, not ${type}`);
      if (schema === undefined) continue;
      compared += 1;
      const differences = differencesFrom(schema, answer.json(), description.components.schemas);
      wrong.push(...differences.slice(0, 3).map((what) => `${url}: ${what}`));
    }
    expect(compared).toBeGreaterThan(15);
    expect(wrong).toEqual([]);
  });

  it('would notice an answer of another shape', () => {
    const { schema } =
      description.paths['/api/v1/initiatives']!.get!.responses['200']!.content!['application/json']!;
    const found = differencesFrom(
      schema!,
      { asOf: 1, items: [{}], next: null },
      description.components.schemas,
    );
    expect(found).toContain('$.total is missing');
    expect(found).toContain('$.asOf is number, not string');
    expect(found.some((what) => what.startsWith('$.items.0.id is missing'))).toBe(true);
  });

  it('is told problems in the promised shape', async () => {
    const { Problem } = description.components.schemas;
    for (const url of ['/api/v1/initiatives?limit=0', '/api/v1/initiatives/NONE-99', '/api/nothing']) {
      const answer = await get(url);
      expect(answer.headers['content-type']).toMatch('application/problem+json');
      expect(differencesFrom(Problem!, answer.json(), description.components.schemas)).toEqual([]);
    }
  });

  it.each([1, 7, 50, 200])('visits each initiative once, in pages of %i', async (limit) => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const url = `/api/v1/initiatives?limit=${limit}${cursor === null ? '' : `&cursor=${cursor}`}`;
      const page: Page<Initiative> = await json(url);
      expect(page.total).toBe(144);
      expect(page.items.length).toBeLessThanOrEqual(limit);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    } while (cursor !== null && seen.length <= 144);
    expect(seen).toHaveLength(144);
    expect(new Set(seen).size).toBe(144);
  });

  it('pages through a search without a gap or a repeat', async () => {
    const whole = await json<Page<{ id: string }>>('/api/v1/search?q=smart&limit=100');
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const url = `/api/v1/search?q=smart&limit=9${cursor === null ? '' : `&cursor=${cursor}`}`;
      const page: Page<{ id: string }> = await json(url);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    } while (cursor !== null && seen.length < 100);
    expect(whole.items.length).toBeGreaterThan(20);
    expect(seen.slice(0, 100)).toEqual(whole.items.map(({ id }) => id).slice(0, seen.length));
  });

  it('is told that nothing has changed when it asks with the tag it has', async () => {
    const pages = ['/en', '/tc/progress', '/sc/initiatives/GOV-01', '/en/search?q=data', '/en/style'];
    const urls = [...pages, '/api/openapi.json', ...sampleAddresses().map(({ url }) => url)];
    const wrong: string[] = [];
    for (const url of urls) {
      for (const encoding of ['identity', 'gzip', 'br']) {
        const first = await get(url, { 'accept-encoding': encoding });
        const tag = first.headers.etag;
        const again = await get(url, { 'accept-encoding': encoding, 'if-none-match': String(tag) });
        const fits = tag !== undefined && again.statusCode === 304 && again.rawPayload.length === 0;
        if (!fits) wrong.push(`${url} (${encoding}): tag ${tag}, then ${again.statusCode}`);
        const other = await get(url, { 'accept-encoding': encoding, 'if-none-match': '"another"' });
        if (other.statusCode !== 200) wrong.push(`${url} (${encoding}): ${other.statusCode} to another tag`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('reads the register back from CSV, cell by cell', async () => {
    const answer = await get('/api/v1/register.csv');
    const [names, ...rows] = parseCsv(answer.body);
    expect(new Set(names).size).toBe(names!.length);
    expect(rows.filter((row) => row.length !== names!.length)).toEqual([]);
    const { items } = await json<Page<Initiative>>('/api/v1/initiatives?limit=200');
    const cell = (row: string[], name: string) => row[names!.indexOf(name)];
    expect(
      rows.map((row) => [
        cell(row, 'id'),
        cell(row, 'title_en'),
        cell(row, 'title_tc'),
        cell(row, 'title_sc'),
      ]),
    ).toEqual(items.map(({ id, title }) => [id, title.en, title.tc, title.sc]));
  });

  it('reads the series of every indicator back from CSV', async () => {
    const { items } = await json<Page<{ id: string; points: number }>>('/api/v1/indicators');
    expect(items.length).toBe(180);
    const wrong: string[] = [];
    for (const { id, points } of items) {
      const [names, ...rows] = parseCsv((await get(`/api/v1/indicators/${id}.csv`)).body);
      if (rows.length !== points) wrong.push(`${id}: ${rows.length} rows for ${points} points`);
      if (rows.some((row) => row.length !== names!.length || row[0] !== id)) wrong.push(`${id}: uneven rows`);
    }
    expect(wrong).toEqual([]);
  });

  it('reads every Atom feed strictly: one id, title and date for the feed and for each entry', async () => {
    const { items: initiatives } = await json<Page<Initiative>>('/api/v1/initiatives?limit=200');
    const { items: areas } = await json<Page<{ id: string }>>('/api/v1/areas');
    const names = [
      'blueprint',
      ...areas.map(({ id }) => `areas/${id}`),
      ...initiatives.map(({ id }) => `initiatives/${id}`),
    ];
    const wrong: string[] = [];
    for (const url of names.flatMap((name) =>
      languages.map((language) => `/feeds/${language}/${name}.atom`),
    )) {
      const answer = await get(url);
      const feed = parseXml(answer.body);
      wrong.push(...faultsOfFeed(feed).map((fault) => `${url}: ${fault}`));
    }
    expect(wrong).toEqual([]);
  });

  it('finds each page once in the sitemap, with its other languages', async () => {
    const urlset = parseXml((await get('/sitemap.xml')).body);
    const paths = await sitemapPaths(city);
    expect(urlset.children.filter(({ name }) => name === 'url')).toHaveLength(paths.length);
    expect(new Set(paths).size).toBe(paths.length);
    for (const url of urlset.children) {
      const others = url.children.filter(({ name }) => name === 'xhtml:link');
      expect(others.map(({ attributes }) => attributes.hreflang)).toEqual(['en', 'zh-Hant-HK', 'zh-Hans']);
    }
  });
});

const texts = (element: XmlElement, name: string) =>
  element.children.filter((child) => child.name === name).map(({ text }) => text);

/** What RFC 4287 asks of a feed and does not find. */
function faultsOfFeed(feed: XmlElement): string[] {
  const entries = feed.children.filter(({ name }) => name === 'entry');
  const wrong =
    feed.name === 'feed' && feed.attributes.xmlns === 'http://www.w3.org/2005/Atom' ? [] : ['no feed'];
  if (entries.length === 0) wrong.push('no entries');
  for (const part of [feed, ...entries]) {
    for (const name of ['id', 'title', 'updated']) {
      const found = texts(part, name);
      if (found.length !== 1 || found[0]!.trim() === '')
        wrong.push(`${part.name} has ${found.length} ${name}`);
    }
    const [updated = ''] = texts(part, 'updated');
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(updated)) wrong.push(`${part.name} updated ${updated}`);
  }
  const ids = entries.flatMap((entry) => texts(entry, 'id'));
  const repeated = ids.filter((id, index) => ids.indexOf(id) !== index);
  return [...wrong, ...repeated.map((id) => `two entries are ${id}`)];
}
