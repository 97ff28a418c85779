// The FAPI 2.0 Security Profile (final): pushed requests, bound tokens, strict clients.

import { decodeProtectedHeader } from 'jose';
import * as client from 'openid-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type City, openCity, travel, travelBack } from '../../kit/oidc/city.ts';
import { begin, finish, refusalOf, signIn } from '../../kit/oidc/flow.ts';
import { exchange } from '../../kit/oidc/raw.ts';
import { type Resident, residentOf } from '../../kit/oidc/resident.ts';
import { fapi2, openService, type TestService } from '../../kit/oidc/services.ts';
import { send } from '../../kit/oidc/visitor.ts';

let city: City;
let service: TestService;
let resident: Resident;
beforeAll(async () => {
  city = await openCity();
  service = await openService(city, { metadata: fapi2 });
  resident = await residentOf(city, { name: 'Eve Tam' });
});
afterAll(() => city.close());
afterEach(travelBack);

const handle = async (of: TestService = service) =>
  client.getDPoPHandle(of.configuration, await client.randomDPoPKeyPair('ES256'));

/** The flow as the profile wants it. */
async function strictly(given: Record<string, string> = {}) {
  const dpop = await handle();
  return { dpop, ...(await signIn(resident, service, { ...given, isPushed: true, dpop })) };
}

/** A code that waits, for a token request made by hand. */
async function strictCode() {
  const dpop = await handle();
  const begun = await begin(service, {}, { isPushed: true });
  const end = await resident.walk(begun.url);
  return { dpop, begun, end };
}

describe('the FAPI 2.0 Security Profile', () => {
  it('is what the discovery document offers', () => {
    const said = service.configuration.serverMetadata();
    expect(said.pushed_authorization_request_endpoint).toContain(city.issuer);
    expect(said.token_endpoint_auth_methods_supported).toContain('private_key_jwt');
    expect(said.dpop_signing_alg_values_supported).toContain('ES256');
    expect(said.token_endpoint_auth_signing_alg_values_supported).not.toContain('RS256');
    expect(said.authorization_response_iss_parameter_supported).toBe(true);
  });

  it('signs in, with a bound token and an ID token signed by ES256', async () => {
    const { tokens, claims, end, dpop } = await strictly();
    expect(tokens.token_type).toBe('dpop');
    expect(end.searchParams.get('iss')).toBe(city.issuer);
    expect(decodeProtectedHeader(tokens.id_token!).alg).toBe('ES256');
    const told = await client.fetchUserInfo(service.configuration, tokens.access_token, claims.sub, {
      DPoP: dpop,
    });
    expect(told.sub).toBe(claims.sub);
  });

  it('tells the service when the person refuses', async () => {
    const other = await openService(city, { metadata: fapi2 });
    const begun = await begin(other, { scope: 'openid profile' }, { isPushed: true });
    const end = await resident.walk(begun.url, { agrees: false });
    expect(end.searchParams.get('error')).toBe('access_denied');
    expect(end.searchParams.get('state')).toBe(begun.state);
  });

  it.each([
    ['without state', { state: '' }],
    ['with a nonce of 64 characters', { nonce: 'n'.repeat(64) }],
    ['with a state of 384 characters', { state: 's'.repeat(384) }],
    ['with its scopes in another order', { scope: 'profile openid' }],
    ['with a claim it asks for', { claims: JSON.stringify({ id_token: { auth_time: null } }) }],
  ])('signs in %s', async (_what, given) => {
    const { claims } = await strictly(given);
    expect(claims.aud).toBe(service.id);
  });

  it('signs in without a nonce', async () => {
    const dpop = await handle();
    const begun = await begin(service, { nonce: '' }, { isPushed: true });
    const end = await resident.walk(begun.url);
    const tokens = await finish(service, { begun: { ...begun, nonce: '' }, end, dpop });
    expect(tokens.claims()!.nonce).toBeUndefined();
  });

  it('takes a nonce of 384 characters whole, or refuses it, but never shortens it', async () => {
    const nonce = 'n'.repeat(384);
    const { claims } = await strictly({ nonce });
    expect(claims.nonce).toBe(nonce);
  });

  it('gives no token without a proof of a key', async () => {
    const { begun, end } = await strictCode();
    const form = {
      grant_type: 'authorization_code',
      code: end.searchParams.get('code')!,
      redirect_uri: service.redirectUri,
      code_verifier: begun.verifier,
    };
    const { status, json } = await exchange(city, service, { form });
    expect([status, json.error]).toEqual([400, expect.stringMatching(/^invalid_/)]);
  });

  it('gives a code of at most a minute', async () => {
    const { begun, end, dpop } = await strictCode();
    travel(65);
    await expect(finish(service, { begun, end, dpop })).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('gives a code to one client only', async () => {
    const other = await openService(city, { metadata: fapi2 });
    const { begun, end } = await strictCode();
    const stolen = { ...other, redirectUri: service.redirectUri };
    const dpop = await handle(other);
    await expect(finish(stolen, { begun, end, dpop })).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('gives no access token for a code that was used', async () => {
    const { begun, end, dpop } = await strictCode();
    const tokens = await finish(service, { begun, end, dpop });
    travel(1);
    await expect(finish(service, { begun, end, dpop })).rejects.toMatchObject({ error: 'invalid_grant' });
    const use = client.fetchUserInfo(service.configuration, tokens.access_token, client.skipSubjectCheck, {
      DPoP: dpop,
    });
    await expect(use).rejects.toThrow();
  });

  it('keeps a refresh token good for more than one use, and gives no token without a key for it', async () => {
    const lasting = await openService(city, {
      metadata: { ...fapi2, grant_types: ['authorization_code', 'refresh_token'] },
    });
    const dpop = await handle(lasting);
    const given = { scope: 'openid offline_access', prompt: 'consent' };
    const { tokens } = await signIn(resident, lasting, { ...given, isPushed: true, dpop });
    const refresh = (options: client.DPoPOptions) =>
      client.refreshTokenGrant(lasting.configuration, tokens.refresh_token!, undefined, options);
    expect((await refresh({ DPoP: dpop })).token_type).toBe('dpop');
    expect((await refresh({ DPoP: dpop })).token_type).toBe('dpop');
    expect(await refusalOf(refresh({}))).toMatch(/^invalid_/);
  });

  it('keeps its pages out of frames and of caches', async () => {
    const begun = await begin(service, {}, { isPushed: true });
    const person = resident.elsewhere(city);
    const page = await person.browser.follow(await person.browser.ask(begun.url.href));
    expect(page.headers['cache-control']).toContain('no-store');
    expect(String(page.headers['content-security-policy'])).toContain("frame-ancestors 'none'");
    expect(page.headers['referrer-policy']).toMatch(/no-referrer|same-origin|strict-origin/);
  });

  it('does not redirect with 307, which would send a form on', async () => {
    const begun = await begin(service, {}, { isPushed: true });
    const answer = await resident.browser.ask(begun.url.href);
    expect([302, 303]).toContain(answer.status);
  });

  it('answers no cross-site script at the authorization endpoint', async () => {
    const answer = await send(`${city.issuer}/auth`, { headers: { origin: 'https://evil.example' } });
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });
});
