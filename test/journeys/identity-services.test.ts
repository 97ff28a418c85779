// A person at services in Chromium: permission, refusal, a code of a device, and approving from afar.

import * as client from 'openid-client';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isWithoutBrowser, openBrowser } from '../kit/browser.ts';
import { type City, openCity } from '../kit/oidc/city.ts';
import { type Callback, type Device, openCallback, openDevice, register } from '../kit/oidc/device.ts';
import { begin, finish } from '../kit/oidc/flow.ts';
import { openService, type TestService } from '../kit/oidc/services.ts';
import { breaksOfRules, overflowsAt } from './tabs.ts';

const patience = 90_000;
const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';
const cibaGrant = 'urn:openid:params:grant-type:ciba';

describe.skipIf(isWithoutBrowser)('a person at a service', () => {
  let city: City;
  let browser: Browser;
  let callback: Callback;
  let service: TestService;
  /** One that also asks on devices without a keyboard, and on the phone that a person holds. */
  let caller: TestService;
  beforeAll(async () => {
    city = await openCity();
    browser = await openBrowser();
    callback = await openCallback();
    service = await openService(city, { redirectUri: callback.redirectUri });
    caller = await openService(city, {
      redirectUri: callback.redirectUri,
      metadata: {
        grant_types: ['authorization_code', deviceGrant, cibaGrant],
        backchannel_token_delivery_mode: 'poll',
      },
    });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await callback?.close();
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

  const backAt = ({ page }: Device) => page.waitForURL(`${callback.origin}/**`);
  const lookAt = async ({ page }: Device) => [
    ...(await breaksOfRules(page)),
    ...(await overflowsAt([320, 1280])(page)),
  ];

  it(
    'who is new registers on the way, unticks the name, and the service learns a pseudonym alone',
    async () => {
      const device = await arrive({ bypassCSP: false });
      const { page } = device;
      const begun = await begin(service, { scope: 'openid profile' });
      await page.goto(begun.url.href);
      expect(await page.locator('h1').textContent()).toMatch(/^Service \d+ asks you to sign in$/);
      expect(await page.locator('#learns').textContent()).toContain('cannot compare notes');
      await page.getByRole('link', { name: 'I am new: create a digital identity' }).click();
      await page.getByLabel('What shall we call you?').fill('Ada Wong');
      await page.getByRole('button', { name: 'Create a passkey on this device' }).click();
      const name = page.getByLabel('Your name and language');
      await name.waitFor();
      expect(await page.locator('main').textContent()).toContain('Ada Wong');
      expect(await page.locator('#never').textContent()).toContain('identity card number');
      await name.uncheck();
      await page.getByRole('button', { name: 'Allow and continue' }).click();
      await backAt(device);
      expect(page.url()).not.toContain('Ada');
      const tokens = await finish(service, { begun, end: new URL(page.url()) });
      const { sub } = tokens.claims()!;
      const told = await client.fetchUserInfo(service.configuration, tokens.access_token, sub);
      expect(Object.keys(told)).toEqual(['sub']);
    },
    patience,
  );

  it(
    'who is signed in gives permission with one click, and the service learns what was ticked',
    async () => {
      const device = await arrive();
      await register(device, 'Ben Lau');
      const begun = await begin(service, { scope: 'openid profile assurance' });
      await device.page.goto(begun.url.href);
      expect(await device.page.locator('main').textContent()).toContain('not verified: said by yourself');
      await device.page.getByLabel('How well your identity was verified').uncheck();
      await device.page.getByRole('button', { name: 'Allow and continue' }).click();
      await backAt(device);
      const tokens = await finish(service, { begun, end: new URL(device.page.url()) });
      const { sub } = tokens.claims()!;
      const told = await client.fetchUserInfo(service.configuration, tokens.access_token, sub);
      expect(told).toEqual({ sub, name: 'Ben Lau', locale: 'en' });
    },
    patience,
  );

  it(
    'may refuse at either page, and the service is told that and nothing else',
    async () => {
      const stranger = await arrive();
      const first = await begin(service, { scope: 'openid profile' });
      await stranger.page.goto(first.url.href);
      await stranger.page.getByRole('button', { name: /^Cancel and go back/ }).click();
      await backAt(stranger);
      expect(new URL(stranger.page.url()).searchParams.get('error')).toBe('access_denied');
      const member = await arrive();
      await register(member);
      const second = await begin(service, { scope: 'openid profile' });
      await member.page.goto(second.url.href);
      await member.page.getByRole('button', { name: 'Refuse' }).click();
      await backAt(member);
      const told = new URL(member.page.url()).searchParams;
      expect([...told.keys()].sort()).toEqual(['error', 'error_description', 'iss', 'state']);
      expect(told.get('error')).toBe('access_denied');
    },
    patience,
  );

  it(
    'signs a device in by its code, on pages that break no rule of accessibility',
    async () => {
      const device = await arrive({ bypassCSP: true });
      const { page } = device;
      await register(device);
      const asked = await client.initiateDeviceAuthorization(caller.configuration, { scope: 'openid' });
      await page.goto(asked.verification_uri);
      const wrong = await lookAt(device);
      await page.getByLabel('Code').fill('XXXX-XXXX');
      await page.getByRole('button', { name: 'Continue' }).click();
      expect(await page.getByRole('alert').textContent()).toContain('not waiting for anybody');
      wrong.push(...(await lookAt(device)));
      await page.getByLabel('Code').fill(asked.user_code.toLowerCase());
      await page.getByRole('button', { name: 'Continue' }).click();
      expect(await page.locator('.spoken-code').textContent()).toBe(asked.user_code);
      wrong.push(...(await lookAt(device)));
      await page.getByRole('button', { name: 'The codes are the same: continue' }).click();
      const allow = page.getByRole('button', { name: 'Allow and continue' });
      const done = page.getByText('is signed in on the device');
      await allow.or(done).first().waitFor();
      if ((await allow.count()) > 0) await allow.click();
      await done.first().waitFor();
      wrong.push(...(await lookAt(device)));
      const tokens = await client.pollDeviceAuthorizationGrant(caller.configuration, {
        ...asked,
        interval: 1,
      });
      expect(tokens.claims()?.aud).toBe(caller.id);
      expect(wrong).toEqual([]);
    },
    patience,
  );

  /** What the service knows the person by, after a first visit. */
  async function visit(device: Device): Promise<string> {
    const begun = await begin(caller, { scope: 'openid' });
    await device.page.goto(begun.url.href);
    await device.page.getByRole('button', { name: 'Allow and continue' }).click();
    await backAt(device);
    const tokens = await finish(caller, { begun, end: new URL(device.page.url()) });
    return tokens.id_token!;
  }

  const ask = (id_token_hint: string, binding_message: string) =>
    client.initiateBackchannelAuthentication(caller.configuration, {
      scope: 'openid',
      id_token_hint,
      binding_message,
    });

  it(
    'approves with the passkey what was begun elsewhere, when the message is the same',
    async () => {
      const device = await arrive({ bypassCSP: true });
      const { page } = device;
      await register(device);
      const asked = await ask(await visit(device), 'K7-QM2');
      await page.goto('/en/account/approvals');
      expect(await page.locator('.spoken-code').textContent()).toBe('K7-QM2');
      expect(await lookAt(device)).toEqual([]);
      await page.getByRole('button', { name: 'Approve with a passkey' }).click();
      await page.getByText('The service has been told').waitFor();
      const tokens = await client.pollBackchannelAuthenticationGrant(caller.configuration, {
        ...asked,
        interval: 1,
      });
      expect(tokens.claims()?.aud).toBe(caller.id);
      await page.goto('/en/account/approvals');
      expect(await page.locator('main').textContent()).toContain('Nothing is waiting for you');
    },
    patience,
  );

  it(
    'refuses with one click what somebody else began, and the service gets nothing',
    async () => {
      const device = await arrive();
      const { page } = device;
      await register(device);
      const asked = await ask(await visit(device), 'B4-XX1');
      await page.goto('/tc/account/approvals');
      await page.getByRole('button', { name: '並非由我開始：拒絕' }).click();
      await page.getByText('已拒絕').waitFor();
      const poll = client.pollBackchannelAuthenticationGrant(caller.configuration, {
        ...asked,
        interval: 1,
      });
      await expect(poll).rejects.toMatchObject({ error: 'access_denied' });
    },
    patience,
  );
});
