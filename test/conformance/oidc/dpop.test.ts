// Tokens bound to a key (RFC 9449), with oauth4webapi's proofs and with proofs that are wrong in one place.

import { calculateJwkThumbprint } from 'jose';
import * as client from 'openid-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type City, openCity, travel, travelBack } from '../../kit/oidc/city.ts';
import { begin, finish, signIn } from '../../kit/oidc/flow.ts';
import { authenticated, exchange, type ProofKey, post, proofOf, push } from '../../kit/oidc/raw.ts';
import { type Resident, residentOf } from '../../kit/oidc/resident.ts';
import { makeKey, openService, type TestService } from '../../kit/oidc/services.ts';
import { type Answer, send } from '../../kit/oidc/visitor.ts';

let city: City;
let service: TestService;
let resident: Resident;
let key: ProofKey;
/** A token bound to `key`. */
let token: string;
beforeAll(async () => {
  city = await openCity();
  service = await openService(city, { metadata: { dpop_bound_access_tokens: true } });
  resident = await residentOf(city);
  key = await makeKey();
  const { answer } = await boundTokens();
  token = String(answer.json.access_token);
});
afterAll(() => city.close());
afterEach(travelBack);

const userinfo = () => `${city.issuer}/me`;
const tokenEndpoint = () => `${city.issuer}/token`;
const isNonceNeeded = ({ body, headers }: Answer) =>
  body.includes('use_dpop_nonce') || String(headers['www-authenticate']).includes('use_dpop_nonce');

/** A code, and the form that exchanges it. */
async function codeForm(given: Record<string, string> = {}) {
  const begun = await begin(service, given);
  const end = await resident.walk(begun.url);
  return {
    grant_type: 'authorization_code',
    code: end.searchParams.get('code')!,
    redirect_uri: service.redirectUri,
    code_verifier: begun.verifier,
  };
}

/** Asks for tokens with a proof, again with the nonce when the provider wants one. */
async function boundTokens(given: Record<string, string> = {}, proofKey = key) {
  const form = await codeForm(given);
  const first = await proofOf(proofKey, { htm: 'POST', htu: tokenEndpoint() });
  let answer = await exchange(city, service, { form, headers: { dpop: first } });
  if (isNonceNeeded(answer)) {
    const nonce = String(answer.headers['dpop-nonce']);
    const dpop = await proofOf(proofKey, { htm: 'POST', htu: tokenEndpoint(), nonce });
    answer = await exchange(city, service, { form, headers: { dpop } });
  }
  return { form, answer };
}

/** Shows the token of this file with a proof; asks again with the nonce when the provider wants one. */
async function show(changes: Record<string, unknown> = {}, by = key, bound = token): Promise<Answer> {
  const ask = async (nonce?: string) => {
    const dpop = await proofOf(by, { htm: 'GET', htu: userinfo(), token: bound, nonce, ...changes });
    return send(userinfo(), { headers: { authorization: `DPoP ${bound}`, dpop } });
  };
  const first = await ask();
  return isNonceNeeded(first) ? ask(String(first.headers['dpop-nonce'])) : first;
}

/** A nonce of now. */
async function freshNonce(): Promise<string> {
  const dpop = await proofOf(key, { htm: 'GET', htu: userinfo(), token });
  const answer = await send(userinfo(), { headers: { authorization: `DPoP ${token}`, dpop } });
  return String(answer.headers['dpop-nonce']);
}

