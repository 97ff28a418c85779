// Proves that a recovery under way is told on all pages of the account and after a sign-in, with the way out.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestHouse } from '../../../../test/kit/house.ts';
import { type HouseReader, readerOfHouse, wordsOf } from '../../../../test/kit/house-reader.ts';
import { type Member, openIdentityHouse, registerPerson } from '../../../../test/kit/identity-house.ts';
import { type City, openCity } from '../../../../test/kit/oidc/city.ts';
import { residentOf } from '../../../../test/kit/oidc/resident.ts';
import { inTransaction } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';
import { beginRecovery, createRecoveryCodes, listRecoveries } from '../store/index.ts';

let city: TestHouse;
let reader: HouseReader;
beforeAll(async () => {
  city = await openIdentityHouse();
  reader = readerOfHouse(city);
});
afterAll(() => city.close());

const warning = 'Somebody is recovering this account.';

async function beginFor(house: House, personId: string): Promise<void> {
  const [code] = await inTransaction(house.database, (tx) => createRecoveryCodes(tx, house, personId));
  await beginRecovery(house, { code: code! });
}

describe('a recovery under way', () => {
  let ann: Member;
  beforeAll(async () => {
    ann = await registerPerson(city.house);
    await beginFor(city.house, ann.person.id);
  });

  it.each([
    '/devices',
    '/devices/add',
    '/sessions',
    '/services',
    '/activity',
    '/recovery',
    '/approvals',
    '/data',
  ])('is told on /account%s, with the button that stops it', async (path) => {
    const { body } = await reader.open(`/en/account${path}`, ann);
    expect(wordsOf(body)).toContain(warning);
    expect(body).toContain('name="do" value="stop-recovery"');
  });

  it('is the heading of the account, before anything about how well it is protected', async () => {
    const { body } = await reader.open('/en/account', ann);
    expect(/<h1[^>]*>([^<]*)/.exec(body)?.[1]).toBe(warning);
  });

  it('is not told to anybody else, and no more once it is stopped', async () => {
    const bob = await registerPerson(city.house);
    expect((await reader.open('/en/account/devices', bob)).body).not.toContain(warning);
    await reader.post('/en/account', { do: 'stop-recovery' }, ann);
    expect(await listRecoveries(city.house, ann.person.id)).toEqual([]);
    expect((await reader.open('/en/account/devices', ann)).body).not.toContain(warning);
  });
});

describe('a sign-in while a recovery is under way', () => {
  let open: City;
  beforeAll(async () => {
    open = await openCity();
  });
  afterAll(() => open.close());

  it('stops at the warning once, and goes on where it was going', async () => {
    const resident = await residentOf(open);
    await beginFor(open.house, resident.personId);
    const page = await resident.walkHome(`${open.origin}/en/sign-in?next=/en/account/data`);
    expect(page.body).toContain(warning);
    const [, next] = /<a href="([^"]+)">Go on<\/a>/.exec(page.body)!;
    const goal = await resident.browser.follow(await resident.browser.ask(new URL(next!, page.url).href));
    expect([goal.status, new URL(goal.url).pathname]).toEqual([200, '/en/account/data']);
  });
});
