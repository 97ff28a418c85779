// Roll-ups of a datastream: minutes, hours, days of the city, kept as data arrive.

import { type Database, query } from '../../../core/database/index.ts';
import type { Step } from '../rules/buckets.ts';

/** Values of the time that begins at `at`, without those out of range or from a wrong clock. */
export type Bucket = {
  at: Date;
  count: number;
  sum: number;
  min: number;
  max: number;
  mean: number;
  last: number;
  lastAt: Date;
};

export type RollupQuery = {
  datastreamId: number;
  step: Step;
  /** Buckets that begin within [from, to). */
  from: Date;
  to: Date;
  /** Default and most: 50 000. */
  limit?: number;
};

const most = 50_000;
const text = `select bucket as at, count, sum, min, max, sum / count as mean, last, last_at as "lastAt"
  from observations.rollup
  where step = $1 and datastream_id = $2 and bucket >= $3 and bucket < $4 order by bucket limit $5`;

/** Buckets in order of time; those without a value are left out. */
export function readRollups(
  database: Database,
  { datastreamId, step, from, to, limit = most }: RollupQuery,
): Promise<Bucket[]> {
  const values = [step, datastreamId, from, to, Math.min(limit, most)];
  // The step is written into the statement so that the planner looks at one partition only.
  const named = text.replace('$1', `${step} and $1::integer is not null`);
  return query<Bucket>(database, { name: `observations-rollup-${step}`, text: named, values });
}