describe('a token bound to a key', () => {
  it('is used by openid-client, which follows the nonce by itself', async () => {
    const dpop = client.getDPoPHandle(service.configuration, await client.randomDPoPKeyPair('ES256'));
    const { tokens, claims } = await signIn(resident, service, { dpop });
    expect(tokens.token_type).toBe('dpop');
    const told = await client.fetchUserInfo(service.configuration, tokens.access_token, claims.sub, {
      DPoP: dpop,
    });
    expect(told.sub).toBe(claims.sub);
  });

  it('needs a nonce of the provider in its proof', async () => {
    const dpop = await proofOf(key, { htm: 'GET', htu: userinfo(), token });
    const answer = await send(userinfo(), { headers: { authorization: `DPoP ${token}`, dpop } });
    expect(answer.status).toBe(401);
    expect(isNonceNeeded(answer)).toBe(true);
    expect((await show()).status).toBe(200);
  });

  it('is worth nothing as a bearer token, nor without a proof', async () => {
    expect((await send(userinfo(), { headers: { authorization: `Bearer ${token}` } })).status).toBe(401);
    expect((await send(userinfo(), { headers: { authorization: `DPoP ${token}` } })).status).toBeGreaterThan(
      399,
    );
  });

  it('is worth nothing with the proof of another key', async () => {
    expect((await show({}, await makeKey())).status).toBe(401);
  });

  it.each([
    ['another method', { htm: 'POST' }],
    ['another address', { htu: 'https://other.example/me' }],
    ['the token endpoint', { htu: '/token' }],
    ['another token', { ath: 'x'.repeat(43) }],
    ['no token', { ath: undefined }],
    ['no id', { jti: undefined }],
    ['no time', { iat: undefined }],
    ['a nonce that nobody gave', { nonce: 'made-up' }],
    ['another type', { header: { typ: 'jwt' } }],
    ['no key', { header: { jwk: undefined } }],
  ])('is worth nothing with a proof for %s', async (_what, changes) => {
    expect((await show(changes)).status).toBe(401);
  });

  it('takes a proof from a clock that is ten seconds off', async () => {
    const now = Math.floor(Date.now() / 1000);
    expect((await show({ iat: now - 10 })).status).toBe(200);
    expect((await show({ iat: now + 10 })).status).toBe(200);
  });

  it('takes a proof that says exp and nbf besides', async () => {
    const now = Math.floor(Date.now() / 1000);
    expect((await show({ exp: now + 60, nbf: now })).status).toBe(200);
  });

  it('is worth nothing with a nonce of ten minutes ago: the provider trusts its own clock alone', async () => {
    const nonce = await freshNonce();
    const now = Math.floor(Date.now() / 1000);
    expect((await show({ nonce })).status).toBe(200);
    expect((await show({ iat: now - 3600, nonce })).status).toBe(200);
    travel(600);
    expect((await show({ nonce })).status).toBe(401);
    expect((await show({ iat: now, nonce })).status).toBe(401);
  });

  it('takes the words DPoP and dpop for its scheme', async () => {
    const dpop = await proofOf(key, { htm: 'GET', htu: userinfo(), token, nonce: await freshNonce() });
    expect((await send(userinfo(), { headers: { authorization: `dpop ${token}`, dpop } })).status).toBe(200);
  });

  it('takes each proof once', async () => {
    const dpop = await proofOf(key, { htm: 'GET', htu: userinfo(), token, nonce: await freshNonce() });
    const ask = () => send(userinfo(), { headers: { authorization: `DPoP ${token}`, dpop } });
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 401]);
  });

  it('takes each proof once in all processes together', async () => {
    const second = await openCity({ databaseUrl: city.databaseUrl, env: { LAMPPOST_ORIGIN: city.origin } });
    const dpop = await proofOf(key, { htm: 'GET', htu: userinfo(), token, nonce: await freshNonce() });
    const { port } = second;
    const ask = (url: string) => send(url, { headers: { authorization: `DPoP ${token}`, dpop } });
    const answers = [await ask(`http://localhost:${port}/oidc/me`), await ask(userinfo())];
    expect(answers.map(({ status }) => status)).toEqual([200, 401]);
    await second.close();
  });
});

describe('the key of a code', () => {
  it('is needed: a service that binds its tokens gets none without a proof', async () => {
    const { status, json } = await exchange(city, service, { form: await codeForm() });
    expect([status, json.error]).toEqual([
      400,
      expect.stringMatching(/^invalid_(request|dpop_proof|grant)$/),
    ]);
  });

  it('is kept when the request names it, and another key is refused', async () => {
    const dpop_jkt = await calculateJwkThumbprint(key.jwk);
    expect((await boundTokens({ dpop_jkt })).answer.status).toBe(200);
    const { answer } = await boundTokens({ dpop_jkt }, await makeKey());
    expect([answer.status, answer.json.error]).toEqual([400, 'invalid_grant']);
  });

  it('is kept when the pushed request carries a proof of it, and another key is refused', async () => {
    const handle = async () =>
      client.getDPoPHandle(service.configuration, await client.randomDPoPKeyPair('ES256'));
    const dpop = await handle();
    const { tokens } = await signIn(resident, service, { isPushed: true, dpop });
    expect(tokens.token_type).toBe('dpop');
    const begun = await begin(service, {}, { isPushed: true, dpop });
    const end = await resident.walk(begun.url);
    const stolen = finish(service, { begun, end, dpop: await handle() });
    await expect(stolen).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('named in a pushed request must be that of the proof beside it', async () => {
    const { parameters } = await begin(service, { dpop_jkt: 'x'.repeat(43) });
    const form = { response_type: 'code', ...parameters };
    const asked = await push(city, service, form);
    const htu = `${city.issuer}/request`;
    const nonce = String(asked.headers['dpop-nonce'] ?? '');
    const dpop = await proofOf(key, { htm: 'POST', htu, ...(nonce ? { nonce } : {}) });
    const all = { ...(await authenticated(city, service)), ...form };
    const answer = await post(city, '/request', { form: all, headers: { dpop } });
    expect([answer.status, answer.json.error]).toEqual([400, expect.stringMatching(/dpop|invalid_request/)]);
  });
});
