// Tests of endpoints for some people only: strangers, the wrong people, cookies, redirects, engines, scripts.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openFakeSite } from '../../../test/kit/fake-site.ts';
import { LamppostError } from '../errors.ts';
import { type Module, page, route } from '../module.ts';
import { parseCookies } from './asking.ts';

const me = '00000000-0000-4000-8000-000000000001';
/** Seconds since the sign-in of the person whose cookie says so. */
const agedActor = (seconds: number) => ({
  id: me,
  acr: 'phr',
  authenticatedAt: new Date(Date.parse('2024-06-30T04:00:00Z') - seconds * 1000),
  roles: seconds === 7 ? [{ department: 'parks', role: 'editor' as const }] : [],
});

const response = z.object({ id: z.string() });
const answerActor = async ({ actor }: { actor: { id: string } }) => ({ id: actor.id });

/** Pages that are kept, of which one forgets it. */
const keptPages = (['cookies', 'redirect'] as const).map((what) =>
  page({
    path: `/kept-${what}`,
    audience: 'public',
    cache: 'change',
    render: async () => ({
      ...{ title: 'Kept', main: 'kept' },
      ...(what === 'cookies' ? { cookies: ['a=1; Path=/'] } : { redirect: '/en' }),
    }),
  }),
);

function site(extra: Partial<Module> = {}) {
  const module: Module = {
    name: 'desk',
    enabled: () => true,
    policies: { 'desk.do-it': { about: { en: 'Do it', tc: '處理' }, roles: ['editor'] } },
    authentication: {
      signInPath: '/sign-in',
      actorOf: async ({ cookies }) => {
        if (cookies.age === 'forged') {
          throw new LamppostError('unauthenticated', 'bad-token', { en: 'Bad token.', tc: '權杖無效。' });
        }
        return cookies.age === undefined ? undefined : agedActor(Number(cookies.age));
      },
    },
    routes: [
      route({
        method: 'GET',
        path: '/api/v1/me',
        summary: 'Me',
        audience: 'signed-in',
        response,
        handle: answerActor,
      }),
      route({
        method: 'GET',
        path: '/api/v1/fresh',
        summary: 'Me, lately',
        audience: { signedInWithin: 60 },
        response,
        handle: answerActor,
      }),
      route({
        method: 'GET',
        path: '/api/v1/desk',
        summary: 'The desk',
        audience: { may: 'desk.do-it' },
        response,
        handle: answerActor,
      }),
      route({
        method: 'GET',
        path: '/api/v1/all',
        summary: 'All',
        audience: 'public',
        response,
        handle: answerActor,
      }),
    ],
    pages: [
      page({
        path: '/mine/:thing',
        audience: 'signed-in',
        params: z.object({ thing: z.string() }),
        query: z.object({ part: z.string().optional() }),
        render: async ({ actor }) => ({ title: 'Mine', main: actor.id, formTargets: ['https://a.example'] }),
        form: {
          fields: z.object({ to: z.string().optional() }),
          submit: async ({ fields }) =>
            fields.to === undefined
              ? { title: 'Sent', main: 'sent' }
              : { title: '', main: null, redirect: fields.to, cookies: ['a=1; Path=/', 'b=2; Path=/'] },
        },
      }),
      ...keptPages,
    ],
    ...extra,
  };
  return openFakeSite([module]).server.fastify;
}

const get = (url: string, cookie?: string) =>
  site().inject({ url, headers: cookie === undefined ? {} : { cookie } });

