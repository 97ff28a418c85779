// What a module hands to the house: its routes, pages, jobs, menu entries and settings.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ComponentChildren, VNode } from 'preact';
import type { z } from 'zod';
import type { Actor, Authentication, DeclaredPolicies, Visit } from './access.ts';
import type { Settings } from './config.ts';
import type { Edition } from './edition.ts';
import type { Subscription } from './events/index.ts';
import type { House } from './house.ts';
import type { JobDefinition } from './jobs.ts';
import type { Loop } from './loops.ts';
import type { Problem } from './problems.ts';
import type { Language, Text } from './texts.ts';

/**
 * Who may use an endpoint. `public` is everybody, and nobody is asked who they are; `signed-in` is every
 * person, with `within` only those who proved who they are in the last so many seconds; `may` is those who
 * may do the action somewhere: whether they may do it to what is asked for, the handler decides.
 */
export type Audience = 'public' | 'signed-in' | { signedInWithin: number } | { may: string };

/**
 * How long an answer to a public GET may be kept.
 * Absent: made anew each time. `change`: until the revision of its module (or of one in `dependsOn`) changes,
 * or the city's calendar day ends. `none`: never kept. `{ seconds }`: that long. `forever`: what stands at
 * the
 * address never changes; readers keep it, the house does not.
 */
export type CachePolicy = 'change' | 'none' | 'forever' | { seconds: number };

type Shape = z.ZodObject | undefined;
type Parsed<S extends Shape> = S extends z.ZodObject ? z.output<S> : Record<string, never>;

/** A body that is not JSON, sent as it is. */
export type RawBody = {
  contentType: string;
  body: string | Buffer;
  fileName?: string;
  headers?: Record<string, string>;
};

/** Who asks, and how. */
type Asking = {
  /** The person who asks. Throws TypeError where the audience is public: nobody was asked. */
  readonly actor: Actor;
  visit: Visit;
};

export type RouteInput<P extends Shape, Q extends Shape, B> = Asking & {
  house: House;
  params: Parsed<P>;
  query: Parsed<Q>;
  body: B;
  /** Absolute origin of the site, e.g. `https://city.example`, without a slash at the end. */
  origin: string;
};

/** One HTTP endpoint. Objects in `params`, `query` and `body` are strict: what is unknown is refused. */
export type Route<
  P extends Shape = Shape,
  Q extends Shape = Shape,
  B extends z.ZodType | undefined = z.ZodType | undefined,
> = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With `:name` for path parameters, e.g. `/api/v1/initiatives/:id`. */
  path: string;
  /** For the reference, one line. */
  summary: string;
  description?: string;
  /** Group in the reference; the module's name when absent. */
  tag?: string;
  audience: Audience;
  params?: P;
  query?: Q;
  body?: B;
  /** Zod schema of the JSON answer, or the media type of a raw one. */
  response: z.ZodType | { contentType: string; description: string };
  cache?: CachePolicy;
  /** Further modules whose changes make the answer old; `all` for what gathers from every module. */
  dependsOn?: string[] | 'all';
  /** Largest body accepted, when it is not the usual 1 MiB. */
  bodyLimitBytes?: number;
  handle(input: RouteInput<P, Q, B extends z.ZodType ? z.output<B> : undefined>): Promise<unknown | RawBody>;
};

/** What a page shows; the layout puts head, menu and foot around it. */
export type View = {
  title: string;
  /** For search engines and link previews. */
  description?: string;
  /** From the home page down, without the page itself. */
  breadcrumbs?: { label: string; href: string }[];
  main: ComponentChildren;
  /** Default 200. */
  status?: number;
  /** schema.org objects, put into the head as JSON-LD. */
  structuredData?: Record<string, unknown>[];
  /** Feeds and other forms of the same page. */
  alternates?: { type: string; href: string; title: string }[];
  /** Module scripts of islands on this page; most pages have none. */
  scripts?: string[];
  /** Keep search engines away. */
  noIndex?: boolean;
  /** Other headers. */
  headers?: Record<string, string>;
  /** Lines of `Set-Cookie`; only where the answer is not kept. */
  cookies?: readonly string[];
  /** Sends the reader there by 303 in place of a page; of a page that is kept, everybody who asks for it. */
  redirect?: string;
  /** Origins outside to which the forms of this page may lead (CSP form-action), beside this site. */
  formTargets?: readonly string[];
};

export type PageInput<P extends Shape, Q extends Shape> = Asking & {
  house: House;
  language: Language;
  params: Parsed<P>;
  query: Parsed<Q>;
  /** Path without language and query, in its canonical spelling, e.g. `/initiatives/MOB-01`. */
  path: string;
  /** Query string in its canonical spelling, with `?`, or empty. */
  search: string;
  origin: string;
};

/**
 * A form that a page sends to its own address by POST, as `application/x-www-form-urlencoded`; what is in it
 * stays out of addresses and logs. The answer is a page that is never kept. A form sent by another site is
 * refused.
 */
