// Attacks on sessions: fixation, stolen cookies and tokens, interactions of another browser, forged forms.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '../../src/core/database/index.ts';
import { createRecoveryCodes } from '../../src/modules/identity/store/index.ts';
import { type City, openCity } from '../kit/oidc/city.ts';
import { begin, signIn } from '../kit/oidc/flow.ts';
import { askUserinfo, exchange } from '../kit/oidc/raw.ts';
import { loseDevice, passkeyForm, Resident, residentOf, stepForm } from '../kit/oidc/resident.ts';
import { openService, type TestService } from '../kit/oidc/services.ts';
import { type Answer, formsOf, send, Visitor } from '../kit/oidc/visitor.ts';

let city: City;
let service: TestService;
const grant_types = ['authorization_code', 'refresh_token'];
beforeAll(async () => {
  city = await openCity();
  service = await openService(city, { metadata: { grant_types } });
});
afterAll(() => city.close());

const portalCookie = 'lamppost';
const account = () => `${city.origin}/en/account`;

/** Signs in at the portal. */
async function atPortal(resident: Resident): Promise<string> {
  const page = await resident.walkHome(`${city.origin}/en/sign-in?next=/en/account`);
  expect([page.status, new URL(page.url).pathname]).toEqual([200, '/en/account']);
  return resident.browser.cookie(city.origin, portalCookie)!;
}

/** Whether a cookie of the portal opens the account. */
const opens = async (value: string) =>
  (await send(account(), { headers: { cookie: `${portalCookie}=${value}` } })).status === 200;

/** The page of a sign-in that has begun. */
async function openPage(browser: Visitor): Promise<Answer> {
  const { url } = await begin(service);
  return browser.follow(await browser.ask(url.href));
}

describe('the session of a person', () => {
  it('has a cookie that no script and no other site gets', async () => {
    const resident = await residentOf(city);
    const lines: string[] = [];
    const keep = resident.browser.setCookie.bind(resident.browser);
    resident.browser.setCookie = (url, line) => {
      lines.push(line);
      keep(url, line);
    };
    await atPortal(resident);
    const line = lines.findLast((one) => one.startsWith(`${portalCookie}=`))!;
    expect(line).toMatch(/; *HttpOnly/i);
    expect(line).toMatch(/; *SameSite=Lax/i);
    expect(line).toMatch(/; *Path=\//i);
    expect(lines.filter((one) => !/HttpOnly/i.test(one))).toEqual([]);
  });

  it('is a new one after signing in: a cookie that was planted before opens nothing', async () => {
    const resident = await residentOf(city);
    const planted = 'planted-by-somebody-else-00000000000000000';
    resident.browser.setCookie(city.origin, `${portalCookie}=${planted}; Path=/`);
    const own = await atPortal(resident);
    expect(own).not.toBe(planted);
    expect([await opens(planted), await opens(own)]).toEqual([false, true]);
  });

  it('is a new one when another person signs in with the same browser', async () => {
    const [one, two] = [await residentOf(city), await residentOf(city)];
    const first = await atPortal(one);
    const shared = new Resident(city, two.passkey, two.personId);
    shared.browser.setCookie(city.origin, `${portalCookie}=${first}; Path=/`);
    const second = await atPortal(shared);
    expect(second).not.toBe(first);
  });

  it('at the provider, planted in the browser of somebody else, takes no passkey but its own', async () => {
    const [thief, victim] = [await residentOf(city), await residentOf(city)];
    const own = await signIn(thief, service);
    for (const name of ['lamppost-provider', 'lamppost-provider.sig']) {
      const value = thief.browser.cookie(city.origin, name);
      expect(value).toBeTypeOf('string');
      victim.browser.setCookie(city.origin, `${name}=${value}; Path=/oidc`);
    }
    const { url } = await begin(service, { prompt: 'login' });
    const page = await victim.browser.follow(await victim.browser.ask(url.href));
    const answer = await victim.prove(page, 'get');
    expect([answer.status, answer.location]).toEqual([400, undefined]);
    const later = await signIn(thief, service, { prompt: 'none' });
    expect(later.claims.sub).toBe(own.claims.sub);
  });

  it('at the provider has another cookie after each sign-in', async () => {
    const resident = await residentOf(city);
    await signIn(resident, service);
    const before = resident.browser.cookieFor(`${city.origin}/oidc/auth`);
    await signIn(resident, service, { prompt: 'login' });
    expect(resident.browser.cookieFor(`${city.origin}/oidc/auth`)).not.toBe(before);
    const { url } = await begin(service, { prompt: 'none' });
    const silent = await send(url.href, { headers: { cookie: before } });
    expect(new URL(silent.location!).searchParams.get('error')).toBe('login_required');
  });

  it('cannot be forged: what is not the secret of a session opens nothing', async () => {
    const resident = await residentOf(city);
    const own = await atPortal(resident);
    const forged = [
      `${own}x`,
      own.slice(1),
      own.toUpperCase(),
      '',
      ' ',
      'x'.repeat(5000),
      '%00',
      '"',
      '../..',
    ];
    for (const value of forged.filter((one) => one !== own)) expect(await opens(value)).toBe(false);
  });
});

describe('a stolen cookie or token', () => {
  it('is useless once the lost device is revoked', async () => {
    const resident = await residentOf(city);
    const cookie = await atPortal(resident);
    const { tokens } = await signIn(resident, service, { scope: 'openid offline_access', prompt: 'consent' });
    const provider = resident.browser.cookieFor(`${city.origin}/oidc/auth`);
    expect(await opens(cookie)).toBe(true);
    expect((await askUserinfo(city, tokens.access_token)).status).toBe(200);

    await loseDevice(city, resident);

    expect(await opens(cookie)).toBe(false);
    expect((await askUserinfo(city, tokens.access_token)).status).toBe(401);
    const form = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token! };
    expect((await exchange(city, service, { form })).json.error).toBe('invalid_grant');
    const { url } = await begin(service, { prompt: 'none' });
    const silent = await send(url.href, { headers: { cookie: provider, accept: 'text/html' } });
    expect(new URL(silent.location!).searchParams.get('error')).toBe('login_required');
    const again = resident.elsewhere(city);
    const page = await openPage(again.browser);
    expect((await again.prove(page, 'get')).status).toBe(400);
  });

  it('is useless after the person has signed out', async () => {
    const resident = await residentOf(city);
    const cookie = await atPortal(resident);
    const page = await resident.browser.ask(account());
    const form = formsOf(page.body).find(({ action }) => action.endsWith('/sign-out'));
    const answer = form
      ? await resident.browser.submit(page, form)
      : await resident.browser.ask(`${city.origin}/en/sign-out`, {
          method: 'POST',
          body: '',
          headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
        });
    expect(answer.status).toBeLessThan(400);
    expect(await opens(cookie)).toBe(false);
  });
});

