// Counts attempts in the database: limits hold across processes and restarts, and keep no address or name.

import { createHmac } from 'node:crypto';
import { query } from '../../../core/database/index.ts';
import { LamppostError } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import { addressKey, weighTries, windowStartOf } from '../rules/attempts.ts';
import { peopleTexts } from '../texts/people.ts';
import { getRandomSecret } from './secrets.ts';

/** At most `limit` in any `windowSeconds`, for each `key` of a `scope`. */
export type Attempt = { scope: string; key: string; limit: number; windowSeconds: number };

const longestWindowSeconds = 86_400;

// What is over the limit is not counted: whoever goes on trying does not shut the door for ever.
const countStatement = `
  with earlier as (select count from identity.attempt where key = $1 and window_start = $3)
  insert into identity.attempt (key, window_start, count) values ($1, $2, 1)
  on conflict (key, window_start) do update set count = least(attempt.count + 1, $4 + 1)
  returning count as now, coalesce((select count from earlier), 0) as before`;

const tooMany = (seconds: number) =>
  new LamppostError('too-many', 'too-many-attempts', peopleTexts.tooManyAttempts, {
    headers: { 'Retry-After': String(Math.max(1, Math.ceil(seconds))) },
  });

/**
 * Counts one attempt. Throws too-many `too-many-attempts` with Retry-After when there were more than the
 * limit. It counts at once, whatever becomes of the transaction around it.
 */
export async function countAttempt(house: House, attempt: Attempt): Promise<void> {
  const { scope, key, limit, windowSeconds } = attempt;
  if (windowSeconds > longestWindowSeconds) throw new TypeError('attempts are kept for a day');
  const secret = await getRandomSecret(house, 'attempts');
  const digest = createHmac('sha256', secret).update(`${scope}\0${windowSeconds}\0${key}`).digest();
  const now = house.clock.now().getTime();
  const windowMs = windowSeconds * 1000;
  const start = windowStartOf(now, windowSeconds);
  const [tries] = await query<{ now: number; before: number }>(house.database, {
    name: 'identity-attempt',
    text: countStatement,
    values: [digest, new Date(start), new Date(start - windowMs), limit],
  });
  if (weighTries(tries!, (now - start) / windowMs) > limit) throw tooMany((start + windowMs - now) / 1000);
}

/** An attempt from a client's address. */
export type AddressAttempt = Omit<Attempt, 'key'> & { address: string };

/** The limits are meant for a house that lets an address make this many requests in a minute. */
const usualRequests = 600;

/**
 * Counts an attempt from an address, IPv6 by its /64. Where the operator lets an address make more requests
 * than usual, because many people come from it, the limit is larger in the same measure.
 */
export async function countAddress(house: House, attempt: AddressAttempt): Promise<void> {
  const { address, scope, limit, windowSeconds } = attempt;
  const more = Math.max(1, house.config.rateLimitPerMinute / usualRequests);
  await countAttempt(house, {
    scope: `address:${scope}`,
    key: addressKey(address),
    limit: Math.ceil(limit * more),
    windowSeconds,
  });
}
