// Proves that a page receives its own form, and that nothing else gets in that way.

import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openFakeSite } from '../../../test/kit/fake-site.ts';
import { things } from '../../../test/kit/things.ts';
import { type Module, page } from '../module.ts';

const desk: Module = {
  name: 'desk',
  enabled: () => true,
  pages: [
    page({
      path: '/desk',
      audience: 'public',
      cache: 'change',
      render: async () => ({ title: 'Desk', main: 'empty' }),
      form: {
        fields: z.object({ name: z.string().max(10), note: z.string().optional() }),
        limitBytes: 500,
        submit: async ({ fields, language, path, search }) => ({
          title: 'Desk',
          main: JSON.stringify({ ...fields, language, path, search }).replaceAll('"', ''),
        }),
      },
    }),
  ],
};
const { server, lines } = openFakeSite([desk, things], { origin: 'https://city.example', level: 'debug' });
afterAll(() => server.stop());

const form = 'application/x-www-form-urlencoded';
const send = (payload: string, headers: Record<string, string> = {}, url = '/tc/desk') =>
  server.fastify.inject({
    method: 'POST',
    url,
    payload,
    headers: { 'content-type': form, accept: 'text/html', ...headers },
  });

describe('a form of a page', () => {
  it('is read in the language of its address, answered with a page, and never kept', async () => {
    const { statusCode, body, headers } = await send('name=Mei+Ling&note=');
    expect(statusCode).toBe(200);
    expect(body).toContain('{name:Mei Ling,language:tc,path:/desk,search:}');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers.etag).toBeUndefined();
  });

  it('leaves the page itself as it was for who asks with GET', async () => {
    await send('name=Mei');
    const { body, statusCode } = await server.fastify.inject({ url: '/tc/desk' });
    expect([statusCode, body.includes('empty')]).toEqual([200, true]);
  });

  it('puts nothing of what was sent into the log', async () => {
    await send('name=Secret7&more=Secret8');
    await send('name=Secret7');
    expect(JSON.stringify(lines)).not.toMatch(/Secret/);
    expect(lines.some((line) => line.method === 'POST')).toBe(true);
  });

  it.each([
    ['a field that is missing', 'note=x', {}, 400],
    ['a field that is not named', 'name=x&more=1', {}, 400],
    ['a field that is sent twice', 'name=x&name=y', {}, 400],
    ['a field that is too long', 'name=12345678901', {}, 400],
    ['the name of a prototype', '__proto__=x&name=y', {}, 400],
    ['more than its limit', `name=x&note=${'x'.repeat(600)}`, {}, 413],
    ['JSON', '{"name":"x"}', { 'content-type': 'application/json' }, 415],
    ['a form of another site', 'name=x', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a form of a neighbour below the same domain', 'name=x', { 'sec-fetch-site': 'same-site' }, 403],
    ['a form of an old browser on another site', 'name=x', { origin: 'https://evil.example' }, 403],
  ])('refuses %s', async (_title, payload, headers, status) => {
    expect((await send(payload, headers as Record<string, string>)).statusCode).toBe(status);
  });

  it('takes one from this site, however the browser says so', async () => {
    expect((await send('name=x', { 'sec-fetch-site': 'same-origin' })).statusCode).toBe(200);
    expect((await send('name=x', { origin: 'https://city.example' })).statusCode).toBe(200);
  });

  it('is refused where there is none: by other pages, without a language, by endpoints for JSON', async () => {
    expect((await send('name=x', {}, '/tc/things/MOB-01')).statusCode).toBe(405);
    expect((await send('name=x', {}, '/desk')).statusCode).toBe(405);
    expect((await send('name=xx', {}, '/api/v1/things')).statusCode).toBe(415);
  });

  it('is told of among the methods of its address', async () => {
    const { headers } = await server.fastify.inject({ method: 'PUT', url: '/tc/desk' });
    expect(headers.allow).toBe('GET, HEAD, POST, OPTIONS');
  });
});
