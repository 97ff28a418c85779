// Proves what the portal says to programs: problems explained at their address, structured data, feeds.

import { globSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHouse, type TestHouse } from '../../../test/kit/house.ts';
import { problemsOf } from './pages/problems.tsx';

let city: TestHouse;
beforeAll(async () => {
  city = await openTestHouse({ edition: 'harbour-test' });
});
afterAll(() => city.close());

const ask = (url: string) => city.server.fastify.inject({ url });
const structuredOn = async (url: string) =>
  [...(await ask(url)).body.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/g)].map(
    ([, json]) => JSON.parse(json!),
  );

describe('problems', () => {
  it('are explained where their type leads, in every language', async () => {
    const { type } = (await ask('/api/v1/initiatives/NONE')).json();
    const away = await ask(type);
    expect(away.statusCode).toBe(302);
    expect((await ask(String(away.headers.location))).statusCode).toBe(200);
    const { body } = await ask(`/tc${type}`);
    expect(body).toContain('/api/v1/initiatives（措施）');
    expect(body).toContain('<meta name="robots" content="noindex"');
  });

  it.each(['nothing', 'constructor'])('do not know the code %s', async (code) => {
    expect((await ask(`/en/problems/${code}`)).statusCode).toBe(404);
  });

  it('are all explained, and none that nobody throws', () => {
    const here = new Set(city.house.modules.map(({ name }) => name));
    // What a module that this city does not run may throw is explained where it runs.
    const isHere = (path: string) => here.has(/^src\/modules\/([^/]+)\//.exec(path)?.[1] ?? 'portal');
    const sources = globSync('src/**/*.{ts,tsx}').filter(
      (path) => isHere(path) && !/\.test\.tsx?$/.test(path),
    );
    const thrown = sources.flatMap((path) => {
      const text = readFileSync(path, 'utf8');
      const calls = text.matchAll(/\b(?:invalid|notFound|conflict|invalidInput)\(\s*'([a-z-]+)'/g);
      const made = text.matchAll(/new LamppostError\(\s*'[a-z-]+',\s*'([a-z-]+)'/g);
      const named = /core\/http\/(failures|client-errors)\.ts$/.test(path)
        ? text.matchAll(/code: '([a-z-]+)'/g)
        : [];
      return [...calls, ...made, ...named].map(([, code]) => code!);
    });
    expect(Object.keys(problemsOf(city.house)).toSorted()).toEqual([...new Set(thrown)].toSorted());
  });
});

describe('structured data', () => {
  it('names the way to a page, from the home page to itself', async () => {
    const { origin } = city.house.config;
    const found = (await structuredOn('/en/initiatives/HAR-01')).find(
      (one) => one['@type'] === 'BreadcrumbList',
    );
    const items: string[] = found.itemListElement.map((one: { item: string }) => one.item);
    expect(items[0]).toBe(`${origin}/en`);
    expect(items.at(-1)).toBe(`${origin}/en/initiatives/HAR-01`);
  });

  it('describes the register and each indicator as a dataset whose files are there', async () => {
    for (const page of ['/en/data', '/tc/indicators/gauges.count']) {
      const dataset = (await structuredOn(page)).find((one) => one['@type'] === 'Dataset');
      expect(dataset.distribution.length).toBeGreaterThan(0);
      for (const { contentUrl } of dataset.distribution)
        expect((await ask(new URL(contentUrl).pathname)).statusCode).toBe(200);
    }
  });
});

describe('other forms of a page', () => {
  it.each(['/en', '/sc/data'])('of %s are the feed', async (page) => {
    expect((await ask(page)).body).toMatch(/<link rel="alternate" type="application\/atom\+xml"/);
  });

  it.each([
    ['/en/initiatives/HAR-01?asOf=2021', '/api/v1/initiatives/HAR-01?asOf=2021'],
    ['/en/indicators/gauges.count?asOf=2021', '/api/v1/indicators/gauges.count.csv?asOf=2021'],
    ['/en/progress?area=harbour&new=no&sort=id', '/api/v1/register.csv?area=harbour&amp;new=false'],
  ])('%s keeps its day and filters at %s', async (page, data) => {
    const { body } = await ask(page);
    const links = [...body.matchAll(/href="(\/api\/v1[^"]*)"/g)].map(([, href]) => href);
    expect(links.length).toBeGreaterThan(0);
    expect(new Set(links)).toEqual(new Set([data]));
    expect((await ask(data.replace('&amp;', '&'))).statusCode).toBe(200);
  });
});
