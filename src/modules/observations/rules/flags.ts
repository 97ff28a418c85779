// What is marked on a reading as it arrives: a value its instrument cannot mean, a clock that runs ahead.

import { flag } from '../schema.ts';

/** A clock may be this far ahead of ours before it is suspected. */
export const clockToleranceMs = 5 * 60_000;

type Range = { validFrom: number | null; validTo: number | null };
type Arriving = { at: number; value?: number | null | undefined };

/** Bits of `flag`; both limits of the range are within it. */
export function flagsOf(reading: Arriving, range: Range, nowMs: number): number {
  const { value } = reading;
  let flags = reading.at > nowMs + clockToleranceMs ? flag.suspectClock : 0;
  if (value === null || value === undefined) return flags;
  if (
    (range.validFrom !== null && value < range.validFrom) ||
    (range.validTo !== null && value > range.validTo)
  )
    flags |= flag.outOfRange;
  return flags;
}
