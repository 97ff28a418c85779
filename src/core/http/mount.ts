// Puts the routes and pages of the modules on the server.

import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { Page, PageForm, RawBody, Route } from '../module.ts';
import { type Language, languageTag } from '../texts.ts';
import { addressOfRequest, fillTemplate } from './address.ts';
import { type Draft, type Exchange, makeAnswer, sendAnswer } from './answer.ts';
import { cacheControlOf, type Endpoint, mountEndpoint } from './endpoint.ts';
import { readForms, usualFormBytes } from './forms.ts';
import { openReader, type Schemas } from './input.ts';
import { preferredLanguage } from './languages.ts';
import { addressOf, documentOf } from './page-document.ts';
import type { Site } from './site.ts';

type Shapes = {
  params?: z.ZodObject | undefined;
  query?: z.ZodObject | undefined;
  body?: z.ZodType | undefined;
};

const schemasOf = ({ params, query, body }: Shapes): Schemas => ({
  ...(params === undefined ? {} : { params }),
  ...(query === undefined ? {} : { query }),
  ...(body === undefined ? {} : { body }),
});

export type OwnedRoute = { owner: string; route: Route };
export type OwnedPage = { owner: string; page: Page };

/** Names of the modules whose changes make an answer old. */
const dependenciesOf = ({ house }: Site, owner: string, others: string[] | 'all' = []): string[] =>
  others === 'all' ? house.modules.map(({ name }) => name) : [...new Set([owner, ...others])];

/** Adds one JSON or raw endpoint of a module. */
export function mountRoute(fastify: FastifyInstance, site: Site, { owner, route }: OwnedRoute): void {
  const { method, path, cache } = route;
  const { house, origin } = site;
  const cacheControl = cacheControlOf(method, cache);
  mountEndpoint(fastify, site, {
    method,
    url: path,
    label: path,
    reader: openReader(schemasOf(route), false),
    policy: cache,
    modules: dependenciesOf(site, owner, route.dependsOn),
    bodyBytes: route.bodyLimitBytes,
    make: async ({ params, query, body }) => {
      const input = { house, params, query, body, origin } as Parameters<Route['handle']>[0];
      const made = await route.handle(input);
      const tagged = method === 'GET' && cache !== 'none';
      return { ...bodyOf(route, made), status: 200, kind: 'public-data', cacheControl, tagged };
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

/** Adds one page of a module in every language of the city, and the way to it without a language. */
export function mountPage(fastify: FastifyInstance, site: Site, { owner, page }: OwnedPage): void {
  for (const language of site.house.edition.languages) {
    mountEndpoint(fastify, site, pageEndpoint(site, { owner, page, language }));
    if (page.form !== undefined) mountForm(fastify, site, { page, form: page.form, language });
  }
  mountLanguageChoice(fastify, site, page.path);
}

type PageInLanguage = OwnedPage & { language: Language };

function pageEndpoint(site: Site, { owner, page, language }: PageInLanguage): Endpoint {
  const { house, origin } = site;
  const { cache } = page;
  return {
    method: 'GET',
    url: addressOf(language, page.path),
    label: `/{language}${page.path}`,
    reader: openReader(schemasOf({ params: page.params, query: page.query }), true),
    policy: cache,
    modules: dependenciesOf(site, owner, page.dependsOn),
    make: async ({ params, query, path: whole, search }) => {
      const path = whole.slice(language.length + 1) || '/';
      const input = { house, language, params, query, path, search, origin };
      const view = await page.render(input as Parameters<Page['render']>[0]);
      const { status = 200, headers = {} } = view;
      return {
        status,
        contentType: 'text/html; charset=utf-8',
        body: documentOf(site, view, { language, path, search }),
        cacheControl: status === 200 ? cacheControlOf('GET', cache) : 'no-store',
        kind: 'page',
        tagged: status === 200 && cache !== 'none',
        headers: { 'Content-Language': languageTag[language], ...headers },
      };
    },
  };
}

type FormInLanguage = { page: Page; form: PageForm; language: Language };

/** Lets a page receive its own form; in a scope of its own, for nothing else reads forms, and it no JSON. */
function mountForm(fastify: FastifyInstance, site: Site, { page, form, language }: FormInLanguage): void {
  const { house, origin } = site;
  fastify.register(async (scope) => {
    readForms(scope, origin);
    mountEndpoint(scope, site, {
      method: 'POST',
      url: addressOf(language, page.path),
      label: `/{language}${page.path}`,
      reader: openReader(schemasOf({ params: page.params, body: form.fields }), true),
      policy: 'none',
      modules: [],
      bodyBytes: form.limitBytes ?? usualFormBytes,
      make: async ({ params, body, path: whole }) => {
        const path = whole.slice(language.length + 1) || '/';
        const input = { house, language, params, query: {}, path, search: '', origin, fields: body };
        const view = await form.submit(input as unknown as Parameters<PageForm['submit']>[0]);
        const { status = 200, headers = {} } = view;
        return {
          status,
          contentType: 'text/html; charset=utf-8',
          body: Buffer.from(documentOf(site, view, { language, path, search: '' })),
          cacheControl: 'no-store',
          kind: 'page',
          tagged: false,
          headers: { 'Content-Language': languageTag[language], ...headers },
        };
      },
    });
  });
}

/** Sends an address without a language to the reader's language; the query goes along. */
function mountLanguageChoice(fastify: FastifyInstance, site: Site, path: string): void {
  const record = site.metrics.recorder('GET', path);
  fastify.route({
    method: ['GET', 'HEAD'],
    url: path,
    config: { label: path },
    handler: (request, reply) => {
      request.startedAt = performance.now();
      const language = preferredLanguage(request.headers['accept-language'], site.house.edition.languages);
      const target = `${addressOf(language, fillTemplate(path, request.params))}${addressOfRequest(request).search}`;
      record(sendRedirect({ request, reply }, { site, status: 302, target }), request.startedAt);
    },
  });
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
