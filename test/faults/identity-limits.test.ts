// Limits on guessing: they survive a restart, hold across processes, and shut out the one who guesses only.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countAttempt } from '../../src/modules/identity/store/index.ts';
import { type City, openCity } from '../kit/oidc/city.ts';
import { send } from '../kit/oidc/visitor.ts';

let first: City;
let second: City;
/** Few enough to reach in a test. */
const env = { LAMPPOST_RATE_LIMIT_PER_MINUTE: '200' };
beforeAll(async () => {
  first = await openCity({ env });
  second = await openCity({ env, databaseUrl: first.databaseUrl });
});
afterAll(async () => {
  await second.close();
  await first.close();
});

const attempt = { scope: 'test', limit: 5, windowSeconds: 3600 };

/** How many of so many attempts in a row are let through. */
async function countAllowed(city: City, key: string, times: number): Promise<number> {
  let allowed = 0;
  for (let each = 0; each < times; each += 1) {
    await countAttempt(city.house, { ...attempt, key }).then(
      () => {
        allowed += 1;
      },
      (error: { kind?: string }) => expect(error.kind).toBe('too-many'),
    );
  }
  return allowed;
}

/** A wrong guess at the token endpoint, from an address that the proxy of the city tells. */
const guess = (city: City) =>
  send(`${city.issuer}/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'grant_type=authorization_code&code=x&client_id=nobody',
  });

describe('a limit', () => {
  it('holds across two processes on one database', async () => {
    expect((await countAllowed(first, 'shared', 3)) + (await countAllowed(second, 'shared', 10))).toBe(5);
  });

  it('lets no more through when all come at once to both', async () => {
    const tries = Array.from({ length: 40 }, (_, at) => countAllowed(at % 2 ? first : second, 'at-once', 1));
    expect((await Promise.all(tries)).reduce((sum, one) => sum + one, 0)).toBe(5);
  });

  it('survives a restart', async () => {
    await countAllowed(first, 'restarted', 4);
    const third = await openCity({ env, databaseUrl: first.databaseUrl });
    expect(await countAllowed(third, 'restarted', 5)).toBe(1);
    await third.close();
  });

  it('of one person is not that of another', async () => {
    await countAllowed(first, 'guesser', 9);
    expect(await countAllowed(first, 'neighbour', 1)).toBe(1);
  });

  it('answers how long to wait', async () => {
    await countAllowed(first, 'waits', 6);
    const error = await countAttempt(first.house, { ...attempt, key: 'waits' }).catch((problem) => problem);
    expect(Number(error.headers['Retry-After'])).toBeGreaterThan(0);
  });

  it('at the provider counts wrong guesses, in one process and the next', async () => {
    const statuses: number[] = [];
    for (let each = 0; each < 60; each += 1) statuses.push((await guess(each % 2 ? first : second)).status);
    expect(statuses[0]).toBe(401);
    expect(statuses.at(-1)).toBe(429);
    expect((await guess(second)).headers['retry-after']).toBeDefined();
  });
});
