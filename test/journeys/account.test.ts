// A person in their account in Chromium: adds a phone by QR code, revokes it, prints codes, proves an act.

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { languages } from '../../src/core/texts.ts';
import { isWithoutBrowser, openBrowser } from '../kit/browser.ts';
import { type City, openCity } from '../kit/oidc/city.ts';
import { type Device, openDevice, register, signIn } from '../kit/oidc/device.ts';
import { breaksOfRules, overflowsAt } from './tabs.ts';

const patience = 180_000;

const paths = [
  '',
  '/devices',
  '/devices/add',
  '/devices/another',
  '/sessions',
  '/services',
  '/activity',
  '/recovery',
  '/data',
  '/delete',
  '/desk',
];

describe.skipIf(isWithoutBrowser)('a person in their account', () => {
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

  const mainOf = async ({ page }: Device) => (await page.locator('main').textContent()) ?? '';

  it(
    'adds a phone by QR code, signs in with it, and revokes it in two clicks',
    async () => {
      const laptop = await arrive();
      await register(laptop);
      await laptop.page.goto('/en/account/devices/add');
      await laptop.page.getByRole('button', { name: 'Show the QR code' }).click();
      expect(await laptop.page.getByRole('img', { name: 'QR code' }).count()).toBe(1);
      const address = await laptop.page.locator('main code').first().textContent();

      const phone = await arrive();
      await phone.page.goto(address!);
      await phone.page.getByRole('button', { name: 'Make the passkey' }).click();
      const code = await phone.page.locator('.spoken-code').textContent();
      expect(await phone.count()).toBe(1);

      await laptop.page.getByLabel('Code on the other device').fill(code!);
      await laptop.page.getByLabel('Name of the device').fill('My phone');
      await laptop.page.getByRole('button', { name: 'Confirm this device' }).click();
      await laptop.page.waitForURL('**/devices?done=added');
      await signIn(phone);
      expect(await mainOf(phone)).toContain('Sign out');

      await laptop.page.getByRole('link', { name: 'Revoke My phone' }).click();
      expect(await mainOf(laptop)).toContain('nobody can sign in with this device any more');
      await laptop.page.getByRole('button', { name: 'Revoke it now' }).click();
      await laptop.page.waitForURL('**/devices?done=revoked');
      expect(await mainOf(laptop)).not.toContain('My phone');
      await phone.page.goto('/en/account');
      expect(new URL(phone.page.url()).pathname).toMatch(/^\/en\/sign-in/);
    },
    patience,
  );

  it(
    'makes recovery codes that are good to print: all ten, without menu and buttons',
    async () => {
      const device = await arrive();
      await register(device);
      await device.page.getByRole('button', { name: 'Make recovery codes' }).click();
      await device.page.emulateMedia({ media: 'print' });
      const codes = device.page.locator('.code-list code');
      expect(await codes.count()).toBe(10);
      for (const code of await codes.all()) expect(await code.isVisible()).toBe(true);
      expect(await device.page.getByRole('link', { name: 'go to my account' }).isVisible()).toBe(false);
      expect(await device.page.locator('nav.menu').isVisible()).toBe(false);
      await device.page.goto('/en/account');
      expect(await mainOf(device)).toContain('Your account is protected; one step is left.');
    },
    patience,
  );

  it(
    'proves an act of theirs to the page that checks receipts, without any script',
    async () => {
      const device = await arrive();
      await register(device);
      const { page } = device;
      await page.goto('/en/account/activity');
      await page.getByRole('link', { name: 'Account registered' }).click();
      const check = page.getByRole('button', { name: 'Check this receipt' });
      await expect
        .poll(
          async () => {
            if ((await check.count()) === 0) await page.reload();
            return check.count();
          },
          { timeout: 30_000 },
        )
        .toBe(1);
      await check.click();
      await page.waitForURL('**/receipts/check');
      expect(await mainOf(device)).toContain('This receipt is true.');
    },
    patience,
  );

  it(
    'takes everything along as a file, and deletes the account by typing the word',
    async () => {
      const device = await arrive();
      await register(device, 'Ada Wong');
      const { page } = device;
      await page.goto('/en/account/data');
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Download my data' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('my-data.json');
      await page.getByRole('link', { name: 'Delete my account' }).click();
      await page.getByLabel('To confirm, type DELETE').fill('DELETE');
      await page.getByRole('button', { name: 'Delete my account now' }).click();
      expect(await mainOf(device)).toContain('Your account is deleted.');
      await page.goto('/en/account');
      expect(new URL(page.url()).pathname).toMatch(/^\/en\/sign-in/);
    },
    patience,
  );

  it.each(languages)(
    'finds no barrier on any page, by day on a wide screen and by night on a phone, in %s',
    async (language) => {
      const narrow = overflowsAt([320, 390]);
      const wrong: string[] = [];
      const device = await arrive({
        ...{ bypassCSP: true, reducedMotion: 'reduce' },
        viewport: { width: 1280, height: 900 },
      });
      await register(device);
      const { page } = device;
      for (const path of paths) {
        await page.setViewportSize({ width: 1280, height: 900 });
        await page.emulateMedia({ colorScheme: 'light' });
        const answer = await page.goto(`/${language}/account${path}`);
        expect([path, answer?.status()]).toEqual([path, 200]);
        wrong.push(...(await breaksOfRules(page)).map((found) => `${path} by day: ${found}`));
        await page.emulateMedia({ colorScheme: 'dark' });
        wrong.push(...(await narrow(page)).map((found) => `${path}: ${found}`));
        wrong.push(...(await breaksOfRules(page)).map((found) => `${path} by night: ${found}`));
      }
      expect(wrong).toEqual([]);
    },
    patience,
  );
});
