// When a cheap phone on a poor line shows something, and when it shows the largest thing.

import type { Browser } from 'playwright-core';
import { openBrowser, openColdTab } from '../browser.ts';
import { inWords, median, type Row, type Table } from '../figures.ts';
import type { Setting } from '../setting.ts';

type Line = { name: string; latencyMs: number; downKbit: number; upKbit: number };

/**
 * Lighthouse's slow 4G. The browser delays each request by the latency once; a new connection with TLS costs
 * further round trips, for which Lighthouse takes 3.75 times the latency when it slows the browser down.
 */
const plainLine: Line = { name: '150 ms', latencyMs: 150, downKbit: 1638.4, upKbit: 750 };
const strictLine: Line = { name: '562.5 ms', latencyMs: 562.5, downKbit: 1474.56, upKbit: 675 };
const slowdown = 4;
const goalMs = 1000;

const phone = {
  viewport: { width: 412, height: 823 },
  deviceScaleFactor: 1.75,
  isMobile: true,
  hasTouch: true,
};

type Paint = { first: number; largest: number };

async function paintOnce(browser: Browser, url: string, line: Line): Promise<Paint> {
  const tab = await openColdTab(browser, phone);
  try {
    await tab.protocol.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: line.latencyMs,
      downloadThroughput: (line.downKbit * 1000) / 8,
      uploadThroughput: (line.upKbit * 1000) / 8,
    });
    await tab.protocol.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    await tab.page.goto(url, { waitUntil: 'networkidle' });
    return await tab.page.evaluate(
      () =>
        new Promise<Paint>((resolve, reject) => {
          setTimeout(() => reject(new Error('nothing was painted')), 5000);
          new PerformanceObserver((list) => {
            const largest = list.getEntries().at(-1);
            const first = performance.getEntriesByName('first-contentful-paint')[0];
            if (largest && first) resolve({ first: first.startTime, largest: largest.startTime });
          }).observe({ type: 'largest-contentful-paint', buffered: true });
        }),
    );
  } finally {
    await tab.close();
  }
}

const kinds: Record<string, string> = {
  home: '',
  progress: '/progress',
  initiative: '/initiatives/GOV-01',
  indicators: '/indicators',
};

/** Each page in English and Traditional Chinese, in turn with the others, on both lines. */
export async function measurePaint({ doors, quick }: Setting): Promise<Table> {
  const cases = Object.entries(kinds).flatMap(([kind, path]) =>
    ['en', 'tc'].flatMap((language) =>
      [plainLine, strictLine].map((line) => ({ kind, language, path, line, paints: [] as Paint[] })),
    ),
  );
  const browser = await openBrowser();
  try {
    const url = `http://localhost:${doors.kept}`;
    await paintOnce(browser, `${url}/en`, plainLine);
    for (let round = 0; round < (quick ? 1 : 5); round += 1) {
      for (const one of cases) {
        if (one.line === strictLine && round >= 3) continue;
        one.paints.push(await paintOnce(browser, `${url}/${one.language}${one.path}`, one.line));
      }
    }
  } finally {
    await browser.close();
  }
  return {
    title: 'Paint on a phone: processor slowed 4 times, 1.6 Mbit/s, cold',
    columns: [
      'page',
      'language',
      'latency of a request',
      'first ms',
      'largest ms',
      'largest / limit',
      'goal',
    ],
    rows: cases.map(rowOf),
  };
}

type Case = { kind: string; language: string; line: Line; paints: Paint[] };

function rowOf({ kind, language, line, paints }: Case): Row {
  const first = median(paints.map((one) => one.first));
  const largest = median(paints.map((one) => one.largest));
  const isGoal = line === plainLine;
  return {
    cells: [
      kind,
      language,
      line.name,
      inWords(first),
      inWords(largest),
      (largest / goalMs).toFixed(2),
      isGoal ? `< ${goalMs} ms` : '',
    ],
    met: isGoal ? largest < goalMs : undefined,
  };
}
