// What a browser that was never here receives to show the heaviest page of each kind.

import type { Browser } from 'playwright-core';
import { openBrowser, openColdTab, type Received } from '../browser.ts';
import { askOnce, Connection, requestOf } from '../client.ts';
import { inWords, type Row, type Table } from '../figures.ts';
import type { Setting } from '../setting.ts';

const goalKb = 60;
const languages = ['en', 'tc', 'sc'];

/** Address of every page without its language: the sitemap's, and those that stand in no sitemap. */
async function allPaths({ doors }: Setting): Promise<string[]> {
  const { body } = await askOnce(doors.kept, requestOf('/sitemap.xml'));
  const listed = [...body.toString().matchAll(/<loc>https?:&?[^<]*?\/en(\/[^<]*)?<\/loc>/g)].map(
    ([, path]) => path ?? '/',
  );
  const fixed = doors.pagePaths.filter((path) => !path.includes(':'));
  return [...new Set([...listed, ...fixed, '/search?q=smart'])];
}

const patternOf = (template: string) => new RegExp(`^${template.replace(/:\w+/g, '[^/?]+')}(?:\\?.*)?$`);

/** The heaviest address of each page template, as the size of its compressed HTML says. */
async function heaviest(setting: Setting): Promise<Map<string, string>> {
  const { doors, quick } = setting;
  const paths = await allPaths(setting);
  const connection = await Connection.open(doors.kept);
  const found = new Map<string, string>();
  try {
    for (const template of doors.pagePaths) {
      const pattern = patternOf(template);
      const own = paths.filter((path) => pattern.test(path)).slice(0, quick ? 2 : undefined);
      let most = 0;
      for (const address of own.flatMap((path) =>
        languages.map((one) => `/${one}${path === '/' ? '' : path}`),
      )) {
        const { status, body } = await connection.ask(requestOf(address, { 'Accept-Encoding': 'br' }));
        if (status !== 200) throw new Error(`${address} answered ${status}`);
        if (body.length > most) found.set(template, address);
        most = Math.max(most, body.length);
      }
    }
  } finally {
    connection.close();
  }
  return found;
}

type Weight = { received: Received[]; elements: number };

async function weigh(browser: Browser, origin: string, address: string): Promise<Weight> {
  const tab = await openColdTab(browser);
  try {
    await tab.page.goto(origin + address, { waitUntil: 'networkidle' });
    // Without a window there is nothing to show an icon in, so the browser leaves it out: asked for by hand.
    const { elements, icon } = await tab.page.evaluate(() => ({
      elements: document.getElementsByTagName('*').length,
      icon: document.querySelector<HTMLLinkElement>('link[rel=icon]')?.href ?? '',
    }));
    const received = [...tab.received.values()];
    if (icon.startsWith('http') && !received.some(({ url }) => url === icon)) {
      const path = new URL(icon).pathname;
      const { head, body } = await askOnce(
        Number(new URL(origin).port),
        requestOf(path, { 'Accept-Encoding': 'br' }),
      );
      received.push({ url: icon, type: 'Icon', bytes: head.length + 4 + body.length, encoding: '' });
    }
    return { received, elements };
  } finally {
    await tab.close();
  }
}

/** Every kind of page, heaviest first. */
export async function measureWeight(setting: Setting): Promise<Table> {
  const origin = `http://localhost:${setting.doors.kept}`;
  const browser = await openBrowser();
  const rows: { kb: number; row: Row }[] = [];
  try {
    for (const [template, address] of await heaviest(setting)) {
      rows.push(rowOf(template, address, await weigh(browser, origin, address)));
    }
  } finally {
    await browser.close();
  }
  return {
    title: 'Page weight: what a first visit receives, in KB of 1000 bytes, heads included',
    columns: [
      'page',
      'heaviest of its kind',
      'HTML',
      'CSS',
      'icon',
      'JS',
      'fonts',
      'other',
      'all',
      'elements',
      'goal',
    ],
    rows: rows.toSorted((a, b) => b.kb - a.kb).map(({ row }) => row),
  };
}

const named: Record<string, string> = {
  Document: 'HTML',
  Stylesheet: 'CSS',
  Icon: 'icon',
  Script: 'JS',
  Font: 'fonts',
};

function rowOf(template: string, address: string, { received, elements }: Weight): { kb: number; row: Row } {
  const sums: Record<string, number> = { HTML: 0, CSS: 0, icon: 0, JS: 0, fonts: 0, other: 0 };
  for (const { url, type, bytes } of received) {
    const kind = /\/assets\/lamp\.\w+\.svg$/.test(url) ? 'icon' : (named[type] ?? 'other');
    sums[kind]! += bytes / 1000;
  }
  const kb = Object.values(sums).reduce((sum, one) => sum + one, 0);
  const parts = Object.values(sums).map((one) => (one === 0 ? 0 : one.toFixed(1)));
  const met = kb < goalKb && sums.JS === 0;
  const cells = [
    template,
    decodeURI(address),
    ...parts,
    kb.toFixed(1),
    inWords(elements).replace(/\..*/, ''),
    `< ${goalKb}, JS 0`,
  ];
  return { kb, row: { cells, met } };
}