describe('a sign-in that has begun', () => {
  it('belongs to the browser in which it began: another one sees nothing and can finish nothing', async () => {
    const resident = await residentOf(city);
    const page = await openPage(resident.browser);
    const stranger = new Visitor();
    const seen = await stranger.ask(page.url);
    expect(seen.status).toBeGreaterThan(399);
    expect(passkeyForm(seen, 'get')).toBeUndefined();
    const form = passkeyForm(page, 'get')!;
    const response = await resident.passkey.get(JSON.parse(form.attributes['data-options']!));
    const taken = await stranger.submit(page, form, { response });
    expect([taken.status > 399, taken.location]).toEqual([true, undefined]);
  });

  it('takes no form from another site', async () => {
    const resident = await residentOf(city);
    const page = await openPage(resident.browser);
    const form = stepForm(page, 'refuse') ?? passkeyForm(page, 'get')!;
    const body = new URLSearchParams(form.fields).toString();
    for (const headers of [
      { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
      { 'sec-fetch-site': 'same-site', origin: 'https://neighbour.example' },
      { origin: 'https://evil.example', 'sec-fetch-site': undefined },
    ]) {
      const forged = await resident.browser.ask(page.url, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      });
      expect([forged.status, forged.location]).toEqual([403, undefined]);
    }
  });

  it('takes a passkey answer once, and none that was made for another sign-in', async () => {
    const resident = await residentOf(city);
    const [first, second] = [
      await openPage(resident.browser),
      await openPage(resident.elsewhere(city).browser),
    ];
    const form = passkeyForm(second, 'get')!;
    const response = await resident.passkey.get(JSON.parse(form.attributes['data-options']!));
    const crossed = await resident.browser.submit(first, passkeyForm(first, 'get')!, { response });
    expect([crossed.status, crossed.location]).toEqual([400, undefined]);
    const ceremonyId = form.fields.find(([name]) => name === 'ceremonyId')![1];
    const stolen = await resident.browser.submit(first, passkeyForm(first, 'get')!, { response, ceremonyId });
    expect([stolen.status, stolen.location]).toEqual([400, undefined]);
  });

  it('is over once it is finished', async () => {
    const resident = await residentOf(city);
    const page = await openPage(resident.browser);
    const done = await resident.prove(page, 'get');
    await resident.browser.follow(done, (to) => !to.startsWith(city.origin));
    expect((await resident.browser.ask(page.url)).status).toBeGreaterThan(399);
  });
});

describe('enumeration', () => {
  it('gets the same answer for a passkey that nobody has as for one that is not accepted', async () => {
    const known = await residentOf(city);
    const unknown = new Resident(city);
    await unknown.passkey.create({
      challenge: Buffer.alloc(32).toString('base64url'),
      rp: { id: 'localhost' },
      user: { id: Buffer.alloc(32).toString('base64url') },
    });
    known.passkey.userVerified = false;
    const bodies = [];
    for (const resident of [known, unknown]) {
      const page = await openPage(resident.browser);
      const answer = await resident.prove(page, 'get');
      expect(answer.status).toBe(400);
      bodies.push(
        answer.body.replace(/sign-in\/[\w-]+/g, '').replace(/data-options="[^"]*"|value="[\w-]{36}"/g, ''),
      );
    }
    expect(bodies[0]).toBe(bodies[1]);
  });

  it('gets the same page for a recovery code that somebody has and for one that nobody has', async () => {
    const { personId } = await residentOf(city);
    const make = () =>
      inTransaction(city.house.database, (tx) => createRecoveryCodes(tx, city.house, personId));
    const [gone] = await make();
    const [good] = await make();
    const answers = [];
    for (const code of [gone!, good!]) {
      const browser = new Visitor();
      const page = await browser.ask(`${city.origin}/en/recover`);
      const form = formsOf(page.body).find(({ html }) => html.includes('name="code"'))!;
      const answer = await browser.submit(page, form, { code });
      const shown = await browser.follow(answer);
      answers.push([answer.status, answer.location, shown.status, shown.body]);
    }
    expect(answers[0]![2]).toBe(200);
    expect(answers[0]).toEqual(answers[1]);
  });
});
