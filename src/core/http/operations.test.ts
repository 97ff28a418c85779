// Tests of a listening server: health, counters, limits, broken requests, stopping.

import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type FakeSite, openFakeSite } from '../../../test/kit/fake-site.ts';
import { type Module, page, route } from '../module.ts';

let open: FakeSite[] = [];
afterEach(async () => {
  for (const { server } of open) await server.stop();
  open = [];
});

type Gate = { module: Module; entered: Promise<void>; release: () => void };

/** A module whose one route waits until it is let go. */
function gate(): Gate {
  let enter = () => {};
  let release = () => {};
  const entered = new Promise<void>((resolve) => {
    enter = resolve;
  });
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const waiting = route({
    method: 'GET',
    path: '/api/v1/wait/:id',
    summary: 'Waits',
    audience: 'public',
    params: z.object({ id: z.string() }),
    query: z.object({ q: z.string().optional() }),
    response: z.object({ done: z.boolean() }),
    async handle() {
      enter();
      await released;
      return { done: true };
    },
  });
  const home = page({ path: '/', audience: 'public', render: async () => ({ title: 'Home', main: 'home' }) });
  return {
    module: { name: 'gate', enabled: () => true, routes: [waiting], pages: [home] },
    entered,
    release,
  };
}

function site(options: Parameters<typeof openFakeSite>[1] = {}) {
  const held = gate();
  const fake = openFakeSite([held.module], options);
  open.push(fake);
  return { ...fake, ...held };
}

/** Sends bytes as they are and gives everything that comes back until the connection closes. */
function exchange(url: string, bytes: string): Promise<string> {
  const { port, hostname } = new URL(url);
  return new Promise((resolve, reject) => {
    let got = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.on('data', (chunk) => {
      got += chunk.toString();
    });
    socket.on('close', () => resolve(got));
    socket.on('error', reject);
  });
}

describe('health', () => {
  it('is alive, and ready when what it needs answers', async () => {
    let works = true;
    const { server, lines, clock } = site({
      checkReady: async () => {
        if (!works) throw new Error('no database');
      },
    });
    const ask = async (url: string) => (await server.fastify.inject({ url })).statusCode;
    expect([await ask('/healthz'), await ask('/readyz')]).toEqual([200, 200]);
    works = false;
    clock.set('2024-06-30T04:00:01Z');
    expect([await ask('/healthz'), await ask('/readyz')]).toEqual([200, 503]);
    expect(lines.some(({ message }) => message === 'Not ready.')).toBe(true);
  });

  it('asks the database once a second at most, however many ask whether it is ready', async () => {
    let asked = 0;
    let answer = () => {};
    const { server, clock } = site({
      checkReady: () => {
        asked += 1;
        return new Promise<void>((resolve) => {
          answer = resolve;
        });
      },
    });
    const ask = async () => (await server.fastify.inject({ url: '/readyz' })).statusCode;
    const together = [ask(), ask(), ask()];
    while (asked === 0) await new Promise(setImmediate);
    // One that comes while the others wait, though the second is over.
    clock.set('2024-06-30T04:00:02Z');
    together.push(ask());
    await new Promise(setImmediate);
    answer();
    expect([...(await Promise.all(together)), await ask()]).toEqual([200, 200, 200, 200, 200]);
    expect(asked).toBe(1);
    clock.set('2024-06-30T04:00:03Z');
    const later = ask();
    while (asked === 1) await new Promise(setImmediate);
    answer();
    expect([await later, asked]).toEqual([200, 2]);
  });

  it('counts requests by template, kept answers and waiting events', async () => {
    const events = { lag: async () => [{ subscriber: 'search', pending: 3, parked: 1 }] };
    const { server, release } = site({ events });
    release();
    await server.fastify.inject({ url: '/api/v1/wait/secret-person?q=secret' });
    await server.fastify.inject({ url: '/tc' });
    const { payload, headers } = await server.fastify.inject({ url: '/metrics' });
    expect(headers['content-type']).toMatch(/^text\/plain/);
    expect(payload).toContain('route="/api/v1/wait/:id",status="200"} 1');
    expect(payload).toContain('route="/{language}/"');
    expect(payload).toContain('lamppost_events_pending{subscriber="search"} 3');
    expect(payload).toContain('lamppost_events_parked{subscriber="search"} 1');
    expect(payload).toContain('process_cpu_seconds_total');
    expect(payload).not.toContain('secret');
  });

  it('still shows the other counters when events cannot be asked', async () => {
    const { server } = site({ events: { lag: () => Promise.reject(new Error('no database')) } });
    const { statusCode } = await server.fastify.inject({ url: '/metrics' });
    expect(statusCode).toBe(200);
  });

  it('shows its counters to the private network only', async () => {
    const { server } = site();
    const ask = async (remoteAddress: string, headers = {}) =>
      (await server.fastify.inject({ url: '/metrics', remoteAddress, headers })).statusCode;
    expect(await ask('10.1.2.3')).toBe(200);
    expect(await ask('::1')).toBe(200);
    expect(await ask('::ffff:192.168.1.1')).toBe(200);
    expect(await ask('8.8.8.8')).toBe(403);
    expect(await ask('2001:db8::1')).toBe(403);
    expect(await ask('127.0.0.1', { 'x-forwarded-for': '127.0.0.1' })).toBe(403);
  });
});

