// Which form of an answer a client gets: compressed how, as a page or not, or none because nothing changed.

import { remembered } from './remembered.ts';
import { allChoices } from './weighted.ts';

export type Encoding = 'br' | 'gzip' | 'identity';

/** The best compression the client accepts; `identity` when it names none (RFC 9110, 12.5.3). */
export const encodingFor: (header: string) => Encoding = remembered((header) => {
  const weights = new Map(allChoices(header).map(({ value, weight }) => [value, weight]));
  const others = weights.get('*') ?? 0;
  const brotli = weights.get('br') ?? others;
  const gzip = weights.get('gzip') ?? weights.get('x-gzip') ?? others;
  const identity = weights.get('identity') ?? 0;
  if (brotli > 0 && brotli >= gzip && brotli >= identity) return 'br';
  return gzip > 0 && gzip >= identity ? 'gzip' : 'identity';
});

const html = ['text/html', 'application/xhtml+xml'];

/** Whether a person's browser asks: it accepts HTML, or says nothing about it (RFC 9110, 12.5.1). */
export const acceptsHtml: (header: string) => boolean = remembered((header) => {
  const choices = allChoices(header);
  if (choices.length === 0) return true;
  const weightOf = (name: string) => choices.find(({ value }) => value === name)?.weight;
  const exact = html.map(weightOf).find((weight) => weight !== undefined);
  return (exact ?? weightOf('text/*') ?? weightOf('*/*') ?? 0) > 0;
});

/** Whether `If-None-Match` names the tag, by weak comparison (RFC 9110, 13.1.2). */
export function matchesTag(header: string, tag: string): boolean {
  if (header === tag || header === '*') return true;
  return header.split(',').some((part) => part.trim().replace(/^W\//, '') === tag);
}
