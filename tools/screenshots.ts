// Takes the pictures for README.md from a running city, whose address is the one argument.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const origin = process.argv[2] ?? 'http://localhost:8080';
const folder = join(import.meta.dirname, '../docs/images');

const pages = {
  home: '/en',
  progress: '/en/progress',
  initiative: '/en/initiatives/GOV-01',
  'initiative-tc': '/tc/initiatives/GOV-01',
};
const screens = {
  desktop: { width: 1280, height: 860 },
  phone: { width: 390, height: 780 },
};

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
try {
  for (const [screen, viewport] of Object.entries(screens)) {
    const context = await browser.newContext({ viewport, colorScheme: 'light', deviceScaleFactor: 1 });
    const tab = await context.newPage();
    for (const [name, path] of Object.entries(pages)) {
      const answer = await tab.goto(origin + path, { waitUntil: 'load' });
      if (!answer?.ok()) throw new Error(`${origin}${path} answered ${answer?.status()}.`);
      const [page, language] = name.split('-');
      const file = [page, screen, language].filter(Boolean).join('-');
      await tab.screenshot({ path: join(folder, `${file}.png`) });
      console.log(`written: docs/images/${file}.png`);
    }
    await context.close();
  }
} finally {
  await browser.close();
}
