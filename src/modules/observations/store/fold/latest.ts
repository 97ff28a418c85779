// Folds a chunk into the newest values, with count, spans, seen cadence, and since when a value is the same.

import { sql, type Transaction } from '../../../../core/database/index.ts';
import { type Chunk, joinByHash } from './chunk.ts';

/** Weight of what was seen before against one new interval, when the seen cadence is smoothed. */
const inertia = 0.8;

const columns = sql`datastream_id, at, revision, value, result, until, result_at, received_at, flags,
  feature_id, extra`;

/**
 * Lists in the table `newest`, for each datastream of the chunk, what it adds, and what is newer than the
 * latest if anything is. A reading from a wrong clock is so only when its time has come.
 */
const listNewest = (transaction: Transaction, now: Date) =>
  sql`
    with counted as materialized (
      select datastream_id, count(*) filter (where revision = 0) as added, min(at) as first_at,
        max(array[date_part('epoch', at), revision])
          filter (where flags & 16 = 0 and (flags & 8 = 0 or at <= ${now})) as newest
      from pg_temp.folding group by 1
    ), winner as materialized (
      select one.datastream_id, one.at, one.revision, one.value, one.result, latest.at as old_at,
        latest.same_since as old_since, latest.seen_cadence_seconds as old_cadence,
        latest.at is not null and (latest.value, latest.result) is not distinct from
          (one.value, one.result::jsonb) as same
      from counted
      join pg_temp.folding as one on one.datastream_id = counted.datastream_id
        and date_part('epoch', one.at) = counted.newest[1] and one.revision = counted.newest[2]
      left join observations.latest as latest on latest.datastream_id = counted.datastream_id
      where latest.at is null or (latest.at, latest.revision) < (one.at, one.revision)
    ), turned as (
      select winner.datastream_id, count(*) filter (where one.revision = 0) as steps,
        max(one.at) filter (where (one.value, one.result) is distinct from (winner.value, winner.result))
          as other_at
      from winner join pg_temp.folding as one on one.datastream_id = winner.datastream_id
        and one.at > coalesce(winner.old_at, '-infinity') and one.at <= winner.at and one.flags & 16 = 0
      group by 1
    ), since as (
      select winner.datastream_id, min(one.at) as at
      from winner join turned using (datastream_id)
      join pg_temp.folding as one on one.datastream_id = winner.datastream_id and one.at <= winner.at
        and one.at > coalesce(turned.other_at, winner.old_at, '-infinity') and one.flags & 16 = 0
      group by 1
    ), new as (
      select winner.*,
        case when winner.same and turned.other_at is null then winner.old_since
          else coalesce(since.at, winner.at) end as same_since,
        case when winner.old_at is null or coalesce(turned.steps, 0) = 0 then winner.old_cadence
          else (select seen + (1 - power(${inertia}, turned.steps)) *
              (date_part('epoch', winner.at - winner.old_at) / turned.steps - seen)
            from (select coalesce(winner.old_cadence,
              date_part('epoch', winner.at - winner.old_at) / turned.steps) as seen) as before)
        end as seen
      from winner left join turned using (datastream_id) left join since using (datastream_id)
    )
    insert into pg_temp.newest (datastream_id, added, first_at, at, revision, same_since, seen)
    select counted.datastream_id, counted.added, counted.first_at, new.at, new.revision, new.same_since,
      new.seen
    from counted left join new using (datastream_id)`.execute(transaction);

