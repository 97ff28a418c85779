// The newest value of each datastream, with what is kept about all of them: count, spans, seen cadence.

import { type Database, query } from '../../../core/database/index.ts';

/** Newest value of a datastream, as far as batches are folded (moments ago). */
export type Latest = {
  datastreamId: number;
  at: Date;
  revision: number;
  value: number | null;
  result: unknown;
  until: Date | null;
  resultAt: Date | null;
  receivedAt: Date;
  flags: number;
  featureId: number | null;
  extra: Record<string, unknown> | null;
  /** Since when the value has been the same. */
  sameSince: Date;
  seenCadenceSeconds: number | null;
  /** Observations in all, without those that were corrected or removed. */
  count: number;
  firstAt: Date;
  lastResultAt: Date | null;
};

const text = `select datastream_id as "datastreamId", at, revision, value, result, until,
    result_at as "resultAt", received_at as "receivedAt", flags, feature_id as "featureId", extra,
    same_since as "sameSince", seen_cadence_seconds as "seenCadenceSeconds", count, first_at as "firstAt",
    last_result_at as "lastResultAt"
  from observations.latest where datastream_id = any($1::bigint[])`;

/** Those of these datastreams that have any, in no order. */
export const listLatest = (database: Database, datastreamIds: readonly number[]): Promise<Latest[]> =>
  query<Latest>(database, { name: 'observations-latest', text, values: [[...datastreamIds]] });

/** The newest value of a datastream; undefined when it has none. */
export async function findLatest(database: Database, datastreamId: number): Promise<Latest | undefined> {
  return (await listLatest(database, [datastreamId]))[0];
}
