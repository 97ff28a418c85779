// What is too large, broken or meant to break out: the doors of identity answer it and write none down.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type City, openCity } from '../kit/oidc/city.ts';
import { begin } from '../kit/oidc/flow.ts';
import { exchange, post, push } from '../kit/oidc/raw.ts';
import { type Resident, residentOf } from '../kit/oidc/resident.ts';
import { openService, type TestService } from '../kit/oidc/services.ts';
import { send } from '../kit/oidc/visitor.ts';

let city: City;
let service: TestService;
let resident: Resident;
beforeAll(async () => {
  city = await openCity();
  service = await openService(city);
  resident = await residentOf(city);
});
afterAll(() => city.close());

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const isAnswered = (status: number) => status >= 400 && status < 500;

describe('what is too large', () => {
  it.each([
    '/token',
    '/request',
    '/backchannel',
    '/device/auth',
    '/token/introspection',
    '/token/revocation',
    '/me',
  ])('is refused at %s, and the next request is answered as ever', async (path) => {
    const body = `client_id=${service.id}&token=${'x'.repeat(3_000_000)}`;
    const status = await send(`${city.issuer}${path}`, { method: 'POST', headers: form, body }).then(
      (answer) => answer.status,
      // The door was shut before all was sent.
      () => 413,
    );
    expect(isAnswered(status)).toBe(true);
    expect((await send(`${city.issuer}/jwks`)).status).toBe(200);
  });

  it('is refused as an address', async () => {
    const { url } = await begin(service, { state: 'x'.repeat(13_000) });
    expect(isAnswered((await send(url.href)).status)).toBe(true);
  });

  it('is refused as a token, a code and a refresh token', async () => {
    const huge = 'x'.repeat(8_000);
    expect((await send(`${city.issuer}/me`, { headers: { authorization: `Bearer ${huge}` } })).status).toBe(
      401,
    );
    const code = { grant_type: 'authorization_code', code: huge, redirect_uri: service.redirectUri };
    expect((await exchange(city, service, { form: code })).json.error).toMatch(/^invalid_/);
    const refresh = { grant_type: 'refresh_token', refresh_token: huge };
    expect((await exchange(city, service, { form: refresh })).json.error).toMatch(/^invalid_/);
  });

  it('is refused as an assertion or a request object', async () => {
    const huge = `${'x'.repeat(40_000)}.${'y'.repeat(40_000)}.z`;
    const { parameters } = await begin(service);
    expect(isAnswered((await push(city, service, { ...parameters, request: huge })).status)).toBe(true);
    const assertion = { client_assertion: huge, client_assertion_type: 'x', client_id: service.id };
    expect(isAnswered((await post(city, '/token', { form: assertion })).status)).toBe(true);
  });

  it('is refused as the answer of a device', async () => {
    const { url } = await begin(service);
    const page = await resident.browser.follow(await resident.browser.ask(url.href));
    const body = `step=sign-in&ceremonyId=00000000-0000-4000-8000-000000000000&response=${'x'.repeat(100_000)}`;
    const answer = await resident.browser.ask(page.url, { method: 'POST', headers: form, body });
    expect(isAnswered(answer.status)).toBe(true);
  });
});

const broken = ['\u0000', '\u202e', '%00', '{"__proto__":{}}', "'; drop table identity.client; --", '\ud83d'];

describe('what is broken', () => {
  it.each(broken)('%j is answered at every parameter of a request', async (value) => {
    const { parameters } = await begin(service);
    const names = [
      'client_id',
      'scope',
      'state',
      'nonce',
      'acr_values',
      'claims',
      'max_age',
      'prompt',
      'request',
    ];
    for (const name of [...names, 'request_uri', 'id_token_hint', 'resource', 'ui_locales', 'dpop_jkt']) {
      const query = new URLSearchParams({ client_id: service.id, response_type: 'code', ...parameters });
      query.set(name, value);
      const { status } = await send(`${city.issuer}/auth?${query}`);
      expect([name, status < 500]).toEqual([name, true]);
    }
  });

  it.each(broken)('%j is answered as a token, a code and a cookie', async (value) => {
    const code = { grant_type: 'authorization_code', code: value, redirect_uri: service.redirectUri };
    expect((await exchange(city, service, { form: code })).status).toBe(400);
    const written = encodeURIComponent(value.toWellFormed());
    const cookie = `lamppost=${written}; lamppost-provider=${written}`;
    const { url } = await begin(service);
    expect((await send(url.href, { headers: { cookie } })).status).toBeLessThan(500);
    expect((await send(`${city.origin}/en/account`, { headers: { cookie } })).status).toBeLessThan(500);
  });

  it('leaves no request half understood: a parameter that is sent twice is refused', async () => {
    const { url } = await begin(service);
    for (const name of ['scope', 'nonce', 'code_challenge', 'state', 'client_id']) {
      const twice = new URL(url);
      twice.searchParams.append(name, 'second');
      const answer = await send(twice.href);
      const error = answer.location && new URL(answer.location).searchParams.get('error');
      expect([name, answer.status === 400 || error === 'invalid_request']).toEqual([name, true]);
    }
  });
});

describe('what is meant to break out', () => {
  const splitting = 'x\r\nSet-Cookie: evil=1\r\n\r\n<script>alert(1)</script>';

  it('stays inside its parameter: no header and no script comes of it', async () => {
    for (const name of [
      'state',
      'client_id',
      'redirect_uri',
      'ui_locales',
      'response_mode',
      'prompt',
      'scope',
    ]) {
      const { url } = await begin(service);
      url.searchParams.set(name, splitting);
      const answer = await send(url.href);
      expect(answer.headers['set-cookie']?.join() ?? '').not.toContain('evil');
      expect(answer.body).not.toContain('<script>alert(1)');
      if (answer.location) expect(answer.location).not.toMatch(/[\r\n]/);
    }
  });

  it('writes no line of the log, and no value of a request is in any', async () => {
    const secret = 'the-secret-of-nobody-else';
    const { url } = await begin(service);
    url.searchParams.set('login_hint', `${secret}\n{"level":"error","message":"forged"}`);
    url.searchParams.set('client_id', `${secret}\n{"level":"error","message":"forged"}`);
    await send(url.href);
    const code = { grant_type: 'authorization_code', code: secret, redirect_uri: service.redirectUri };
    await exchange(city, service, { form: code });
    await send(`${city.issuer}/me`, { headers: { authorization: `Bearer ${secret}` } });
    await send(`${city.origin}/en/sign-in?next=${secret}`, { headers: { cookie: `lamppost=${secret}` } });
    const log = city.lines.join('\n');
    expect(log).not.toContain('forged');
    expect(log).not.toContain(secret);
  });

  it('is not believed about where the site is: its own configuration counts', async () => {
    const headers = {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
    };
    const { body } = await send(`${city.issuer}/.well-known/openid-configuration`, { headers });
    expect(body).not.toContain('evil.example');
    const { url } = await begin(service);
    const answer = await send(url.href, { headers });
    expect(JSON.stringify([answer.location, answer.body])).not.toContain('evil.example');
  });
});
