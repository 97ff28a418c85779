// Proves that the provider's own pages can be read in every language of the city, at the same address.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestHouse } from '../../../../../test/kit/house.ts';
import { openIdentityHouse } from '../../../../../test/kit/identity-house.ts';

let city: TestHouse;
beforeAll(async () => {
  city = await openIdentityHouse();
});
afterAll(() => city.close());

const open = (url: string) =>
  city.server.fastify.inject({ url, headers: { accept: 'text/html', 'accept-language': 'en' } });

/** Addresses of the switch of languages, by their tag. */
const switchOf = (body: string) =>
  new Map(
    [...body.matchAll(/<a href="([^"]+)" lang="([^"]+)" hreflang/g)].map(([, href, tag]) => [
      tag!,
      href!.replaceAll('&amp;', '&'),
    ]),
  );

describe('a page of the provider', () => {
  it('is there in another language, at its own address and not at the front page', async () => {
    const english = await open('/oidc/device?user_code=BCDF-GHJK');
    const href = switchOf(english.body).get('zh-Hant-HK')!;
    expect(href).toBe('/oidc/device?user_code=BCDF-GHJK&ui_locales=zh-Hant-HK');
    const chinese = await open(href);
    expect(chinese.body).toContain('<html lang="zh-Hant-HK">');
    expect(chinese.body).toContain('value="BCDF-GHJK"');
    expect(switchOf(chinese.body).get('en')).toBe('/oidc/device?user_code=BCDF-GHJK&ui_locales=en');
  });

  it('keeps the language that was chosen when its form is sent', async () => {
    const { body } = await open('/oidc/device?ui_locales=zh-Hant-HK');
    expect(body).toMatch(/<form method="post" action="[^"]*\/oidc\/device\?ui_locales=zh-Hant-HK"/);
  });

  it('is there in another language when it tells of an error', async () => {
    const { body } = await open('/oidc/auth?client_id=unknown&scope=openid');
    expect(switchOf(body).get('zh-Hant-HK')).toBe(
      '/oidc/auth?client_id=unknown&scope=openid&ui_locales=zh-Hant-HK',
    );
  });
});
