// On a developer's machine only: the page in the browser loads itself again when the server was restarted.

import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';

/** Address of the script that the layout adds when the frame says `dev`. */
export const devReloadHref = '/dev/reload.js';

const script = `const alive = new EventSource('/dev/alive');
let wasOpen = false;
alive.onopen = () => {
  if (wasOpen) location.reload();
  wasOpen = true;
};
`;

/**
 * A stream that lasts as long as the server does; a browser reconnects to it by itself (WHATWG HTML, 9.2).
 */
export function mountDevReload(fastify: FastifyInstance): void {
  const streams = new Set<ServerResponse>();
  fastify.get(devReloadHref, (_request, reply) => {
    reply.header('cache-control', 'no-store').type('text/javascript; charset=utf-8').send(script);
  });
  fastify.get('/dev/alive', (request, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    reply.raw.write('retry: 300\n\n');
    streams.add(reply.raw);
    request.raw.on('close', () => streams.delete(reply.raw));
  });
  // An open stream would hold back the end of the server.
  fastify.addHook('preClose', async () => {
    for (const stream of streams) stream.end();
  });
}
