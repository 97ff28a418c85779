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
};

/** Opens every address in one of a few tabs and looks at it; names the page of whatever is wrong. */
export async function walkThrough({ browser, origin, addresses, options }: Walk, look: Look) {
  const context = await browser.newContext({ ...options, bypassCSP: true, baseURL: origin });
  const waiting = [...addresses];
  const wrong: string[] = [];
  const walkOn = async () => {
    const page = await context.newPage();
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { href, status } = next;
      const answer = await page.goto(href, { waitUntil: 'load' });
      if (answer?.status() !== status) wrong.push(`${href}: answered ${answer?.status()}, not ${status}`);
      wrong.push(...(await look(page)).map((found) => `${href}: ${found}`));
    }
  };
  await Promise.all(Array.from({ length: tabs }, walkOn));
  await context.close();
  return wrong;
}

type AxeViolation = { id: string; nodes: { target: unknown[]; failureSummary: string }[] };

/** Rules of WCAG 2.2 AA and good practice that the page breaks, each with the first places. */
export const breaksOfRules: Look = async (page) => {
  const options = { runOnly: standards, resultTypes: ['violations'] };
  await page.evaluate(axe);
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
  const names = [...document.body.querySelectorAll('*')]
    .filter((one) => one.getBoundingClientRect().right > width + 0.5)
    .map((one) => one.localName + (one.id ? '#' + one.id : '') + [...one.classList].map((c) => '.' + c).join(''));
  return [document.documentElement.scrollWidth + ' px wide: ' + names.slice(-3).join(', ')];
})()`;

/** Says at which of these widths, in CSS pixels, the page is wider than the screen, and by what. */
export const overflowsAt =
  (widths: number[]): Look =>
  async (page) => {
    const wrong: string[] = [];
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      const found = (await page.evaluate(stickingOut)) as string[];
      wrong.push(...found.map((what) => `at ${width} px ${what}`));
    }
    return wrong;
  };