/** Counts, and takes over what is newer. */
async function takeOver(transaction: Transaction, now: Date): Promise<void> {
  await joinByHash(transaction, () => listNewest(transaction, now));
  await sql`update observations.latest as latest set count = latest.count + newest.added,
      first_at = least(latest.first_at, newest.first_at)
    from pg_temp.newest
    where latest.datastream_id = newest.datastream_id and newest.at is null`.execute(transaction);
  await sql`
    insert into observations.latest as latest (${columns}, same_since, seen_cadence_seconds, count, first_at,
      last_result_at)
    select kept.datastream_id, kept.at, kept.revision, kept.value, kept.result, kept.until, kept.result_at,
      kept.received_at, kept.flags, kept.feature_id, kept.extra, newest.same_since, newest.seen, newest.added,
      newest.first_at, kept.result_at
    from pg_temp.newest
    join observations.observation as kept on kept.datastream_id = newest.datastream_id
      and kept.at = newest.at and kept.revision = newest.revision
    order by kept.datastream_id
    on conflict (datastream_id) do update set at = excluded.at, revision = excluded.revision,
      value = excluded.value, result = excluded.result, until = excluded.until,
      result_at = excluded.result_at, received_at = excluded.received_at, flags = excluded.flags,
      feature_id = excluded.feature_id, extra = excluded.extra, same_since = excluded.same_since,
      seen_cadence_seconds = excluded.seen_cadence_seconds, count = latest.count + excluded.count,
      first_at = least(latest.first_at, excluded.first_at),
      last_result_at = greatest(latest.last_result_at, excluded.last_result_at)`.execute(transaction);
}

/** What was removed counts no longer, and what came in its place counts again. */
async function countRemoved(transaction: Transaction): Promise<void> {
  await sql`
    with changed as (
      select one.datastream_id, sum(case when one.flags & 16 <> 0 then -1 else 1 end) as difference
      from pg_temp.folding as one
      where one.revision > 0 and (one.flags & 16 <> 0 or exists (
        select from observations.observation as before where before.datastream_id = one.datastream_id
          and before.at = one.at and before.revision = one.revision - 1
          and before.value is null and before.result is null))
      group by 1
    )
    update observations.latest as latest set count = greatest(0, latest.count + changed.difference)
    from changed where latest.datastream_id = changed.datastream_id`.execute(transaction);
}

/** Looks the newest value of these datastreams up in the history. */
async function lookUp(transaction: Transaction, datastreamIds: readonly number[], now: Date): Promise<void> {
  await sql`
    with newest as materialized (
      select found.* from unnest(${datastreamIds}::bigint[]) as asked (id)
      join observations.latest on latest.datastream_id = asked.id
      left join lateral (
        select ${columns} from observations.observation
        where datastream_id = asked.id and flags & 16 = 0 and (flags & 8 = 0 or at <= ${now})
        order by at desc, revision desc limit 1
      ) as found on true
    ), gone as (
      delete from observations.latest where datastream_id = any(${datastreamIds})
        and datastream_id not in (select datastream_id from newest where datastream_id is not null)
    )
    update observations.latest as latest set at = newest.at, revision = newest.revision, value = newest.value,
      result = newest.result, until = newest.until, result_at = newest.result_at,
      received_at = newest.received_at, flags = newest.flags, feature_id = newest.feature_id,
      extra = newest.extra, same_since = case
        when (latest.value, latest.result) is not distinct from (newest.value, newest.result)
        then least(latest.same_since, newest.at) else newest.at end
    from newest where latest.datastream_id = newest.datastream_id
      and (latest.at, latest.revision) <> (newest.at, newest.revision)`.execute(transaction);
}

/** Folds a chunk into the newest values. */
export async function foldLatest(
  transaction: Transaction,
  { chunk, now }: { chunk: Chunk; now: Date },
): Promise<void> {
  await takeOver(transaction, now);
  if (!chunk.hasRevisions) return;
  await countRemoved(transaction);
  if (!chunk.hasRemoved) return;
  const { rows } = await sql<{ id: number }>`select distinct datastream_id as id from pg_temp.folding
    where flags & 16 <> 0`.execute(transaction);
  await lookUp(
    transaction,
    rows.map(({ id }) => id),
    now,
  );
}

/** Readings from wrong clocks whose time has come may be the newest now. */
export async function welcomeAhead(transaction: Transaction, now: Date): Promise<void> {
  const { rows } = await sql<{ id: number }>`with due as (
      delete from observations.ahead where at <= ${now} returning datastream_id
    ) select distinct datastream_id as id from due`.execute(transaction);
  if (rows.length > 0)
    await lookUp(
      transaction,
      rows.map(({ id }) => id),
      now,
    );
}
