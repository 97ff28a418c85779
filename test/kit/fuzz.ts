// Throws generated addresses, queries, headers and bodies at a server: it must not break, and say why.

import fc from 'fast-check';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import type { Module } from '../../src/core/module.ts';
import type { Language } from '../../src/core/texts.ts';

/** One endpoint to throw at: its template and the query parameters it knows. */
export type FuzzTarget = { path: string; query: string[] };

/** Every GET route, and every page in every language. */
export function fuzzTargets(modules: readonly Module[], languages: readonly Language[]): FuzzTarget[] {
  const namesOf = (query: { shape: object } | undefined) => Object.keys(query?.shape ?? {});
  return modules.flatMap(({ routes = [], pages = [] }) => [
    ...routes
      .filter(({ method }) => method === 'GET')
      .map(({ path, query }) => ({ path, query: namesOf(query) })),
    ...pages.flatMap(({ path, query }) =>
      languages.map((language) => ({
        path: `/${language}${path === '/' ? '' : path}`,
        query: namesOf(query),
      })),
    ),
  ]);
}

const nasty = [
  '',
  ' ',
  '0',
  '-1',
  '1e309',
  'NaN',
  'null',
  'undefined',
  'true',
  '[]',
  '{}',
  '%',
  '%00',
  '%0d%0aX-Evil: 1',
  '..',
  '../../etc/passwd',
  '..%2f..%2f',
  '%c0%ae',
  "'; drop table x; --",
  '<script>alert(1)</script>',
  '"onload="',
  '__proto__',
  'constructor',
  'toString',
  '2024-02-30',
  '2024-06-30',
  '9999-12-31',
  '0000-00-00',
  '-000001-01-01',
  '2024-06-30T00:00:00Z',
  '智慧',
  '👍🏽',
  '\u202e',
  '\u0000',
  'a'.repeat(300),
  '١٢٣',
];

const value = fc.oneof(
  fc.constantFrom(...nasty),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.integer().map(String),
);
const asSent = (text: string) =>
  fc.constantFrom(
    encodeURIComponent(text.toWellFormed()),
    // As a careless client writes it: nothing encoded but what HTTP itself cannot carry.
    text.toWellFormed().replace(/[^!-~]/gu, (mark) => encodeURIComponent(mark)),
  );
const sent = value.chain(asSent);

const parameters = (names: string[]) =>
  fc.array(
    fc.tuple(
      fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...names, 'unknown') },
        { weight: 1, arbitrary: sent },
      ),
      sent,
    ),
    {
      maxLength: 4,
    },
  );

const headers = fc.record(
  {
    accept: fc.constantFrom('text/html', 'application/json', '*/*', 'text/html;q=0', ';;;', 'a'.repeat(600)),
    'accept-language': fc.constantFrom('zh-HK', 'en;q=0.1, zh-CN', '*', 'xx', ',,,;q=9', '-'),
    'accept-encoding': fc.constantFrom('br', 'gzip;q=0.5, *;q=0', 'identity;q=0', '*', 'br;q=abc'),
    'if-none-match': fc.constantFrom('*', '"x"', 'W/"x", "y"', '"'),
    'x-forwarded-for': fc.constantFrom('1.2.3.4', '::1', "'"),
    range: fc.constant('bytes=0-'),
  },
  { requiredKeys: [] },
);

function addressOf({ path, query }: FuzzTarget) {
  const names = [...path.matchAll(/:(\w+)/g)].length;
  return fc
    .tuple(
      fc.array(sent, { minLength: names, maxLength: names }),
      parameters(query),
      fc.constantFrom('', '', '', '/', '#x', '?', '&'),
    )
    .map(([params, pairs, tail]) => {
      let next = 0;
      const filled = path.replace(/:\w+/g, () => params[next++] || 'x');
      return `${filled}${pairs.length === 0 ? '' : '?'}${pairs.map(([name, one]) => `${name}=${one}`).join('&')}${tail}`;
    });
}