describe('an endpoint for people who are signed in', () => {
  it('tells a program that nobody is, and how to sign in', async () => {
    const answer = await get('/api/v1/me');
    expect(answer.statusCode).toBe(401);
    expect(answer.json()).toMatchObject({ code: 'sign-in-first', type: '/problems/sign-in-first' });
    expect(answer.headers['www-authenticate']).toContain('Bearer');
  });

  it('tells a program that its token is no good', async () => {
    expect((await get('/api/v1/me', 'age=forged')).json()).toMatchObject({ code: 'bad-token' });
  });

  it('answers who is signed in, and nobody keeps the answer', async () => {
    const answer = await get('/api/v1/me', 'age=5');
    expect(answer.json()).toEqual({ id: me });
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(answer.headers.etag).toBeUndefined();
  });

  it('leads a stranger to the sign-in page of the language, and back', async () => {
    const answer = await get('/tc/mine/a%2Fb?part=2');
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toBe('/tc/sign-in?next=%2Ftc%2Fmine%2Fa%252Fb%3Fpart%3D2');
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('does not carry an address that the sign-in page would refuse', async () => {
    const answer = await get(`/tc/mine/x?part=${'a'.repeat(600)}`);
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/tc/sign-in']);
  });

  it('shows its page only to search engines that nobody has', async () => {
    const answer = await get('/en/mine/x', 'age=5');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers['content-security-policy']).toContain("form-action 'self' https://a.example;");
  });
});

describe('an endpoint for people who signed in lately', () => {
  it('sends those who signed in long ago to prove who they are again', async () => {
    expect((await get('/api/v1/fresh', 'age=60')).statusCode).toBe(200);
    expect((await get('/api/v1/fresh', 'age=61')).statusCode).toBe(401);
  });
});

describe('an endpoint for those who may do something', () => {
  it('refuses others with 403, and strangers with 401', async () => {
    expect((await get('/api/v1/desk', 'age=7')).statusCode).toBe(200);
    expect((await get('/api/v1/desk', 'age=8')).json()).toMatchObject({ code: 'not-allowed', status: 403 });
    expect((await get('/api/v1/desk')).statusCode).toBe(401);
  });
});

describe('an endpoint for everybody', () => {
  it('does not know who asks, so that its answer may be kept for all', async () => {
    expect((await get('/api/v1/all', 'age=5')).statusCode).toBe(500);
  });
});

describe('a page that is kept for everybody', () => {
  it('can have no cookies', async () => {
    const answer = await get('/en/kept-cookies');
    expect(answer.statusCode).toBe(500);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('may lead everybody on, and that is not kept', async () => {
    const answer = await get('/en/kept-redirect');
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/en']);
    expect(answer.headers['cache-control']).toBe('no-store');
  });
});

describe('the form of a page for people who are signed in', () => {
  const send = (payload: string, cookie?: string) =>
    site().inject({
      method: 'POST',
      url: '/en/mine/x',
      payload,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        ...(cookie === undefined ? {} : { cookie }),
      },
    });

  it('may lead elsewhere and set several cookies', async () => {
    const answer = await send('to=%2Fen%2Fmine%2Fy', 'age=5');
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toBe('/en/mine/y');
    expect(answer.headers['set-cookie']).toEqual(['a=1; Path=/', 'b=2; Path=/']);
  });

  it('of a stranger leads to the sign-in page, and nothing is done', async () => {
    const answer = await send('to=%2F');
    expect(answer.headers.location).toBe('/en/sign-in?next=%2Fen%2Fmine%2Fx');
    expect(answer.headers['set-cookie']).toBeUndefined();
  });
});

describe('an engine', () => {
  const mount = {
    name: 'echo',
    paths: ['/echo'],
    summary: 'Says what it was sent.',
    open:
      () =>
      async (request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => {
        if (request.url === '/echo/broken') throw new Error('secret');
        const parts: Buffer[] = [];
        for await (const part of request) parts.push(part as Buffer);
        response.writeHead(200).end(`${request.method} ${request.url} ${Buffer.concat(parts)}`);
      },
  };

  it('gets the bare request, body unread, at its path and below', async () => {
    const server = site({ mounts: [mount] });
    const sent = await server.inject({
      method: 'POST',
      url: '/echo/deep/er?x=1',
      payload: '{broken',
      headers: { 'content-type': 'application/json' },
    });
    expect(sent.body).toBe('POST /echo/deep/er?x=1 {broken');
    expect((await server.inject('/echo')).body).toBe('GET /echo ');
    expect((await server.inject('/echoes')).statusCode).toBe(404);
  });

  it('that fails answers 500 and nothing of what it knows', async () => {
    const answer = await site({ mounts: [mount] }).inject('/echo/broken');
    expect(answer.statusCode).toBe(500);
    expect(answer.body).toBe('');
  });
});

describe('a script of pages', () => {
  it('is bundled from TypeScript and served for ever under a name of its content', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lamppost-island-'));
    writeFileSync(join(folder, 'hello.ts'), 'export const hello: string = "hi";\ndocument.title = hello;\n');
    const islands = [{ name: 'hello', file: pathToFileURL(join(folder, 'hello.ts')) }];
    const fastify = openFakeSite([{ name: 'desk', enabled: () => true, islands }]).server.fastify;
    rmSync(folder, { recursive: true });
    await fastify.ready();
    const path = /\/assets\/hello\.[\w-]{10}\.js/.exec(fastify.printRoutes({ commonPrefix: false }))?.[0];
    const answer = await fastify.inject(path!);
    expect(answer.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(answer.headers['cache-control']).toContain('immutable');
    expect(answer.body).toContain('document.title=');
    expect(answer.body).not.toContain(': string');
  });
});

describe('cookies', () => {
  it('are read by name, the first of two alike, broken ones passed over', () => {
    expect({ ...parseCookies('a=1; b = 2;c; =3; a=4; d=x=y') }).toEqual({ a: '1', b: '2', d: 'x=y' });
    expect({ ...parseCookies(undefined) }).toEqual({});
    expect({ ...parseCookies('__proto__=1') }).toEqual(Object.fromEntries([['__proto__', '1']]));
  });
});
