// Every page in a real browser: nothing for axe-core to find, light and dark; nothing wider than the screen.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { languages } from '../../src/core/texts.ts';
import { isThorough, isWithoutBrowser, openBrowser } from '../kit/browser.ts';
import { type Address, everyAddress, everyKind, type OpenSite, openSite } from './site.ts';
import { breaksOfRules, overflow, overflowsAt, walkThrough } from './tabs.ts';

const desk = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
const patience = 900_000;

describe.skipIf(isWithoutBrowser)('every page in Chromium', () => {
  let city: OpenSite;
  let browser: Browser;
  let kinds: Address[];
  let all: Address[];
  beforeAll(async () => {
    city = await openSite();
    browser = await openBrowser();
    kinds = await everyKind(city);
    all = isThorough ? await everyAddress(city) : kinds;
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await city?.close();
  });

  const of = (list: Address[], language: string) =>
    list.filter(({ href }) => href === `/${language}` || href.startsWith(`/${language}/`));

  it('would be named with the rule and the place, were there something wrong with it', async () => {
    const html = (body: string) => `<!doctype html><html lang="en"><title>A</title>${body}</html>`;
    const good = html('<body><main><h1>Good</h1></main></body>');
    const bad = html('<body><main><h1>Bad</h1><img id="mute" src="data:,"><hr width="2000"></main></body>');
    const answer = (url: string | undefined) => (url === '/bad' ? bad : good);
    const stranger = createServer((request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end(answer(request.url));
    });
    await new Promise<void>((done) => stranger.listen(0, '127.0.0.1', done));
    const origin = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`;
    const addresses = ['/1', '/2', '/3', '/bad', '/4'].map((href) => ({ href, status: 200 }));
    const narrow = overflowsAt([320]);
    for (const anew of [false, true]) {
      const wrong = await walkThrough({ browser, origin, addresses, anew }, async (page) => [
        ...(await breaksOfRules(page)),
        ...(await narrow(page)),
      ]);
      expect(wrong.map((line) => line.split(':', 2).join(':'))).toEqual([
        '/bad: image-alt at #mute',
        '/bad: at 320 px 2010 px wide',
      ]);
    }
    stranger.closeAllConnections();
    stranger.close();
  }, 60_000);

  it.each(languages)(
    'breaks no rule of accessibility, in %s',
    async (language) => {
      const addresses = of(all, language);
      expect(addresses.length).toBeGreaterThan(isThorough ? 450 : 30);
      const walk = { browser, origin: city.origin, addresses, options: { viewport: desk } };
      expect(await walkThrough(walk, breaksOfRules)).toEqual([]);
    },
    patience,
  );

  it.each(languages)(
    'fits the narrowest phone, as does text enlarged four times, in %s',
    async (language) => {
      const options = { viewport: { width: 320, height: 600 } };
      const walk = { browser, origin: city.origin, addresses: of(all, language), options };
      expect(await walkThrough(walk, overflow)).toEqual([]);
    },
    patience,
  );

  it.each(languages)(
    'breaks no rule in the dark on a phone, in %s',
    async (language) => {
      const options = { viewport: phone, colorScheme: 'dark' as const };
      const walk = { browser, origin: city.origin, addresses: of(kinds, language), options, anew: true };
      expect(await walkThrough(walk, breaksOfRules)).toEqual([]);
    },
    patience,
  );

  it.each(languages)(
    'is never wider than a screen of 390, 768 or 1440 pixels, in %s',
    async (language) => {
      const walk = { browser, origin: city.origin, addresses: of(kinds, language) };
      expect(await walkThrough(walk, overflowsAt([390, 768, 1440]))).toEqual([]);
    },
    patience,
  );
});
