// A person with a device of their own at a city that listens, and a service on another origin they visit.

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, BrowserContextOptions, CDPSession, Page } from 'playwright-core';
import type { City } from './city.ts';

/** A browser with Chromium's virtual authenticator in it (WebDriver extension of WebAuthn Level 3, 11). */
export type Device = {
  context: BrowserContext;
  page: Page;
  /** Passkeys in it. */
  count(): Promise<number>;
  /** From now on the person touches it when asked, or never does. */
  answer(willing: boolean): Promise<void>;
  cdp: CDPSession;
  authenticatorId: string;
};

export type DeviceOptions = BrowserContextOptions & {
  /** Can make passkeys; default true. */
  hasAuthenticator?: boolean;
};

const chip = {
  protocol: 'ctap2',
  ctap2Version: 'ctap2_1',
  transport: 'internal',
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
} as const;

/** Opens a browser of its own: nothing is shared with another device. */
export async function openDevice(browser: Browser, city: City, options: DeviceOptions = {}): Promise<Device> {
  const { hasAuthenticator = true, ...own } = options;
  const context = await browser.newContext({ baseURL: city.origin, locale: 'en', ...own });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const authenticatorId = hasAuthenticator
    ? (await cdp.send('WebAuthn.addVirtualAuthenticator', { options: chip })).authenticatorId
    : '';
  const credentials = async () =>
    hasAuthenticator ? (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials : [];
  return {
    context,
    page,
    cdp,
    authenticatorId,
    count: async () => (await credentials()).length,
    answer: async (willing) => {
      await cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: willing });
    },
  };
}

/** Registers by the page, as a person does: optional name, one button. */
export async function register({ page }: Device, name = ''): Promise<void> {
  await page.goto('/en/register');
  if (name !== '') await page.getByLabel('What shall we call you?').fill(name);
  await page.getByRole('button', { name: 'Create a passkey on this device' }).click();
  await page.waitForURL('**/en/account/recovery**');
}

/** Signs in by the page. */
export async function signIn({ page }: Device, next = '/en/account'): Promise<void> {
  await page.goto(`/en/sign-in?next=${encodeURIComponent(next)}`);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.waitForURL(`**${next}`);
}

/** Signs out by the account page. */
export async function signOut({ page }: Device): Promise<void> {
  await page.goto('/en/account');
  await page.locator('main').getByRole('button', { name: 'Sign out' }).first().click();
  await page.waitForURL((url) => !url.pathname.includes('/account'));
}

/** Where a service shows what came back to it. */
export type Callback = { origin: string; redirectUri: string; close(): Promise<void> };

/** A service's own site, on an origin of its own. */
export async function openCallback(): Promise<Callback> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<!doctype html><html lang="en"><title>Service</title><h1>The service</h1></html>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    redirectUri: `${origin}/callback`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
