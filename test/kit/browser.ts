// The Chromium installed on this machine, for tests that look at pages as a reader sees them.

import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const usualPlaces = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const quietly = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const howToInstall =
  'No Chromium found: install one (apt-get install chromium), or name it in CHROMIUM_PATH.';

/** In CI nothing is left out: a missing browser fails there instead of skipping. */
export const isThorough = process.env.CI === 'true';

const path = [process.env.CHROMIUM_PATH, ...usualPlaces].find((place) => place && existsSync(place));

/** Without a browser, suites that need one are skipped; in CI they run, and fail. */
export const isWithoutBrowser = path === undefined && !isThorough;
if (isWithoutBrowser) console.warn(`${howToInstall} Until then tests in a browser are skipped.`);

/** Starts the browser. Throws, saying how to install one, when there is none. */
export async function openBrowser(): Promise<Browser> {
  if (path === undefined) throw new Error(howToInstall);
  return chromium.launch({ executablePath: path, args: quietly });
}
