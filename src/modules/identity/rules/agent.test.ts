// Proves which words stand for a browser, and that nothing finer is kept.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { agentWords } from './agent.ts';

const webKit = 'AppleWebKit/537.36 (KHTML, like Gecko)';

it.each([
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webKit} Chrome/140.0.0.0 Safari/537.36`, 'Chrome, Windows'],
  [`Mozilla/5.0 (Windows NT 10.0) ${webKit} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0`, 'Edge, Windows'],
  [
    `Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) ${webKit} Version/19.1 Safari/604.1`,
    'Safari, iPhone',
  ],
  [`Mozilla/5.0 (iPad; CPU OS 19_1 like Mac OS X) ${webKit} CriOS/140.0 Safari/604.1`, 'Chrome, iPad'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 15.1; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox, Mac'],
  [
    `Mozilla/5.0 (Linux; Android 16; SM-S931B) ${webKit} SamsungBrowser/28.0 Chrome/130.0`,
    'Samsung Internet, Android',
  ],
  [`Mozilla/5.0 (X11; Linux x86_64) ${webKit} Chrome/140.0.0.0 Safari/537.36 OPR/120.0`, 'Opera, Linux'],
  [`Mozilla/5.0 (X11; Linux x86_64) ${webKit} HeadlessChrome/140.0.0.0 Safari/537.36`, 'Chrome, Linux'],
  ['curl/8.5.0', ''],
  [undefined, ''],
])('knows the kind of %s', (userAgent, words) => {
  expect(agentWords(userAgent)).toBe(words);
});

it('keeps neither version nor model nor anything that was sent to be shown', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 2000 }), (sent) => {
      const words = agentWords(`${sent} Chrome/140.0.7339.81 (Linux; Android 16; Pixel 9)`);
      expect(words).toMatch(/^[A-Za-z ]*(?:, [A-Za-z]+)?$/);
      expect(words.length).toBeLessThanOrEqual(80);
    }),
  );
});
