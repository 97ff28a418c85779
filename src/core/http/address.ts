// The address of a request as it was sent, in its two parts, safe to be put into a header.

import type { FastifyRequest } from 'fastify';

export type Address = {
  path: string;
  /** With `?`, or empty. */
  search: string;
};

/** Both parts of the address; a fragment, which no browser sends, is dropped. */
export function addressOfRequest(request: FastifyRequest): Address {
  const [whole = '/'] = (request.raw.url ?? '/').split('#', 1);
  const [path = '/'] = whole.split('?', 1);
  return { path: printable(path), search: printable(whole.slice(path.length)) };
}

const printable = (text: string) =>
  text.toWellFormed().replace(/[^!-~]/gu, (mark) => encodeURIComponent(mark));

/** The one spelling of a path: its template, filled with what the parameters mean. */
export const fillTemplate = (template: string, params: unknown): string =>
  template.replace(/:(\w+)/g, (_whole, name: string) =>
    encodeURIComponent(String((params as Record<string, unknown>)[name] ?? '').toWellFormed()),
  );
