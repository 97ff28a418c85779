// A resident without JavaScript asks what the city promised, how far it is, and on what evidence.

import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isWithoutBrowser, openBrowser } from '../kit/browser.ts';
import { type OpenSite, openSite } from './site.ts';

const desk = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };
const patience = 60_000;

describe.skipIf(isWithoutBrowser)('a resident without JavaScript', () => {
  let city: OpenSite;
  let browser: Browser;
  let contexts: BrowserContext[] = [];
  let page: Page;
  beforeAll(async () => {
    city = await openSite();
    browser = await openBrowser();
  }, 120_000);
  beforeEach(async () => {
    page = await arrive();
  }, patience);
  afterEach(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    contexts = [];
  });
  afterAll(async () => {
    await browser?.close();
    await city?.close();
  });

  async function arrive(options: BrowserContextOptions = {}): Promise<Page> {
    const plain = {
      viewport: desk,
      javaScriptEnabled: false,
      locale: 'en',
      reducedMotion: 'reduce' as const,
      baseURL: city.origin,
    };
    const context = await browser.newContext({ ...plain, ...options });
    context.setDefaultTimeout(20_000);
    contexts.push(context);
    return context.newPage();
  }

  const where = () => page.url().slice(city.origin.length);
  const heading = () => page.locator('h1').textContent();
  const foundIds = (on: Page = page) => on.locator('#initiatives tbody th .quiet').allInnerTexts();
  const activeElement = <T>(read: string) => page.evaluate(`(${read})(document.activeElement)`) as Promise<T>;

  it('goes from home by area and initiative to the line of the document, by links alone', async () => {
    await page.goto('/');
    expect(where()).toBe('/en');
    expect(await heading()).toContain('126 of 131');
    await page.locator('#areas').getByRole('link', { name: 'Smart Government' }).click();
    expect(where()).toBe('/en/areas/government');
    await page.locator('main').getByRole('link', { name: 'Open data', exact: true }).first().click();
    expect(where()).toBe('/en/initiatives/GOV-01');
    const steps = page.locator('#evidence .timeline li');
    expect(await steps.count()).toBeGreaterThanOrEqual(8);
    await steps.filter({ hasText: 'Open data policy announced.' }).getByRole('link').first().click();
    expect(where()).toMatch(/^\/en\/sources#document-\d+$/);
    const cited = page.locator(`[id="${where().split('#')[1]}"]`);
    expect(await cited.isVisible()).toBe(true);
  });

  it('narrows progress with the filters, and whoever gets the address sees the same', async () => {
    await page.goto('/en/progress');
    const form = page.locator('#initiatives form.filters');
    const choices = { area: 'government', status: 'completed-or-ongoing', new: 'no', overdue: 'yes' };
    for (const [name, value] of Object.entries(choices)) {
      await form.locator(`select[name="${name}"]`).selectOption(value);
    }
    await form.locator('[name="silentForDays"]').fill('800');
    await form.locator('button[type="submit"]').click();
    const asked = new URL(page.url()).searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({ ...choices, silentForDays: '800' });
    const found = await foundIds();
    expect(found).toEqual(['GOV-03']);
    expect(await form.locator('select[name="area"]').inputValue()).toBe('government');
    const friend = await arrive();
    await friend.goto(page.url());
    expect(await foundIds(friend)).toEqual(found);
  });

  it('sees only NEW initiatives when asking for them, and clears the filters again', async () => {
    await page.goto('/en/progress?area=mobility&new=yes');
    const rows = page.locator('#initiatives tbody tr');
    const count = await rows.count();
    expect(count).toBeGreaterThan(0);
    expect(await rows.locator('.tag').count()).toBe(count);
    await page.locator('#initiatives .filters .actions a').click();
    expect(where()).toBe('/en/progress');
    expect(await foundIds()).toHaveLength(50);
  });

  it('turns the pages of the list and sorts it by a link', async () => {
    await page.goto('/en/progress');
    const first = await foundIds();
    await page.locator('.pagination a[rel="next"]').click();
    const second = await foundIds();
    expect(second.filter((id) => first.includes(id))).toEqual([]);
    await page.goto('/en/progress');
    await page.locator('#initiatives thead a').last().click();
    expect(new URL(page.url()).searchParams.get('sort')).toBe('updated');
    expect(await page.locator('#initiatives th[aria-sort="ascending"]').count()).toBe(1);
  });

  it.each([
    ['2020-12', '140', ['31', '15', '18', '12', '31', '20', '13']],
    ['2024-06-30', '126 of 131', ['32', '16', '20', '12', '31', '20']],
  ])('is told what was known as of %s: %s', async (day, answer, totals) => {
    await page.goto('/en/progress');
    await page.locator('#initiatives form.filters [name="asOf"]').fill(day);
    await page.locator('#initiatives form.filters button[type="submit"]').click();
    expect(new URL(page.url()).searchParams.get('asOf')).toBe(day);
    expect(await heading()).toContain(answer);
    const counted = page.locator('#areas table').first().locator('tbody td[data-label="Total"]');
    expect(await counted.allInnerTexts()).toEqual(totals);
  });

  it.each([
    ['/en', 'minibsu arival', '/en/initiatives/MOB-08'],
    ['/tc', '小巴到站', '/tc/initiatives/MOB-08'],
    ['/tc', '雲端', '/tc/initiatives/GOV-07'],
    ['/sc', '政府云端', '/sc/initiatives/GOV-07'],
    ['/en', 'GOV-01', '/en/initiatives/GOV-01'],
  ])('searches from %s for “%s” and finds %s', async (home, words, wanted) => {
    await page.goto(home);
    await page.locator('#front-search').fill(words);
    await page.locator('#front-search').press('Enter');
    expect(where()).toMatch(new RegExp(`^${home}/search\\?q=`));
    const links = page.locator('.results a.title');
    const found = await links.evaluateAll((all) => all.map((one) => one.getAttribute('href')));
    expect(found.slice(0, 5)).toContain(wanted);
    await page.locator(`.results a[href="${wanted}"]`).click();
    expect(where()).toBe(wanted);
  });

  it('changes the language and stays on the page, with the question asked', async () => {
    await page.goto('/en/progress?area=living&status=in-progress');
    const found = await foundIds();
    await page.getByRole('link', { name: '繁體' }).click();
    expect(where()).toBe('/tc/progress?area=living&status=in-progress');
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-Hant-HK');
    expect(await foundIds()).toEqual(found);
    await page.getByRole('link', { name: '简体' }).click();
    expect(where()).toBe('/sc/progress?area=living&status=in-progress');
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-Hans');
  });

  it('is led to the language the browser asks for, with the question asked', async () => {
    for (const [locale, language] of [
      ['zh-HK', 'tc'],
      ['zh-CN', 'sc'],
      ['de', 'en'],
    ] as const) {
      const visitor = await arrive({ locale });
      await visitor.goto('/progress?area=living');
      expect(visitor.url()).toBe(`${city.origin}/${language}/progress?area=living`);
    }
  });

  it('with a keyboard meets the skip link first, then the head, each with visible focus', async () => {
    await page.goto('/en');
    const met: string[] = [];
    const unseen: string[] = [];
    for (let step = 0; step < 16; step += 1) {
      await page.keyboard.press('Tab');
      const [name, outline, width, height] = await activeElement<[string, string, number, number]>(`(one) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(one);
        const box = one.getBoundingClientRect();
        const name = one.getAttribute('href') ?? one.name ?? '';
        return [name, outlineStyle + ' ' + outlineWidth, box.width, box.height];
      }`);
      met.push(name);
      if (/^none|\b0px/.test(outline) || width < 2 || height < 2) unseen.push(`${name}: ${outline}`);
    }
    expect(met[0]).toBe('#content');
    expect(met.slice(1, 4)).toEqual(['/en', 'q', '']);
    expect(met).toContain('/tc');
    expect(met).toContain('/en/progress');
    expect(met).toContain('/en/data');
    expect(unseen).toEqual([]);
  });

  it('with a keyboard jumps over the head to the content', async () => {
    await page.goto('/en/progress');
    await page.keyboard.press('Tab');
    expect(
      await page.locator('.skip').evaluate((one) => one.getBoundingClientRect().top),
    ).toBeGreaterThanOrEqual(0);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await activeElement<boolean>('(one) => document.querySelector("main").contains(one)')).toBe(true);
  });

  it('with a keyboard opens the menu of a phone and follows it', async () => {
    page = await arrive({ viewport: phone });
    await page.goto('/en');
    const progress = page.locator('.menu a[href="/en/progress"]');
    expect(await progress.isVisible()).toBe(false);
    await page.locator('.menu summary').focus();
    await page.keyboard.press('Enter');
    expect(await progress.isVisible()).toBe(true);
    await page.keyboard.press('Tab');
    expect(await activeElement<string>('(one) => one.getAttribute("href")')).toBe('/en/progress');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/en/progress');
  });

  it('prints the answer without the means of getting about', async () => {
    await page.goto('/en/progress');
    await page.emulateMedia({ media: 'print' });
    for (const part of ['.menu', '.languages', '.search-form', '.filters', '.pagination', '.skip']) {
      expect(await page.locator(part).first().isVisible(), part).toBe(false);
    }
    for (const part of ['h1', '#areas table', '#initiatives table']) {
      expect(await page.locator(part).first().isVisible(), part).toBe(true);
    }
    const ground = await page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(ground).toMatch(/^rgb\(255, 255, 255\)$|^rgba\(0, 0, 0, 0\)$/);
  });

  it.each([
    [200, 640],
    [400, 320],
  ])('reads and searches with text enlarged to %i %%', async (_zoom, width) => {
    page = await arrive({ viewport: { width, height: 512 } });
    await page.goto('/en/initiatives/GOV-01');
    const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await page.evaluate(overflow)).toBe(0);
    for (const part of ['h1', '#targets td[data-label="Promised by"]', '#evidence .timeline li']) {
      const box = await page.locator(part).first().boundingBox();
      expect(box!.x >= 0 && box!.x + box!.width <= width, part).toBe(true);
    }
    await page.locator('#site-search').fill('minibus');
    await page.locator('#site-search').press('Enter');
    expect(where()).toBe('/en/search?q=minibus');
  });

  const visibleWords = 'document.querySelector("main").innerText';

  it('loses nothing with forced colours, more contrast or less motion', async () => {
    await page.goto('/en/initiatives/GOV-03');
    const words = await page.evaluate(visibleWords);
    const shapes = page.locator('.status svg');
    const before = await shapes.count();
    expect(before).toBeGreaterThan(0);
    await page.emulateMedia({ forcedColors: 'active', contrast: 'more', reducedMotion: 'reduce' });
    expect(await page.evaluate(visibleWords)).toBe(words);
    for (let index = 0; index < before; index += 1) expect(await shapes.nth(index).isVisible()).toBe(true);
    const moving = await page.evaluate(`[...document.querySelectorAll('*')]
      .filter((one) => !/^(none|all|)$/.test(getComputedStyle(one).transitionProperty)
        && getComputedStyle(one).transitionDuration.split(', ').some((time) => parseFloat(time) > 0))
      .map((one) => one.className)`);
    expect(moving).toEqual([]);
    const edge = await page
      .locator('.button')
      .first()
      .evaluate((one) => getComputedStyle(one).borderStyle);
    expect(edge).toMatch(/^solid/);
  });
});
