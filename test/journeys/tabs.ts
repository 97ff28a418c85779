// Two tabs that walk through many pages side by side, and what they look for on each.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Address } from './site.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const tabs = 2;

/** What is wrong on a page, one line each; empty when all is well. */
export type Look = (page: Page) => Promise<string[]>;

export type Walk = {
  browser: Browser;
  origin: string;
  addresses: Address[];
  options?: BrowserContextOptions;
  /** Open each page anew instead of putting its body in place of the one before. */
  anew?: boolean;
};

/** Opens every address in one of a few tabs and looks at it; names the page of whatever is wrong. */
export async function walkThrough(walk: Walk, look: Look): Promise<string[]> {
  const { browser, origin, options, anew = false } = walk;
  const context = await browser.newContext({ ...options, bypassCSP: true, baseURL: origin });
  const waiting = [...walk.addresses];
  const wrong: string[] = [];
  const walkOn = async () => {
    const page = await context.newPage();
    let isOpen = false;
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { href, status } = next;
      const got = isOpen && !anew ? await replaceBody(page, href) : (await page.goto(href))?.status();
      isOpen = true;
      if (got !== status) wrong.push(`${href}: answered ${got}, not ${status}`);
      wrong.push(...(await look(page)).map((found) => `${href}: ${found}`));
    }
  };
  await Promise.all(Array.from({ length: tabs }, walkOn));
  await context.close();
  return wrong;
}

/**
 * Shows another page of the site under the same head. Pages have no scripts and one style sheet: it looks
 * as if opened, and what looks at it need not be loaded again. Gives the status of the answer.
 */
const replaceBody = (page: Page, href: string): Promise<number> =>
  page.evaluate(`fetch(${JSON.stringify(href)}).then(async (answer) => {
    const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
    document.documentElement.lang = next.documentElement.lang;
    document.title = next.title;
    document.body.replaceWith(document.adoptNode(next.body));
    scrollTo(0, 0);
    return answer.status;
  })`);

type AxeViolation = { id: string; nodes: { target: unknown[]; failureSummary: string }[] };

/** Rules of WCAG 2.2 AA and good practice that the page breaks, each with the first places. */
export const breaksOfRules: Look = async (page) => {
  const options = { runOnly: standards, resultTypes: ['violations'] };
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe);
  const found = (await page.evaluate(
    `axe.run(document, ${JSON.stringify(options)}).then(({ violations }) => violations)`,
  )) as AxeViolation[];
  return found.flatMap(({ id, nodes }) =>
    nodes.slice(0, 3).map(({ target, failureSummary }) => {
      return `${id} at ${target.join(' ')}: ${failureSummary.replace(/\s+/g, ' ')}`;
    }),
  );
};

/** Elements that stick out of the screen on the right where nothing scrolls them. */
const stickingOut = `(() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const nameOf = (one) => [one.localName, ...one.classList].join('.') + (one.id ? '#' + one.id : '');
  const names = [...document.body.querySelectorAll('*')]
    .filter((one) => one.getBoundingClientRect().right > width + 0.5)
    .map(nameOf);
  return [document.documentElement.scrollWidth + ' px wide: ' + names.slice(-3).join(', ')];
})()`;

/** Says when the page is wider than the screen, and by what. */
export const overflow: Look = async (page) => (await page.evaluate(stickingOut)) as string[];

/** Says at which of these widths, in CSS pixels, the page is wider than the screen. */
export const overflowsAt =
  (widths: number[]): Look =>
  async (page) => {
    const wrong: string[] = [];
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      wrong.push(...(await overflow(page)).map((what) => `at ${width} px ${what}`));
    }
    return wrong;
  };
