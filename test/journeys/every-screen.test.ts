// Every page in a real browser: nothing for axe-core to find, in light and dark, and nothing wider than the screen.

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { languages } from '../../src/core/texts.ts';
import { describeInBrowser, isThorough, openBrowser } from '../kit/browser.ts';
import { type Address, everyAddress, everyKind, type OpenSite, openSite } from './site.ts';
import { breaksOfRules, overflowsAt, walkThrough } from './tabs.ts';

const desk = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
const patience = 900_000;

describeInBrowser('every page in Chromium', () => {
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

  it.each(languages)(
    'breaks no rule of accessibility and fits the narrowest phone, in %s',
    async (language) => {
      const addresses = of(all, language);
      expect(addresses.length).toBeGreaterThan(30);
      const walk = { browser, origin: city.origin, addresses, options: { viewport: desk } };
      const narrow = overflowsAt([320]);
      const wrong = await walkThrough(walk, async (page) => {
        await page.setViewportSize(desk);
        return [...(await breaksOfRules(page)), ...(await narrow(page))];
      });
      expect(wrong).toEqual([]);
    },
    patience,
  );

  it.each(languages)(
    'breaks no rule in the dark on a phone, in %s',
    async (language) => {
      const options = { viewport: phone, colorScheme: 'dark' as const };
      const walk = { browser, origin: city.origin, addresses: of(kinds, language), options };
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
