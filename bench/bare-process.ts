// The peer: a bare Fastify that sends bytes it was given, and nothing else.

import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import { answerQuestions } from './child.ts';

export type Page = { path: string; status: number; headers: Record<string, string>; body: Uint8Array };

const opened: { close(): Promise<unknown> }[] = [];

/** Opens a server for these pages; gives its port. */
async function serve(pages: Page[]): Promise<number> {
  const fastify = Fastify();
  for (const { path, status, headers, body } of pages) {
    const bytes = Buffer.from(body);
    fastify.get(path, (_request, reply) => {
      reply.code(status).headers(headers);
      return status === 304 ? reply.send() : reply.send(bytes);
    });
  }
  await fastify.listen({ port: 0, host: '127.0.0.1' });
  opened.push(fastify);
  return (fastify.server.address() as AddressInfo).port;
}

answerQuestions({ serve }, async () => {
  await Promise.all(opened.map((one) => one.close()));
});
