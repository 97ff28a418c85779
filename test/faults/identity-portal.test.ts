// Attacks on the portal as a client of the provider: codes pushed into another browser, forged sign-outs.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type City, openCity } from '../kit/oidc/city.ts';
import { type Resident, residentOf } from '../kit/oidc/resident.ts';
import { type Answer, Visitor } from '../kit/oidc/visitor.ts';

let city: City;
beforeAll(async () => {
  city = await openCity();
});
afterAll(() => city.close());

const portalCookie = 'lamppost';
const isReturn = (url: string) => new URL(url).pathname.endsWith('/sign-in/return');

/** Signs in at the portal up to the address that would finish it. */
async function almost(resident: Resident): Promise<string> {
  const { browser } = resident;
  const page = await browser.follow(await browser.ask(`${city.origin}/en/sign-in?next=/en/account`));
  const answer = await browser.follow(await resident.prove(page, 'get'), isReturn);
  return answer.location!;
}

/** Told that the sign-in is over, on a page whose address says nothing of it. */
const isOver = ({ status, location }: Answer) =>
  status > 399 || (status === 303 && String(location).endsWith('/en/sign-in/over'));

const cookieOf = ({ browser }: Pick<Resident, 'browser'>) => browser.cookie(city.origin, portalCookie);

describe('the return of a sign-in to the portal', () => {
  it('signs in only the browser that began it: an address sent to a victim signs nobody in', async () => {
    const thief = await residentOf(city);
    const address = await almost(thief);
    const victim = new Visitor();
    const seen = await victim.ask(address);
    expect(isOver(seen)).toBe(true);
    expect(victim.cookie(city.origin, portalCookie)).toBeUndefined();
  });

  it('signs nobody in by a code of one sign-in and the cookie of another', async () => {
    const [thief, victim] = [await residentOf(city), await residentOf(city)];
    const [stolen, own] = [new URL(await almost(thief)), new URL(await almost(victim))];
    own.searchParams.set('code', stolen.searchParams.get('code')!);
    const seen = await victim.browser.ask(own.href);
    expect(isOver(seen)).toBe(true);
    expect(cookieOf(victim)).toBeUndefined();
  });

  it.each(['state', 'iss', 'code'])('signs nobody in when %s is missing or changed', async (name) => {
    for (const value of [undefined, 'changed']) {
      const resident = await residentOf(city);
      const address = new URL(await almost(resident));
      address.searchParams.delete(name);
      if (value !== undefined) address.searchParams.set(name, value);
      const seen = await resident.browser.ask(address.href);
      expect([isOver(seen), cookieOf(resident)]).toEqual([true, undefined]);
    }
  });

  it('finishes a sign-in once', async () => {
    const resident = await residentOf(city);
    const address = await almost(resident);
    expect((await resident.browser.ask(address)).status).toBe(303);
    const first = cookieOf(resident);
    expect(first).toBeTypeOf('string');
    const again = await resident.browser.ask(address);
    expect(again.headers['set-cookie']?.join() ?? '').not.toContain(`${portalCookie}=`);
  });

  it('puts no code into an address that is shown, kept or sent on', async () => {
    const resident = await residentOf(city);
    const address = await almost(resident);
    const end = await resident.browser.follow(await resident.browser.ask(address));
    expect(end.status).toBe(200);
    expect(end.url).toBe(`${city.origin}/en/account`);
    const code = new URL(address).searchParams.get('code')!;
    expect(city.lines.join('\n')).not.toContain(code);
    expect(end.headers['referrer-policy']).toMatch(/no-referrer|same-origin|strict-origin/);
  });
});

describe('signing out of the portal', () => {
  it('is not done for another site, nor by an address alone', async () => {
    const resident = await residentOf(city);
    const page = await resident.walkHome(`${city.origin}/en/sign-in?next=/en/account`);
    expect(page.status).toBe(200);
    await resident.browser.ask(`${city.origin}/en/sign-out`);
    await resident.browser.ask(`${city.origin}/en/sign-out`, {
      method: 'POST',
      body: '',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'cross-site',
        origin: 'https://evil.example',
      },
    });
    expect((await resident.browser.ask(`${city.origin}/en/account`)).status).toBe(200);
  });
});
