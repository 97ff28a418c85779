// Tests of what is kept, compressed and asked for again.

import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { h } from 'preact';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openFakeSite } from '../../../test/kit/fake-site.ts';
import { type CachePolicy, type Module, page, route } from '../module.ts';

const made: Record<string, number> = {};

function pageOf(path: string, cache?: CachePolicy) {
  return page({
    path,
    audience: 'public',
    ...(cache === undefined ? {} : { cache }),
    dependsOn: ['below'],
    query: z.object({ q: z.string().optional(), r: z.string().optional() }),
    async render({ search }) {
      made[path] = (made[path] ?? 0) + 1;
      return { title: path, main: h('p', null, `${search} ${'lamp '.repeat(500)}`) };
    },
  });
}

const module: Module = {
  name: 'above',
  enabled: () => true,
  pages: [
    pageOf('/change', 'change'),
    pageOf('/timed', { seconds: 60 }),
    pageOf('/never', 'none'),
    pageOf('/plain'),
  ],
  routes: [
    route({
      method: 'GET',
      path: '/api/v1/small',
      summary: 'Small',
      audience: 'public',
      cache: 'change',
      response: z.object({ a: z.number() }),
      handle: async () => ({ a: 1 }),
    }),
    route({
      method: 'GET',
      path: '/api/v1/failing',
      summary: 'Fails at first',
      audience: 'public',
      cache: 'change',
      response: z.object({ a: z.number() }),
      async handle() {
        made.failing = (made.failing ?? 0) + 1;
        if (made.failing === 1) throw new Error('not yet');
        return { a: 1 };
      },
    }),
  ],
};

const { server, revisions, clock } = openFakeSite([module]);
afterAll(() => server.stop());
const get = (url: string, headers: Record<string, string> = {}) => server.fastify.inject({ url, headers });

describe('an answer that changes with its module', () => {
  it('is made once for every spelling of the same question', async () => {
    made['/change'] = 0;
    const spellings = ['?q=1&r=2', '?r=2&q=1', '?q=%31&r=2', '?q=1&r=2&', '?q=1&r=2', '?r=2&q=1'];
    const bodies = new Set<string>();
    for (const search of spellings) bodies.add((await get(`/en/change${search}`)).payload);
    expect([made['/change'], bodies.size]).toEqual([1, 1]);
  });

  it('is made anew after a change in its module, or in one it depends on', async () => {
    made['/change'] = 0;
    await get('/tc/change');
    revisions.set('above', 1);
    await get('/tc/change');
    revisions.set('below', 1);
    await get('/tc/change');
    revisions.set('elsewhere', 1);
    await get('/tc/change');
    expect(made['/change']).toBe(3);
  });

  it('may be stored by others, who must ask before they show it', async () => {
    const { headers } = await get('/en/change');
    expect(headers['cache-control']).toBe('public, no-cache');
    expect(headers.vary).toBe('Accept-Encoding');
  });

  it('is not kept when it is an error', async () => {
    expect((await get('/api/v1/failing')).statusCode).toBe(500);
    expect((await get('/api/v1/failing')).statusCode).toBe(200);
  });
});

describe('other answers', () => {
  it('with a time are kept for that time', async () => {
    made['/timed'] = 0;
    const { headers } = await get('/en/timed');
    await get('/en/timed');
    clock.set(new Date(clock.now().getTime() + 61_000));
    await get('/en/timed');
    expect([made['/timed'], headers['cache-control']]).toEqual([2, 'public, max-age=60']);
  });

  it('that may never be kept are not, by anybody', async () => {
    made['/never'] = 0;
    await get('/en/never');
    const { headers } = await get('/en/never');
    expect([made['/never'], headers['cache-control'], headers.etag]).toEqual([2, 'no-store', undefined]);
  });

  it('without a policy are made each time, but sent only when they differ', async () => {
    made['/plain'] = 0;
    const { headers } = await get('/en/plain');
    const again = await get('/en/plain', { 'if-none-match': String(headers.etag) });
    expect([made['/plain'], again.statusCode]).toEqual([2, 304]);
  });
});

describe('the forms of an answer', () => {
  it('are plain, gzip and brotli, each with its own tag and the same content', async () => {
    const plain = await get('/en/change');
    const small = await get('/en/change', { 'accept-encoding': 'gzip' });
    const smaller = await get('/en/change', { 'accept-encoding': 'br, gzip' });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(small.headers['content-encoding']).toBe('gzip');
    expect(smaller.headers['content-encoding']).toBe('br');
    expect(gunzipSync(small.rawPayload).toString()).toBe(plain.payload);
    expect(brotliDecompressSync(smaller.rawPayload).toString()).toBe(plain.payload);
    expect(Number(smaller.headers['content-length'])).toBe(smaller.rawPayload.length);
    expect(new Set([plain, small, smaller].map(({ headers }) => headers.etag)).size).toBe(3);
  });

  it('are only plain when there is little to save', async () => {
    const { headers } = await get('/api/v1/small', { 'accept-encoding': 'br' });
    expect(headers['content-encoding']).toBeUndefined();
  });

  it('need not be sent to a client that has them', async () => {
    const compressed = { 'accept-encoding': 'br' };
    const { headers } = await get('/en/change', compressed);
    const tag = String(headers.etag);
    for (const known of [tag, `W/${tag}`, `"x", ${tag}`, '*']) {
      const again = await get('/en/change', { ...compressed, 'if-none-match': known });
      expect([again.statusCode, again.payload, again.headers.etag]).toEqual([304, '', tag]);
      expect(again.headers['content-length']).toBeUndefined();
    }
    expect((await get('/en/change', { ...compressed, 'if-none-match': '"x"' })).statusCode).toBe(200);
  });

  it('differ when the content does', async () => {
    const first = await get('/en/change?q=1');
    const second = await get('/en/change?q=2');
    expect(first.headers.etag).not.toBe(second.headers.etag);
  });

  it('of an asset last for ever', async () => {
    const { headers, rawPayload } = await get('/assets/tiny.css', { 'accept-encoding': 'br' });
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(headers['content-type']).toBe('text/css; charset=utf-8');
    expect(brotliDecompressSync(rawPayload).toString()).toMatch(/^p \{ color: navy \}/);
  });
});
