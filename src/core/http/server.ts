// Opens the web door of the house: builds the server, mounts what the modules offer, starts and stops it.

import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyInstance } from 'fastify';
import type { House } from '../house.ts';
import { addressOfRequest } from './address.ts';
import { mountBuiltIn } from './built-in.ts';
import { answerClientError } from './client-errors.ts';
import { mountDevReload } from './dev-reload.ts';
import { logRequest } from './endpoint.ts';
import { answerError } from './failing.ts';
import { methodNotAllowed, pageNotFound, tooManyRequests } from './failures.ts';
import { openKept } from './kept.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { mountMethods } from './methods.ts';
import { openMetrics } from './metrics.ts';
import { mountRoute, sendRedirect } from './mount.ts';
import { mountEngine } from './mount-engine.ts';
import { mountPage } from './mount-page.ts';
import type { Asset, ErrorView, Layout, Site } from './site.ts';

/** What a server is built from. */
export type ServerOptions = {
  house: House;
  layout: Layout;
  errorView: ErrorView;
  assets: Asset[];
  /** A developer's machine: shown to the layout, changes nothing else. */
  dev?: boolean;
  limits?: Partial<Limits>;
  /** Throws when the house cannot serve now; default: the database does not answer. */
  checkReady?: () => Promise<void>;
};

/** A web server that can be opened and closed once. */
export type Server = {
  fastify: FastifyInstance;
  /** Opens the door; gives the address it listens at. */
  start(): Promise<string>;
  /** Lets requests in flight finish, for a bounded time, and closes. */
  stop(): Promise<void>;
};

/** Builds the web server of a house. Nothing listens before `start`. */
export function createServer(options: ServerOptions): Server {
  const site = openSite(options);
  const state = { stopping: false };
  const fastify = openFastify(site);
  if (site.limits.requestsPerMinute > 0) limitRequests(fastify, site);
  fastify.register(async (scope) => {
    mountBuiltIn(scope, site, { state, checkReady: options.checkReady });
    if (site.dev) mountDevReload(scope);
    for (const module of site.house.modules) {
      for (const route of module.routes ?? []) mountRoute(scope, site, { owner: module.name, route });
      for (const page of module.pages ?? []) mountPage(scope, site, { owner: module.name, page });
      for (const mount of module.mounts ?? []) mountEngine(scope, site, mount);
    }
    mountMethods(scope, site);
  });
  fastify.after(() => handleUnknown(fastify, site));
  return {
    fastify,
    start: () => start(fastify, site),
    stop: () => {
      state.stopping = true;
      return stop(fastify, site);
    },
  };
}

function openSite({ house, layout, errorView, assets, dev = false, limits = {} }: ServerOptions): Site {
  const { config, revisions, clock, edition } = house;
  const all = { ...defaultLimits, requestsPerMinute: config.rateLimitPerMinute, ...limits };
  return {
    house,
    layout,
    errorView,
    assets: [...assets, ...house.islands.assets],
    dev,
    origin: config.origin,
    limits: all,
    kept: openKept({ revisions, clock, timeZone: edition.timeZone, maxBytes: all.keptBytes }),
    metrics: openMetrics(house.events),
  };
}

/** A number no client can choose, so that it cannot write into the log. */
function requestNumbers(): () => string {
  const prefix = randomBytes(6).toString('hex');
  let last = 0;
  return () => {
    last += 1;
    return `${prefix}-${last.toString(36)}`;
  };
}

function openFastify(site: Site): FastifyInstance {
  const { limits, house } = site;
  const fastify = Fastify({
    logger: false,
    genReqId: requestNumbers(),
    requestIdHeader: false,
    trustProxy: house.config.trustProxy,
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.idleMs,
    exposeHeadRoutes: false,
    // A connection that is still open when the house stops gets its answer, and is then closed.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    http: { headersTimeout: limits.headMs, connectionsCheckingInterval: 5000 },
    routerOptions: { maxParamLength: limits.pathParameterLength },
    clientErrorHandler: (error, socket) => answerClientError(error, socket),
    frameworkErrors: (error, request, reply) => void answerError(error, { request, reply }, site),
  }) as unknown as FastifyInstance;
  fastify.decorateRequest('startedAt', 0);
  fastify.removeContentTypeParser('text/plain');
  fastify.setErrorHandler((error, request, reply) => {
    const status = answerError(error, { request, reply }, site);
    const route = request.routeOptions.config.label ?? 'none';
    site.metrics.recorder(request.method, route)(status, request.startedAt || performance.now());
    if (house.log.writes('debug')) logRequest(site, request, { route, status });
  });
  return fastify;
}

function limitRequests(fastify: FastifyInstance, { limits }: Site): void {
  fastify.register(rateLimit, {
    max: limits.requestsPerMinute,
    timeWindow: 60_000,
    addHeadersOnExceeding: {
      'x-ratelimit-limit': false,
      'x-ratelimit-remaining': false,
      'x-ratelimit-reset': false,
    },
    errorResponseBuilder: (_request, { ttl }) => tooManyRequests(Math.ceil(ttl / 1000)),
  });
}

/** One slash too many at the end of an address of this site; two at its start would name another site. */
const trailingSlash = /^((?:\/[^/\\]+)+)\/+$/;

function handleUnknown(fastify: FastifyInstance, site: Site): void {
  const limiter = site.limits.requestsPerMinute > 0 ? { preHandler: fastify.rateLimit() } : {};
  fastify.setNotFoundHandler(limiter, (request, reply) => {
    const { path, search } = addressOfRequest(request);
    const bare = trailingSlash.exec(path)?.[1];
    if (bare === undefined) throw pageNotFound();
    if (request.method !== 'GET' && request.method !== 'HEAD') throw methodNotAllowed(['GET', 'HEAD']);
    sendRedirect({ request, reply }, { site, status: 308, target: `${bare}${search}` });
  });
}

async function start(fastify: FastifyInstance, { house }: Site): Promise<string> {
  await fastify.listen({ port: house.config.port, host: house.config.host });
  const { address, family, port } = fastify.server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

const idleSweepMs = 50;

async function stop(fastify: FastifyInstance, { limits }: Site): Promise<void> {
  // Connections that were busy when the closing began fall idle one by one.
  const sweep = setInterval(() => fastify.server.closeIdleConnections(), idleSweepMs);
  const last = setTimeout(() => fastify.server.closeAllConnections(), limits.farewellMs);
  try {
    await fastify.close();
  } finally {
    clearInterval(sweep);
    clearTimeout(last);
  }
}
