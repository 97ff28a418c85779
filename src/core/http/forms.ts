// Reads the forms of pages: `application/x-www-form-urlencoded` from this site's own pages, and nothing else.

import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LamppostError } from '../errors.ts';

/** Largest form a page takes when it does not say otherwise. */
export const usualFormBytes = 64 * 1024;

const mostFields = 1000;

/** Fields by name; empty ones are absent, repeated ones a list. */
function parseForm(text: string): Record<string, unknown> {
  const fields: Record<string, string[]> = Object.create(null);
  for (const [name, value] of [...new URLSearchParams(text)].slice(0, mostFields)) {
    if (value !== '') fields[name] = [...(fields[name] ?? []), value.replaceAll('\r\n', '\n')];
  }
  return Object.fromEntries(
    Object.entries(fields).map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
  );
}

/** Browsers tell where a form comes from; a program that tells nothing carries nobody's cookies either. */
function refuseForeign({ headers }: FastifyRequest, origin: string): void {
  const from = headers['sec-fetch-site'];
  const isForeign =
    from === undefined
      ? headers.origin !== undefined && headers.origin !== origin
      : from !== 'same-origin' && from !== 'none';
  if (!isForeign) return;
  throw new LamppostError('forbidden', 'foreign-form', {
    en: 'This form was sent from another site. Open the page here and send it again.',
    tc: '這份表格由其他網站送出。請在本網站開啟該頁，再次提交。',
  });
}

/** Makes a scope of the server read forms in place of JSON. */
export function readForms(scope: FastifyInstance, origin: string): void {
  scope.removeAllContentTypeParsers();
  scope.addHook('onRequest', async (request) => refuseForeign(request, origin));
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, parseForm(String(body))),
  );
}
