// Acceptance of system 52: one login without a password, for services that cannot compare what they know.

import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isWithoutBrowser, openBrowser } from '../../../../../test/kit/browser.ts';
import { type City, openCity } from '../../../../../test/kit/oidc/city.ts';
import {
  openDevice,
  register,
  signIn as signInByPage,
  signOut,
} from '../../../../../test/kit/oidc/device.ts';
import { begin, signIn } from '../../../../../test/kit/oidc/flow.ts';
import { askUserinfo, exchange } from '../../../../../test/kit/oidc/raw.ts';
import { loseDevice, residentOf } from '../../../../../test/kit/oidc/resident.ts';
import { fapi2, openService } from '../../../../../test/kit/oidc/services.ts';

describe('iam-authentication', () => {
  let city: City;
  beforeAll(async () => {
    city = await openCity({ edition: 'hong-kong' });
  });
  afterAll(() => city.close());

  it('signs a person in for an independent, strict client, with the claims of the standard', async () => {
    const service = await openService(city);
    const asked = { acr_values: 'phr', max_age: '600', scope: 'openid profile' };
    const { claims, tokens } = await signIn(await residentOf(city, { name: 'Ann Lee' }), service, asked);
    const { iss, aud, acr, auth_time: provenAt, exp, iat, sub } = claims;
    expect({ iss, aud, acr }).toEqual({
      iss: city.issuer,
      aud: service.id,
      acr: expect.stringMatching(/^phrh?$/),
    });
    expect(Number(provenAt)).toBeLessThanOrEqual(iat);
    expect(exp).toBeGreaterThan(iat);
    const told = await askUserinfo(city, tokens.access_token);
    expect(JSON.parse(told.body)).toMatchObject({ sub, name: 'Ann Lee' });
  });

  it('signs a person in by FAPI 2.0: pushed, with keys, the token bound to one of them', async () => {
    const service = await openService(city, { metadata: fapi2 });
    const dpop = client.getDPoPHandle(service.configuration, await client.randomDPoPKeyPair('ES256'));
    const resident = await residentOf(city);
    const { tokens } = await signIn(resident, service, { isPushed: true, dpop });
    expect(tokens.token_type.toLowerCase()).toBe('dpop');
    // As a bearer token it is worth nothing to who has stolen it.
    expect((await askUserinfo(city, tokens.access_token)).status).toBe(401);
    const open = await begin(service);
    expect((await resident.walk(open.url)).searchParams.get('error')).toBe('invalid_request');
  });

  it('refuses code replay, another verifier, no PKCE and a foreign address', async () => {
    const service = await openService(city);
    const resident = await residentOf(city);
    const begun = await begin(service);
    const end = await resident.walk(begun.url);
    const form = {
      grant_type: 'authorization_code',
      code: end.searchParams.get('code')!,
      redirect_uri: service.redirectUri,
      code_verifier: begun.verifier,
    };
    const stolen = { ...form, code_verifier: 'x'.repeat(43) };
    expect((await exchange(city, service, { form: stolen })).json.error).toBe('invalid_grant');
    const fresh = await begin(service);
    const code = (await resident.walk(fresh.url)).searchParams.get('code')!;
    const right = { ...form, code, code_verifier: fresh.verifier };
    const first = await exchange(city, service, { form: right });
    expect(first.status).toBe(200);
    expect((await exchange(city, service, { form: right })).json.error).toBe('invalid_grant');
    expect((await askUserinfo(city, String(first.json.access_token))).status).toBe(401);
    const bare = await begin(service, { code_challenge: '', code_challenge_method: '' });
    expect((await resident.walk(bare.url)).searchParams.get('error')).toBe('invalid_request');
    const foreign = await begin(service, { redirect_uri: 'https://evil.example/callback' });
    expect((await resident.walkHome(foreign.url)).status).toBe(400);
    const silent = await begin(service, { prompt: 'none' });
    const stranger = await (await residentOf(city)).walk(silent.url);
    expect(stranger.searchParams.get('error')).toBe('login_required');
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
