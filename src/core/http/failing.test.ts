// Tests of errors through HTTP: what a program is told, and what stays in the log.

import { afterAll, describe, expect, it } from 'vitest';
import { openFakeSite } from '../../../test/kit/fake-site.ts';
import { things } from '../../../test/kit/things.ts';

const { server, lines } = openFakeSite([things]);
const { fastify } = server;
afterAll(() => server.stop());

const get = (url: string, headers: Record<string, string> = {}) => fastify.inject({ url, headers });
const browser = { accept: 'text/html,*/*;q=0.8' };

describe('an error of the API', () => {
  it('is a problem with a stable code, the fields at fault and the number of the request', async () => {
    const response = await get('/api/v1/things/MOB-01?area=x&colour=red', { 'accept-language': 'zh-HK' });
    expect(response.statusCode).toBe(400);
    expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.headers['content-language']).toBe('zh-Hant-HK');
    const problem = response.json();
    expect(problem).toMatchObject({
      type: '/problems/invalid-input',
      title: '要求不正確',
      status: 400,
      code: 'invalid-input',
      instance: `urn:request:${response.headers['x-request-id']}`,
    });
    expect(problem.errors).toEqual([
      { field: 'colour', message: '不認識此項。可用：area、asOf。' },
      { field: 'area', message: '必須是以下其中一項：mobility、living。' },
    ]);
  });

  it.each([
    ['GET', '/api/v1/things/XYZ-99', undefined, '', 404, 'unknown-thing'],
    ['GET', '/api/v1/things/xyz', undefined, '', 400, 'invalid-input'],
    ['GET', '/api/v1/nothing', undefined, '', 404, 'not-found'],
    ['GET', `/api/v1/things/${'x'.repeat(300)}`, undefined, '', 414, 'address-too-long'],
    ['GET', `/api/v1/things/MOB-01?asOf=${'x'.repeat(5000)}`, undefined, '', 414, 'address-too-long'],
    ['GET', '/api/v1/things/%ff', undefined, '', 400, 'malformed-address'],
    ['POST', '/api/v1/things', '{"name": "x', 'application/json', 400, 'malformed-json'],
    ['POST', '/api/v1/things', '', 'application/json', 400, 'empty-body'],
    ['POST', '/api/v1/things', '{"__proto__": {"name": "ab"}}', 'application/json', 400, 'malformed-json'],
    ['POST', '/api/v1/things', '{"name": "a"}', 'application/json', 400, 'invalid-input'],
    ['POST', '/api/v1/things', '{"name": "taken"}', 'application/json', 409, 'name-taken'],
    ['POST', '/api/v1/things', 'name=ab', 'application/x-www-form-urlencoded', 415, 'unsupported-media'],
    ['POST', '/api/v1/things', 'ab', 'text/plain', 415, 'unsupported-media'],
    ['POST', '/api/v1/things', `{"name": "${'x'.repeat(300)}"}`, 'application/json', 413, 'body-too-large'],
    ['DELETE', '/api/v1/things', '{"a', 'application/json', 405, 'method-not-allowed'],
    ['GET', '/api/v1/things', undefined, '', 405, 'method-not-allowed'],
  ] as const)('%s %.40s with %.40j as %s is %i %s', async (...row) => {
    const [method, url, payload, type, status, code] = row;
    const response = await fastify.inject({
      method,
      url,
      headers: { ...browser, ...(type === '' ? {} : { 'content-type': type }) },
      ...(payload === undefined ? {} : { payload }),
    });
    expect([response.statusCode, response.json().code]).toEqual([status, code]);
  });

  it('says which methods an address has', async () => {
    const wrong = await fastify.inject({ method: 'PUT', url: '/api/v1/things/MOB-01' });
    expect([wrong.statusCode, wrong.headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS']);
    const asked = await fastify.inject({ method: 'OPTIONS', url: '/api/v1/things' });
    expect([asked.statusCode, asked.headers.allow]).toEqual([204, 'POST, OPTIONS']);
  });

  it.each(['/api/v1/things/BAD-00', '/api/v1/things/WRG-00', '/api/v1/evil'])(
    'keeps what went wrong inside to the log: %s',
    async (url) => {
      lines.length = 0;
      const response = await get(url);
      expect(response.statusCode).toBe(500);
      expect(response.json().code).toBe('internal');
      expect(response.payload).not.toMatch(/secret|cupboard|stack|schema|header/i);
      expect(response.headers['x-evil']).toBeUndefined();
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatchObject({ level: 'error', requestId: response.headers['x-request-id'] });
    },
  );
});
