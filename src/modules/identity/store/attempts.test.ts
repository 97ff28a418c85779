// Proves that limits of attempts hold across processes and restarts, and keep nothing of who tried.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestHouse } from '../../../../test/kit/house.ts';
import { openIdentityHouse } from '../../../../test/kit/identity-house.ts';
import { openSecondHouse } from '../../../../test/kit/second-house.ts';
import { fixedClock } from '../../../core/clock.ts';
import { sql } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';
import { type Attempt, countAddress, countAttempt } from './attempts.ts';
import { removeExpired } from './expiry.ts';

const start = '2026-11-21T04:00:00Z';
const clock = fixedClock(start);
let city: TestHouse;
let house: House;
beforeAll(async () => {
  city = await openIdentityHouse({ clock });
  house = city.house;
});
afterAll(() => city.close());

let scope = '';
let scopes = 0;
beforeEach(() => {
  clock.set(start);
  scopes += 1;
  scope = `test-${scopes}`;
});

const minute = (at: number) => clock.set(new Date(Date.parse(start) + at * 60_000));
const attempt = (more: Partial<Attempt> = {}): Attempt => ({
  scope,
  key: 'person-7',
  limit: 3,
  windowSeconds: 3600,
  ...more,
});
const tooMany = { kind: 'too-many', code: 'too-many-attempts', status: 429 };

describe('attempts', () => {
  it('are refused beyond the limit, and told how long to wait', async () => {
    for (let tries = 0; tries < 3; tries += 1) await countAttempt(house, attempt());
    minute(10);
    const refused = { ...tooMany, headers: { 'Retry-After': '3000' } };
    await expect(countAttempt(house, attempt())).rejects.toMatchObject(refused);
  });

  it('are counted for each key and each scope by itself', async () => {
    for (let tries = 0; tries < 3; tries += 1) await countAttempt(house, attempt());
    await expect(countAttempt(house, attempt({ key: 'person-8' }))).resolves.toBeUndefined();
    await expect(countAttempt(house, attempt({ scope: `${scope}-other` }))).resolves.toBeUndefined();
    await expect(countAttempt(house, attempt())).rejects.toMatchObject(tooMany);
  });

  it('are let through again as the window slides, not all at once', async () => {
    for (let tries = 0; tries < 3; tries += 1) await countAttempt(house, attempt());
    minute(61);
    await expect(countAttempt(house, attempt())).rejects.toMatchObject(tooMany);
    minute(90);
    await expect(countAttempt(house, attempt({ limit: 4 }))).resolves.toBeUndefined();
    minute(181);
    for (let tries = 0; tries < 3; tries += 1) await countAttempt(house, attempt());
    await expect(countAttempt(house, attempt())).rejects.toMatchObject(tooMany);
  });

  it('that are refused do not shut the door for longer', async () => {
    for (let tries = 0; tries < 50; tries += 1) await countAttempt(house, attempt()).catch(() => {});
    minute(119);
    await expect(countAttempt(house, attempt())).resolves.toBeUndefined();
  });

  it('are counted together by two processes on one database', async () => {
    const second = await openSecondHouse(house);
    await countAttempt(house, attempt());
    await countAttempt(second.house, attempt());
    await countAttempt(house, attempt());
    await expect(countAttempt(second.house, attempt())).rejects.toMatchObject(tooMany);
    await expect(countAttempt(house, attempt())).rejects.toMatchObject(tooMany);
    await second.close();
  });

  it('made at the same moment are all counted', async () => {
    const second = await openSecondHouse(house);
    const houses = Array.from({ length: 20 }, (_, index) => (index % 2 ? house : second.house));
    const tries = await Promise.allSettled(houses.map((one) => countAttempt(one, attempt())));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    await second.close();
  });

  it('survive a restart', async () => {
    const first = await openSecondHouse(house);
    for (let tries = 0; tries < 3; tries += 1) await countAttempt(first.house, attempt());
    await first.close();
    const again = await openSecondHouse(house);
    await expect(countAttempt(again.house, attempt())).rejects.toMatchObject(tooMany);
    await again.close();
  });

  it('leave neither key nor address in the database, and nothing after two days', async () => {
    const address = '203.0.113.77';
    await countAttempt(house, attempt({ key: 'person-secret' }));
    await countAddress(house, { scope, address, limit: 3, windowSeconds: 60 });
    const rows = async () =>
      (
        await sql<{ text: string }>`select attempt::text as text from identity.attempt`.execute(
          house.database,
        )
      ).rows;
    const kept = (await rows()).map(({ text }) => text).join();
    for (const word of [address, 'person-secret']) {
      expect(kept).not.toContain(word);
      expect(kept).not.toContain(Buffer.from(word).toString('hex'));
    }
    minute(3 * 24 * 60);
    await removeExpired(house);
    expect(await rows()).toEqual([]);
  });
});

describe('attempts from an address', () => {
  const refusedAfter = async (requests: string, addresses: string[]) => {
    const one = await openSecondHouse(house, { LAMPPOST_RATE_LIMIT_PER_MINUTE: requests });
    const tries = [];
    for (const address of addresses) {
      const counted = countAddress(one.house, { scope, address, limit: 2, windowSeconds: 60 });
      tries.push(await counted.then(() => 'counted').catch(({ code }) => code));
    }
    await one.close();
    return tries;
  };

  it('are those of its whole IPv6 network', async () => {
    const addresses = ['2001:db8::1', '2001:db8::2', '2001:db8::3', '2001:db8:0:1::1'];
    const tries = await refusedAfter('600', addresses);
    expect(tries).toEqual(['counted', 'counted', 'too-many-attempts', 'counted']);
  });

  it('may be more where an address may make more requests, and are never fewer', async () => {
    const five = Array<string>(5).fill('203.0.113.7');
    const doubled = await refusedAfter('1200', five);
    expect(doubled).toEqual([...Array(4).fill('counted'), 'too-many-attempts']);
    scope = `${scope}-few`;
    const few = await refusedAfter('1', five.slice(0, 3));
    expect(few).toEqual(['counted', 'counted', 'too-many-attempts']);
  });
});
