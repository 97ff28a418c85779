// Serves one endpoint: kept answers first, then check, make, compress, keep and send.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { CachePolicy } from '../module.ts';
import { fillTemplate } from './address.ts';
import { type Answer, type Draft, type Exchange, makeAnswer, preparing, sendAnswer } from './answer.ts';
import { addressTooLong, tookTooLong } from './failures.ts';
import type { Reader } from './input.ts';
import type { Freshness } from './kept.ts';
import type { Site } from './site.ts';

export type Checked = ReturnType<Reader['read']> & {
  /** In its one spelling, whichever way it was sent: a kept answer serves every spelling. */
  path: string;
  search: string;
};

export type Endpoint = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path template as Fastify reads it. */
  url: string;
  /** Template without the language, for counters and the log. */
  label: string;
  reader: Reader;
  policy: CachePolicy | undefined;
  /** Modules whose changes make the answer old. */
  modules: readonly string[];
  bodyBytes?: number | undefined;
  make(input: Checked & Exchange): Promise<Draft>;
};

/** `Cache-Control` of an answer: private or changing things are not stored, the rest is asked for again. */
export function cacheControlOf(method: string, policy: CachePolicy | undefined): string {
  if (method !== 'GET' || policy === 'none') return 'no-store';
  if (policy === 'forever') return 'public, max-age=31536000, immutable';
  return typeof policy === 'object' ? `public, max-age=${policy.seconds}` : 'public, no-cache';
}

/** The promise, or an error when it takes longer than a handler may. */
export async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const alarm = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(tookTooLong()), limitMs);
  });
  try {
    return await Promise.race([work, alarm]);
  } finally {
    clearTimeout(timer);
  }
}

/** Adds an endpoint to the server. A GET answers HEAD too. */
export function mountEndpoint(fastify: FastifyInstance, site: Site, endpoint: Endpoint): void {
  const { method, url, label, bodyBytes } = endpoint;
  fastify.route({
    method: method === 'GET' ? ['GET', 'HEAD'] : method,
    url,
    config: { label },
    ...(bodyBytes === undefined ? {} : { bodyLimit: bodyBytes }),
    handler: handlerOf(site, endpoint),
  });
}

function handlerOf(site: Site, endpoint: Endpoint) {
  const { method, label, policy, modules } = endpoint;
  const { kept, metrics, house } = site;
  const record = metrics.recorder(method, label);
  const logs = house.log.writes('debug');
  const keeps = method === 'GET' && policy !== undefined && policy !== 'none' && policy !== 'forever';
  const freshness: Freshness = { policy: policy ?? 'none', modules };

  const finish = (exchange: Exchange, answer: Answer) => {
    const { request } = exchange;
    const status = sendAnswer(exchange, answer);
    record(status, request.startedAt);
    if (logs) logRequest(site, request, { route: label, status });
  };
  const prepareAndFinish = (exchange: Exchange, answer: Answer): Promise<void> | undefined => {
    const preparation = preparing(exchange.request, answer);
    return preparation === undefined
      ? void finish(exchange, answer)
      : preparation.then(() => finish(exchange, answer));
  };

  const makeAndSend = async (exchange: Exchange): Promise<void> => {
    const { params, query, body, raw } = exchange.request;
    const address = raw.url ?? '/';
    if (address.length > site.limits.urlLength) throw addressTooLong();
    const checked = endpoint.reader.read({ params, query, body });
    const search = endpoint.reader.canonicalSearch(query);
    const path = fillTemplate(endpoint.url, params);
    const make = async () => {
      const draft = await within(
        site.limits.handlerMs,
        endpoint.make({ ...checked, path, search, ...exchange }),
      );
      return makeAnswer(draft, site.origin);
    };
    if (!keeps) return prepareAndFinish(exchange, await make());
    const key = `${path}${search}`;
    const answer = await kept.answerFor(key, freshness, make);
    metrics.kept('miss');
    if (answer.status === 200) kept.alias(address, key);
    return prepareAndFinish(exchange, answer);
  };

  return (request: FastifyRequest, reply: FastifyReply): Promise<void> | undefined => {
    request.startedAt = performance.now();
    const known = keeps ? kept.atAddress(request.raw.url as string) : undefined;
    if (known === undefined) return makeAndSend({ request, reply });
    metrics.kept('hit');
    return prepareAndFinish({ request, reply }, known);
  };
}

/** One line a request, without the address itself: its query may say who asks. */
export function logRequest(
  site: Site,
  request: FastifyRequest,
  done: { route: string; status: number },
): void {
  const durationMs =
    request.startedAt === 0 ? 0 : Math.round((performance.now() - request.startedAt) * 10) / 10;
  site.house.log.debug('request', { method: request.method, ...done, durationMs, requestId: request.id });
}

declare module 'fastify' {
  interface FastifyRequest {
    /** `performance.now()` when a handler began; 0 before. */
    startedAt: number;
  }
  interface FastifyContextConfig {
    /** Route template for counters and the log. */
    label?: string;
  }
}
