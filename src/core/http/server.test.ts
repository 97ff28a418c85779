// Tests of routes and pages through HTTP: answers, languages, addresses.

import { afterAll, describe, expect, it } from 'vitest';
import { openFakeSite } from '../../../test/kit/fake-site.ts';
import { things } from '../../../test/kit/things.ts';

const { server } = openFakeSite([things]);
const { fastify } = server;
afterAll(() => server.stop());

const get = (url: string, headers: Record<string, string> = {}) => fastify.inject({ url, headers });
const browser = { accept: 'text/html,*/*;q=0.8' };

describe('a route', () => {
  it('answers with what its schema names and nothing else', async () => {
    const response = await get('/api/v1/things/MOB-01');
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(response.json()).toEqual({ id: 'MOB-01', part: { shown: true } });
  });

  it('may be read by the pages of other sites, without their cookies', async () => {
    const { headers } = await get('/api/v1/things/MOB-01');
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers['access-control-allow-credentials']).toBeUndefined();
  });

  it('sends a file with its type, its charset and its name in both spellings', async () => {
    const { headers, payload } = await get('/api/v1/things.csv');
    expect(payload).toBe('a,b\r\n');
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(headers['content-disposition']).toBe(
      `attachment; filename="__ _1_.csv"; filename*=UTF-8''%E4%BA%8B%E7%89%A9%20%221%22.csv`,
    );
  });

  it('answers HEAD as GET, without the body', async () => {
    const response = await fastify.inject({ method: 'HEAD', url: '/api/v1/things/MOB-01' });
    expect([response.statusCode, response.payload, response.headers['content-length']]).toEqual([
      200,
      '',
      String('{"id":"MOB-01","part":{"shown":true}}'.length),
    ]);
  });

  it('passes a checked body to its handler', async () => {
    const response = await fastify.inject({
      method: 'POST',
      url: '/api/v1/things',
      payload: { name: 'lamp' },
    });
    expect([response.statusCode, response.json()]).toEqual([200, { name: 'lamp' }]);
    expect(response.headers['cache-control']).toBe('no-store');
  });
});

describe('a page', () => {
  it('is served in each language, with its menu in order', async () => {
    const english = await get('/en');
    const chinese = await get('/tc');
    expect(english.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(english.headers['content-language']).toBe('en');
    expect(english.payload).toMatch(/^<!doctype html><html lang="en">/);
    expect(english.payload).toMatch(/href="\/en\/things".*Things.*href="\/en\/last".*Last/);
    expect(chinese.payload).toContain('事物');
    expect((await get('/sc')).payload).toContain('Home sc');
  });

  it('knows where it is, in one spelling, and links to itself in the other languages', async () => {
    const { payload: sent } = await get('/tc/things/MOB%2D01?asOf=2024-01-01&area=');
    const payload = sent.replaceAll('&quot;', '"');
    expect(payload).toContain('href="/en/things/MOB-01?asOf=2024-01-01"');
    expect(payload).toContain('"path":"/things/MOB-01"');
    expect(payload).toContain('"search":"?asOf=2024-01-01"');
    expect(payload).toContain('"query":{"asOf":"2024-01-01"}');
  });

  it('keeps its own status', async () => {
    const response = await get('/en/gone');
    expect([response.statusCode, response.headers['cache-control']]).toEqual([410, 'no-store']);
  });

  it('tells a person what is wrong, field by field, in the language of the address', async () => {
    const response = await get('/tc/things/MOB-01?area=x', { ...browser, 'accept-language': 'en' });
    expect(response.statusCode).toBe(400);
    expect(response.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(response.payload).toContain('area: 必須是以下其中一項：mobility、living。');
  });

  it('tells a program the same as a problem', async () => {
    const response = await get('/tc/things/MOB-01?area=x', { accept: 'application/json' });
    expect(response.headers['content-type']).toContain('application/problem+json');
    expect(response.json().errors[0].field).toBe('area');
  });

  it('that breaks shows no detail', async () => {
    const response = await get('/en/broken', browser);
    expect(response.statusCode).toBe(500);
    expect(response.headers['content-type']).toContain('text/html');
    expect(response.payload).not.toContain('secret');
  });

  it('that does not exist is a page in the language of the reader', async () => {
    const named = await get('/sc/nothing', browser);
    expect([named.statusCode, named.headers['content-language']]).toEqual([404, 'zh-Hans']);
    const unnamed = await get('/xx/things', { ...browser, 'accept-language': 'zh-TW' });
    expect([unnamed.statusCode, unnamed.headers['content-language']]).toEqual([404, 'zh-Hant-HK']);
    expect(unnamed.payload).toContain('<html lang="tc">');
  });
});

describe('an address', () => {
  it.each([
    ['/', 'zh-HK', '/tc'],
    ['/?area=living', 'zh-CN', '/sc?area=living'],
    ['/things/MOB-01?area=living', 'fr', '/en/things/MOB-01?area=living'],
  ])('without a language, %s for %s, goes to %s', async (url, language, target) => {
    const { statusCode, headers } = await get(url, { 'accept-language': language });
    expect([statusCode, headers.location, headers.vary]).toEqual([302, target, 'Accept-Language']);
  });

  it.each([
    ['/en/', '/en'],
    ['/en/things/MOB-01/?area=living', '/en/things/MOB-01?area=living'],
    ['/api/v1/things.csv//', '/api/v1/things.csv'],
  ])('with a slash too many, %s, moves to %s', async (url, target) => {
    const { statusCode, headers } = await get(url);
    expect([statusCode, headers.location]).toEqual([308, target]);
  });

  it.each(['//evil.example/', '/\\evil.example/', '/en//evil.example//'])(
    'never leads away: %s',
    async (url) => {
      const { headers } = await get(`http://localhost${url}`);
      expect(headers.location ?? '/').toMatch(/^\/(?![/\\])/);
    },
  );

  it('carries a strict policy on every kind of answer', async () => {
    const answers = await Promise.all(
      [
        '/en',
        '/',
        '/en/',
        '/en/nothing',
        '/api/v1/things/MOB-01',
        '/api/nothing',
        '/healthz',
        '/assets/tiny.css',
        '/%ff',
      ].map((url) => get(url, browser)),
    );
    for (const { headers } of answers) {
      expect(headers['content-security-policy']).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('strict-origin-when-cross-origin');
      expect(headers['strict-transport-security']).toBeUndefined();
    }
  });

  it('promises HTTPS when the site has it', async () => {
    const site = openFakeSite([things], { origin: 'https://city.example' });
    const response = await site.server.fastify.inject({ url: '/en' });
    await site.server.stop();
    expect(response.headers['strict-transport-security']).toMatch(/^max-age=\d{8}/);
  });
});
