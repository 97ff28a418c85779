// Every page of officers in a real browser, and an officer who verifies a person without any script.

import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '../../src/core/database/index.ts';
import { createDeskVisit, getPerson } from '../../src/modules/identity/store/index.ts';
import { isWithoutBrowser, openBrowser } from '../kit/browser.ts';
import { registerPerson } from '../kit/identity-house.ts';
import { type OfficerScenes, openOfficerScenes } from './officer-scenes.ts';
import { breaksOfRules, overflowsAt, walkThrough } from './tabs.ts';

describe.skipIf(isWithoutBrowser)('officers in Chromium', () => {
  let scenes: OfficerScenes;
  let browser: Browser;
  let signedIn: BrowserContextOptions;
  beforeAll(async () => {
    scenes = await openOfficerScenes();
    browser = await openBrowser();
    const [name = '', value = ''] = scenes.officer.cookie.split(/=(.*)/s);
    const at = { domain: '127.0.0.1', path: '/', expires: -1, httpOnly: true, secure: false };
    signedIn = { storageState: { cookies: [{ name, value, ...at, sameSite: 'Lax' }], origins: [] } };
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await scenes?.close();
  });

  it.each([
    ['en', 'light'],
    ['tc', 'dark'],
  ] as const)(
    'find nothing in the way of anybody (%s, %s)',
    async (language, colorScheme) => {
      const narrow = overflowsAt([320, 390, 1280]);
      const addresses = scenes.paths.map((path) => ({ href: `/${language}${path}`, status: 200 }));
      const options = { ...signedIn, colorScheme };
      const walk = { browser, origin: scenes.origin, addresses, options };
      const wrong = await walkThrough(walk, async (page) => [
        ...(await narrow(page)),
        ...(await breaksOfRules(page)),
      ]);
      expect(wrong).toEqual([]);
    },
    300_000,
  );

  it('verify a person by keyboard, without a script, and are told what is missing', async () => {
    const { house, origin } = scenes;
    const person = await registerPerson(house, { name: 'Wing' });
    const { code } = await inTransaction(house.database, (transaction) =>
      createDeskVisit(transaction, house, person.person.id),
    );
    const context = await browser.newContext({ ...signedIn, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${origin}/en/officers/desk`);
    await page.getByRole('textbox', { name: 'Code that the person reads out' }).fill(code);
    await page.keyboard.press('Enter');
    await page.getByText('Wing', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'The person is verified' }).press('Enter');
    expect(await page.getByRole('alert').getByRole('listitem').count()).toBe(3);
    await page.getByLabel('Number of the card').fill('PE-1235-B');
    await page.getByLabel('Name on the card').fill('HO Wing');
    for (const box of await page.getByRole('checkbox').all()) await box.press(' ');
    await page.getByRole('button', { name: 'The person is verified' }).press('Enter');
    await page.getByRole('heading', { name: 'The person is verified.' }).waitFor();
    expect(await getPerson(house, person.person.id)).toMatchObject({
      ...{ name: 'HO Wing', assurance: 'verified-at-desk' },
    });
    await context.close();
  }, 120_000);
});