export type PageForm<P extends Shape = Shape, F extends z.ZodObject = z.ZodObject> = {
  /** Strict: a field that is not named is refused. Fields left empty count as absent. */
  fields: F;
  /** Largest form accepted; default 64 KiB. */
  limitBytes?: number;
  submit(input: PageInput<P, undefined> & { fields: z.output<F> }): Promise<View>;
};

/** One HTML page; it is served at `/en`, `/tc` and `/sc` followed by `path`. */
export type Page<P extends Shape = Shape, Q extends Shape = Shape, F extends z.ZodObject = z.ZodObject> = {
  /** Without the language, e.g. `/initiatives/:id`; `/` is the home page. */
  path: string;
  audience: Audience;
  params?: P;
  query?: Q;
  cache?: CachePolicy;
  dependsOn?: string[] | 'all';
  render(input: PageInput<P, Q>): Promise<View>;
  form?: PageForm<P, F>;
};

/** Keeps the types of the input together; returns what it is given. */
export const route = <
  P extends Shape = undefined,
  Q extends Shape = undefined,
  B extends z.ZodType | undefined = undefined,
>(
  definition: Route<P, Q, B>,
): Route => definition as unknown as Route;

/** Keeps the types of the input together; returns what it is given. */
export const page = <
  P extends Shape = undefined,
  Q extends Shape = undefined,
  F extends z.ZodObject = z.ZodObject,
>(
  definition: Page<P, Q, F>,
): Page => definition as unknown as Page;

export type MenuItem = {
  label: Text /** Without the language. */;
  path: string /** Small numbers first. */;
  order: number;
};

/** Something the search of the whole site can find. */
export type SearchDocument = {
  id: string;
  /** What it is, in words: initiative, indicator, system, page. */
  kind: Text;
  title: Text;
  /** Sentences, one a line; the one that fits best is shown with the title. */
  body: Text;
  /** Further words that find it: codes, names, technologies. */
  words?: Text;
  /** Page without the language, e.g. `/initiatives/MOB-01`. */
  path: string;
};

export type SitemapEntry = { path: string; changedAt?: string };

/** A part of the home page; parts of all modules stand there in their order. */
export type FrontPart = {
  /** Small numbers first. */
  order: number;
  /** The sentence that answers first; that of the first part that has one is the headline of the site. */
  headline?: string;
  /** As of when the headline is true, and by what. */
  headlineNote?: string;
  content: ComponentChildren;
};

/** Something a program can take: a file, or a feed that tells of changes. */
export type DataLink = { label: Text; kind: 'download' | 'feed'; href(language: Language): string };

/** Where a document stands that an engine shows: in which language, and where it is in another. */
export type EnginePlace = { language: Language; path: string; hrefIn?(language: Language): string };

/** Draws a view as a whole document. */
export type DocumentMaker = (view: View, place: EnginePlace) => string;

/**
 * A protocol engine that answers everything below its paths by itself. It must check what it is sent, answer
 * errors in the words of its own standard, and set its own headers; the house counts and limits requests.
 */
export type Mount = {
  /** For counters and the log. */
  name: string;
  /** Path prefixes, e.g. `/oidc`; the engine gets each and everything below. */
  paths: readonly string[];
  /** For the reference: what answers there, by which standard. */
  summary: string;
  /** The engine's answers; `address` is the client's, as the proxy settings tell it. */
  open(
    house: House,
    documentOf: DocumentMaker,
  ): (request: IncomingMessage, response: ServerResponse, address: string) => Promise<void>;
};

/** A script of pages; it is bundled at start and named by its content. */
export type Island = { name: string; file: URL };

/** What a module hands to the house through its `index.ts`. */
export type Module = {
  name: string;
  /** Settings of this module, added to the table of the house. */
  config?: Settings;
  routes?: Route[];
  pages?: Page[];
  jobs?: JobDefinition[];
  subscriptions?: Subscription[];
  /** Engines of protocols that speak for themselves. */
  mounts?: Mount[];
  /** Scripts of its pages; `house.islands.hrefOf(name)` gives the address. */
  islands?: Island[];
  /** Who may do what this module does, by action. */
  policies?: DeclaredPolicies;
  /** How the house learns who asks; one module offers it. */
  authentication?: Authentication;
  /** Codes of its errors, explained at `/problems/` and the code. */
  problems?: Record<string, Problem>;
  /** In processes with the role `jobs`. */
  loops?: Loop[];
  menu?: MenuItem[];
  /** Links at the foot of every page. */
  footLinks?: MenuItem[];
  dataLinks?: DataLink[];
  /** A module that is not enabled, or has no data, has no route, no page and no menu entry. */
  enabled(edition: Edition): boolean;
  /** Called once after migrations and before the doors open; loads the edition's data. Safe to repeat. */
  prepare?(house: House): Promise<void>;
  frontParts?(house: House, language: Language): Promise<FrontPart[]>;
  searchDocuments?(house: House): Promise<SearchDocument[]>;
  sitemap?(house: House): Promise<SitemapEntry[]>;
};

export type { ComponentChildren, VNode };
