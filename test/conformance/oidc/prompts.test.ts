// What a service may ask of a sign-in: silence, a fresh proof, how strong, how old, consent, registration.

import * as client from 'openid-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type City, openCity, travel, travelBack } from '../../kit/oidc/city.ts';
import { begin, finish, signIn } from '../../kit/oidc/flow.ts';
import { passkeyForm, Resident, residentOf, stepForm } from '../../kit/oidc/resident.ts';
import { openService, type TestService } from '../../kit/oidc/services.ts';
import type { Answer } from '../../kit/oidc/visitor.ts';

let city: City;
let service: TestService;
beforeAll(async () => {
  city = await openCity();
  service = await openService(city);
});
afterAll(() => city.close());
afterEach(travelBack);

/** How often the pages asked for a passkey. */
function countProofs() {
  const seen: Answer[] = [];
  return {
    onPage: (page: Answer) => void seen.push(page),
    count: () => seen.filter((page) => passkeyForm(page, 'get')).length,
  };
}

describe('prompt', () => {
  it('none answers login_required to a browser that nobody signed in with', async () => {
    const resident = await residentOf(city);
    const begun = await begin(service, { prompt: 'none' });
    const end = await resident.walk(begun.url);
    expect(Object.fromEntries(end.searchParams)).toMatchObject({
      error: 'login_required',
      state: begun.state,
    });
  });

  it('none signs in without a page when the person is signed in and has agreed', async () => {
    const resident = await residentOf(city);
    const first = await signIn(resident, service, { max_age: '3600' });
    const begun = await begin(service, { prompt: 'none', max_age: '3600' });
    const end = await resident.walk(begun.url, {
      onPage: (page) => {
        throw new Error(`a page was shown: ${page.url}`);
      },
    });
    const tokens = await finish(service, { begun, end });
    expect(tokens.claims()!.sub).toBe(first.claims.sub);
    expect(tokens.claims()!.auth_time).toBe(first.claims.auth_time);
  });

  it('none answers consent_required when there is something new to agree to', async () => {
    const resident = await residentOf(city, { name: 'Ben Ho' });
    await signIn(resident, service);
    const begun = await begin(service, { prompt: 'none', scope: 'openid profile' });
    const end = await resident.walk(begun.url);
    expect(end.searchParams.get('error')).toMatch(/^(consent|interaction)_required$/);
  });

  it('login asks for the passkey again though the person is signed in', async () => {
    const resident = await residentOf(city);
    const first = await signIn(resident, service, { max_age: '3600' });
    travel(5);
    const begun = await begin(service, { prompt: 'login', max_age: '3600' });
    const proofs = countProofs();
    const end = await resident.walk(begun.url, proofs);
    const tokens = await finish(service, { begun, end });
    expect(proofs.count()).toBe(1);
    expect(tokens.claims()!.sub).toBe(first.claims.sub);
    expect(Number(tokens.claims()!.auth_time)).toBeGreaterThan(Number(first.claims.auth_time));
  });

  it('consent asks for the agreement again', async () => {
    const resident = await residentOf(city, { name: 'Cat Lee' });
    await signIn(resident, service, { scope: 'openid profile' });
    const pages: Answer[] = [];
    const begun = await begin(service, { prompt: 'consent', scope: 'openid profile' });
    await resident.walk(begun.url, { onPage: (page) => void pages.push(page) });
    expect(pages.filter((page) => stepForm(page, 'consent')).length).toBe(1);
  });

  it('does not ask for consent twice, in whatever browser', async () => {
    const resident = await residentOf(city, { name: 'Dan Ma' });
    await signIn(resident, service, { scope: 'openid profile' });
    const pages: Answer[] = [];
    const begun = await begin(service, { scope: 'openid profile' });
    await resident.elsewhere(city).walk(begun.url, { onPage: (page) => void pages.push(page) });
    expect(pages.filter((page) => !passkeyForm(page, 'get'))).toEqual([]);
  });

  it('create registers a new person, who is then signed in at the service', async () => {
    const newcomer = new Resident(city);
    const { claims } = await signIn(newcomer, service, { prompt: 'create' });
    const again = await signIn(newcomer, service, { prompt: 'none' });
    expect(again.claims.sub).toBe(claims.sub);
  });
});

describe('how strong and how old a sign-in is', () => {
  it('max_age asks again once the proof is older, and not before', async () => {
    const resident = await residentOf(city);
    const first = await signIn(resident, service, { max_age: '10000' });
    const proofs = countProofs();
    const young = await begin(service, { max_age: '10000' });
    await finish(service, { begun: young, end: await resident.walk(young.url, proofs) });
    expect(proofs.count()).toBe(0);
    travel(30);
    const old = await begin(service, { max_age: '1' });
    const tokens = await finish(service, { begun: old, end: await resident.walk(old.url, proofs) });
    expect(proofs.count()).toBe(1);
    expect(Number(tokens.claims()!.auth_time)).toBeGreaterThan(Number(first.claims.auth_time) + 20);
  });

  it('says how a person signed in when acr_values asks for it', async () => {
    const resident = await residentOf(city);
    const { claims } = await signIn(resident, service, { acr_values: 'phrh phr' });
    expect(['phr', 'phrh']).toContain(claims.acr);
  });

  it('asks for another proof when a claim needs phrh and a passkey that is copied between devices gave phr', async () => {
    const resident = await residentOf(city, { isCopied: true });
    const { claims } = await signIn(resident, service, { acr_values: 'phr' });
    expect(claims.acr).toBe('phr');
    const wish = JSON.stringify({ id_token: { acr: { essential: true, value: 'phrh' } } });
    const begun = await begin(service, { claims: wish, prompt: 'none' });
    const end = await resident.walk(begun.url);
    expect(end.searchParams.get('error')).toBeTruthy();
    expect(end.searchParams.has('code')).toBe(false);
  });

  it('signs in at once with phrh by a passkey that cannot leave its device', async () => {
    const resident = await residentOf(city, { isCopied: false });
    const wish = JSON.stringify({ id_token: { acr: { essential: true, value: 'phrh' } } });
    const { claims } = await signIn(resident, service, { claims: wish });
    expect(claims.acr).toBe('phrh');
  });
});

describe('id_token_hint', () => {
  it('signs in without a page the person whom the hint names', async () => {
    const resident = await residentOf(city);
    const { tokens, claims } = await signIn(resident, service);
    const again = await signIn(resident, service, { prompt: 'none', id_token_hint: tokens.id_token! });
    expect(again.claims.sub).toBe(claims.sub);
  });

  it('of somebody else answers login_required and signs nobody in', async () => {
    const [one, two] = [await residentOf(city), await residentOf(city)];
    const { tokens } = await signIn(one, service);
    await signIn(two, service);
    const begun = await begin(service, { prompt: 'none', id_token_hint: tokens.id_token! });
    const end = await two.walk(begun.url);
    expect(end.searchParams.get('error')).toBe('login_required');
  });

  it('for another service is refused', async () => {
    const resident = await residentOf(city);
    const other = await openService(city);
    const { tokens } = await signIn(resident, other);
    const begun = await begin(service, { prompt: 'none', id_token_hint: tokens.id_token! });
    const end = await resident.walk(begun.url);
    expect(end.searchParams.get('error')).toBeTruthy();
    await expect(finish(service, { begun, end })).rejects.toBeInstanceOf(client.AuthorizationResponseError);
  });
});
