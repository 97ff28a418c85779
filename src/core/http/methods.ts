// Answers the methods an address does not have: 405 with `Allow`, and `OPTIONS` for browsers of other sites.

import type { FastifyInstance, HTTPMethods } from 'fastify';
import { makeAnswer, sendAnswer } from './answer.ts';
import { methodNotAllowed } from './failures.ts';
import type { Site } from './site.ts';

const everyMethod: HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE'];
const preflightSeconds = 86_400;

/** Mounts the other methods of every address of the modules and of the house itself. */
export function mountMethods(fastify: FastifyInstance, site: Site): void {
  for (const [url, methods] of addresses(site)) {
    const allowed = [...methods].sort();
    fastify.route({
      method: everyMethod.filter((method) => !methods.has(method)),
      url,
      config: { label: url },
      // Before the body is read: whatever it holds, the method is wrong.
      onRequest: async () => {
        throw methodNotAllowed([...allowed, 'OPTIONS']);
      },
      handler: () => undefined,
    });
    mountOptions(fastify, site, { url, allowed });
  }
}

/** Path templates and their methods; templates that differ only in the names of their parameters are one. */
function addresses({ house }: Site): Map<string, Set<string>> {
  const found = new Map<string, { url: string; methods: Set<string> }>();
  const add = (url: string, methods: string[]) => {
    const shape = url.replace(/:\w+/g, ':');
    const known = found.get(shape) ?? { url, methods: new Set<string>() };
    for (const method of methods) known.methods.add(method);
    found.set(shape, known);
  };
  const reads = ['GET', 'HEAD'];
  for (const { routes = [], pages = [] } of house.modules) {
    for (const { path, method } of routes) add(path, method === 'GET' ? reads : [method]);
    for (const { path, form } of pages) {
      add(path, reads);
      const methods = form === undefined ? reads : [...reads, 'POST'];
      for (const language of house.edition.languages) add(`/${language}${path === '/' ? '' : path}`, methods);
    }
  }
  for (const path of ['/healthz', '/readyz', '/metrics', '/api/openapi.json']) add(path, reads);
  return new Map([...found.values()].map(({ url, methods }) => [url, methods]));
}

type Offer = { url: string; allowed: string[] };

function mountOptions(fastify: FastifyInstance, site: Site, { url, allowed }: Offer): void {
  const answer = makeAnswer(
    {
      status: 204,
      body: Buffer.alloc(0),
      cacheControl: 'no-store',
      kind: url.startsWith('/api/') ? 'public-data' : 'other',
      tagged: false,
      headers: {
        Allow: [...allowed, 'OPTIONS'].join(', '),
        ...(url.startsWith('/api/')
          ? {
              'Access-Control-Allow-Methods': allowed
                .filter((method) => method === 'GET' || method === 'HEAD')
                .join(', '),
              'Access-Control-Allow-Headers': 'If-None-Match',
              'Access-Control-Max-Age': String(preflightSeconds),
            }
          : {}),
      },
    },
    site.origin,
  );
  fastify.route({
    method: 'OPTIONS',
    url,
    config: { label: url },
    handler: (request, reply) => void sendAnswer({ request, reply }, answer),
  });
}
