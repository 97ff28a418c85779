// A service's own web server, for what the provider sends to it: logout tokens and CIBA's pings.

import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Received = { path: string; method: string; headers: IncomingHttpHeaders; body: string };

export type Listener = {
  /** `http://127.0.0.1:` and its port. */
  origin: string;
  received: Received[];
  /** Status and headers of its answers from now on. */
  answerWith(status: number, headers?: Record<string, string>): void;
  close(): Promise<void>;
};

export async function openListener(): Promise<Listener> {
  const received: Received[] = [];
  let answer: { status: number; headers: Record<string, string> } = { status: 200, headers: {} };
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => {
      const { url: path = '', method = '', headers } = request;
      received.push({ path, method, headers, body });
      response.writeHead(answer.status, answer.headers).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answerWith: (status, headers = {}) => {
      answer = { status, headers };
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
