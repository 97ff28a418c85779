// A leaked database: nothing in the provider's state opens a door that a client or a browser can open.

import * as client from 'openid-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sql } from '../../../src/core/database/index.ts';
import { type City, openCity } from '../../kit/oidc/city.ts';
import { begin, finish } from '../../kit/oidc/flow.ts';
import { authenticated, post, requestClaims, signAs } from '../../kit/oidc/raw.ts';
import { type Resident, residentOf } from '../../kit/oidc/resident.ts';
import { openService, type TestService } from '../../kit/oidc/services.ts';
import { formsOf } from '../../kit/oidc/visitor.ts';

const ciba = 'urn:openid:params:grant-type:ciba';
const device = 'urn:ietf:params:oauth:grant-type:device_code';

let city: City;
let service: TestService;
let resident: Resident;
beforeAll(async () => {
  city = await openCity();
  service = await openService(city, {
    metadata: {
      grant_types: ['authorization_code', 'refresh_token', ciba, device],
      backchannel_token_delivery_mode: 'ping',
      backchannel_client_notification_endpoint: 'http://127.0.0.1:9/ping',
      backchannel_authentication_request_signing_alg: 'ES256',
    },
  });
  resident = await residentOf(city);
});
afterAll(() => city.close());

/** All rows about sign-ins that the database holds now, as text. */
async function rows(): Promise<string> {
  const tables = ['artifact', 'provider_session', 'ceremony', 'notice', 'sign_in_due', 'logout_due'];
  const texts: string[] = [];
  for (const table of tables) {
    const found = await sql<{ row: string }>`
      select one::text as row from ${sql.id('identity', table)} as one`.execute(city.house.database);
    texts.push(...found.rows.map(({ row }) => row));
  }
  return texts.join('\n');
}

/** What the browser holds of the provider, without the signatures. */
const cookiesAt = (path: string) =>
  resident.browser
    .cookieFor(`${city.origin}${path}`)
    .split('; ')
    .filter((pair) => pair.startsWith('lamppost-') && !pair.includes('.sig='))
    .map((pair) => pair.slice(pair.indexOf('=') + 1));

const offline = { scope: 'openid offline_access', prompt: 'consent' };

it('holds no code, token, cookie or pushed address of a sign-in, at any step of it', async () => {
  const held: string[] = [];
  const seen: string[] = [];
  const begun = await begin(service, offline, { isPushed: true });
  held.push(begun.url.searchParams.get('request_uri')!.split(':').at(-1)!);
  seen.push(await rows());
  const end = await resident.walk(begun.url, {
    onPage: ({ url }) => {
      const uid = /\/sign-in\/([\w-]{20,})/.exec(url)![1]!;
      held.push(uid, ...cookiesAt(`/en/sign-in/${uid}`), ...cookiesAt(`/oidc/auth/${uid}`));
    },
  });
  held.push(end.searchParams.get('code')!, ...cookiesAt('/oidc/auth'));
  seen.push(await rows());
  const tokens = await finish(service, { begun, end });
  held.push(tokens.access_token, tokens.refresh_token!);
  seen.push(await rows());
  const next = await client.refreshTokenGrant(service.configuration, tokens.refresh_token!);
  held.push(next.access_token, next.refresh_token!);
  seen.push(await rows());
  expect(held.length).toBeGreaterThan(10);
  for (const text of seen) expect(held.filter((value) => text.includes(value))).toEqual([]);
});

it('holds no interaction that waits, nor what it was pushed as', async () => {
  const begun = await begin(service, { prompt: 'login' }, { isPushed: true });
  const page = await resident.browser.follow(await resident.browser.ask(String(begun.url)));
  const uid = /\/sign-in\/([\w-]{20,})/.exec(page.url)![1]!;
  const pushed = begun.url.searchParams.get('request_uri')!.split(':').at(-1)!;
  const held = [uid, pushed, ...cookiesAt(`/oidc/auth/${uid}`)];
  expect(held.length).toBeGreaterThan(3);
  const text = await rows();
  expect(text).toContain('Interaction');
  expect(held.filter((value) => text.includes(value))).toEqual([]);
});

it('holds no code of a device, neither the long one nor the one that is typed', async () => {
  const asked = await client.initiateDeviceAuthorization(service.configuration, { scope: 'openid' });
  const page = await resident.browser.ask(asked.verification_uri);
  const form = formsOf(page.body).find(({ fields }) => fields.some(([name]) => name === 'user_code'))!;
  const secret = form.fields.find(([name]) => name === 'xsrf')![1];
  const typed = asked.user_code.replace('-', '');
  const before = await rows();
  const confirm = await resident.browser.submit(page, form, { user_code: asked.user_code });
  const decided = formsOf(confirm.body).find(({ fields }) => fields.some(([name]) => name === 'confirm'));
  await resident.walkHome((await resident.browser.submit(confirm, decided ?? form, { confirm: 'yes' })).url);
  for (const text of [before, await rows()]) {
    expect(text).toContain('DeviceCode');
    expect([asked.device_code, typed, secret].filter((value) => text.includes(value))).toEqual([]);
  }
});

it('holds neither the id of a request made elsewhere nor the token that tells its service', async () => {
  const begun = await begin(service);
  const tokens = await finish(service, { begun, end: await resident.walk(begun.url) });
  const { response_type: _code, client_id: _id, ...claims } = requestClaims(city, service);
  const notice = 'a-token-of-the-service-itself-of-enough-bits';
  const asked = { scope: 'openid', login_hint: tokens.claims()!.sub, client_notification_token: notice };
  const request = await signAs(service, { ...claims, ...asked });
  const form = { ...(await authenticated(city, service)), request };
  const { json } = await post(city, '/backchannel', { form });
  const text = await rows();
  expect(text).toContain('BackchannelAuthenticationRequest');
  expect([String(json.auth_req_id), notice].filter((value) => text.includes(value))).toEqual([]);
});

it('and what it does hold opens nothing: a key of a row is no token', async () => {
  const begun = await begin(service);
  const tokens = await finish(service, { begun, end: await resident.walk(begun.url) });
  const { rows: found } = await sql<{ id: string }>`
    select id from identity.artifact where model = 'AccessToken'`.execute(city.house.database);
  expect(found.length).toBeGreaterThan(0);
  for (const token of [...found.map(({ id }) => id), tokens.access_token]) {
    const headers = { authorization: `Bearer ${token}` };
    const { status } = await fetch(`${city.issuer}/me`, { headers });
    expect(status).toBe(token === tokens.access_token ? 200 : 401);
  }
});
