// Access tokens at our own API (RFC 8707, 6750, 9449): what they open, and everything they do not.

import * as client from 'openid-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type City, openCity, travel, travelBack } from '../../kit/oidc/city.ts';
import { signIn } from '../../kit/oidc/flow.ts';
import { askUserinfo, type ProofKey, proofOf } from '../../kit/oidc/raw.ts';
import { loseDevice, type Resident, residentOf } from '../../kit/oidc/resident.ts';
import { makeKey, openService, type TestService } from '../../kit/oidc/services.ts';
import { type Answer, send } from '../../kit/oidc/visitor.ts';

let city: City;
let service: TestService;
let resident: Resident;
beforeAll(async () => {
  city = await openCity();
  service = await openService(city);
  resident = await residentOf(city, { name: 'Hui Ng' });
});
afterAll(() => city.close());
afterEach(travelBack);

const wish = () => ({ scope: 'openid account', resource: `${city.origin}/api/v1` });
/** The one address of the account that a service may read. */
const account = () => `${city.origin}/api/v1/account`;
const ask = (token: string, { url = account(), method = 'GET', scheme = 'Bearer' } = {}): Promise<Answer> =>
  send(url, { method, headers: { authorization: `${scheme} ${token}` } });

/** A token for the API; `resource` is asked for again where it is exchanged. */
async function tokenOf(by: Resident = resident): Promise<string> {
  const { tokens } = await signIn(by, service, wish());
  return tokens.access_token;
}

describe('a token for the API', () => {
  it('reads the account of the person, and nothing of anybody else', async () => {
    const answer = await ask(await tokenOf(), { url: `${city.origin}/api/v1/account` });
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('Hui Ng');
    expect(answer.headers['cache-control']).toContain('no-store');
  });

  it('changes nothing and exports nothing: that needs the person', async () => {
    const token = await tokenOf();
    const sessions = `${account()}/sessions`;
    expect((await ask(token, { url: sessions, method: 'DELETE' })).status).toBe(403);
    for (const url of [sessions, `${account()}/devices`, `${account()}/export`]) {
      expect((await ask(token, { url })).status).toBe(403);
    }
  });

  it('opens no page', async () => {
    const answer = await ask(await tokenOf(), { url: `${city.origin}/en/account` });
    expect([answer.status >= 300, answer.body.includes('Hui Ng')]).toEqual([true, false]);
  });

  it('is no token for UserInfo, and one for UserInfo is none for the API', async () => {
    expect([401, 403]).toContain((await askUserinfo(city, await tokenOf())).status);
    const { tokens } = await signIn(resident, service);
    expect((await ask(tokens.access_token)).status).toBe(401);
  });

  it('without the scope of the account does not read it', async () => {
    const { tokens } = await signIn(resident, service, { ...wish(), scope: 'openid officer' });
    expect((await ask(tokens.access_token)).status).toBe(403);
  });

  it('for another resource is not given', async () => {
    const other = { ...wish(), resource: 'https://other.example/api' };
    await expect(signIn(resident, service, other)).rejects.toMatchObject({ error: 'invalid_target' });
  });

  it('ends after a quarter of an hour', async () => {
    const token = await tokenOf();
    expect((await ask(token)).status).toBe(200);
    travel(16 * 60);
    expect((await ask(token)).status).toBe(401);
  });

  it('ends at once when it is revoked and when the device is lost, and not with another session', async () => {
    const person = await residentOf(city);
    const [revoked, lost] = [await tokenOf(person), await tokenOf(person.elsewhere(city))];
    await client.tokenRevocation(service.configuration, revoked);
    expect([(await ask(revoked)).status, (await ask(lost)).status]).toEqual([401, 200]);
    await loseDevice(city, person);
    expect((await ask(lost)).status).toBe(401);
  });

  it.each(['', ' ', 'x', 'x y', '"', '\t', 'x'.repeat(5000), 'é', '../..', "' or '1'='1"])(
    'is not %j',
    async (token) => {
      const answer = await ask(Buffer.from(token).toString('latin1'));
      expect(answer.status).toBe(401);
      expect(String(answer.headers['www-authenticate'])).toContain('error="invalid_token"');
    },
  );
});

describe('a token for the API that is bound to a key', () => {
  let key: ProofKey;
  let token: string;
  let bound: TestService;
  beforeAll(async () => {
    bound = await openService(city, { metadata: { dpop_bound_access_tokens: true } });
    key = await makeKey();
    const dpop = client.getDPoPHandle(bound.configuration, key);
    token = (await signIn(resident, bound, { ...wish(), dpop })).tokens.access_token;
  });

  const prove = (changes: Record<string, unknown> = {}, by = key) =>
    proofOf(by, { htm: 'GET', htu: account(), token, ...changes });
  const show = (dpop: string) => send(account(), { headers: { authorization: `DPoP ${token}`, dpop } });

  it('opens it with a proof of the key, once', async () => {
    const proof = await prove();
    expect([(await show(proof)).status, (await show(proof)).status]).toEqual([200, 401]);
  });

  it('is worth nothing as a bearer token, without a proof, or with that of another key', async () => {
    expect((await ask(token)).status).toBe(401);
    expect((await ask(token, { scheme: 'DPoP' })).status).toBe(401);
    expect((await show(await prove({}, await makeKey()))).status).toBe(401);
  });

  it.each([
    ['another method', { htm: 'DELETE' }],
    ['another address', { htu: 'https://other.example/api/v1/account' }],
    ['another endpoint', { htu: '/api/v1/account/sessions' }],
    ['another token', { ath: 'x'.repeat(43) }],
    ['no token', { ath: undefined }],
    ['no id', { jti: undefined }],
    ['another hour', { iat: Math.floor(Date.now() / 1000) - 3600 }],
    ['an hour to come', { iat: Math.floor(Date.now() / 1000) + 3600 }],
    ['another type', { header: { typ: 'jwt' } }],
    ['no key', { header: { jwk: undefined } }],
  ])('is worth nothing with a proof for %s', async (_what, changes) => {
    expect((await show(await prove(changes))).status).toBe(401);
  });

  it('is not opened by a proof for a token that is not bound', async () => {
    const plain = await tokenOf();
    const dpop = await proofOf(key, { htm: 'GET', htu: account(), token: plain });
    expect((await send(account(), { headers: { authorization: `DPoP ${plain}`, dpop } })).status).toBe(401);
  });
});
