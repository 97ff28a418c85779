// How often one address may ask the provider: counted in the database, so that it holds in every process.

import type { House } from '../../../../core/house.ts';
import { addressKey } from '../../rules/attempts.ts';
import { countAddress } from '../../store/attempts.ts';

const minuteSeconds = 60;

/** Browsers begin something here that costs a row; they are counted in tens, which costs little. */
const begun = new Set(['/auth', '/device', '/session/end']);
/** Programs prove themselves here; only what they get wrong is counted. */
const proven = new Set([
  '/token',
  '/request',
  '/backchannel',
  '/device',
  '/device/auth',
  '/token/introspection',
  '/token/revocation',
  '/me',
]);
/** Errors of somebody who tries; others, such as a person who has not decided yet, are part of the work. */
const mistaken = new Set([
  'invalid_client',
  'invalid_grant',
  'invalid_token',
  'unknown_user_id',
  'wrong-code',
]);
const step = 10;
const mostKnown = 20_000;

export type ProviderLimits = {
  /** Throws too-many. */
  before(path: string, address: string): Promise<void>;
  /** Told the error code that was answered. */
  after(path: string, address: string, error: string): Promise<void>;
};

/** The limits of one process; a tenth of what the site allows one address, and fewer mistakes. */
export function openLimits(house: House): ProviderLimits {
  const { rateLimitPerMinute } = house.config;
  const own = { windowSeconds: minuteSeconds, limit: Math.max(2, Math.ceil(rateLimitPerMinute / 2 / step)) };
  const mistakes = {
    windowSeconds: 5 * minuteSeconds,
    limit: Math.max(20, Math.ceil(rateLimitPerMinute / 10)),
  };
  const seen = new Map<string, number>();
  const shut = new Map<string, { until: number; reason: unknown }>();
  const now = () => house.clock.now().getTime();

  const count = async (address: string) => {
    const times = seen.get(address) ?? 0;
    if (seen.size > mostKnown) seen.clear();
    seen.set(address, (times + 1) % step);
    if (times === 0) await countAddress(house, { scope: 'provider', address, ...own });
  };
  const countMistake = async (address: string) => {
    try {
      await countAddress(house, { scope: 'provider-mistakes', address, ...mistakes });
    } catch (reason) {
      if (shut.size > mostKnown) shut.clear();
      shut.set(address, { until: now() + minuteSeconds * 1000, reason });
    }
  };

  return {
    async before(path, from) {
      if (rateLimitPerMinute === 0) return;
      const address = addressKey(from);
      const door = shut.get(address);
      if (door !== undefined && door.until > now() && proven.has(path)) throw door.reason;
      if (begun.has(path)) await count(address);
    },
    async after(path, from, error) {
      if (rateLimitPerMinute > 0 && mistaken.has(error) && proven.has(path))
        await countMistake(addressKey(from));
    },
  };
}
