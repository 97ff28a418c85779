// Acceptance of system 52: one login without a password, for services that cannot compare what they know.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isWithoutBrowser, openBrowser } from '../../../../../test/kit/browser.ts';
import { type City, openCity } from '../../../../../test/kit/oidc/city.ts';
import {
  openDevice,
  register,
  signIn as signInByPage,
  signOut,
} from '../../../../../test/kit/oidc/device.ts';
import { signIn } from '../../../../../test/kit/oidc/flow.ts';
import { askUserinfo } from '../../../../../test/kit/oidc/raw.ts';
import { loseDevice, residentOf } from '../../../../../test/kit/oidc/resident.ts';
import { openService } from '../../../../../test/kit/oidc/services.ts';

describe('iam-authentication', () => {
  let city: City;
  beforeAll(async () => {
    city = await openCity({ edition: 'hong-kong' });
  });
  afterAll(() => city.close());

  it('lets an independent, strict client sign a person in, every claim checked', async () => {
    const service = await openService(city);
    const { claims, tokens } = await signIn(await residentOf(city), service, { acr_values: 'phr' });
    expect(claims).toMatchObject({
      iss: city.issuer,
      aud: service.id,
      acr: expect.stringMatching(/^phrh?$/),
    });
    expect(tokens.access_token.length).toBeGreaterThan(20);
  });

  it('completes fifty sign-ins that begin at the same moment, each for the right person', async () => {
    const service = await openService(city);
    const residents = await Promise.all(Array.from({ length: 50 }, () => residentOf(city)));
    const first = await Promise.all(residents.map((resident) => signIn(resident, service)));
    const subjects = first.map(({ claims }) => claims.sub);
    expect(new Set(subjects).size).toBe(50);
    const again = await Promise.all(residents.map((resident) => signIn(resident.elsewhere(city), service)));
    expect(again.map(({ claims }) => claims.sub)).toEqual(subjects);
  });

  it('gives the same person a different pseudonym at each service', async () => {
    const resident = await residentOf(city);
    const subjects: string[] = [];
    for (let number = 0; number < 5; number += 1) {
      subjects.push((await signIn(resident, await openService(city))).claims.sub);
    }
    expect(new Set(subjects).size).toBe(5);
    expect(subjects).not.toContain(resident.personId);
  });

  it('shuts a lost phone out at once: session, tokens and passkey are worth nothing', async () => {
    const service = await openService(city);
    const resident = await residentOf(city);
    const { tokens } = await signIn(resident, service);
    expect((await askUserinfo(city, tokens.access_token)).status).toBe(200);
    await loseDevice(city, resident);
    expect((await askUserinfo(city, tokens.access_token)).status).toBe(401);
    await expect(signIn(resident, service)).rejects.toThrow();
    await expect(signIn(resident.elsewhere(city), service)).rejects.toThrow();
  });

  it.skipIf(isWithoutBrowser)(
    'signs a person in at a browser with one button and one touch, without a password',
    async () => {
      const browser = await openBrowser();
      try {
        const device = await openDevice(browser, city);
        await register(device, 'Ann');
        await signOut(device);
        await signInByPage(device);
        expect(await device.page.locator('input[type=password]').count()).toBe(0);
        expect(await device.page.locator('main').innerText()).toContain('Ann');
      } finally {
        await browser.close();
      }
    },
    60_000,
  );
});
