// Approving on the phone one holds (CIBA Core 1.0): poll and ping, with signed requests as FAPI wants them.

import { generateKeyPair } from 'jose';
import * as client from 'openid-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { decideApproval, listApprovals } from '../../../src/modules/identity/protocols/index.ts';
import { until } from '../../kit/events.ts';
import { type City, openCity, travel, travelBack } from '../../kit/oidc/city.ts';
import { signIn } from '../../kit/oidc/flow.ts';
import { type Listener, openListener } from '../../kit/oidc/listener.ts';
import {
  assertionClaims,
  authenticated,
  type Changes,
  exchange,
  post,
  requestClaims,
  type Signing,
  signAs,
  unsigned,
} from '../../kit/oidc/raw.ts';
import { type Resident, residentOf } from '../../kit/oidc/resident.ts';
import { openService, type TestService } from '../../kit/oidc/services.ts';

let city: City;
let listener: Listener;
let service: TestService;
let pinged: TestService;
let resident: Resident;
/** What the services call the person. */
let hint: string;
const grant = 'urn:openid:params:grant-type:ciba';
const metadata = {
  grant_types: [grant, 'authorization_code', 'refresh_token'],
  backchannel_token_delivery_mode: 'poll',
  backchannel_authentication_request_signing_alg: 'ES256',
};
beforeAll(async () => {
  city = await openCity();
  listener = await openListener();
  service = await openService(city, { metadata });
  pinged = await openService(city, {
    metadata: {
      ...metadata,
      backchannel_token_delivery_mode: 'ping',
      backchannel_client_notification_endpoint: `${listener.origin}/ping`,
    },
  });
  resident = await residentOf(city);
  hint = (await signIn(resident, service)).claims.sub;
});
afterAll(async () => {
  await city.close();
  await listener.close();
});
afterEach(travelBack);

const now = () => Math.floor(Date.now() / 1000);

/** Asks for an approval with a signed request in which `changes` differ. */
async function ask(changes: Changes = {}, signing: Signing = {}, of = service) {
  const { response_type: _code, client_id: _id, ...claims } = requestClaims(city, of);
  const request = await signAs(of, { ...claims, scope: 'openid', login_hint: hint, ...changes }, signing);
  return post(city, '/backchannel', { form: { ...(await authenticated(city, of)), request } });
}

const poll = (id: unknown, of = service) =>
  exchange(city, of, { form: { grant_type: grant, auth_req_id: String(id) } });

/** Decides as the person does on the page, with a passkey just used. */
async function decide(approved: boolean, binding?: string): Promise<void> {
  const { personId, passkey } = resident;
  const actor = { id: personId, acr: 'phrh', authenticatedAt: new Date(), roles: [] };
  const waiting = await listApprovals(city.house, personId);
  const { id } = waiting.findLast(
    ({ bindingMessage }) => binding === undefined || bindingMessage === binding,
  )!;
  const proven = {
    personId,
    passkeyId: passkey.credentialId!,
    acr: 'phrh' as const,
    authenticatedAt: new Date(),
  };
  await decideApproval(city.house, actor, approved ? { id, approved, proven } : { id, approved });
}

/** No request of an earlier test waits. */
const clear = async () => {
  while ((await listApprovals(city.house, resident.personId)).length > 0) await decide(false);
};

describe('the provider', () => {
  it('offers what FAPI-CIBA needs in its discovery document', () => {
    const said = service.configuration.serverMetadata();
    expect(said.backchannel_authentication_endpoint).toBe(`${city.issuer}/backchannel`);
    expect(said.backchannel_token_delivery_modes_supported).toEqual(['poll', 'ping']);
    expect(said.backchannel_authentication_request_signing_alg_values_supported).toEqual(['ES256']);
    expect(said.grant_types_supported).toContain(grant);
  });
});

describe('an approval that a service polls for', () => {
  afterEach(clear);

  it('gives tokens after the person has approved, to a service that asked by a signed request', async () => {
    const { status, json } = await ask({ binding_message: 'Till 4' });
    expect([status, json.auth_req_id]).toEqual([200, expect.any(String)]);
    expect((await poll(json.auth_req_id)).json.error).toBe('authorization_pending');
    await decide(true, 'Till 4');
    const answer = await poll(json.auth_req_id);
    expect(answer.status).toBe(200);
    const claims = JSON.parse(
      Buffer.from(String(answer.json.id_token).split('.')[1]!, 'base64url').toString(),
    );
    expect(claims).toMatchObject({ sub: hint, aud: service.id });
    expect((await poll(json.auth_req_id)).json.error).toBe('invalid_grant');
  });

  it('works with openid-client', async () => {
    const { backchannel_authentication_request_signing_alg: _signed, ...others } = metadata;
    const plain = await openService(city, { metadata: others });
    const login_hint = (await signIn(resident, plain)).claims.sub;
    const asked = await client.initiateBackchannelAuthentication(plain.configuration, {
      scope: 'openid',
      login_hint,
    });
    await decide(true);
    const tokens = await client.pollBackchannelAuthenticationGrant(plain.configuration, {
      ...asked,
      interval: 1,
    });
    expect(tokens.claims()!.sub).toBe(login_hint);
  });

  it('is refused when the person refuses', async () => {
    const { json } = await ask();
    await decide(false);
    expect((await poll(json.auth_req_id)).json.error).toBe('access_denied');
  });

  it('runs out after its time', async () => {
    const { json } = await ask();
    travel(Number(json.expires_in) + 5);
    expect((await poll(json.auth_req_id)).json.error).toBe('expired_token');
  });

  it('runs out when the service wants it to, written as a number or as text', async () => {
    for (const requested_expiry of [30, '30']) {
      const { status, json } = await ask({ requested_expiry });
      expect([status, json.expires_in]).toEqual([200, 30]);
    }
  });

  it('gives a refresh token that works, when it was asked for', async () => {
    const { json } = await ask({ scope: 'openid offline_access' });
    await decide(true);
    const answer = await poll(json.auth_req_id);
    const form = { grant_type: 'refresh_token', refresh_token: String(answer.json.refresh_token) };
    expect((await exchange(city, service, { form })).status).toBe(200);
  });

  it('takes scopes in any order', async () => {
    expect((await ask({ scope: 'offline_access openid' })).status).toBe(200);
  });

  it('is for the service that asked alone', async () => {
    const other = await openService(city, { metadata });
    const { json } = await ask();
    await decide(true);
    expect((await poll(json.auth_req_id, other)).json.error).toBe('invalid_grant');
    expect((await poll('made-up')).json.error).toBe('invalid_grant');
  });

  it('may be asked about several times at once and gives tokens once', async () => {
    const { json } = await ask();
    await decide(true);
    const answers = await Promise.all(Array.from({ length: 5 }, () => poll(json.auth_req_id)));
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThan(2);
  });
});

