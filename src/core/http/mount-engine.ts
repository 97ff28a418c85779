// Puts a protocol engine on the server: what is below its paths is its own, counted and limited by the house.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Mount } from '../module.ts';
import { logRequest } from './endpoint.ts';
import { documentOf } from './page-document.ts';
import type { Site } from './site.ts';

/** Adds the engine; request bodies reach it unread. */
export function mountEngine(fastify: FastifyInstance, site: Site, mount: Mount): void {
  const { house, metrics } = site;
  const answer = mount.open(house, (view, place) =>
    documentOf(site, view, { ...place, search: '' }).toString(),
  );
  const handler = async (request: FastifyRequest, reply: FastifyReply) => {
    request.startedAt = performance.now();
    reply.raw.once('finish', () => {
      const status = reply.raw.statusCode;
      metrics.recorder(request.method, mount.name)(status, request.startedAt);
      if (house.log.writes('debug')) logRequest(site, request, { route: mount.name, status });
    });
    reply.hijack();
    try {
      await answer(request.raw, reply.raw, request.ip);
    } catch (error) {
      house.log.error('engine-failed', { engine: mount.name, requestId: request.id, error });
      if (!reply.raw.headersSent) reply.raw.writeHead(500);
      reply.raw.end();
    }
  };
  fastify.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    for (const path of mount.paths) {
      for (const url of [path, `${path}/*`]) scope.all(url, { config: { label: mount.name }, handler });
    }
  });
}
