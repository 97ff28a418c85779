// Signing out: services that asked for it hear of it, and nobody is sent where they should not go.

import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../../src/core/database/index.ts';
import { listActs } from '../../../src/modules/receipts/index.ts';
import { until } from '../../kit/events.ts';
import { type City, openCity } from '../../kit/oidc/city.ts';
import { begin, signIn } from '../../kit/oidc/flow.ts';
import { type Listener, openListener } from '../../kit/oidc/listener.ts';
import { askUserinfo } from '../../kit/oidc/raw.ts';
import { loseDevice, type Resident, residentOf } from '../../kit/oidc/resident.ts';
import { openService, type TestService } from '../../kit/oidc/services.ts';
import { type Answer, formsOf } from '../../kit/oidc/visitor.ts';

let city: City;
let listener: Listener;
let service: TestService;
const farewell = 'https://shop.example/bye';
beforeAll(async () => {
  city = await openCity();
  listener = await openListener();
  service = await openService(city, {
    metadata: {
      backchannel_logout_uri: `${listener.origin}/logout`,
      backchannel_logout_session_required: true,
      post_logout_redirect_uris: [farewell],
    },
  });
});
afterAll(async () => {
  await city.close();
  await listener.close();
});

const logoutForm = (page: Answer) =>
  formsOf(page.body).find(({ buttons }) => buttons.some(([name]) => name === 'logout'));

/** Signs out as the service asks for it; gives where the browser ends. */
async function signOut(resident: Resident, url: URL, isSure = true): Promise<Answer> {
  const page = await resident.browser.ask(url.href);
  const form = logoutForm(page);
  if (!form) return page;
  const answer = await resident.browser.submit(page, form, isSure ? { logout: 'yes' } : {});
  return resident.browser.follow(answer, (to) => !to.startsWith(city.origin));
}

/** Reads the logout token that has arrived; a real service would do the same. */
async function takeLogout(subject: string) {
  const found = () =>
    listener.received
      .map(({ body }) => new URLSearchParams(body).get('logout_token'))
      .filter((token) => token !== null)
      .find((token) => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()).sub === subject);
  await until(() => found() !== undefined);
  const jwks = createRemoteJWKSet(new URL(service.configuration.serverMetadata().jwks_uri!));
  const { payload } = await jwtVerify(found()!, jwks, {
    issuer: city.issuer,
    audience: service.id,
    algorithms: ['ES256'],
  });
  expect(decodeProtectedHeader(found()!).typ).toBe('logout+jwt');
  return payload;
}

const endUrl = (parameters: Record<string, string>) =>
  client.buildEndSessionUrl(service.configuration, parameters);

describe('back-channel logout', () => {
  it('sends a service a valid logout token when the person signs out', async () => {
    const resident = await residentOf(city);
    const { tokens, claims } = await signIn(resident, service);
    await signOut(resident, endUrl({ id_token_hint: tokens.id_token!, post_logout_redirect_uri: farewell }));
    const payload = await takeLogout(claims.sub);
    expect(payload.events).toEqual({ 'http://schemas.openid.net/event/backchannel-logout': {} });
    expect(payload.nonce).toBeUndefined();
    expect(payload.sid).toBe(claims.sid);
    expect(payload.jti).toBeTypeOf('string');
  });

  it('sends one too when a lost device is revoked, and its tokens are worth nothing at once', async () => {
    const resident = await residentOf(city);
    const { tokens, claims } = await signIn(resident, service);
    await loseDevice(city, resident);
    expect((await askUserinfo(city, tokens.access_token)).status).toBe(401);
    expect((await takeLogout(claims.sub)).sid).toBe(claims.sid);
  });

  it('keeps the person waiting for no service, and tries again what was not taken', async () => {
    const resident = await residentOf(city);
    const { tokens } = await signIn(resident, service);
    listener.answerWith(503);
    const end = await signOut(
      resident,
      endUrl({ id_token_hint: tokens.id_token!, post_logout_redirect_uri: farewell }),
    );
    expect(end.location).toBe(farewell);
    await until(async () => {
      const { rows } = await sql`select from jobs.job
        where name = 'identity.back-channel-logout' and state = 'retry'`.execute(city.house.database);
      return rows.length === 1;
    });
    listener.answerWith(200);
  });

  it('tells the one service that the person leaves while they stay signed in', async () => {
    const resident = await residentOf(city);
    const { tokens, claims } = await signIn(resident, service);
    await signOut(resident, endUrl({ id_token_hint: tokens.id_token! }), false);
    expect((await takeLogout(claims.sub)).sid).toBe(claims.sid);
  });

  it('sends nothing to services that the person did not sign in to', async () => {
    const silent = await openListener();
    await openService(city, { metadata: { backchannel_logout_uri: `${silent.origin}/logout` } });
    const resident = await residentOf(city);
    const { tokens, claims } = await signIn(resident, service);
    await signOut(resident, endUrl({ id_token_hint: tokens.id_token! }));
    await takeLogout(claims.sub);
    expect(silent.received).toEqual([]);
    await silent.close();
  });
});

