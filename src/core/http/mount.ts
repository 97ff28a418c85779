// Puts the routes of the modules on the server, and what routes and pages share.

import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { RawBody, Route } from '../module.ts';
import { type Draft, type Exchange, makeAnswer, sendAnswer } from './answer.ts';
import { askingOf, policyFor, visitOf } from './asking.ts';
import { cacheControlOf, mountEndpoint } from './endpoint.ts';
import { openReader, type Schemas } from './input.ts';
import type { Site } from './site.ts';

type Shapes = {
  params?: z.ZodObject | undefined;
  query?: z.ZodObject | undefined;
  body?: z.ZodType | undefined;
};

/** The schemas that are there. */
export const schemasOf = ({ params, query, body }: Shapes): Schemas => ({
  ...(params === undefined ? {} : { params }),
  ...(query === undefined ? {} : { query }),
  ...(body === undefined ? {} : { body }),
});

export type OwnedRoute = { owner: string; route: Route };

/** Names of the modules whose changes make an answer old. */
export const dependenciesOf = ({ house }: Site, owner: string, others: string[] | 'all' = []): string[] =>
  others === 'all' ? house.modules.map(({ name }) => name) : [...new Set([owner, ...others])];

/** Adds one JSON or raw endpoint of a module. */
export function mountRoute(fastify: FastifyInstance, site: Site, { owner, route }: OwnedRoute): void {
  const { method, path, audience } = route;
  const { house, origin } = site;
  const cache = policyFor(audience, route.cache);
  const cacheControl = cacheControlOf(method, cache);
  const kind = audience === 'public' ? 'public-data' : 'other';
  mountEndpoint(fastify, site, {
    method,
    url: path,
    label: path,
    reader: openReader(schemasOf(route), false),
    policy: cache,
    modules: dependenciesOf(site, owner, route.dependsOn),
    bodyBytes: route.bodyLimitBytes,
    make: async ({ params, query, body, request, reply }) => {
      const asking = await askingOf(audience, visitOf(request, reply, origin), house);
      const input = Object.assign(asking, { house, params, query, body, origin });
      const made = await route.handle(input as Parameters<Route['handle']>[0]);
      const tagged = method === 'GET' && cache !== 'none';
      return { ...bodyOf(route, made), status: 200, kind, cacheControl, tagged };
    },
  });
}

const isSchema = (response: Route['response']): response is z.ZodType => 'safeParse' in response;

/** The body of what a handler returned: only what its schema names leaves the house. */
function bodyOf(route: Route, made: unknown): Pick<Draft, 'contentType' | 'body' | 'headers'> {
  if (!isSchema(route.response)) return rawBody(made as RawBody);
  const shown = route.response.safeParse(made);
  if (!shown.success) {
    throw new Error(`${route.method} ${route.path} answered with something else than its schema says`, {
      cause: shown.error,
    });
  }
  const body = Buffer.from(JSON.stringify(shown.data) ?? 'null');
  return { contentType: 'application/json; charset=utf-8', body };
}

const textual = /^(?:text\/|application\/(?:[\w.+-]*(?:json|xml)|javascript)|image\/svg)/;

function rawBody({
  contentType,
  body,
  fileName,
  headers,
}: RawBody): Pick<Draft, 'contentType' | 'body' | 'headers'> {
  const hasCharset = !textual.test(contentType) || contentType.includes('charset=');
  return {
    contentType: hasCharset ? contentType : `${contentType}; charset=utf-8`,
    body: typeof body === 'string' ? Buffer.from(body) : body,
    headers: {
      ...headers,
      ...(fileName === undefined ? {} : { 'Content-Disposition': attachment(fileName) }),
    },
  };
}

/** A file name in both spellings of RFC 6266: plain for old programs, exact for the rest. */
function attachment(fileName: string): string {
  const plain = fileName.replace(/[^\w. -]/g, '_');
  const exact = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
}

export type Redirect = { site: Site; status: 302 | 308; target: string };

/** Sends a client to another address of the same site. */
export function sendRedirect(exchange: Exchange, { site, status, target }: Redirect): number {
  const draft: Draft = {
    status,
    body: Buffer.alloc(0),
    cacheControl: 'no-cache',
    kind: 'other',
    tagged: false,
    headers: { Location: target },
    ...(status === 302 ? { vary: 'Accept-Language' } : {}),
  };
  return sendAnswer(exchange, makeAnswer(draft, site.origin));
}
