// One answer in all the forms it may be sent in: plain, gzip, brotli, each with its own ETag, made once.

import { createHash } from 'node:crypto';
import { validateHeaderValue } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Encoding, encodingFor, matchesTag } from './negotiation.ts';
import { type HeaderKind, securityHeaders } from './security.ts';

/** What a handler or a page has made, before it is compressed. */
export type Draft = {
  status: number;
  contentType?: string;
  body: Buffer;
  cacheControl: string;
  /** Security headers to send. */
  kind: HeaderKind;
  /** Gives the answer ETags, so that a reader who has it is told so. */
  tagged: boolean;
  /** Further request headers the answer depends on. */
  vary?: string;
  headers?: Record<string, string>;
  /** Lines of `Set-Cookie`. */
  cookies?: readonly string[];
  /** Origins outside to which forms may lead. */
  formTargets?: readonly string[];
};

type Form = { tag: string | undefined; headers: string[]; unchanged: string[]; body: Buffer };

/** An answer to be sent again and again; a compressed form is made when the first client asks for it. */
export type Answer = {
  status: number;
  forms: { identity: Form; gzip?: Form; br?: Form };
  /** Makes a form that is not there yet; absent when compressing is not worth it. */
  compress?: (encoding: Compressed) => Promise<void>;
  /** Memory it takes with all its forms, about. */
  bytes: number;
};

type Compressed = Exclude<Encoding, 'identity'>;

const smallestCompressed = 900;
const brotliQuality = 5;
const gzipLevel = 6;
/** Headers and objects of the forms. */
const formBytes = 4000;
const compressible = /^(?:text\/|application\/(?:[\w.+-]*(?:json|xml)|javascript|manifest)|image\/svg)/;

const brotliOf = promisify<Buffer, object, Buffer>(brotliCompress);
const gzipOf = promisify<Buffer, object, Buffer>(gzip);

const compressors = {
  gzip: (body: Buffer) => gzipOf(body, { level: gzipLevel }),
  br: (body: Buffer, quality: number) =>
    brotliOf(body, {
      params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
    }),
};

/** Makes an answer from its draft. `quality` is that of brotli, 0 to 11. */
export function makeAnswer(draft: Draft, origin: string, quality = brotliQuality): Answer {
  const { status, body, contentType = '' } = draft;
  const tag = tagOf(draft);
  const answer: Answer = {
    status,
    forms: { identity: formOf({ draft, origin, tag, encoding: 'identity', body }) },
    bytes: 2 * body.length + formBytes,
  };
  if (body.length < smallestCompressed || !compressible.test(contentType)) return answer;
  const making = new Map<Compressed, Promise<void>>();
  const make = async (encoding: Compressed) => {
    const smaller = await compressors[encoding](body, quality);
    answer.forms[encoding] = formOf({ draft, origin, tag, encoding, body: smaller });
  };
  answer.compress = (encoding) => {
    const running = making.get(encoding) ?? make(encoding);
    making.set(encoding, running);
    return running;
  };
  return answer;
}

/** Makes the form this client can read, off the main thread; undefined when it is there. */
export function preparing(request: FastifyRequest, answer: Answer): Promise<void> | undefined {
  const accepted = request.raw.headers['accept-encoding'];
  if (accepted === undefined || answer.compress === undefined) return undefined;
  const encoding = encodingFor(accepted);
  return encoding === 'identity' || answer.forms[encoding] !== undefined
    ? undefined
    : answer.compress(encoding);
}

/** SHA-1 takes half the time of SHA-256; only the house writes what is hashed, so nobody can forge a pair. */
const tagOf = ({ tagged, body, contentType = '' }: Draft) =>
  tagged ? createHash('sha1').update(contentType).update(body).digest('base64url') : undefined;

type Making = { draft: Draft; origin: string; tag: string | undefined; encoding: Encoding; body: Buffer };

function formOf({ draft, origin, tag: hash, encoding, body }: Making): Form {
  const tag = hash === undefined ? undefined : `"${hash}${encoding === 'identity' ? '' : `-${encoding}`}"`;
  const varies = draft.body.length > 0 ? ['Accept-Encoding'] : [];
  const vary = [...varies, ...(draft.vary === undefined ? [] : [draft.vary])].join(', ');
  const cookies = (draft.cookies ?? []).map((line): [string, string] => ['Set-Cookie', line]);
  const own = [...Object.entries(draft.headers ?? {}), ...cookies];
  // Found here, a header that cannot be sent is a bug with an answer; later it would break the connection.
  for (const [name, value] of own) validateHeaderValue(name, value);
  const shared = [
    'Cache-Control',
    draft.cacheControl,
    ...(vary === '' ? [] : ['Vary', vary]),
    ...(tag === undefined ? [] : ['ETag', tag]),
    ...securityHeaders(draft.kind, origin, draft.formTargets),
    ...own.flat(),
  ];
  const headers = [
    ...(draft.contentType === undefined ? [] : ['Content-Type', draft.contentType]),
    'Content-Length',
    String(body.length),
    ...(encoding === 'identity' ? [] : ['Content-Encoding', encoding]),
    ...shared,
  ];
  return { tag, headers, unchanged: shared, body };
}

/** One request and the reply to it. */
export type Exchange = { request: FastifyRequest; reply: FastifyReply };

/** Sends the best form there is for this client, or 304 when it has it already; gives the status sent. */
export function sendAnswer({ request, reply }: Exchange, answer: Answer): number {
  const { headers } = request.raw;
  const accepted = headers['accept-encoding'];
  const { forms } = answer;
  const form = (accepted === undefined ? undefined : forms[encodingFor(accepted)]) ?? forms.identity;
  const known = headers['if-none-match'];
  // Fastify's own way of sending would look at each header again for every request.
  reply.hijack();
  if (known !== undefined && form.tag !== undefined && matchesTag(known, form.tag)) {
    reply.raw.writeHead(304, form.unchanged).end();
    return 304;
  }
  reply.raw.writeHead(answer.status, form.headers).end(form.body);
  return answer.status;
}
