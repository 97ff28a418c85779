// A person who lost every device comes back with a recovery code, after a wait that anybody else cannot hide.

import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { isWithoutBrowser, openBrowser } from '../kit/browser.ts';
import { type City, openCity, travel, travelBack } from '../kit/oidc/city.ts';
import { type Device, openDevice, register, signIn } from '../kit/oidc/device.ts';
import { breaksOfRules, overflowsAt } from './tabs.ts';

const patience = 120_000;
const hourSeconds = 3600;

describe.skipIf(isWithoutBrowser)('a person who lost every device', () => {
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
  const arrive = async () => {
    const device = await openDevice(browser, city, { bypassCSP: true });
    open.push(device);
    return device;
  };
  afterEach(async () => {
    travelBack();
    await Promise.all(open.splice(0).map(({ context }) => context.close()));
  });

  const lookAt = async ({ page }: Device) => [
    ...(await breaksOfRules(page)),
    ...(await overflowsAt([320, 1280])(page)),
  ];

  /** Registers, and writes the codes down as they are shown. */
  async function prepare(device: Device): Promise<string[]> {
    await register(device, 'Ada Wong');
    await device.page.getByRole('button', { name: 'Make recovery codes' }).click();
    const codes = device.page.locator('.code-list code');
    await codes.first().waitFor();
    return codes.allTextContents();
  }

  async function enter({ page }: Device, code: string): Promise<void> {
    await page.goto('/en/recover');
    await page.getByRole('textbox', { name: 'Recovery code' }).fill(code);
    await page.getByRole('button', { name: 'Begin recovery' }).click();
    await page.getByText('If the code is right').first().waitFor();
  }

  it(
    'enters a code, waits two days, makes a passkey, and signs in with it',
    async () => {
      const lost = await arrive();
      const codes = await prepare(lost);
      expect(codes).toHaveLength(10);
      const fresh = await arrive();
      const { page } = fresh;
      await page.goto('/en/recover');
      const wrong = await lookAt(fresh);
      await enter(fresh, codes[3]!);
      expect(page.url()).toBe(`${city.origin}/en/recover`);
      wrong.push(...(await lookAt(fresh)));
      expect(await page.locator('.lede').textContent()).toMatch(/can be made from \d+ \w+ \d{4}, \d\d:\d\d/);
      expect(await page.locator('form[data-passkey]').count()).toBe(0);
      travel(49 * hourSeconds);
      await page.reload();
      wrong.push(...(await lookAt(fresh)));
      await page.getByRole('button', { name: 'Make a passkey on this device' }).click();
      await page.getByRole('heading', { name: 'You are back' }).waitFor();
      expect(await fresh.count()).toBe(1);
      await signIn(fresh);
      expect(await page.locator('main').textContent()).toContain('Ada Wong');
      await lost.page.goto('/en/account');
      expect(new URL(lost.page.url()).pathname).toMatch(/^\/en\/sign-in\//);
      expect(wrong).toEqual([]);
    },
    patience,
  );

  it(
    'sees in the account that somebody else began a recovery, and stops it with one click',
    async () => {
      const owner = await arrive();
      const codes = await prepare(owner);
      const thief = await arrive();
      await enter(thief, codes[0]!);
      await owner.page.goto('/en/account');
      expect(await owner.page.getByRole('alert').textContent()).toMatch(/recovery/i);
      await owner.page.getByRole('button', { name: 'It is not me: stop it' }).click();
      await owner.page.getByText('It is not me: stop it').waitFor({ state: 'detached' });
      travel(49 * hourSeconds);
      await thief.page.reload();
      expect(await thief.page.locator('h1').textContent()).toBe('This recovery is over');
      expect(await lookAt(thief)).toEqual([]);
      expect(await thief.page.locator('form[data-passkey]').count()).toBe(0);
    },
    patience,
  );
});
