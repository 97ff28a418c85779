// A person in Chromium: registers, signs out and in again by passkey, and is helped where that does not work.

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { languages } from '../../src/core/texts.ts';
import { type City, openCity } from '../conformance/oidc/city.ts';
import { isWithoutBrowser, openBrowser } from '../kit/browser.ts';
import { type Device, openDevice, register, signIn, signOut } from './identity-kit.ts';
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
      expect(await device.page.locator('main').innerText()).toContain('Ada Wong');
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
      expect(await focused.innerText()).toBe('Sign in with a passkey');
      expect(await focused.evaluate('(one) => getComputedStyle(one).outlineStyle')).toBe('solid');
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
      expect(await page.getByRole('status').innerText()).toContain('請再按按鈕');
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
      const [lost, kept] = [await arrive(), await arrive()];
      await register(lost, 'Ben Lau');
      await kept.copyFrom(lost);
      await signIn(kept);
      const { page } = kept;
      const { rows } = await city.house.database
        .selectFrom('identity.passkey' as never)
        .select(['id', 'person_id'] as never)
        .orderBy('created_at' as never, 'desc')
        .limit(1)
        .execute()
        .then((found) => ({ rows: found as { id: string; person_id: string }[] }));
      const [{ id, person_id: personId } = { id: '', person_id: '' }] = rows;
      const { revokePasskey } = await import('../../src/modules/identity/store/index.ts');
      const { createRecoveryCodes } = await import('../../src/modules/identity/store/index.ts');
      const { inTransaction } = await import('../../src/core/database/index.ts');
      await inTransaction(city.house.database, (tx) => createRecoveryCodes(tx, city.house, personId));
      await revokePasskey(city.house, { id: personId }, id);
      await page.goto('/en/account');
      expect(new URL(page.url()).pathname).toMatch(/^\/en\/sign-in\//);
      await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
      const alert = page.getByRole('alert');
      await alert.waitFor();
      expect(await alert.innerText()).toContain('was not accepted');
      for (const way of ['My passkey is on my phone', 'I have lost every device', 'I am new']) {
        expect(await page.getByText(way).count()).toBe(1);
      }
    },
    patience,
  );
});
