// Redirect tricks: what is not exactly a registered address gets nothing, and is never gone to.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type City, openCity } from '../../kit/oidc/city.ts';
import { begin } from '../../kit/oidc/flow.ts';
import { requestClaims, signAs } from '../../kit/oidc/raw.ts';
import { type Resident, residentOf } from '../../kit/oidc/resident.ts';
import { openService, type TestService } from '../../kit/oidc/services.ts';

let city: City;
let service: TestService;
let resident: Resident;
const registered = 'https://shop.example/callback';
beforeAll(async () => {
  city = await openCity();
  service = await openService(city, { redirectUri: registered });
  resident = await residentOf(city);
});
afterAll(() => city.close());

describe('the redirect URI of a request', () => {
  it.each([
    'https://shop.example/callback/',
    'https://shop.example/callback/more',
    'https://shop.example/callbackmore',
    'https://shop.example/callback?x=1',
    'https://shop.example/callback#x',
    'https://shop.example/CALLBACK',
    'https://shop.example//callback',
    'https://shop.example/x/../callback',
    'https://shop.example/%63allback',
    'https://shop.example/callback%00',
    'https://shop.example/callback%0d%0aSet-Cookie:x=1',
    'https://shop.example:443/callback',
    'https://shop.example:8443/callback',
    'http://shop.example/callback',
    'https://shop.example.evil.example/callback',
    'https://evil.example/https://shop.example/callback',
    'https://shop.example@evil.example/callback',
    'https://user@shop.example/callback',
    'https://evil.example\\@shop.example/callback',
    'https://shop.example%2f@evil.example/callback',
    '//shop.example/callback',
    'javascript:alert(1)',
    'data:text/html,x',
    '/callback',
    'https://ѕhop.example/callback',
  ])('%j is refused on a page of our own', async (redirect_uri) => {
    const { url } = await begin(service, { redirect_uri });
    const answer = await resident.browser.ask(url.href);
    expect(answer.status).toBe(400);
    expect(answer.location).toBeUndefined();
    expect(answer.headers['content-type']).toContain('text/html');
    expect(answer.body).not.toContain('alert(1)');
  });

  it('is needed when it is given twice only once', async () => {
    const { url } = await begin(service);
    url.searchParams.append('redirect_uri', 'https://evil.example/');
    const answer = await resident.browser.ask(url.href);
    expect([answer.status, answer.location]).toEqual([400, undefined]);
  });

  it('in a signed request counts, and not the one beside it', async () => {
    const { parameters } = await begin(service);
    const request = await signAs(service, requestClaims(city, service, parameters));
    const query = { client_id: service.id, request, redirect_uri: 'https://evil.example/' };
    const end = await resident.walk(`${city.issuer}/auth?${new URLSearchParams(query)}`);
    expect(end.href.startsWith(`${registered}?code=`)).toBe(true);
  });

  it('of an unknown service is never gone to', async () => {
    const { url } = await begin(service);
    url.searchParams.set('client_id', 'nobody');
    const answer = await resident.browser.ask(url.href);
    expect([answer.status, answer.location]).toEqual([400, undefined]);
  });

  it('of another service is refused', async () => {
    const other = await openService(city);
    const { url } = await begin(service, { redirect_uri: other.redirectUri });
    const answer = await resident.browser.ask(url.href);
    expect([answer.status, answer.location]).toEqual([400, undefined]);
  });
});

describe('a service', () => {
  it.each([
    'http://shop.example/callback',
    'https://shop.example/callback#part',
    'javascript:alert(1)',
    'https://user:word@shop.example/callback',
    'not an address',
    '',
  ])('cannot be registered with the redirect URI %j', async (redirectUri) => {
    await expect(openService(city, { redirectUri })).rejects.toMatchObject({ kind: 'invalid' });
  });
});

const outside = [
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example/',
  '\\\\evil.example',
  '/%09/evil.example',
  '/\t/evil.example',
  'javascript:alert(1)',
  'https:evil.example',
  '/en/../..//evil.example',
  '/en/account\r\nSet-Cookie: x=1',
  '@evil.example',
  '.evil.example',
];

describe('the page to which a sign-in at the portal returns', () => {
  it.each(outside)('is never outside, though next says %j', async (next) => {
    const person = resident.elsewhere(city);
    const asked = await person.walkHome(`${city.origin}/en/sign-in?next=${encodeURIComponent(next)}`);
    expect(new URL(asked.url).origin).toBe(city.origin);
    expect(person.browser.visited.every((url) => new URL(url).origin === city.origin)).toBe(true);
    expect(asked.headers['set-cookie']?.join() ?? '').not.toContain('x=1');
  });

  it('is the page that was asked for', async () => {
    const person = resident.elsewhere(city);
    const asked = await person.walkHome(`${city.origin}/en/sign-in?next=%2Ftc%2Faccount`);
    expect(asked.status).toBe(200);
    expect(new URL(asked.url).pathname).toBe('/tc/account');
  });
});
