// SensorThings 1.1 (OGC 18-088) at /sensorthings/v1.1: everybody reads, credentials and officers write.

import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { invalid } from '../../../../core/errors.ts';
import type { House } from '../../../../core/house.ts';
import type { Mount } from '../../../../core/module.ts';
import { batchCall } from './batch.ts';
import { type Answer, answerTo, type Call, methodNotAllowed, root, type Service } from './call.ts';
import { createObservations } from './data-array.ts';
import { readCall } from './read-calls.ts';
import { openWho } from './who.ts';
import { createCall, removeCall, replaceCall, updateCall } from './write-calls.ts';

const longestAddress = 16_000;
const usualBytes = 1024 * 1024;
const manyBytes = 8 * usualBytes;
/** Answers up to this size are worth a digest. */
const taggedBytes = 256 * 1024;

const tooLarge = (bytes: number) =>
  invalid(
    'body-too-large',
    { en: `Send at most ${bytes} bytes.`, tc: `內容最多可有${bytes}個位元組。` },
    { status: 413, headers: { Connection: 'close' } },
  );
const notJson = () =>
  invalid('malformed-json', { en: 'The body is no valid JSON.', tc: '內容並非有效的JSON。' });
const tooLong = () =>
  invalid('address-too-long', { en: 'The address is too long.', tc: '網址過長。' }, { status: 414 });

async function bytesOf(request: IncomingMessage, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > most) throw tooLarge(most);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function readJson(request: IncomingMessage, most: number): Promise<unknown> {
  const bytes = await bytesOf(request, most);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw notJson();
  }
}

const methods = 'GET, HEAD, POST, PATCH, PUT, DELETE, OPTIONS';

/** Pages of other sites may read, as everybody may; they may not write with a reader's session. */
const reading = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'ETag, Location',
};

async function answer(service: Service, call: Call): Promise<Answer> {
  const isPost = call.method === 'POST';
  if (call.path === 'CreateObservations' && isPost) return createObservations(service, call);
  switch (call.method) {
    case 'GET':
    case 'HEAD':
      return readCall(service, call);
    case 'POST':
      return createCall(service, call);
    case 'PATCH':
      return updateCall(service, call);
    case 'PUT':
      return replaceCall(service, call);
    case 'DELETE':
      return removeCall(service, call);
    default:
      throw methodNotAllowed('GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE');
  }
}

function callOf(house: House, request: IncomingMessage, response: ServerResponse): Call {
  const url = request.url ?? '/';
  if (url.length > longestAddress) throw tooLong();
  const [whole = '', search = ''] = url.split(/\?(.*)/s, 2);
  const path = whole.slice(root.length).replace(/^\/+|\/+$/g, '');
  const most = path === 'CreateObservations' || path === '$batch' ? manyBytes : usualBytes;
  return {
    ...{ method: request.method ?? 'GET', path, search },
    contentType: request.headers['content-type'] ?? '',
    body: () => readJson(request, most),
    who: openWho(house, request, response),
  };
}

async function handle(service: Service, request: IncomingMessage, response: ServerResponse): Promise<Answer> {
  try {
    if (request.method === 'OPTIONS') {
      const allowed = { 'Access-Control-Allow-Methods': 'GET, HEAD', 'Access-Control-Max-Age': '86400' };
      return { status: 204, headers: { Allow: methods, ...allowed } };
    }
    const call = callOf(service.house, request, response);
    if (call.path !== '$batch') return await answer(service, call);
    if (call.method !== 'POST') throw methodNotAllowed('POST');
    return await batchCall(service, call, answer);
  } catch (error) {
    return answerTo(error, service.house);
  }
}

function bodyOf({ json, text }: Answer): { body: Buffer; type?: string } {
  if (json !== undefined) {
    return { body: Buffer.from(JSON.stringify(json)), type: 'application/json; charset=utf-8' };
  }
  if (text === undefined) return { body: Buffer.alloc(0) };
  return { body: Buffer.from(text), type: 'text/plain; charset=utf-8' };
}

const tagOf = (body: Buffer) => `W/"${createHash('sha1').update(body).digest('base64url')}"`;

function send(request: IncomingMessage, response: ServerResponse, given: Answer): void {
  const { body, type } = bodyOf(given);
  const isRead = request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS';
  const tag = isRead && given.status === 200 && body.length <= taggedBytes ? tagOf(body) : undefined;
  const asked = (request.headers['if-none-match'] ?? '').split(',').map((one) => one.trim());
  const isKnown = tag !== undefined && (asked.includes(tag) || asked.includes('*'));
  const headers = {
    ...(isRead ? reading : {}),
    ...given.headers,
    'Cache-Control': isRead ? 'no-cache' : 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...(tag === undefined ? {} : { ETag: tag }),
  };
  if (isKnown) {
    response.writeHead(304, headers).end();
    return;
  }
  const hasBody = given.status !== 204;
  response.writeHead(given.status, {
    ...headers,
    ...(type === undefined ? {} : { 'Content-Type': type }),
    ...(hasBody ? { 'Content-Length': String(body.length) } : {}),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** The SensorThings service of the house. */
export const sensorThings: Mount = {
  name: 'sensorthings',
  paths: [root],
  summary: 'What the sensors of the city say, by OGC SensorThings API Part 1: Sensing, version 1.1.',
  open: (house) => {
    const service = { house, base: `${house.config.origin}${root}` };
    return async (request, response) => {
      send(request, response, await handle(service, request, response));
    };
  },
};