/** What is wrong with an answer to a thrown request; undefined when all is well. */
export function faultOf(response: LightMyRequestResponse, address: string): string | undefined {
  const { statusCode, headers: got, payload } = response;
  const fault = (words: string) => `${words}: ${statusCode} to ${address}\n${payload.slice(0, 500)}`;
  if (statusCode >= 500) return fault('the server broke');
  if (got['x-content-type-options'] !== 'nosniff') return fault('security headers are missing');
  if (got['x-evil'] !== undefined) return fault('a header was injected');
  if (statusCode < 400) return undefined;
  const type = String(got['content-type']);
  if (got['cache-control'] !== 'no-store') return fault('an error may be stored');
  if (type.startsWith('text/html')) {
    const isWhole = got['content-encoding'] !== undefined || payload.includes('<html');
    return isWhole ? undefined : fault('half a page');
  }
  if (!type.startsWith('application/problem+json')) return fault(`an error of type ${type}`);
  const { code, errors } = JSON.parse(payload) as {
    code?: string;
    errors?: { field: string; message: string }[];
  };
  if (code !== 'invalid-input') return code === undefined ? fault('a problem without a code') : undefined;
  const named =
    errors !== undefined &&
    errors.length > 0 &&
    errors.every(({ field, message }) => field !== '' && message !== '');
  return named ? undefined : fault('no field is named');
}

export type FuzzOptions = { runs?: number; seed?: number };

/** Throws `runs` requests at each target; fails with the smallest one that the server answered badly. */
export async function fuzzReads(
  fastify: FastifyInstance,
  targets: FuzzTarget[],
  { runs = 40, seed }: FuzzOptions = {},
) {
  for (const target of targets) {
    const property = fc.asyncProperty(
      addressOf(target),
      headers,
      fc.constantFrom('GET' as const, 'HEAD' as const),
      async (url, extra, method) => {
        const response = await fastify.inject({ method, url, headers: extra as Record<string, string> });
        const fault = method === 'HEAD' && response.statusCode < 500 ? undefined : faultOf(response, url);
        if (fault !== undefined) throw new Error(fault);
      },
    );
    await fc.assert(property, { numRuns: runs, ...(seed === undefined ? {} : { seed }) });
  }
}

/** Any address at all, whether or not something lives there. */
export async function fuzzAddresses(fastify: FastifyInstance, { runs = 200, seed }: FuzzOptions = {}) {
  const address = fc.array(sent, { maxLength: 5 }).map((parts) => `/${parts.join('/')}`);
  const property = fc.asyncProperty(address, headers, async (url, extra) => {
    const response = await fastify.inject({ method: 'GET', url, headers: extra as Record<string, string> });
    const fault = faultOf(response, url);
    if (fault !== undefined) throw new Error(fault);
  });
  await fc.assert(property, { numRuns: runs, ...(seed === undefined ? {} : { seed }) });
}

/** Bodies of every kind to a path that takes JSON. */
export async function fuzzBodies(
  fastify: FastifyInstance,
  path: string,
  { runs = 100, seed }: FuzzOptions = {},
) {
  const body = fc.oneof(
    fc.json(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', '{', '[[', '{"__proto__":{}}', '"\\u0000"'),
  );
  const type = fc.constantFrom(
    'application/json',
    'application/json; charset=utf-16',
    'text/plain',
    'application/xml',
    ';',
    'x',
  );
  const property = fc.asyncProperty(body, type, async (payload, contentType) => {
    const response = await fastify.inject({
      method: 'POST',
      url: path,
      payload,
      headers: { 'content-type': contentType },
    });
    const fault = faultOf(response, path);
    if (fault !== undefined) throw new Error(fault);
  });
  await fc.assert(property, { numRuns: runs, ...(seed === undefined ? {} : { seed }) });
}
