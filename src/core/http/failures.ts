// Turns anything that was thrown into one of the eight kinds of error, with words for the person who asked.

import { type ErrorOptions, LamppostError } from '../errors.ts';
import type { Text } from '../texts.ts';

type Known = { kind: LamppostError['kind']; code: string; status: number; message: Text };

const text = (en: string, tc: string): Text => ({ en, tc });

const notJson = text(
  'The body could not be read as JSON. Check its commas, quotes and brackets.',
  '無法以 JSON 讀取內容。請檢查逗號、引號和括號。',
);
const badAddress = text('This address is not written correctly.', '網址的寫法不正確。');

const tooLarge = text('The body is too large.', '內容太大。');
const wrongMedia = text(
  'The body must be JSON, sent with the header Content-Type: application/json.',
  '內容必須是 JSON，並附有標頭 Content-Type: application/json。',
);
const emptyBody = text('The body is empty; JSON was expected.', '內容是空的；應提供 JSON。');
const tooLong = text('This address is too long.', '網址太長。');
const badLength = text('The body does not have the length it announced.', '內容的長度與所聲明的不符。');

/** Fastify's own errors, by their code. */
const known: Record<string, Known> = {
  FST_ERR_CTP_INVALID_JSON_BODY: { kind: 'invalid', code: 'malformed-json', status: 400, message: notJson },
  FST_ERR_CTP_EMPTY_JSON_BODY: { kind: 'invalid', code: 'empty-body', status: 400, message: emptyBody },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    kind: 'invalid',
    code: 'wrong-length',
    status: 400,
    message: badLength,
  },
  FST_ERR_CTP_BODY_TOO_LARGE: { kind: 'invalid', code: 'body-too-large', status: 413, message: tooLarge },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    kind: 'invalid',
    code: 'unsupported-media',
    status: 415,
    message: wrongMedia,
  },
  FST_ERR_BAD_URL: { kind: 'invalid', code: 'malformed-address', status: 400, message: badAddress },
  FST_ERR_MAX_PARAM_LENGTH: { kind: 'invalid', code: 'address-too-long', status: 414, message: tooLong },
};

const bugMessage = text(
  'Something went wrong on our side. It has been recorded. Please try again in a moment.',
  '我們的系統出現問題，已記錄在案。請稍後再試。',
);

/** The error as the rest of the house knows it; what is not recognised is a bug. */
export function failureOf(thrown: unknown): LamppostError {
  if (thrown instanceof LamppostError) return thrown;
  const { code = '', statusCode } = (thrown ?? {}) as { code?: string; statusCode?: number };
  const match = known[code];
  if (match !== undefined)
    return new LamppostError(match.kind, match.code, match.message, { status: match.status });
  // Fastify marks trouble with the request itself by a status; a SyntaxError comes from reading JSON.
  if (statusCode === 400 && thrown instanceof SyntaxError) {
    return new LamppostError('invalid', 'malformed-json', notJson);
  }
  return new LamppostError('bug', 'internal', bugMessage, { detail: thrown });
}

/** Nothing lives at this address. */
export const pageNotFound = () =>
  new LamppostError(
    'not-found',
    'not-found',
    text('There is nothing at this address.', '這個網址沒有內容。'),
  );

/** The address exists, the method does not. `allowed` goes into `Allow` (RFC 9110, 15.5.6). */
export const methodNotAllowed = (allowed: readonly string[]) =>
  new LamppostError(
    'invalid',
    'method-not-allowed',
    text(`This address answers ${allowed.join(', ')} only.`, `這個網址只接受 ${allowed.join('、')}。`),
    { status: 405, headers: { Allow: allowed.join(', ') } },
  );

export const addressTooLong = () =>
  new LamppostError('invalid', 'address-too-long', tooLong, { status: 414 });

/** More requests than the limit from one client. */
export const tooManyRequests = (seconds: number) => {
  const options: ErrorOptions = { headers: { 'Retry-After': String(Math.max(1, seconds)) } };
  const message = text(
    `Too many requests. Try again in ${Math.max(1, seconds)} seconds.`,
    `要求太頻密。請在 ${Math.max(1, seconds)} 秒後再試。`,
  );
  return new LamppostError('too-many', 'too-many-requests', message, options);
};

/** A handler that did not finish in its time. */
export const tookTooLong = () =>
  new LamppostError(
    'unavailable',
    'took-too-long',
    text('This took too long. Please try again in a moment.', '處理時間過長。請稍後再試。'),
    { headers: { 'Retry-After': '5' } },
  );
