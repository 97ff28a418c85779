// A person in Chromium: registers, signs out and in again by passkey, and is helped where that does not work.

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { query } from '../../src/core/database/index.ts';
import { languages } from '../../src/core/texts.ts';
import { getPerson, revokePasskey } from '../../src/modules/identity/store/index.ts';
import { isWithoutBrowser, openBrowser } from '../kit/browser.ts';
import { addDevice } from '../kit/identity-house.ts';
import { type City, openCity } from '../kit/oidc/city.ts';
import { type Device, openDevice, register, signOut } from '../kit/oidc/device.ts';
import { breaksOfRules, overflowsAt } from './tabs.ts';

const patience = 90_000;

describe.skipIf(isWithoutBrowser)('a person with a passkey', () => {
  let city: City;
  let browser: Browser;
  beforeAll(async () => {
    city = await openCity();
    browser = await openBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await city?.close();
  });

  const open: Device[] = [];
  const arrive = async (options: Parameters<typeof openDevice>[2] = {}) => {
    const device = await openDevice(browser, city, options);
    open.push(device);
    return device;
  };
  beforeEach(async () => {
    await Promise.all(open.splice(0).map(({ context }) => context.close()));
  });

  it(
    'registers with a name and one button, and is signed in, without a password anywhere',
    async () => {
      const device = await arrive();
      await device.page.goto('/en/register');
      expect(await device.page.locator('input[type="password"], input[type="email"]').count()).toBe(0);
      await register(device, 'Ada Wong');
      expect(await device.count()).toBe(1);
      await device.page.goto('/en/account');
      expect(await device.page.locator('main').textContent()).toContain('Ada Wong');
      expect(device.page.url()).not.toContain('Ada');
    },
    patience,
  );

  it(
    'signs out, is asked for the passkey where one is needed, and signs in again with one click',
    async () => {
      const device = await arrive();
      await register(device);
      await signOut(device);
      const { page } = device;
      await page.goto('/en/account/devices');
      expect(new URL(page.url()).pathname).toMatch(/^\/en\/sign-in\//);
      await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
      await page.waitForURL('**/en/account/devices');
      expect(await device.count()).toBe(1);
    },
    patience,
  );

  it(
    'signs in by keyboard alone, the button within reach and in sight',
    async () => {
      const device = await arrive();
      await register(device);
      await signOut(device);
      const { page } = device;
      await page.goto('/en/sign-in?next=/en/account');
      await page.locator('main').focus();
      await page.keyboard.press('Tab');
      const focused = page.locator(':focus');
      expect(await focused.textContent()).toBe('Sign in with a passkey');
      expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/en/account');
    },
    patience,
  );

  it(
    'is told in words what to do when the device is not used, and may try again on the same page',
    async () => {
      const device = await arrive();
      await register(device);
      await signOut(device);
      const { page } = device;
      await page.goto('/tc/sign-in?next=/tc/account');
      await device.cdp.send('WebAuthn.setUserVerified', {
        authenticatorId: device.authenticatorId,
        isUserVerified: false,
      });
      const button = page.getByRole('button', { name: '以通行密鑰登入' });
      await button.click();
      await page.locator('.passkey-form[data-state="cancelled"]').waitFor();
      expect(await page.getByRole('status').textContent()).toContain('請再按按鈕');
      await device.cdp.send('WebAuthn.setUserVerified', {
        authenticatorId: device.authenticatorId,
        isUserVerified: true,
      });
      await button.click();
      await page.waitForURL('**/tc/account');
    },
    patience,
  );

  it(
    'finds out at once that a revoked passkey no longer signs in, and is offered every other way',
    async () => {
      const lost = await arrive();
      await register(lost, 'Ben Lau');
      const [found] = await query<{ id: string; personId: string }>(city.house.database, {
        text: 'select id, person_id as "personId" from identity.passkey order by created_at desc limit 1',
      });
      const { id, personId } = found!;
      await addDevice(city.house, await getPerson(city.house, personId));
      await revokePasskey(city.house, { id: personId }, id);
      const { page } = lost;
      await page.goto('/en/account');
      expect(new URL(page.url()).pathname).toMatch(/^\/en\/sign-in\//);
      await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
      const alert = page.getByRole('alert');
      await alert.waitFor();
      expect(await alert.textContent()).toContain('was not accepted');
      for (const way of ['My passkey is on my phone', 'I have lost every device', 'I am new']) {
        expect(await page.getByText(way).count()).toBe(1);
      }
    },
    patience,
  );

  it.each(languages)(
    'sees pages that break no rule of accessibility and fit every screen, in %s',
    async (language) => {
      const wrong: string[] = [];
      for (const colorScheme of ['light', 'dark'] as const) {
        const { page } = await arrive({ colorScheme, bypassCSP: true });
        for (const path of ['/sign-in', '/register', '/recover']) {
          await page.goto(`/${language}${path}`);
          const found = [...(await breaksOfRules(page)), ...(await overflowsAt([320, 390, 1280])(page))];
          wrong.push(...found.map((one) => `${path} ${colorScheme}: ${one}`));
          if (path === '/recover') continue;
          await page.locator('main a[href*="/sign-in/"]').first().click();
          wrong.push(...(await breaksOfRules(page)).map((one) => `beyond ${path}: ${one}`));
        }
      }
      expect(wrong).toEqual([]);
    },
    patience,
  );

  it(
    'is told without scripts what a passkey needs, and that the rest works',
    async () => {
      const { page } = await arrive({ javaScriptEnabled: false, hasAuthenticator: false });
      await page.goto('/en/sign-in');
      expect(await page.locator('main').textContent()).toContain('scripts are off here');
      await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
      expect(await page.getByRole('alert').textContent()).toContain('The browser sent no passkey');
      await page.goto('/en/recover');
      await page.getByRole('textbox', { name: 'Recovery code' }).fill('not a code');
      await page.getByRole('button', { name: 'Begin recovery' }).click();
      expect(await page.getByRole('alert').textContent()).toContain('This is not a recovery code');
    },
    patience,
  );

  it(
    'changes the language in the middle of it, and goes on',
    async () => {
      const device = await arrive();
      await register(device);
      await signOut(device);
      const { page } = device;
      await page.goto('/en/sign-in?next=/en/account');
      await page.locator('nav.languages').getByRole('link', { name: '繁體' }).click();
      await page.getByRole('button', { name: '以通行密鑰登入' }).click();
      await page.waitForURL('**/en/account');
      expect(await page.getByRole('button', { name: 'Sign out' }).count()).toBeGreaterThan(0);
    },
    patience,
  );

  it(
    'finds a way on from a sign-in that is over or was begun elsewhere',
    async () => {
      const { page } = await arrive();
      await page.goto('/en/sign-in');
      const address = page.url();
      const other = await arrive();
      const answer = await other.page.goto(address);
      expect(answer?.status()).toBe(404);
      expect(await other.page.locator('h1').textContent()).toBe('This sign-in is over');
      await other.page.locator('main').getByRole('link', { name: 'Sign in again' }).click();
      expect(await other.page.getByRole('button', { name: 'Sign in with a passkey' }).count()).toBe(1);
    },
    patience,
  );
});
