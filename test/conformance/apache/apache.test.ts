// A service that is not ours, Apache with mod_auth_openidc, signs a person in and out through the provider.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../kit/events.ts';
import { type City, openCity } from '../../kit/oidc/city.ts';
import { loseDevice, type Resident, residentOf } from '../../kit/oidc/resident.ts';
import { openService } from '../../kit/oidc/services.ts';
import { type Answer, formsOf } from '../../kit/oidc/visitor.ts';
import { type Apache, isWithoutApache, prepareApache } from './apache.ts';

let city: City;
let apache: Apache;

/** Opens a page of Apache, signing in on the way when it is asked for. */
async function visit(resident: Resident, path: string): Promise<Answer> {
  const { browser } = resident;
  const isCity = (url: string) => url.startsWith(city.origin);
  const asked = await browser.follow(await browser.ask(`${apache.origin}${path}`), isCity);
  if (asked.location === undefined) return asked;
  const end = await resident.walk(asked.location);
  return browser.follow(await browser.ask(end.href));
}

describe.skipIf(isWithoutApache)('Apache with mod_auth_openidc', () => {
  beforeAll(async () => {
    city = await openCity();
    apache = await prepareApache();
    const { id } = await openService(city, {
      isPublic: true,
      redirectUri: apache.redirectUri,
      metadata: {
        post_logout_redirect_uris: [`${apache.origin}/open/`],
        backchannel_logout_uri: `${apache.redirectUri}?logout=backchannel`,
        backchannel_logout_session_required: true,
      },
    });
    await apache.start({ issuer: city.issuer, clientId: id });
  });
  afterAll(async () => {
    await apache.close();
    await city.close();
  });

  it('shows its page to a person who signs in with a passkey, and knows a pseudonym of them', async () => {
    const resident = await residentOf(city);
    const page = await visit(resident, '/protected/');
    expect([page.status, page.body], apache.log()).toEqual([200, '<p>protected</p>\n']);
    expect(String(page.headers['x-subject']).length).toBeGreaterThan(20);
    expect(page.headers['x-subject']).not.toContain(resident.personId);
    expect(['phr', 'phrh']).toContain(page.headers['x-acr']);
  });

  it('knows the same person again, and another one as somebody else', async () => {
    const [one, two] = [await residentOf(city), await residentOf(city)];
    const first = await visit(one, '/protected/');
    const again = await visit(one.elsewhere(city), '/protected/');
    const other = await visit(two, '/protected/');
    expect(again.headers['x-subject']).toBe(first.headers['x-subject']);
    expect(other.headers['x-subject']).not.toBe(first.headers['x-subject']);
  });

  it('signs the person out at the provider and comes back', async () => {
    const resident = await residentOf(city);
    await visit(resident, '/protected/');
    const home = encodeURIComponent(`${apache.origin}/open/`);
    const { browser } = resident;
    const page = await browser.follow(await browser.ask(`${apache.redirectUri}?logout=${home}`));
    const form = formsOf(page.body).find(({ buttons }) => buttons.some(([name]) => name === 'logout'))!;
    const answer = await browser.submit(page, form, { logout: 'yes' });
    const end = await browser.follow(answer);
    expect([end.status, end.body]).toEqual([200, '<p>open</p>\n']);
    const asked = await browser.follow(await browser.ask(`${apache.origin}/protected/`));
    expect(new URL(asked.url).origin).toBe(city.origin);
  });

  it('ends its own session when the provider tells it that the person signed out elsewhere', async () => {
    const resident = await residentOf(city);
    await visit(resident, '/protected/');
    const ask = () => resident.browser.ask(`${apache.origin}/protected/`);
    expect((await ask()).status).toBe(200);
    await loseDevice(city, resident);
    await until(async () => (await ask()).status !== 200);
    expect(new URL((await ask()).location!).origin).toBe(city.origin);
  });

  it('takes no answer that it did not ask for', async () => {
    const resident = await residentOf(city);
    const forged = await resident.browser.ask(`${apache.redirectUri}?code=x&state=y&iss=${city.issuer}`);
    expect([forged.status === 200, forged.body.includes('protected')]).toEqual([false, false]);
  });
});
