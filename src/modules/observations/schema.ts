// Shapes of observations: entities of SensorThings 1.1 as the house keeps them, and what goes between rooms.

import { z } from 'zod';

export const sourceKinds = ['live', 'recorded', 'simulated'] as const;
/** Whether a value was measured now, was measured once, or comes from a simulation. */
export type SourceKind = (typeof sourceKinds)[number];

/** Bits of `flags`. */
export const flag = { outOfRange: 1, stuck: 2, late: 4, suspectClock: 8, superseded: 16 } as const;

/** Something observed, on its way in. Times are milliseconds since 1970; `value` or `result`, not both. */
export type Reading = {
  datastreamId: number;
  at: number;
  value?: number | undefined;
  /** Any JSON that is no number. */
  result?: unknown;
  until?: number | undefined;
  resultAt?: number | undefined;
  featureId?: number | undefined;
  extra?: Record<string, unknown> | undefined;
};

/**
 * What became of a reading: kept; known already; kept as another value for a known time; or too old to be
 * kept, by the retention of its datastream.
 */
export type Outcome = 'stored' | 'duplicate' | 'revised' | 'expired';

/** One stored observation as events, alarms and streams see it. */
export type Stored = {
  sequence: number;
  datastreamId: number;
  at: number;
  revision: number;
  value: number | null;
  result: unknown;
  flags: number;
};

export type Datastream = {
  id: number;
  key: string | null;
  multi: boolean;
  name: string;
  description: string;
  unit: unknown;
  thingId: number;
  cadenceSeconds: number | null;
  validFrom: number | null;
  validTo: number | null;
  stuckSeconds: number | null;
  retentionDays: number | null;
  sourceKind: SourceKind;
};

/** How fresh the newest value is, by promised and seen cadence. */
export type Freshness = 'fresh' | 'late' | 'silent' | 'never';

export const unitSchema = z.strictObject({
  name: z.string().max(200).nullable(),
  symbol: z.string().max(50).nullable(),
  definition: z.string().max(1000).nullable(),
});
