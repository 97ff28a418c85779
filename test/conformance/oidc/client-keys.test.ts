// Services prove who they are by a signed assertion (RFC 7523): each way to get it wrong is refused.

import { exportSPKI, generateKeyPair } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type City, openCity, travelBack } from '../../kit/oidc/city.ts';
import { begin } from '../../kit/oidc/flow.ts';
import {
  assertionClaims,
  authenticated,
  type Changes,
  post,
  type Signing,
  signAs,
  unsigned,
} from '../../kit/oidc/raw.ts';
import { type Resident, residentOf } from '../../kit/oidc/resident.ts';
import { fapi2, makeKey, openService, type TestService } from '../../kit/oidc/services.ts';

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

/** Exchanges a fresh code with an assertion. */
async function exchangeWith(assertion: string | undefined, given: Record<string, string> = {}) {
  const begun = await begin(service);
  const end = await resident.walk(begun.url);
  const form = {
    ...(assertion === undefined ? { client_id: service.id } : await authenticated(city, service, assertion)),
    grant_type: 'authorization_code',
    code: end.searchParams.get('code')!,
    redirect_uri: service.redirectUri,
    code_verifier: begun.verifier,
    ...given,
  };
  return post(city, '/token', {
    form: Object.fromEntries(Object.entries(form).filter(([, value]) => value)),
  });
}

const assertionWith = (changes: Changes = {}, signing: Signing = {}) =>
  signAs(service, assertionClaims(city, service, changes), signing);
const now = () => Math.floor(Date.now() / 1000);

describe('a client assertion', () => {
  it('for the issuer opens the token endpoint, with the client named beside it or not', async () => {
    expect((await exchangeWith(await assertionWith())).status).toBe(200);
    expect((await exchangeWith(await assertionWith(), { client_id: '' })).status).toBe(200);
  });

  it('from a clock that is eight seconds ahead is accepted', async () => {
    const ahead = now() + 8;
    expect((await exchangeWith(await assertionWith({ iat: ahead, nbf: ahead }))).status).toBe(200);
  });

  it.each<[string, () => Changes]>([
    ['for another server', () => ({ aud: 'https://other.example/oidc' })],
    ['without an audience', () => ({ aud: undefined })],
    ['without a subject', () => ({ sub: undefined })],
    ['of another subject', () => ({ sub: 'somebody' })],
    ['of another issuer', () => ({ iss: 'somebody' })],
    ['without an id', () => ({ jti: undefined })],
    ['without an end', () => ({ exp: undefined })],
    ['that ended five minutes ago', () => ({ iat: now() - 360, nbf: now() - 360, exp: now() - 300 })],
    ['that begins in more than a minute', () => ({ iat: now() + 70, nbf: now() + 70, exp: now() + 130 })],
  ])('%s is refused', async (_what, changes) => {
    const { status, json } = await exchangeWith(await assertionWith(changes()));
    expect([status > 399, json.error]).toEqual([true, expect.stringMatching(/^invalid_(client|request)$/)]);
  });

  it('is good once', async () => {
    const assertion = await assertionWith();
    expect((await exchangeWith(assertion)).status).toBe(200);
    expect((await exchangeWith(assertion)).json.error).toBe('invalid_client');
  });

  it('missing altogether is refused', async () => {
    expect((await exchangeWith(undefined)).json.error).toBe('invalid_client');
  });

  it('without a signature is refused', async () => {
    expect((await exchangeWith(unsigned(assertionClaims(city, service)))).json.error).toBe('invalid_client');
  });

  it('signed by RS256 is refused', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    const assertion = await assertionWith({}, { key: privateKey, header: { alg: 'RS256' } });
    expect((await exchangeWith(assertion)).json.error).toBe('invalid_client');
  });

  it('signed by HS256 with any form of the public key as the secret is refused', async () => {
    const { publicKey } = await makeKey();
    const secrets = [JSON.stringify(service.jwk), String(service.jwk!.x), await exportSPKI(publicKey)];
    for (const secret of secrets) {
      const key = new TextEncoder().encode(secret.padEnd(32));
      const assertion = await assertionWith({}, { key, header: { alg: 'HS256' } });
      expect((await exchangeWith(assertion)).json.error).toBe('invalid_client');
    }
  });

  it('signed with a key of its own header is refused', async () => {
    const { privateKey, jwk } = await makeKey();
    const assertion = await assertionWith({}, { key: privateKey, header: { jwk, kid: String(jwk.kid) } });
    expect((await exchangeWith(assertion)).json.error).toBe('invalid_client');
  });

  it('of another service is refused', async () => {
    const other = await openService(city);
    const assertion = await signAs(other, assertionClaims(city, other));
    const { status, json } = await exchangeWith(assertion);
    expect(status).toBeGreaterThan(399);
    expect(json.error).toMatch(/^invalid_/);
  });

  it('cannot be replaced by a secret in form or header', async () => {
    expect((await exchangeWith(undefined, { client_secret: 'guess' })).json.error).toBe('invalid_client');
  });
});

describe('a service with the FAPI 2.0 profile', () => {
  let strict: TestService;
  beforeAll(async () => {
    strict = await openService(city, { metadata: fapi2 });
  });

  const askWith = async (aud: unknown) => {
    const assertion = await signAs(strict, assertionClaims(city, strict, { aud }));
    const { parameters } = await begin(strict);
    const form = { ...(await authenticated(city, strict, assertion)), response_type: 'code', ...parameters };
    return post(city, '/request', { form });
  };

  it('pushes with an assertion for the issuer alone', async () => {
    expect((await askWith(city.issuer)).status).toBe(201);
  });

  it('is refused an assertion for the token endpoint', async () => {
    expect((await askWith(`${city.issuer}/token`)).json.error).toBe('invalid_client');
  });

  it('is refused an assertion for the endpoint of pushed requests', async () => {
    expect((await askWith(`${city.issuer}/request`)).json.error).toBe('invalid_client');
  });

  it('is refused an assertion for a list of audiences', async () => {
    expect((await askWith([city.issuer])).json.error).toBe('invalid_client');
  });

  it('is refused a request that it did not push', async () => {
    const { url } = await begin(strict);
    const answer = await resident.elsewhere(city).browser.ask(url.href);
    if (answer.location === undefined) expect(answer.status).toBe(400);
    else expect(new URL(answer.location).searchParams.get('error')).toBe('invalid_request');
  });
});