describe('a request for an approval', () => {
  afterEach(clear);

  it.each<[string, () => Changes]>([
    ['without an audience', () => ({ aud: undefined })],
    ['for another server', () => ({ aud: 'https://other.example' })],
    ['without an issuer', () => ({ iss: undefined })],
    ['of another service', () => ({ iss: 'somebody' })],
    ['without an end', () => ({ exp: undefined })],
    ['that has expired', () => ({ iat: now() - 120, nbf: now() - 120, exp: now() - 60 })],
    ['without a time', () => ({ iat: undefined })],
    ['without a beginning', () => ({ nbf: undefined })],
    ['that begins in ten minutes', () => ({ nbf: now() + 600, exp: now() + 660 })],
    ['without an id', () => ({ jti: undefined })],
    ['with two hints', () => ({ id_token_hint: 'x' })],
    ['with no hint', () => ({ login_hint: undefined })],
    ['with a message that could be a link', () => ({ binding_message: '<a href="https://evil.example">' })],
    ['with a message of a thousand letters', () => ({ binding_message: 'x'.repeat(1000) })],
  ])('%s is refused', async (_what, changes) => {
    const { status, json } = await ask(changes());
    expect(status).toBe(400);
    expect(json.error).toMatch(/^invalid_/);
    expect(await listApprovals(city.house, resident.personId)).toEqual([]);
  });

  it('with an end in more than an hour is refused', async () => {
    expect((await ask({ exp: now() + 4200 })).status).toBe(400);
  });

  it('that began more than an hour ago is refused', async () => {
    expect((await ask({ nbf: now() - 4200 })).status).toBe(400);
  });

  it('about nobody, or somebody unknown to the service, is answered the same way', async () => {
    const stranger = await residentOf(city);
    const [nobody, unknown] = [
      await ask({ login_hint: 'nobody' }),
      await ask({ login_hint: stranger.personId }),
    ];
    expect([nobody.status, nobody.json]).toEqual([unknown.status, unknown.json]);
    expect(nobody.json.error).toBe('unknown_user_id');
  });

  it('without a signature is refused', async () => {
    const request = unsigned({ ...assertionClaims(city, service), scope: 'openid', login_hint: hint });
    const form = { ...(await authenticated(city, service)), request };
    expect((await post(city, '/backchannel', { form })).status).toBe(400);
  });

  it('outside of a signed object is refused', async () => {
    const form = { ...(await authenticated(city, service)), scope: 'openid', login_hint: hint };
    expect((await post(city, '/backchannel', { form })).status).toBe(400);
  });

  it('signed by RS256, by HS256 or with a key of another service is refused', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    const secret = new TextEncoder().encode(JSON.stringify(service.jwk));
    expect((await ask({}, { key: privateKey, header: { alg: 'RS256' } })).status).toBe(400);
    expect((await ask({}, { key: secret, header: { alg: 'HS256' } })).status).toBe(400);
    expect((await ask({}, { key: pinged.key!.privateKey })).status).toBe(400);
  });

  it('from a service that does not say who it is, or by a weak signature, is refused', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    const claims = assertionClaims(city, service);
    const weak = await signAs(service, claims, { key: privateKey, header: { alg: 'RS256' } });
    const request = await signAs(service, { ...claims, scope: 'openid', login_hint: hint });
    for (const form of [{ client_id: service.id }, await authenticated(city, service, weak)]) {
      const { json } = await post(city, '/backchannel', { form: { ...form, request } });
      expect(json.error).toBe('invalid_client');
    }
  });
});

describe('an approval of which a service is told', () => {
  it.each([
    [200, {}],
    [401, {}],
    [403, {}],
    [302, { location: '/elsewhere' }],
  ])(
    'gives tokens when its address answers %i, and is told once, by the token it gave',
    async (status, headers) => {
      listener.received.length = 0;
      listener.answerWith(status, headers);
      const own = (await signIn(resident, pinged)).claims.sub;
      const token = 'a-token-of-the-service-itself-of-enough-bits';
      const { json } = await ask({ login_hint: own, client_notification_token: token }, {}, pinged);
      await decide(true);
      await until(() => listener.received.length > 0);
      const [ping] = listener.received;
      expect(ping!.headers.authorization).toBe(`Bearer ${token}`);
      expect(JSON.parse(ping!.body)).toEqual({ auth_req_id: json.auth_req_id });
      expect((await poll(json.auth_req_id, pinged)).status).toBe(200);
      expect(listener.received.filter(({ path }) => path === '/elsewhere')).toEqual([]);
    },
  );
});
