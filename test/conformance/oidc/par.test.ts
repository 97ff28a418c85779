// Pushed requests (RFC 9126), signed requests (RFC 9101) and signed answers (JARM), used well and badly.

import { generateKeyPair } from 'jose';
import * as client from 'openid-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type City, openCity, travel, travelBack } from '../../kit/oidc/city.ts';
import { begin, finish, signIn } from '../../kit/oidc/flow.ts';
import {
  assertionClaims,
  authenticated,
  post,
  push,
  requestClaims,
  signAs,
  unsigned,
} from '../../kit/oidc/raw.ts';
import { type Resident, residentOf } from '../../kit/oidc/resident.ts';
import { openService, type TestService } from '../../kit/oidc/services.ts';
import { send } from '../../kit/oidc/visitor.ts';

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

/** Parameters of a good request. */
const parametersOf = async (given: Record<string, string> = {}) => {
  const { parameters } = await begin(service, given);
  return { response_type: 'code', ...parameters };
};

const addressOf = (request_uri: unknown, client_id = service.id) =>
  `${city.issuer}/auth?${new URLSearchParams({ client_id, request_uri: String(request_uri) })}`;

describe('a pushed request', () => {
  it('signs in, and the address in the browser holds nothing of it', async () => {
    const { begun, claims } = await signIn(resident, service, { isPushed: true });
    expect([...begun.url.searchParams.keys()].toSorted()).toEqual(['client_id', 'request_uri']);
    expect(claims.aud).toBe(service.id);
  });

  it('lives for a short time, said in the answer, and then leads nowhere', async () => {
    const { status, json } = await push(city, service, await parametersOf());
    expect(status).toBe(201);
    expect(Number(json.expires_in)).toBeLessThan(601);
    travel(Number(json.expires_in) + 5);
    const late = await resident.browser.ask(addressOf(json.request_uri));
    expect([late.status, late.location]).toEqual([400, undefined]);
  });

  it('of another service cannot be used', async () => {
    const other = await openService(city);
    const { json } = await push(city, service, await parametersOf());
    const answer = await resident.browser.ask(addressOf(json.request_uri, other.id));
    expect([answer.status, answer.location]).toEqual([400, undefined]);
  });

  it('may be opened again before the person has signed in', async () => {
    const { json } = await push(city, service, await parametersOf());
    const person = resident.elsewhere(city);
    const page = await person.browser.follow(await person.browser.ask(addressOf(json.request_uri)));
    expect(page.status).toBe(200);
    const end = await person.walk(addressOf(json.request_uri));
    expect(end.searchParams.has('code')).toBe(true);
  });

  it('gives one code: after that its address is refused', async () => {
    const { json } = await push(city, service, await parametersOf());
    const end = await resident.walk(addressOf(json.request_uri));
    expect(end.searchParams.has('code')).toBe(true);
    const again = await resident.browser.ask(addressOf(json.request_uri));
    expect([again.status, again.location]).toEqual([400, undefined]);
  });

  it.each([
    ['an unregistered redirect URI', { redirect_uri: 'https://evil.example/' }, 'invalid_request'],
    ['no redirect URI', { redirect_uri: '' }, 'invalid_request'],
    ['no challenge', { code_challenge: '', code_challenge_method: '' }, 'invalid_request'],
    ['a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['the response type code id_token', { response_type: 'code id_token' }, 'unsupported_response_type'],
    ['the response type token', { response_type: 'token' }, 'unsupported_response_type'],
    [
      'a request_uri inside',
      { request_uri: 'urn:ietf:params:oauth:request_uri:x' },
      'request_uri_not_supported',
    ],
  ])('with %s is refused when it is pushed', async (_what, given, error) => {
    const all = { ...(await parametersOf()), ...given };
    const form = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
    const { status, json } = await push(city, service, form);
    expect([status, json.error]).toEqual([400, error]);
  });

  it.each(['GET', 'PUT', 'DELETE', 'PATCH'])('cannot be sent by %s', async (method) => {
    const { status } = await send(`${city.issuer}/request`, { method });
    expect([404, 405]).toContain(status);
  });

  it('needs the service to say who it is', async () => {
    const anonymous = await post(city, '/request', {
      form: { client_id: service.id, ...(await parametersOf()) },
    });
    expect([anonymous.status, anonymous.json.error]).toEqual([401, 'invalid_client']);
    const other = await openService(city);
    const form = { ...(await authenticated(city, other)), ...(await parametersOf()), client_id: service.id };
    expect((await post(city, '/request', { form })).status).toBeGreaterThan(399);
  });

  it('is what counts: parameters beside request_uri change nothing', async () => {
    const { json } = await push(city, service, await parametersOf({ state: 'pushed' }));
    const url = new URL(addressOf(json.request_uri));
    url.searchParams.set('state', 'beside');
    url.searchParams.set('redirect_uri', 'https://evil.example/');
    const answer = await resident.browser.follow(
      await resident.browser.ask(url.href),
      (to) => !to.startsWith(city.origin),
    );
    if (answer.location === undefined) expect(answer.status).toBe(400);
    else expect(answer.location).toMatch(/^https:\/\/service-.*state=pushed/);
  });
});

/** Changes of a request object that a provider must not accept; times in seconds from now. */
const badObjects: [string, (city: City) => Record<string, unknown>][] = [
  ['for somebody else', () => ({ aud: 'https://other.example' })],
  ['of another issuer', () => ({ iss: 'somebody' })],
  ['that has expired', () => ({ exp: Math.floor(Date.now() / 1000) - 120 })],
  ['of another client', () => ({ client_id: 'somebody' })],
  ['with a request inside', () => ({ request: 'x' })],
  ['with a redirect URI that nobody registered', () => ({ redirect_uri: 'https://evil.example/' })],
];

describe('a signed request', () => {
  let signer: TestService;
  const pushSigned = (request: string) => push(city, signer, { request });
  const goodClaims = async () => {
    const { parameters } = await begin(signer);
    return requestClaims(city, signer, parameters);
  };
  beforeAll(async () => {
    signer = await openService(city, {
      metadata: { require_signed_request_object: true, request_object_signing_alg: 'ES256' },
    });
  });

  it('signs in by what its object says', async () => {
    const { json } = await pushSigned(await signAs(signer, await goodClaims()));
    const end = await resident.walk(addressOf(json.request_uri, signer.id));
    expect(end.searchParams.has('code')).toBe(true);
  });

  it.each(badObjects)('%s is refused', async (_what, changes) => {
    const { status, json } = await pushSigned(
      await signAs(signer, { ...(await goodClaims()), ...changes(city) }),
    );
    expect(status).toBe(400);
    expect(json.error).toMatch(/^invalid_request/);
  });

  it('without a signature is refused', async () => {
    const { status, json } = await pushSigned(unsigned(await goodClaims()));
    expect([status, json.error]).toEqual([400, expect.stringMatching(/^invalid_request/)]);
  });

  it('signed by HS256 with the public key as the secret is refused', async () => {
    const secret = Buffer.from(JSON.stringify(signer.jwk));
    const forged = await signAs(signer, await goodClaims(), { key: secret, header: { alg: 'HS256' } });
    expect((await pushSigned(forged)).status).toBe(400);
  });

  it('signed by RS256 is refused', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    const forged = await signAs(signer, await goodClaims(), { key: privateKey, header: { alg: 'RS256' } });
    expect((await pushSigned(forged)).status).toBe(400);
  });

  it('signed with the key of another service is refused', async () => {
    const forged = await signAs(signer, await goodClaims(), { key: service.key!.privateKey });
    expect((await pushSigned(forged)).status).toBe(400);
  });

  it('is the only way for a service that registered so', async () => {
    const { parameters } = await begin(signer);
    const { status, json } = await push(city, signer, { response_type: 'code', ...parameters });
    expect([status, json.error]).toEqual([400, 'invalid_request']);
  });

  it('cannot stand in for a client assertion, nor an assertion for it', async () => {
    const object = await signAs(signer, await goodClaims());
    const form = { ...(await authenticated(city, signer, object)), grant_type: 'client_credentials' };
    expect((await post(city, '/token', { form })).json.error).toBe('invalid_client');
    const assertion = await signAs(signer, assertionClaims(city, signer));
    expect((await pushSigned(assertion)).status).toBe(400);
  });

  it('by reference to an address outside is refused, and the address is not asked', async () => {
    const answer = await resident.browser.ask(addressOf('https://evil.example/request.jwt'));
    expect([answer.status, answer.location]).toEqual([400, undefined]);
  });
});

describe('a signed answer', () => {
  it('signs in, and openid-client finds its signature, audience and issuer right', async () => {
    const jarm = await openService(city, { metadata: { authorization_signed_response_alg: 'ES256' } });
    client.useJwtResponseMode(jarm.configuration);
    const begun = await begin(jarm);
    const end = await resident.walk(begun.url);
    expect([...end.searchParams.keys()]).toEqual(['response']);
    const tokens = await finish(jarm, { begun, end });
    expect(tokens.claims()!.aud).toBe(jarm.id);
  });

  it('for another service is refused by its library', async () => {
    const [one, two] = [await openService(city), await openService(city)];
    for (const { configuration } of [one, two]) client.useJwtResponseMode(configuration);
    const begun = await begin(one);
    const end = await resident.walk(begun.url);
    await expect(finish({ ...one, configuration: two.configuration }, { begun, end })).rejects.toThrow();
  });
});
