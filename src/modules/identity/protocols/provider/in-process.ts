// Asks our own provider without a network: the site's address may not be reachable from inside.

import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { House } from '../../../../core/house.ts';
import { address } from './mount.ts';
import { openProvider } from './provider.ts';

export type InProcessRequest = {
  method: string;
  headers: Record<string, string>;
  body?: string | undefined;
};

function requestOf(url: URL, { method, headers, body }: InProcessRequest): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  request.method = method;
  request.url = `${url.pathname}${url.search}`;
  for (const [name, value] of Object.entries(headers)) request.headers[name.toLowerCase()] = value;
  if (body !== undefined) {
    const bytes = Buffer.from(body);
    request.headers['content-length'] = String(bytes.length);
    request.push(bytes);
  }
  request.push(null);
  return request;
}

/** Keeps what is answered instead of sending it. */
function responseOf(request: IncomingMessage): { response: ServerResponse; done: Promise<Buffer> } {
  const response = new ServerResponse(request);
  const chunks: Buffer[] = [];
  const keep = (chunk: unknown) => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  };
  const done = new Promise<Buffer>((resolve) => {
    response.write = ((chunk: unknown) => {
      keep(chunk);
      return true;
    }) as ServerResponse['write'];
    response.end = ((chunk: unknown) => {
      keep(chunk);
      resolve(Buffer.concat(chunks));
      return response;
    }) as ServerResponse['end'];
  });
  return { response, done };
}

const headersOf = (response: ServerResponse): [string, string][] =>
  Object.entries(response.getHeaders()).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name, String(one)]),
  );

/** The answer of our provider to a request for one of its addresses. */
export async function askProvider(house: House, url: URL, asked: InProcessRequest): Promise<Response> {
  const { callback } = await openProvider(house);
  const request = requestOf(url, asked);
  address(house, request);
  const { response, done } = responseOf(request);
  void callback(request, response);
  const body = await done;
  const { statusCode: status } = response;
  const headers = new Headers(headersOf(response));
  return new Response(body.length === 0 ? null : new Uint8Array(body), { status, headers });
}
