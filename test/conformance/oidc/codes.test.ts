// Attacks on authorization codes: replay, theft, PKCE left out or weakened, mix-up, state and nonce.

import * as oauth from 'oauth4webapi';
import * as client from 'openid-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type City, openCity, travel, travelBack } from '../../kit/oidc/city.ts';
import { begin, finish, refusalOf, signIn } from '../../kit/oidc/flow.ts';
import { askUserinfo, exchange } from '../../kit/oidc/raw.ts';
import { type Resident, residentOf } from '../../kit/oidc/resident.ts';
import { openService, type TestService } from '../../kit/oidc/services.ts';

let city: City;
let service: TestService;
let resident: Resident;
beforeAll(async () => {
  city = await openCity();
  service = await openService(city);
  resident = await residentOf(city);
});
afterAll(() => city.close());
afterEach(travelBack);

/** A code that waits at the redirect URI, and how it is exchanged. */
async function freshCode(of: TestService = service) {
  const begun = await begin(of);
  const end = await resident.walk(begun.url);
  const form = {
    grant_type: 'authorization_code',
    code: end.searchParams.get('code')!,
    redirect_uri: of.redirectUri,
    code_verifier: begun.verifier,
  };
  return { begun, end, form };
}

describe('a code', () => {
  it('is good once: a second use is refused and the tokens of the first die', async () => {
    const { form } = await freshCode();
    const first = await exchange(city, service, { form });
    const token = String(first.json.access_token);
    expect((await askUserinfo(city, token)).status).toBe(200);
    const second = await exchange(city, service, { form });
    expect([second.status, second.json.error]).toEqual([400, 'invalid_grant']);
    expect((await askUserinfo(city, token)).status).toBe(401);
  });

  it('used again after half a minute is refused too, and takes the tokens with it', async () => {
    const { form } = await freshCode();
    const first = await exchange(city, service, { form });
    travel(31);
    expect((await exchange(city, service, { form })).json.error).toBe('invalid_grant');
    expect((await askUserinfo(city, String(first.json.access_token))).status).toBe(401);
  });

  it('sent ten times at once gives tokens at most once', async () => {
    const { form } = await freshCode();
    const answers = await Promise.all(Array.from({ length: 10 }, () => exchange(city, service, { form })));
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThan(2);
    expect(answers.filter(({ status }) => status === 400).length).toBeGreaterThan(8);
    for (const { json } of answers.filter(({ status }) => status === 200)) {
      expect((await askUserinfo(city, String(json.access_token))).status).toBe(401);
    }
  });

  it('is refused after its minute', async () => {
    const { form } = await freshCode();
    travel(70);
    expect((await exchange(city, service, { form })).json.error).toBe('invalid_grant');
  });

  it('of another service is refused', async () => {
    const thief = await openService(city);
    const { form } = await freshCode();
    expect((await exchange(city, thief, { form })).json.error).toBe('invalid_grant');
    const withOwnUri = { ...form, redirect_uri: thief.redirectUri };
    expect((await exchange(city, thief, { form: withOwnUri })).json.error).toBe('invalid_grant');
  });

  it('is refused with another redirect URI or none', async () => {
    for (const redirect_uri of ['https://evil.example/callback', `${service.redirectUri}/`, '']) {
      const { form } = await freshCode();
      const { json } = await exchange(city, service, { form: { ...form, redirect_uri } });
      expect(['invalid_grant', 'invalid_request']).toContain(json.error);
    }
  });
});

describe('PKCE', () => {
  it.each([
    ['without a challenge', { code_challenge: '', code_challenge_method: '' }],
    ['with the method plain', { code_challenge_method: 'plain' }],
    ['with a challenge and no method, which would mean plain', { code_challenge_method: '' }],
    ['with a challenge that is too short', { code_challenge: 'short' }],
    ['with an unknown method', { code_challenge_method: 'S512' }],
  ])('refuses a request %s', async (_what, given) => {
    const begun = await begin(service, given);
    const end = await resident.walk(begun.url);
    expect(end.searchParams.get('error')).toBe('invalid_request');
    expect(end.searchParams.get('iss')).toBe(city.issuer);
  });

  it.each([
    ['a wrong verifier', 'x'.repeat(43)],
    ['a verifier that is too short', 'x'],
    ['no verifier', ''],
  ])('refuses %s, and the code with it', async (_what, code_verifier) => {
    const { form } = await freshCode();
    const { json } = await exchange(city, service, { form: { ...form, code_verifier } });
    expect(['invalid_grant', 'invalid_request']).toContain(json.error);
  });

  it('refuses the challenge itself as verifier', async () => {
    const { begun, form } = await freshCode();
    const code_verifier = begun.parameters.code_challenge!;
    expect((await exchange(city, service, { form: { ...form, code_verifier } })).json.error).toBe(
      'invalid_grant',
    );
  });
});

describe('state, nonce and issuer', () => {
  it('come back as they were sent, of any length that is allowed', async () => {
    const state = 's'.repeat(384);
    const nonce = 'n'.repeat(64);
    const { end, claims } = await signIn(resident, service, { state, nonce });
    expect(end.searchParams.get('state')).toBe(state);
    expect(claims.nonce).toBe(nonce);
  });

  it('openid-client refuses an answer whose state is missing or of another request', async () => {
    const { begun, end } = await freshCode();
    const missing = new URL(end);
    missing.searchParams.delete('state');
    expect(await refusalOf(finish(service, { begun, end: missing }))).toContain('OAUTH_INVALID_RESPONSE');
    const other = new URL(end);
    other.searchParams.set('state', 'of-another-request');
    expect(await refusalOf(finish(service, { begun, end: other }))).toContain('OAUTH_INVALID_RESPONSE');
  });

  it('openid-client refuses an ID token with the nonce of another request', async () => {
    const { begun, end } = await freshCode();
    const wrong = { ...begun, nonce: 'of-another-request' };
    expect(await refusalOf(finish(service, { begun: wrong, end }))).toMatch(/OAUTH_/);
  });

  it('an answer says which provider it is of, so that oauth4webapi notices a mix-up', async () => {
    const { begun, end } = await freshCode();
    const honest = service.configuration.serverMetadata() as oauth.AuthorizationServer;
    const other = { ...honest, issuer: 'https://other-provider.example' } as oauth.AuthorizationServer;
    const me: oauth.Client = { client_id: service.id };
    expect(() => oauth.validateAuthResponse(other, me, end, begun.state)).toThrow(/iss/);
    expect(() => oauth.validateAuthResponse(honest, me, end, begun.state)).not.toThrow();
    const stripped = new URL(end);
    stripped.searchParams.delete('iss');
    expect(() => oauth.validateAuthResponse(honest, me, stripped, begun.state)).toThrow(/iss/);
  });

  it('an error says which provider it is of as well', async () => {
    const { url } = await begin(service, { prompt: 'none', max_age: '0' });
    const end = await resident.elsewhere(city).walk(url);
    expect(end.searchParams.get('error')).toBeTruthy();
    expect(end.searchParams.get('iss')).toBe(city.issuer);
  });

  it('an ID token of the provider fits no other client', async () => {
    const other = await openService(city);
    const { begun, end } = await freshCode();
    const disguised = { ...service, configuration: other.configuration };
    await expect(finish(disguised, { begun, end })).rejects.toBeInstanceOf(client.ResponseBodyError);
  });
});
