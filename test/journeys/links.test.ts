// Every link of every page leads somewhere: to a page, a file or a feed, and to the place it names there.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { languages } from '../../src/core/texts.ts';
import { openTestHouse, type TestHouse } from '../kit/house.ts';
import { everyAddress } from './site.ts';

const unescaped = (text: string) =>
  text.replace(/&(amp|quot|lt|gt|#39|#x27);/g, (_whole, name: string) => {
    return { amp: '&', quot: '"', lt: '<', gt: '>' }[name] ?? "'";
  });

/** Addresses that a page names: links, forms, feeds, styles, icons. */
function addressesOn(html: string): string[] {
  const tags = html.matchAll(/<(?:a|link|form|img|script)\s[^>]*?(?:href|action|src)="([^"]*)"[^>]*>/g);
  return [...tags].map(([, address]) => unescaped(address!));
}

const anchorsOn = (html: string) =>
  new Set([...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => unescaped(id!)));

describe('every link', () => {
  let city: TestHouse;
  /** Status and anchors of what was opened, by path and query. */
  const opened = new Map<string, { status: number; anchors: Set<string> }>();
  beforeAll(async () => {
    city = await openTestHouse();
  });
  afterAll(() => city.close());

  async function open(address: string): Promise<{ status: number; anchors: Set<string>; body: string }> {
    const { statusCode, body, headers } = await city.server.fastify.inject(address);
    const isPage = String(headers['content-type']).startsWith('text/html');
    // Who is not signed in is led to the sign-in page: the page is there, for its reader.
    const isForItsReader = statusCode === 303 && /^\/\w+\/sign-in\?next=/.test(String(headers.location));
    const seen = {
      status: isForItsReader ? 200 : statusCode,
      anchors: isPage ? anchorsOn(body) : new Set<string>(),
    };
    opened.set(address, seen);
    return { ...seen, body };
  }

  /** What is wrong with an address that a page names; undefined when all is well. */
  async function faultOf(address: string, page: string): Promise<string | undefined> {
    const { origin } = city.house.config;
    const url = new URL(address, `${origin}${page}`);
    if (url.origin !== origin) return /^https:$/.test(url.protocol) ? undefined : `${address} is not safe`;
    const place = url.pathname + url.search;
    const { status, anchors } = opened.get(place) ?? (await open(place));
    if (status !== 200 && place !== page) return `${address} answers ${status}`;
    const anchor = decodeURIComponent(url.hash.slice(1));
    return anchor === '' || anchors.has(anchor) ? undefined : `${address} has no such place`;
  }

  it.each(languages)(
    'leads to a page or file that is there, and to the place it names, in %s',
    async (language) => {
      const pages = (await everyAddress(city)).filter(({ href }) => href.split('/')[1] === language);
      const wrong = new Map<string, string>();
      let count = 0;
      for (const { href, status } of pages) {
        const { body } = await open(href);
        // An error keeps its address in the other languages, so that the reader understands it there.
        const html = status === 200 ? body : body.replace(/<a [^>]*hreflang=[^>]*>/g, '');
        for (const address of new Set(addressesOn(html))) {
          count += 1;
          const fault = await faultOf(address, href);
          if (fault !== undefined && !wrong.has(fault)) wrong.set(fault, `${href}: ${fault}`);
        }
      }
      expect(count).toBeGreaterThan(5000);
      expect([...wrong.values()]).toEqual([]);
    },
    300_000,
  );
});
