// The one place where an error becomes an answer: problem+json (RFC 9457) for programs, a page for people.

import type { FastifyRequest } from 'fastify';
import type { LamppostError } from '../errors.ts';
import { type Language, languageTag, say, type Text } from '../texts.ts';
import { addressOfRequest } from './address.ts';
import { type Exchange, makeAnswer, sendAnswer } from './answer.ts';
import { failureOf } from './failures.ts';
import { preferredLanguage, splitLanguage } from './languages.ts';
import { acceptsHtml } from './negotiation.ts';
import { documentOf } from './page-document.ts';
import type { Site } from './site.ts';

/** Titles of problems, one for each kind of error. */
export const problemTitles: Record<LamppostError['kind'], Text> = {
  invalid: { en: 'The request is not right', tc: '要求不正確' },
  unauthenticated: { en: 'Sign in first', tc: '請先登入' },
  forbidden: { en: 'Not allowed', tc: '不獲准許' },
  'not-found': { en: 'Not found', tc: '找不到' },
  conflict: { en: 'This contradicts what is recorded', tc: '與現有記錄不符' },
  'too-many': { en: 'Too many requests', tc: '要求太頻密' },
  unavailable: { en: 'Not available now', tc: '暫時無法使用' },
  bug: { en: 'Something went wrong on our side', tc: '我們的系統出現問題' },
};

/** Problem details of an error, as a program is told them. */
export function problemOf(error: LamppostError, language: Language, requestId: string) {
  return {
    type: `/problems/${error.code}`,
    title: say(problemTitles[error.kind], language),
    status: error.status,
    detail: say(error.publicMessage, language),
    code: error.code,
    instance: `urn:request:${requestId}`,
    ...(error.fields.length === 0
      ? {}
      : { errors: error.fields.map(({ field, message }) => ({ field, message: say(message, language) })) }),
  };
}

/** The reader's language: that of the address, else that of the browser. */
export function languageOf(request: FastifyRequest, site: Site): Language {
  const { languages } = site.house.edition;
  const named = splitLanguage(addressOfRequest(request).path)?.language;
  if (named !== undefined && languages.includes(named)) return named;
  return preferredLanguage(request.headers['accept-language'], languages);
}

const machinePaths = /^\/(?:api|healthz|readyz|metrics)(?:\/|$)/;

function isForProgram(request: FastifyRequest): boolean {
  const { accept } = request.headers;
  return machinePaths.test(addressOfRequest(request).path) || (accept !== undefined && !acceptsHtml(accept));
}

function errorPage(error: LamppostError, request: FastifyRequest, site: Site): Buffer {
  const language = languageOf(request, site);
  const view = { ...site.errorView(error, language), status: error.status, noIndex: true };
  const { path, search } = addressOfRequest(request);
  const found = splitLanguage(path);
  const place = found === undefined ? { path: '/', search: '' } : { path: found.rest, search };
  return documentOf(site, view, { language, ...place });
}

function problemDraft(error: LamppostError, language: Language, requestId: string) {
  return {
    contentType: 'application/problem+json; charset=utf-8',
    body: Buffer.from(JSON.stringify(problemOf(error, language, requestId))),
    kind: 'public-data' as const,
  };
}

/** A failing error page must still be an answer. */
function bodyOf(error: LamppostError, request: FastifyRequest, site: Site) {
  const language = languageOf(request, site);
  if (isForProgram(request)) return problemDraft(error, language, request.id);
  try {
    const page = errorPage(error, request, site);
    return { contentType: 'text/html; charset=utf-8', body: page, kind: 'page' as const };
  } catch (trouble) {
    site.house.log.error('The error page failed.', { requestId: request.id, error: trouble });
    return problemDraft(error, language, request.id);
  }
}

/** Answers with an error; a bug is logged in full, its sender learns only the number of the request. */
export function answerError(thrown: unknown, exchange: Exchange, site: Site): number {
  const { request } = exchange;
  const error = failureOf(thrown);
  const { log } = site.house;
  if (error.status >= 500) {
    const template = request.routeOptions?.url ?? 'none';
    const trouble = error.kind === 'bug' ? (error.detail ?? error) : error;
    log.error(error.code, { requestId: request.id, method: request.method, route: template, error: trouble });
  }
  const answer = makeAnswer(
    {
      ...bodyOf(error, request, site),
      status: error.status,
      cacheControl: 'no-store',
      tagged: false,
      vary: 'Accept, Accept-Language',
      headers: {
        'X-Request-Id': request.id,
        'Content-Language': languageTag[languageOf(request, site)],
        ...error.headers,
      },
    },
    site.origin,
  );
  return sendAnswer(exchange, answer);
}
