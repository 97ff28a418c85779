// Marks that only the order of all batches can tell: readings that came late, and values that are stuck.

import { sql, type Transaction } from '../../../../core/database/index.ts';
import { joinByHash } from './chunk.ts';

/** Lists what is late and what is stuck in the table `marked`; how many there are. */
async function listMarked(transaction: Transaction): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    with known as (
      select stream.id, coalesce(stream.cadence_seconds, latest.seen_cadence_seconds) as cadence,
        stream.stuck_seconds, latest.at, latest.value, latest.result::text as result, latest.same_since
      from observations.datastream as stream
      left join observations.latest as latest on latest.datastream_id = stream.id
      where stream.id in (select datastream_id from pg_temp.folding)
    ), doubtful as (
      select known.id, known.at, known.cadence
      from pg_temp.folding as one join known on known.id = one.datastream_id
      where known.cadence is not null and one.flags & 8 = 0
      group by known.id, known.at, known.cadence
      having min(one.at) < greatest(known.at, max(one.at)) - make_interval(secs => 2 * known.cadence)
    ), ordered as (
      select one.sequence, one.place, one.datastream_id, one.at, one.revision, doubtful.cadence,
        greatest(doubtful.at, max(one.at) filter (where one.flags & 8 = 0)
          over (partition by one.datastream_id order by one.sequence, one.place
            rows between unbounded preceding and 1 preceding)) as newest
      from pg_temp.folding as one join doubtful on doubtful.id = one.datastream_id
    ), following as (
      select one.sequence, one.place, one.datastream_id, one.at, one.revision, one.value, one.result,
        known.stuck_seconds
      from pg_temp.folding as one join known on known.id = one.datastream_id
      where known.stuck_seconds is not null and one.revision = 0 and one.flags & 8 = 0
        and one.at > coalesce(known.at, '-infinity')
      union all
      select null, null, id, same_since, 0, value, result, stuck_seconds from known
      where stuck_seconds is not null and at is not null
    ), turned as (
      select *, (value, result) is distinct from (lag(value) over next, lag(result) over next) as turns
      from following window next as (partition by datastream_id order by at)
    ), runs as (
      select *, max(at) filter (where turns)
        over (partition by datastream_id order by at rows unbounded preceding) as since
      from turned
    )
    insert into pg_temp.marked (sequence, place, datastream_id, at, revision, bits)
    select sequence, place, datastream_id, at, revision, bit_or(bit)::smallint from (
      select sequence, place, datastream_id, at, revision, 4 as bit from ordered
      where revision = 0 and at < newest - make_interval(secs => 2 * cadence)
      union all
      select sequence, place, datastream_id, at, revision, 2 from runs
      where sequence is not null and at >= since + make_interval(secs => stuck_seconds)
    ) as both_kinds group by 1, 2, 3, 4, 5`.execute(transaction);
  return Number(numAffectedRows);
}

/**
 * Late: more than two cadences older than the newest reading numbered before it. Stuck: the same value for
 * longer than the datastream may; what is older than the latest is not looked at again. Both are marked in
 * the history and in the batches, before anybody reads these.
 */
export async function markChunk(transaction: Transaction): Promise<void> {
  if ((await joinByHash(transaction, () => listMarked(transaction))) === 0) return;
  await sql`update observations.observation as kept set flags = kept.flags | marked.bits
    from pg_temp.marked
    where kept.datastream_id = marked.datastream_id and kept.at = marked.at
      and kept.revision = marked.revision`.execute(transaction);
  const changed = sql`select sequence from pg_temp.marked`;
  await joinByHash(transaction, () =>
    sql`
      with given as (
        select batch.sequence,
          array_agg(old.flags | coalesce(marked.bits, 0::smallint) order by old.place) as flags
        from observations.batch as batch
        cross join lateral unnest(batch.flags) with ordinality as old (flags, place)
        left join pg_temp.marked on marked.sequence = batch.sequence and marked.place = old.place
        where batch.sequence in (${changed}) group by 1
      )
      update observations.batch as batch set flags = given.flags from given
      where batch.sequence = given.sequence`.execute(transaction),
  );
}

/** Remembers readings whose time has not come. */
export async function noteAhead(transaction: Transaction): Promise<void> {
  await sql`insert into observations.ahead (at, datastream_id)
    select distinct at, datastream_id from pg_temp.folding where flags & 8 <> 0
    on conflict do nothing`.execute(transaction);
}
