// The style page in a real browser: nothing for axe-core to find, nothing wider than the screen.

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium } from 'playwright-core';
import { renderToString } from 'preact-render-to-string';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { frameExample } from './frame.examples.ts';
import { layout } from './layout.tsx';
import { StylePage } from './style-page.tsx';
import { styles } from './styles.ts';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

type AxeResult = { violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] };

const cases = (['en', 'tc'] as const).flatMap((language) =>
  (['light', 'dark'] as const).flatMap((scheme) => [390, 1440].map((width) => ({ language, scheme, width }))),
);

describe.skipIf(!executablePath)('style page in Chromium (skipped where none is installed)', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] });
  }, 60_000);
  afterAll(() => browser?.close());

  const open = async (language: 'en' | 'tc' | 'sc', scheme: 'light' | 'dark', width: number) => {
    const page = await browser.newPage({
      viewport: { width, height: 900 },
      colorScheme: scheme,
      bypassCSP: true,
    });
    const html = renderToString(layout(StylePage(language), frameExample(language)));
    await page.route('https://city.example/**', (route) =>
      route.request().url().endsWith('.css')
        ? route.fulfill({ contentType: 'text/css', body: styles.css })
        : route.fulfill({ contentType: 'text/html; charset=utf-8', body: `<!doctype html>${html}` }),
    );
    await page.goto('https://city.example/style');
    return page;
  };

  it.each(cases)(
    '$language, $scheme, $width px: axe-core finds nothing',
    async ({ language, scheme, width }) => {
      const page = await open(language, scheme, width);
      await page.evaluate(axe);
      const result = (await page.evaluate(
        `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`,
      )) as AxeResult;
      await page.close();
      const found = result.violations.map((violation) => ({
        rule: violation.id,
        at: violation.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} ${node.failureSummary}`),
      }));
      expect(found).toEqual([]);
    },
    60_000,
  );

  it.each([320, 360, 641, 769, 1024, 1120])(
    'fits a screen of %i px',
    async (width) => {
      const page = await open('en', 'light', width);
      const sizes = await page.evaluate(
        '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
      );
      await page.close();
      const [content = 0, screen = 0] = sizes as number[];
      expect(content).toBeLessThanOrEqual(screen);
    },
    60_000,
  );

  it('shows the menu on a wide screen, and behind a button on a narrow one', async () => {
    const wide = await open('en', 'light', 1440);
    expect(await wide.locator('.menu li a').first().isVisible()).toBe(true);
    await wide.close();
    const narrow = await open('en', 'light', 360);
    expect(await narrow.locator('.menu li a').first().isVisible()).toBe(false);
    await narrow.locator('.menu summary').focus();
    await narrow.keyboard.press('Enter');
    expect(await narrow.locator('.menu li a').first().isVisible()).toBe(true);
    await narrow.close();
  }, 60_000);
});
