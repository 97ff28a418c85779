// The style sheet and the other files every page needs, read once at start and named by their content.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Order matters: later files may rely on, and override, earlier ones. */
export const styleFiles = [
  'tokens',
  'base',
  'layout',
  'content',
  'lists',
  'table',
  'forms',
  'steps',
  'charts',
  'codes',
  'style-page',
  'media',
] as const;

/** A file served at a name that changes with its content. */
export type Asset = { path: string; contentType: string; body: Buffer };

/** Strips comments and the blank space around lines and punctuation; leaves quoted strings alone. */
export function compactCss(css: string): string {
  return css
    .split(/("(?:[^"\\]|\\.)*")/)
    .map((part, index) => (index % 2 === 1 ? part : compactPlain(part)))
    .join('')
    .trim();
}

const compactPlain = (css: string): string =>
  css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,>]) ?/g, '$1')
    .replace(/;}/g, '}');

const readStyle = (name: string): string =>
  readFileSync(new URL(`./styles/${name}.css`, import.meta.url), 'utf8');

const hashOf = (content: string): string =>
  createHash('sha256').update(content).digest('base64url').slice(0, 10);

const css = compactCss(styleFiles.map(readStyle).join('\n'));

const icon = [
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">',
  '<rect width="32" height="32" rx="5" fill="#0f2438"/>',
  '<path d="M10 27V10q0-4 4-4h7" fill="none" stroke="#fdfcf9" stroke-width="2.5"/>',
  '<circle cx="21" cy="12" r="4.5" fill="#ffb52e"/></svg>',
].join('');

/** The one style sheet: `href` carries a hash of `css`, so it may be kept for ever. */
export const styles: { href: string; css: string } = { href: `/assets/lamppost.${hashOf(css)}.css`, css };

/** Address of the icon of the site. */
export const iconHref = `/assets/lamp.${hashOf(icon)}.svg`;

/** Everything to be served, immutable. */
export const assets: Asset[] = [
  { path: styles.href, contentType: 'text/css; charset=utf-8', body: Buffer.from(css) },
  { path: iconHref, contentType: 'image/svg+xml', body: Buffer.from(icon) },
];
