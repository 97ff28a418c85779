// A real browser for the measurements, and what came over the wire while it showed a page.

import { existsSync } from 'node:fs';
import {
  type Browser,
  type BrowserContextOptions,
  type CDPSession,
  chromium,
  type Page,
} from 'playwright-core';

const places = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** Starts it. Throws, saying how to install one, when there is none. */
export function openBrowser(): Promise<Browser> {
  const executablePath = places.find((place) => place && existsSync(place));
  if (executablePath === undefined) {
    throw new Error(
      'No Chromium found: install one (apt-get install chromium), or name it in CHROMIUM_PATH.',
    );
  }
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
  ];
  return chromium.launch({ executablePath, args });
}

export type Received = { url: string; type: string; bytes: number; encoding: string };
export type Tab = {
  page: Page;
  protocol: CDPSession;
  received: Map<string, Received>;
  close(): Promise<void>;
};

/** A tab that has never been anywhere, and writes down what it receives, heads included. */
export async function openColdTab(browser: Browser, options: BrowserContextOptions = {}): Promise<Tab> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const protocol = await context.newCDPSession(page);
  const received = new Map<string, Received>();
  await protocol.send('Network.enable');
  await protocol.send('Network.setCacheDisabled', { cacheDisabled: false });
  protocol.on('Network.responseReceived', ({ requestId, type, response }) => {
    const encoding = response.headers['content-encoding'] ?? response.headers['Content-Encoding'] ?? '';
    received.set(requestId, { url: response.url, type, bytes: 0, encoding });
  });
  protocol.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const one = received.get(requestId);
    if (one) one.bytes = encodedDataLength;
  });
  return { page, protocol, received, close: () => context.close() };
}
