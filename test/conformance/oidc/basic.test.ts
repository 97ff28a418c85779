// The OpenID Foundation's plan for a basic OpenID Provider, with openid-client as the service.

import { decodeProtectedHeader } from 'jose';
import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createService } from '../../../src/modules/identity/protocols/provider/services.ts';
import { type City, openCity } from '../../kit/oidc/city.ts';
import { begin, finish, refusalOf, signIn } from '../../kit/oidc/flow.ts';
import { Resident, residentOf } from '../../kit/oidc/resident.ts';
import { discover, officer, openService, type TestService } from '../../kit/oidc/services.ts';
import { send } from '../../kit/oidc/visitor.ts';

let city: City;
let service: TestService;
let resident: Resident;
beforeAll(async () => {
  city = await openCity();
  service = await openService(city);
  resident = await residentOf(city, { name: 'Ada Wong' });
});
afterAll(() => city.close());

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const userinfo = () => `${city.issuer}/me`;

describe('the basic provider', () => {
  it('says in its discovery document what it does, and offers nothing weak', () => {
    const said = service.configuration.serverMetadata();
    expect(said.issuer).toBe(city.issuer);
    expect(said.response_types_supported).toEqual(['code']);
    expect(said.code_challenge_methods_supported).toEqual(['S256']);
    expect(said.subject_types_supported).toContain('pairwise');
    expect(said.authorization_response_iss_parameter_supported).toBe(true);
    expect(said.id_token_signing_alg_values_supported).toEqual(['ES256']);
    const algorithms = Object.entries(said).filter(([name]) => /_alg_values_supported$/.test(name));
    expect(algorithms.length).toBeGreaterThan(5);
    expect(new Set(algorithms.flatMap(([, values]) => values))).toEqual(new Set(['ES256']));
    expect(said.token_endpoint_auth_methods_supported).not.toContain('client_secret_post');
    expect(said.grant_types_supported).not.toContain('implicit');
    expect(said.grant_types_supported).not.toContain('password');
  });

  it('signs a person in by code and PKCE, and tells the service who, when and how in an ES256 token', async () => {
    const wish = { acr_values: 'phrh phr', max_age: '3600' };
    const { end, tokens, claims } = await signIn(resident, service, wish);
    expect(end.searchParams.get('iss')).toBe(city.issuer);
    expect(tokens.token_type.toLowerCase()).toBe('bearer');
    expect(decodeProtectedHeader(tokens.id_token!)).toMatchObject({ alg: 'ES256', kid: expect.any(String) });
    expect(claims.iss).toBe(city.issuer);
    expect(claims.aud).toBe(service.id);
    expect(claims.sub.length).toBeGreaterThan(20);
    expect(['phr', 'phrh']).toContain(claims.acr);
    expect(Math.abs(Number(claims.iat) - Number(claims.auth_time))).toBeLessThan(120);
    expect(JSON.stringify(claims)).not.toContain('Ada');
  });

  it('sends a request without response_type back as an error with state and issuer', async () => {
    const { url, state } = await begin(service);
    url.searchParams.delete('response_type');
    const end = await resident.walk(url);
    expect(end.href.startsWith(service.redirectUri)).toBe(true);
    expect(Object.fromEntries(end.searchParams)).toMatchObject({
      error: 'invalid_request',
      state,
      iss: city.issuer,
    });
  });

  it('registers no service that wants ID tokens without a signature', async () => {
    const wish = openService(city, { metadata: { id_token_signed_response_alg: 'none' } });
    await expect(wish).rejects.toMatchObject({ kind: 'invalid' });
  });

  it('answers UserInfo by GET and by POST, with the same pseudonym as in the ID token', async () => {
    const { tokens, claims } = await signIn(resident, service);
    const token = tokens.access_token;
    const got = await send(userinfo(), { headers: bearer(token) });
    const posted = await send(userinfo(), { method: 'POST', headers: bearer(token) });
    expect([got.status, posted.status]).toEqual([200, 200]);
    expect(JSON.parse(got.body)).toMatchObject({ sub: claims.sub });
    expect(JSON.parse(posted.body)).toEqual(JSON.parse(got.body));
    expect(got.headers['cache-control']).toContain('no-store');
  });

  it('takes the token of UserInfo from the body of a form too, and never from the address', async () => {
    const { tokens, claims } = await signIn(resident, service);
    const form = {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ access_token: tokens.access_token }).toString(),
    };
    const posted = await send(userinfo(), form);
    expect(JSON.parse(posted.body)).toMatchObject({ sub: claims.sub });
    const asked = await send(`${userinfo()}?access_token=${tokens.access_token}`);
    expect(asked.status).toBe(400);
  });

  it('signs in a service that sends no nonce', async () => {
    const begun = await begin(service, { nonce: '' });
    const end = await resident.walk(begun.url);
    const tokens = await finish(service, { begun: { ...begun, nonce: '' }, end });
    expect(tokens.claims()!.nonce).toBeUndefined();
  });

  it('tells the name to who asked for the profile and was allowed it', async () => {
    const { tokens, claims } = await signIn(resident, service, { scope: 'openid profile' });
    const told = await client.fetchUserInfo(service.configuration, tokens.access_token, claims.sub);
    expect(told.name).toBe('Ada Wong');
  });

  it('takes scopes in any order', async () => {
    const { tokens } = await signIn(resident, service, { scope: 'profile openid' });
    expect(tokens.scope!.split(' ').toSorted()).toEqual(['openid', 'profile']);
  });

  it('leaves out scopes of what it does not know about people, such as address and phone', async () => {
    const { tokens, claims } = await signIn(resident, service, { scope: 'openid address phone email' });
    expect(tokens.scope).toBe('openid');
    const told = await client.fetchUserInfo(service.configuration, tokens.access_token, claims.sub);
    expect(Object.keys(told)).toEqual(['sub']);
  });

  it.each([
    ['display', 'page'],
    ['display', 'popup'],
    ['ui_locales', 'zh-HK en'],
    ['claims_locales', 'se'],
    ['login_hint', 'somebody'],
    ['extra', 'foobar'],
  ])('signs in when a request says %s=%s', async (name, value) => {
    const { claims } = await signIn(resident, service, { [name]: value });
    expect(claims.aud).toBe(service.id);
  });

  it('shows the sign-in page in the language that ui_locales wishes', async () => {
    const { url } = await begin(service, { ui_locales: 'zh-HK' });
    const pages: string[] = [];
    await new Resident(city, resident.passkey).walk(url, { onPage: (page) => void pages.push(page.url) });
    expect(new URL(pages[0]!).pathname).toMatch(/^\/tc\/sign-in\//);
  });

  it('takes an authorization request by POST', async () => {
    const { url, parameters, state } = await begin(service);
    const page = await resident.browser.ask(`${url.origin}${url.pathname}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: url.searchParams.toString(),
    });
    const end = await resident.browser.follow(page, (to) => to.startsWith(service.redirectUri));
    expect(parameters.state).toBe(state);
    expect(new URL(end.location!).searchParams.get('state')).toBe(state);
  });

  it('gives a claim that the claims parameter asks for, when it is allowed', async () => {
    const wish = JSON.stringify({
      id_token: { auth_time: { essential: true } },
      userinfo: { name: { essential: true } },
    });
    const { tokens, claims } = await signIn(resident, service, { claims: wish });
    expect(claims.auth_time).toBeTypeOf('number');
    const told = await client.fetchUserInfo(service.configuration, tokens.access_token, claims.sub);
    expect(told.name).toBe('Ada Wong');
  });

  it('tells a refusal of the person to the service, and nothing else', async () => {
    const other = await openService(city);
    const begun = await begin(other, { scope: 'openid profile' });
    const end = await resident.elsewhere(city).walk(begun.url, { agrees: false });
    expect(Object.fromEntries(end.searchParams)).toMatchObject({
      error: 'access_denied',
      state: begun.state,
    });
    expect(end.searchParams.has('code')).toBe(false);
  });

  it('keeps a service without a secret to PKCE, and signs in through it', async () => {
    const open = await openService(city, { isPublic: true });
    const { claims } = await signIn(resident, open);
    expect(claims.aud).toBe(open.id);
  });

  it('signs in a service that proves itself by a secret in the header, and not in the form', async () => {
    const redirectUri = 'https://secret.example/callback';
    const { id, secret } = await createService(city.house, officer, {
      name: { en: 'With a secret', tc: '設有密碼' },
      metadata: { redirect_uris: [redirectUri], token_endpoint_auth_method: 'client_secret_basic' },
    });
    const configuration = await discover(city, id, client.ClientSecretBasic(secret!));
    const withSecret = { id, redirectUri, configuration };
    expect((await signIn(resident, withSecret)).claims.aud).toBe(id);
    const inForm = {
      ...withSecret,
      configuration: await discover(city, id, client.ClientSecretPost(secret!)),
    };
    expect(await refusalOf(signIn(resident, inForm))).toBe('invalid_client');
  });
});
