// Puts the pages of the modules on the server: in every language, with their forms, and behind their doors.

import type { FastifyInstance } from 'fastify';
import { LamppostError } from '../errors.ts';
import type { Page, PageForm, View } from '../module.ts';
import { type Language, languageTag } from '../texts.ts';
import { addressOfRequest, fillTemplate } from './address.ts';
import type { Draft, Exchange } from './answer.ts';
import { askingOf, policyFor, visitOf } from './asking.ts';
import { type Checked, cacheControlOf, type Endpoint, mountEndpoint } from './endpoint.ts';
import { readForms, usualFormBytes } from './forms.ts';
import { openReader } from './input.ts';
import { preferredLanguage } from './languages.ts';
import { dependenciesOf, schemasOf, sendRedirect } from './mount.ts';
import { addressOf, documentOf, type Place } from './page-document.ts';
import type { Site } from './site.ts';

export type OwnedPage = { owner: string; page: Page };
type PageInLanguage = OwnedPage & { language: Language };
type FormInLanguage = PageInLanguage & { form: PageForm };

/** Adds one page of a module in every language of the city, and the way to it without a language. */
export function mountPage(fastify: FastifyInstance, site: Site, { owner, page }: OwnedPage): void {
  for (const language of site.house.edition.languages) {
    mountEndpoint(fastify, site, pageEndpoint(site, { owner, page, language }));
    if (page.form !== undefined) mountForm(fastify, site, { owner, page, form: page.form, language });
  }
  mountLanguageChoice(fastify, site, page.path);
}

/** The page's own address, without the language. */
const pathIn = (language: Language, whole: string) => whole.slice(language.length + 1) || '/';

/** The address of the page that signs a person in and brings them back. */
const longestNext = 500;

function signInAddress({ house }: Site, { language, path, search }: Place): string | undefined {
  const { authentication } = house.access;
  if (authentication === undefined) return undefined;
  const next = `${addressOf(language, path)}${search}`;
  const signIn = `/${language}${authentication.signInPath}`;
  // Longer ones the sign-in page refuses; better it forgets where the reader wanted to go.
  return next.length > longestNext ? signIn : `${signIn}?next=${encodeURIComponent(next)}`;
}

/** Who is not signed in is led to the sign-in page, not told off. */
async function orSignIn(site: Site, place: Place, make: () => Promise<View>): Promise<View> {
  try {
    return await make();
  } catch (error) {
    const isStranger = error instanceof LamppostError && error.kind === 'unauthenticated';
    const redirect = isStranger ? signInAddress(site, place) : undefined;
    if (redirect === undefined) throw error;
    return { title: '', main: null, redirect };
  }
}

type Answering = { place: Place; cacheControl: string; tagged: boolean; kept?: boolean };

function draftOf(site: Site, view: View, { place, cacheControl, tagged, kept = false }: Answering): Draft {
  const { status = 200, headers = {}, cookies = [], redirect, formTargets = [] } = view;
  // One reader's cookie would go to everybody who asks at the same moment, or later.
  if (kept && cookies.length > 0) {
    throw new TypeError(`the page ${place.path} is kept, so it cannot set cookies`);
  }
  const shared = { kind: 'page' as const, cookies, formTargets };
  const language = { 'Content-Language': languageTag[place.language] };
  if (redirect !== undefined) {
    const headersOf = { ...language, ...headers, Location: redirect };
    const empty = { body: Buffer.alloc(0), cacheControl: 'no-store', tagged: false };
    return { ...shared, ...empty, status: 303, headers: headersOf };
  }
  return {
    ...shared,
    status,
    contentType: 'text/html; charset=utf-8',
    body: documentOf(site, view, place),
    cacheControl: status === 200 ? cacheControl : 'no-store',
    tagged: status === 200 && tagged,
    headers: { ...language, ...headers },
  };
}

function pageEndpoint(site: Site, { owner, page, language }: PageInLanguage): Endpoint {
  const { house, origin } = site;
  const policy = policyFor(page.audience, page.cache);
  const isPrivate = page.audience !== 'public';
  return {
    method: 'GET',
    url: addressOf(language, page.path),
    label: `/{language}${page.path}`,
    reader: openReader(schemasOf({ params: page.params, query: page.query }), true),
    policy,
    modules: dependenciesOf(site, owner, page.dependsOn),
    make: async ({ path: whole, search, params, query, request, reply }) => {
      const place = { language, path: pathIn(language, whole), search };
      const view = await orSignIn(site, place, async () => {
        const asking = await askingOf(page.audience, visitOf(request, reply, origin), house);
        const input = Object.assign(asking, { house, params, query, origin }, place);
        const made = await page.render(input as Parameters<Page['render']>[0]);
        return isPrivate ? { noIndex: true, ...made } : made;
      });
      const cacheControl = cacheControlOf('GET', policy);
      const kept = policy !== undefined && policy !== 'none';
      return draftOf(site, view, { place, cacheControl, tagged: policy !== 'none', kept });
    },
  };
}

/** Lets a page receive its own form; in a scope of its own, for nothing else reads forms, and it no JSON. */
function mountForm(fastify: FastifyInstance, site: Site, { page, form, language }: FormInLanguage): void {
  const { house, origin } = site;
  const submit = async ({ params, body, path: whole, request, reply }: Checked & Exchange) => {
    const place = { language, path: pathIn(language, whole), search: '' };
    const view = await orSignIn(site, place, async () => {
      const asking = await askingOf(page.audience, visitOf(request, reply, origin), house);
      const input = Object.assign(asking, { house, params, query: {}, origin, fields: body }, place);
      return form.submit(input as unknown as Parameters<PageForm['submit']>[0]);
    });
    return draftOf(site, view, { place, cacheControl: 'no-store', tagged: false });
  };
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
      make: submit,
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
