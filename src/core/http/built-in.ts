// Addresses of the house itself: is it alive, is it ready, its counters, its API description, its assets.

import { BlockList, isIP } from 'node:net';
import { constants } from 'node:zlib';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LamppostError } from '../errors.ts';
import type { House } from '../house.ts';
import { type Answer, type Draft, type Exchange, makeAnswer, sendAnswer } from './answer.ts';
import { within } from './endpoint.ts';
import { openApi } from './openapi.ts';
import type { Site } from './site.ts';

export type Condition = { state: { stopping: boolean }; checkReady: (() => Promise<void>) | undefined };

const readyCheckMs = 2000;
const readyMemoryMs = 1000;
const immutable = 'public, max-age=31536000, immutable';
const assetQuality = constants.BROTLI_MAX_QUALITY;

/** Mounts them; health and assets are not counted against a client's limit. */
export function mountBuiltIn(fastify: FastifyInstance, site: Site, condition: Condition): void {
  mountHealth(fastify, site, condition);
  mountMetrics(fastify, site);
  const { house, assets, origin } = site;
  const description = Buffer.from(JSON.stringify(openApi(house.modules, house.edition)));
  mountFixed(fastify, '/api/openapi.json', {
    answer: makeAnswer(
      {
        status: 200,
        contentType: 'application/json; charset=utf-8',
        body: description,
        cacheControl: 'public, no-cache',
        kind: 'public-data',
        tagged: true,
      },
      origin,
    ),
  });
  for (const { path, contentType, body } of assets) {
    const draft: Draft = {
      status: 200,
      contentType:
        /^text\//.test(contentType) && !contentType.includes('charset')
          ? `${contentType}; charset=utf-8`
          : contentType,
      body,
      cacheControl: immutable,
      kind: 'other',
      tagged: true,
    };
    mountFixed(fastify, path, { answer: makeAnswer(draft, origin, assetQuality), unlimited: true });
  }
}

type Fixed = { answer: Answer; unlimited?: boolean };

/** An answer that is made once, when the server is built. */
function mountFixed(fastify: FastifyInstance, url: string, { answer, unlimited = false }: Fixed): void {
  fastify.addHook('onReady', async () => {
    await Promise.all([answer.compress?.('br'), answer.compress?.('gzip')]);
  });
  fastify.route({
    method: ['GET', 'HEAD'],
    url,
    config: { label: url, ...(unlimited ? { rateLimit: false as const } : {}) },
    handler: (request, reply) => void sendAnswer({ request, reply }, answer),
  });
}

function sendText(exchange: Exchange, { site, status, text }: Text): void {
  const draft: Draft = {
    status,
    contentType: 'text/plain; charset=utf-8',
    body: Buffer.from(`${text}\n`),
    cacheControl: 'no-store',
    kind: 'other',
    tagged: false,
  };
  sendAnswer(exchange, makeAnswer(draft, site.origin));
}
type Text = { site: Site; status: number; text: string };

/** Anybody may ask, as often as they like: the check runs once a second at most, and all share it. */
function rememberReady({ clock, log }: House, check: () => Promise<void>): () => Promise<boolean> {
  let askedAt = Number.NEGATIVE_INFINITY;
  let isAsking = false;
  let outcome = Promise.resolve(false);
  const ask = async () => {
    try {
      await within(readyCheckMs, check());
      return true;
    } catch (error) {
      log.warn('Not ready.', { error });
      return false;
    } finally {
      isAsking = false;
      askedAt = clock.now().getTime();
    }
  };
  return () => {
    const isFresh = Math.abs(clock.now().getTime() - askedAt) < readyMemoryMs;
    if (!isAsking && !isFresh) {
      isAsking = true;
      outcome = ask();
    }
    return outcome;
  };
}

function mountHealth(fastify: FastifyInstance, site: Site, { state, checkReady }: Condition): void {
  const { house } = site;
  // The house opens its doors after its migrations, so a server that answers has them behind it.
  const askDatabase = async () => {
    await house.database.selectNoFrom((build) => build.val(1).as('answers')).execute();
  };
  const isReady = rememberReady(house, checkReady ?? askDatabase);
  const config = { rateLimit: false as const };
  fastify.route({
    method: ['GET', 'HEAD'],
    url: '/healthz',
    config: { ...config, label: '/healthz' },
    handler: (request, reply) => sendText({ request, reply }, { site, status: 200, text: 'alive' }),
  });
  fastify.route({
    method: ['GET', 'HEAD'],
    url: '/readyz',
    config: { ...config, label: '/readyz' },
    handler: async (request, reply) => {
      if (state.stopping) return sendText({ request, reply }, { site, status: 503, text: 'stopping' });
      const [status, text] = (await isReady()) ? [200, 'ready'] : [503, 'not ready'];
      return sendText({ request, reply }, { site, status, text });
    },
  });
}

const privateNetworks = new BlockList();
privateNetworks.addSubnet('127.0.0.0', 8);
privateNetworks.addSubnet('10.0.0.0', 8);
privateNetworks.addSubnet('172.16.0.0', 12);
privateNetworks.addSubnet('192.168.0.0', 16);
privateNetworks.addAddress('::1', 'ipv6');
privateNetworks.addSubnet('fc00::', 7, 'ipv6');

/** Whether the asker sits in the machine or its private network, seen without any proxy between. */
export function isPrivate(request: FastifyRequest): boolean {
  const { headers, ip } = request;
  const behindProxy = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;
  const address = ip.replace(/^::ffff:(?=\d+\.)/, '');
  const family = isIP(address);
  return !behindProxy && family !== 0 && privateNetworks.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

function mountMetrics(fastify: FastifyInstance, site: Site): void {
  fastify.route({
    method: ['GET', 'HEAD'],
    url: '/metrics',
    config: { label: '/metrics', rateLimit: false },
    handler: async (request, reply) => {
      if (!isPrivate(request)) {
        throw new LamppostError('forbidden', 'metrics-are-private', {
          en: 'The counters can be read from the private network of this machine only.',
          tc: '只可從本機的專用網絡讀取這些計數。',
        });
      }
      const draft: Draft = {
        status: 200,
        contentType: site.metrics.contentType,
        body: Buffer.from(await site.metrics.text()),
        cacheControl: 'no-store',
        kind: 'other',
        tagged: false,
      };
      sendAnswer({ request, reply }, makeAnswer(draft, site.origin));
    },
  });
}