describe('limits', () => {
  it('answer 429 with the time to wait, whatever is asked, but health and assets stay open', async () => {
    const { server } = site({ limits: { requestsPerMinute: 3 } });
    const ask = (url: string) => server.fastify.inject({ url, headers: { accept: '*/*' } });
    for (const url of ['/en', '/en/nothing', '/']) expect((await ask(url)).statusCode).not.toBe(429);
    const page = await ask('/en');
    expect([page.statusCode, page.headers['content-type']]).toEqual([429, 'text/html; charset=utf-8']);
    expect(Number(page.headers['retry-after'])).toBeGreaterThan(0);
    expect((await ask('/api/v1/wait/1')).json().code).toBe('too-many-requests');
    expect((await ask('/en/nothing')).statusCode).toBe(429);
    expect((await ask('/healthz')).statusCode).toBe(200);
    expect((await ask('/assets/tiny.css')).statusCode).toBe(200);
  });

  it('count each client on its own, and believe no header about who it is', async () => {
    const { server } = site({ limits: { requestsPerMinute: 1 } });
    const ask = async (remoteAddress: string, forwarded: string) =>
      (await server.fastify.inject({ url: '/en', remoteAddress, headers: { 'x-forwarded-for': forwarded } }))
        .statusCode;
    expect(await ask('8.8.8.8', '1.1.1.1')).toBe(200);
    expect(await ask('9.9.9.9', '1.1.1.1')).toBe(200);
    expect(await ask('8.8.8.8', '2.2.2.2')).toBe(429);
  });

  it('end a handler that takes too long with 503', async () => {
    const { server } = site({ limits: { handlerMs: 20 } });
    const response = await server.fastify.inject({ url: '/api/v1/wait/1' });
    expect([response.statusCode, response.json().code, response.headers['retry-after']]).toEqual([
      503,
      'took-too-long',
      '5',
    ]);
  });
});

describe('what is not a request', () => {
  it.each([
    ['NONSENSE\r\n\r\n', 400],
    ['GET / HTTP/1.1\r\nHost: x\r\nA: b\nc\0\r\n\r\n', 400],
    [`GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(40_000)}\r\n\r\n`, 431],
    [`GET /${'x'.repeat(40_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431],
  ])('%.30j gets a problem with status %i', async (bytes, status) => {
    const { server } = site();
    const got = await exchange(await server.start(), bytes);
    expect(got).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(got).toContain('application/problem+json');
    expect(JSON.parse(got.split('\r\n\r\n')[1] ?? '')).toMatchObject({ status });
  });

  it.each([
    'GET http://evil.example/en HTTP/1.1',
    'GET /en#fragment HTTP/1.1',
    'GET /en?#x HTTP/1.1',
    'GET //evil.example/ HTTP/1.1',
    'GET /\\evil.example/ HTTP/1.1',
    'GET /en/../../etc/passwd HTTP/1.1',
    'GET * HTTP/1.1',
    'PROPFIND /en HTTP/1.1',
  ])('%s is answered without harm', async (line) => {
    const { server } = site();
    const got = await exchange(await server.start(), `${line}\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(got).toMatch(/^HTTP\/1.1 [234]/);
    expect(got).not.toMatch(/location: \/\/|evil\.example/i);
  });
});

describe('stopping', () => {
  it('lets a request in flight finish, refuses new ones and closes what is idle', async () => {
    const { server, entered, release } = site();
    const url = await server.start();
    const idle = exchange(url, 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
    const busy = exchange(url, 'GET /api/v1/wait/1 HTTP/1.1\r\nHost: x\r\n\r\n');
    await entered;
    const stopped = server.stop();
    expect(await idle).toContain('alive');
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
    release();
    expect(await busy).toContain('{"done":true}');
    await stopped;
  });

  it('does not wait for ever', async () => {
    const { server, entered, release } = site({ limits: { farewellMs: 30 } });
    const busy = exchange(await server.start(), 'GET /api/v1/wait/1 HTTP/1.1\r\nHost: x\r\n\r\n');
    await entered;
    await server.stop();
    expect(await busy).toBe('');
    release();
  });

  it('is told to who asks on an open connection whether it is ready', async () => {
    const { server, entered, release } = site();
    const { port, hostname } = new URL(await server.start());
    const socket = connect(Number(port), hostname);
    const closed = new Promise<string>((resolve) => {
      let got = '';
      socket.on('data', (chunk) => {
        got += chunk.toString();
      });
      socket.on('close', () => resolve(got));
    });
    socket.write('GET /api/v1/wait/1 HTTP/1.1\r\nHost: x\r\n\r\n');
    await entered;
    const received = new Promise((resolve) => server.fastify.server.once('request', resolve));
    const stopped = server.stop();
    socket.write('GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n');
    await received;
    release();
    await stopped;
    expect(await closed).toMatch(/\{"done":true\}HTTP\/1\.1 503 .*stopping/s);
  });
});

describe('the log of requests', () => {
  it('has template, status and duration, and nothing that says who asked for what', async () => {
    const { server, lines, release } = site({ level: 'debug' });
    release();
    await server.fastify.inject({ url: '/api/v1/wait/private-id?q=private', remoteAddress: '8.8.4.4' });
    await server.fastify.inject({ url: '/api/v1/wait/private-id?zzz=private' });
    const requests = lines.filter(({ message }) => message === 'request');
    expect(requests.map(({ method, route: template, status }) => [method, template, status])).toEqual([
      ['GET', '/api/v1/wait/:id', 200],
      ['GET', '/api/v1/wait/:id', 400],
    ]);
    expect(requests[0]).toMatchObject({ durationMs: expect.any(Number), requestId: expect.any(String) });
    expect(JSON.stringify(lines)).not.toMatch(/private|8\.8\.4\.4/);
  });
});
