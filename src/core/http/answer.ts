// One answer in all the forms it may be sent in: plain, gzip, brotli, each with its own ETag, made once.

import { createHash } from 'node:crypto';
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
};

type Form = { tag: string | undefined; headers: string[]; unchanged: string[]; body: Buffer };

/** An answer ready to be sent again and again. */
export type Answer = {
  status: number;
  forms: { identity: Form; gzip?: Form; br?: Form };
  /** Memory it takes. */
  bytes: number;
};

const smallestCompressed = 900;
const brotliQuality = 5;
const gzipLevel = 6;
const compressible = /^(?:text\/|application\/(?:[\w.+-]*(?:json|xml)|javascript|manifest)|image\/svg)/;

const brotliOf = promisify<Buffer, object, Buffer>(brotliCompress);
const gzipOf = promisify<Buffer, object, Buffer>(gzip);

/** Makes the forms of an answer; compresses off the main thread. `quality` is brotli's, 0 to 11. */
export async function makeAnswer(draft: Draft, origin: string, quality = brotliQuality): Promise<Answer> {
  const plain = makeAnswerPlain(draft, origin);
  const { body, contentType = '' } = draft;
  if (body.length < smallestCompressed || !compressible.test(contentType)) return plain;
  const [small, smaller] = await Promise.all([
    gzipOf(body, { level: gzipLevel }),
    brotliOf(body, {
      params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
    }),
  ]);
  const tag = tagOf(draft);
  const forms = {
    identity: plain.forms.identity,
    gzip: formOf({ draft, origin, tag, encoding: 'gzip', body: small }),
    br: formOf({ draft, origin, tag, encoding: 'br', body: smaller }),
  };
  return { status: draft.status, forms, bytes: plain.bytes + small.length + smaller.length + 4000 };
}

/** An answer that is sent as it is, for errors, redirects and what is too small to compress. */
export function makeAnswerPlain(draft: Draft, origin: string): Answer {
  const { status, body } = draft;
  const identity = formOf({ draft, origin, tag: tagOf(draft), encoding: 'identity', body });
  return { status, forms: { identity }, bytes: body.length + 2000 };
}

const tagOf = ({ tagged, body, contentType = '' }: Draft) =>
  tagged ? createHash('sha256').update(contentType).update(body).digest('base64url').slice(0, 27) : undefined;

type Making = { draft: Draft; origin: string; tag: string | undefined; encoding: Encoding; body: Buffer };

function formOf({ draft, origin, tag: hash, encoding, body }: Making): Form {
  const tag = hash === undefined ? undefined : `"${hash}${encoding === 'identity' ? '' : `-${encoding}`}"`;
  const varies = draft.body.length > 0 ? ['Accept-Encoding'] : [];
  const vary = [...varies, ...(draft.vary === undefined ? [] : [draft.vary])].join(', ');
  const shared = [
    'Cache-Control',
    draft.cacheControl,
    ...(vary === '' ? [] : ['Vary', vary]),
    ...(tag === undefined ? [] : ['ETag', tag]),
    ...securityHeaders(draft.kind, origin),
    ...Object.entries(draft.headers ?? {}).flat(),
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

/** Sends the form this client can read, or 304 when it has it already. */
export function sendAnswer(request: FastifyRequest, reply: FastifyReply, answer: Answer): number {
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
