// Acceptance of system 1: everything is at most three clicks from home, in every language, over plain links.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isWithoutBrowser, openBrowser } from '../../../../../test/kit/browser.ts';
import { openTestHouse, type TestHouse } from '../../../../../test/kit/house.ts';

const wantedPages = (initiatives: string[]) => [
  ...initiatives.map((id) => `/initiatives/${id}`),
  ...['mobility', 'living', 'environment', 'people', 'government', 'economy', 'covid', 'village'].map(
    (id) => `/areas/${id}`,
  ),
  '/governance',
];

/** Links of a page that a keyboard reaches: `a` with an address, not taken out of the tab order. */
function linksOf(html: string): string[] {
  return [...html.matchAll(/<a\s[^>]*?href="([^"]+)"[^>]*>/g)]
    .filter(([tag]) => !/tabindex="-1"|aria-hidden="true"/.test(tag))
    .map(([, href]) => href!.split('#')[0]!)
    .filter((href) => href.startsWith('/'));
}

describe('smart-city-portal', () => {
  let city: TestHouse;
  const clicksTo = new Map<string, number>();
  let initiatives: string[] = [];
  const scripts: string[] = [];

  beforeAll(async () => {
    city = await openTestHouse();
    const list = await city.server.fastify.inject('/api/v1/initiatives?limit=200');
    initiatives = (list.json() as { items: { id: string }[] }).items.map(({ id }) => id);
    for (const language of ['en', 'tc', 'sc']) await walk(language);
  });
  afterAll(() => city.close());

  /** Breadth first from home; pages two clicks away are read, so that three clicks are known. */
  async function walk(language: string): Promise<void> {
    let edge = [`/${language}`];
    clicksTo.set(`/${language}`, 0);
    for (let clicks = 1; clicks <= 3; clicks += 1) {
      const next: string[] = [];
      for (const address of edge) {
        const page = await city.server.fastify.inject(address);
        if (!String(page.headers['content-type']).startsWith('text/html')) continue;
        if (/<script(?![^>]*ld\+json)/.test(page.body)) scripts.push(address);
        for (const href of linksOf(page.body)) {
          if (!href.startsWith(`/${language}/`) || href.includes('?') || clicksTo.has(href)) continue;
          clicksTo.set(href, clicks);
          next.push(href);
        }
      }
      edge = next.filter((href) => !/\/(indicators|systems)\/./.test(href));
    }
  }

  it('reaches every initiative, area, chapter and governance from home in at most three clicks', () => {
    expect(initiatives).toHaveLength(144);
    for (const language of ['en', 'tc', 'sc']) {
      const missing = wantedPages(initiatives).filter((path) => !clicksTo.has(`/${language}${path}`));
      expect(missing).toEqual([]);
    }
  });

  it('uses no script on the way', () => {
    expect(scripts).toEqual([]);
  });

  it.skipIf(isWithoutBrowser)('is walked from home to an initiative with Tab and Enter alone', async () => {
    const origin = await city.server.fastify.listen({ port: 0, host: '127.0.0.1' });
    const browser = await openBrowser();
    const page = await browser.newPage();
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('href') ?? '');
    const tabTo = async (href: string) => {
      for (let presses = 0; presses < 400 && (await focused()) !== href; presses += 1)
        await page.keyboard.press('Tab');
      expect(await focused()).toBe(href);
    };
    for (const language of ['en', 'tc', 'sc']) {
      await page.goto(`${origin}/${language}`);
      for (const path of ['/areas/mobility', '/initiatives/MOB-08']) {
        await tabTo(`/${language}${path}`);
        await Promise.all([page.waitForURL(`**/${language}${path}`), page.keyboard.press('Enter')]);
      }
    }
    await browser.close();
  });
});
