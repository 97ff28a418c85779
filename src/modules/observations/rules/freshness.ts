// How fresh the newest value of a datastream is: its age against the cadence that was promised, or seen.

import type { Freshness } from '../schema.ts';

/** Times in milliseconds since 1970, cadences in seconds. */
export type Pulse = {
  now: number;
  /** Of the newest value; absent when there is none. */
  at?: number | null | undefined;
  promisedSeconds?: number | null | undefined;
  seenSeconds?: number | null | undefined;
};

/** Up to this many cadences old a value is fresh, and up to `lateWithin` late. */
export const freshWithin = 1.5;
export const lateWithin = 3;

/** The promise counts; without one, what was seen. */
export const cadenceOf = ({ promisedSeconds, seenSeconds }: Pulse): number | undefined =>
  promisedSeconds ?? seenSeconds ?? undefined;

/**
 * Fresh up to 1.5 cadences, late up to 3, then silent. A value without any cadence to go by, the first of
 * its datastream, is silent after an hour.
 */
export function freshnessOf(pulse: Pulse): Freshness {
  const { now, at } = pulse;
  if (at === null || at === undefined) return 'never';
  const ageSeconds = Math.max(0, now - at) / 1000;
  const cadence = cadenceOf(pulse) ?? 3600 / lateWithin;
  if (ageSeconds <= cadence * freshWithin) return 'fresh';
  return ageSeconds <= cadence * lateWithin ? 'late' : 'silent';
}