describe('logout that a service asks for', () => {
  it('is an act of the person', async () => {
    const resident = await residentOf(city);
    const { tokens } = await signIn(resident, service);
    await signOut(resident, endUrl({ id_token_hint: tokens.id_token! }));
    const { items: acts } = await listActs(city.house, { subject: resident.personId, limit: 20 });
    expect(acts.map(({ topic }) => topic)).toContain('identity.session-ended');
  });

  it('asks for a passkey again after thirty days, however often a session is used', async () => {
    const resident = await residentOf(city);
    await signIn(resident, service);
    const monthAgo = Math.floor(Date.now() / 1000) - 31 * 86_400;
    await sql`update identity.artifact set
        payload = jsonb_set(payload::jsonb, '{loginTs}', ${String(monthAgo)}::jsonb)::json
      where model = 'Session' and account_id = ${resident.personId}`.execute(city.house.database);
    const again = await begin(service, { prompt: 'none' });
    expect((await resident.walk(again.url)).searchParams.get('error')).toBe('login_required');
  });

  it('asks the person, ends the session and goes to the registered address with its state', async () => {
    const resident = await residentOf(city);
    const { tokens } = await signIn(resident, service);
    const end = await signOut(
      resident,
      endUrl({ id_token_hint: tokens.id_token!, post_logout_redirect_uri: farewell, state: 'so long' }),
    );
    const { origin, pathname, searchParams } = new URL(end.location!);
    expect([origin + pathname, searchParams.get('state')]).toEqual([farewell, 'so long']);
    expect((await askUserinfo(city, tokens.access_token)).status).toBe(401);
    const again = await begin(service, { prompt: 'none' });
    expect((await resident.walk(again.url)).searchParams.get('error')).toBe('login_required');
  });

  it('leaves the person signed in who says no', async () => {
    const resident = await residentOf(city);
    const { tokens } = await signIn(resident, service);
    await signOut(resident, endUrl({ id_token_hint: tokens.id_token! }), false);
    const again = await begin(service, { prompt: 'none' });
    expect((await resident.walk(again.url)).searchParams.has('code')).toBe(true);
  });

  it.each([
    'https://evil.example/',
    `${farewell}/more`,
    `${farewell}?x=1`,
    '//evil.example',
    'javascript:alert(1)',
  ])('goes nowhere for the unregistered address %j', async (post_logout_redirect_uri) => {
    const resident = await residentOf(city);
    const { tokens } = await signIn(resident, service);
    const url = endUrl({ id_token_hint: tokens.id_token! });
    url.searchParams.set('post_logout_redirect_uri', post_logout_redirect_uri);
    const answer = await resident.browser.ask(url.href);
    expect([answer.status, answer.location]).toEqual([400, undefined]);
  });

  it('takes no address without a hint of who asks', async () => {
    const resident = await residentOf(city);
    await signIn(resident, service);
    const url = new URL(`${city.issuer}/session/end`);
    url.searchParams.set('post_logout_redirect_uri', farewell);
    const end = await signOut(resident, url);
    expect(end.location).toBeUndefined();
  });

  it('takes no form that another site made', async () => {
    const resident = await residentOf(city);
    const { tokens } = await signIn(resident, service);
    const page = await resident.browser.ask(endUrl({ id_token_hint: tokens.id_token! }).href);
    await resident.browser.submit(page, logoutForm(page)!, { logout: 'yes', xsrf: 'guess' });
    expect((await askUserinfo(city, tokens.access_token)).status).toBe(200);
  });

  it('refuses a hint that the provider did not sign', async () => {
    const resident = await residentOf(city);
    const { tokens } = await signIn(resident, service);
    const [head, body] = tokens.id_token!.split('.');
    const answer = await resident.browser.ask(endUrl({ id_token_hint: `${head}.${body}.x` }).href);
    expect(answer.status).toBe(400);
  });
});
