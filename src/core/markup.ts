// Turns components into HTML, and keeps the HTML of parts that stand on many pages.

import { transcode } from 'node:buffer';
import type { VNode } from 'preact';
import { jsxTemplate } from 'preact/jsx-runtime';
import { renderToString } from 'preact-render-to-string';

/** The HTML of a component tree; every text in it is escaped. */
export const renderHtml = (tree: VNode): string => renderToString(tree);

/** Of one owner; the part that has waited longest goes first. */
const mostParts = 256;

const parts = new WeakMap<object, Map<string, string[]>>();

/**
 * A part of a page that is rendered once and then stands as HTML on every page that shows it.
 *
 * `owner` is what it shows: an object that is replaced, never changed, when it says something else; the part
 * goes when the owner goes. `key` holds all else the part depends on, such as language and address. HTML
 * comes in by one way only, out of the renderer, which escapes: no word of a reader becomes markup. What
 * stands inside an `svg` is written by other rules and cannot be a part; a whole `svg` can.
 */
export function rememberedPart(owner: object, key: string, render: () => VNode): VNode {
  let known = parts.get(owner);
  if (known === undefined) {
    known = new Map();
    parts.set(owner, known);
  }
  let html = known.get(key);
  if (html === undefined) {
    // There and back again makes one flat string of the many that were joined: it is copied in one go.
    html = [Buffer.from(renderHtml(render())).toString()];
    if (known.size >= mostParts) known.delete(known.keys().next().value as string);
    known.set(key, html);
  }
  return jsxTemplate(html);
}

/** Used again for each text: getting so much memory takes longer than filling it. */
const scratch = Buffer.allocUnsafeSlow(512 * 1024);

/** A text in UTF-8, for a page with Chinese in a third of the time of `Buffer.from`. */
export function encodeText(text: string): Buffer {
  if (text.length * 2 > scratch.length) return Buffer.from(text);
  const used = scratch.write(text, 'utf16le');
  try {
    return transcode(scratch.subarray(0, used), 'utf16le', 'utf8') as Buffer;
  } catch {
    // Half a character: only the slow way puts a mark in its place.
    return Buffer.from(text);
  }
}
