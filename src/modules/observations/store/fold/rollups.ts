// Folds a chunk into the roll-ups: new values are added, and buckets with a correction are gathered again.

import { sql, type Transaction } from '../../../../core/database/index.ts';
import type { Chunk } from './chunk.ts';

/** Where the later of two is, the last value and its time go together. */
const grown = sql`count = old.count + excluded.count, sum = old.sum + excluded.sum,
  min = least(old.min, excluded.min), max = greatest(old.max, excluded.max),
  last = case when excluded.last_at >= old.last_at then excluded.last else old.last end,
  last_at = greatest(old.last_at, excluded.last_at)`;

/** Count, sum and the rest of narrower buckets; \`last\` is a pair of time and value. */
const gathered = sql`sum(count) as count, sum(sum) as sum, min(min) as min, max(max) as max, max(last) as last`;
const columns = sql`step, datastream_id, bucket, count, sum, min, max, last, last_at`;
const put = sql`datastream_id, bucket, count, sum, min, max, last[2], to_timestamp(last[1])`;

/** Adds every value that is neither out of range nor from a wrong clock. */
async function add(transaction: Transaction, { chunk, timeZone }: { chunk: Chunk; timeZone: string }) {
  const untouched = chunk.hasRevisions
    ? sql`and not exists (select from pg_temp.folding as revised where revised.revision > 0
        and revised.datastream_id = one.datastream_id
        and date_bin('1 minute', revised.at, 'epoch') = date_bin('1 minute', one.at, 'epoch'))`
    : sql``;
  await sql`
    with minutes as materialized (
      select datastream_id, date_bin('1 minute', at, 'epoch') as bucket, count(*) as count, sum(value) as sum,
        min(value) as min, max(value) as max, max(array[date_part('epoch', at), value]) as last
      from pg_temp.folding as one where value is not null and flags & 9 = 0 ${untouched}
      group by 1, 2 order by 1, 2
    ), hours as (
      select datastream_id, date_bin('1 hour', bucket, 'epoch') as bucket, ${gathered}
      from minutes group by 1, 2 order by 1, 2
    ), days as (
      select datastream_id, date_trunc('day', bucket, ${timeZone}::text) as bucket, ${gathered}
      from minutes group by 1, 2 order by 1, 2
    ), by_minute as (
      insert into observations.rollup_minute as old (${columns}) select 60, ${put} from minutes
      on conflict (step, datastream_id, bucket) do update set ${grown}
    ), by_hour as (
      insert into observations.rollup_hour as old (${columns}) select 3600, ${put} from hours
      on conflict (step, datastream_id, bucket) do update set ${grown}
    )
    insert into observations.rollup_day as old (${columns}) select 86400, ${put} from days
    on conflict (step, datastream_id, bucket) do update set ${grown}`.execute(transaction);
}

/**
 * Gathers minutes with a correction from the history as far as it is folded: what batches after the chunk
 * brought is left to their own fold.
 */
async function gatherMinutes(transaction: Transaction, { to }: Chunk): Promise<void> {
  await sql`delete from observations.rollup_minute as old using pg_temp.folding as revised
    where revised.revision > 0 and old.step = 60 and old.datastream_id = revised.datastream_id
      and old.bucket = date_bin('1 minute', revised.at, 'epoch')`.execute(transaction);
  await sql`
    with touched as materialized (
      select distinct datastream_id, date_bin('1 minute', at, 'epoch') as bucket
      from pg_temp.folding where revision > 0
    ), later as materialized (
      select datastream_id, at, coalesce(revision, 0) as revision
      from observations.batch cross join lateral
        rows from (unnest(datastream_ids), unnest(ats), unnest(revisions))
          as given (datastream_id, at, revision)
      where sequence > ${to} and datastream_id in (select datastream_id from touched)
    )
    insert into observations.rollup_minute (${columns})
    select 60, ${put} from (
      select touched.datastream_id, touched.bucket, count(*) as count, sum(kept.value) as sum,
        min(kept.value) as min, max(kept.value) as max,
        max(array[date_part('epoch', kept.at), kept.value]) as last
      from touched join observations.observation as kept on kept.datastream_id = touched.datastream_id
        and kept.at >= touched.bucket and kept.at < touched.bucket + interval '1 minute'
      where kept.value is not null and kept.flags & 25 = 0 and not exists (
        select from later where later.datastream_id = kept.datastream_id and later.at = kept.at
          and later.revision = kept.revision)
      group by 1, 2
    ) as again`.execute(transaction);
}

/** Gathers the hours and days around corrected minutes from all their minutes. */
async function gatherWider(transaction: Transaction, timeZone: string): Promise<void> {
  const gatheredOf = sql`sum(small.count) as count, sum(small.sum) as sum, min(small.min) as min,
    max(small.max) as max, max(array[date_part('epoch', small.last_at), small.last]) as last`;
  for (const [step, table, start, end] of [
    [3600, 'rollup_hour', sql`date_bin('1 hour', at, 'epoch')`, sql`start + interval '1 hour'`],
    [
      86_400,
      'rollup_day',
      sql`date_trunc('day', at, ${timeZone}::text)`,
      sql`date_trunc('day', start + interval '36 hours', ${timeZone}::text)`,
    ],
  ] as const) {
    const name = sql.table(`observations.${table}`);
    const touched = sql`select distinct datastream_id, ${start} as start
      from pg_temp.folding where revision > 0`;
    await sql`delete from ${name} as old using (${touched}) as touched where old.step = ${step}
      and old.datastream_id = touched.datastream_id and old.bucket = touched.start`.execute(transaction);
    await sql`
      with touched as materialized (
        select datastream_id, start, ${end} as finish from (${touched}) as started
      )
      insert into ${name} (${columns}) select ${step}, ${put} from (
        select touched.datastream_id, touched.start as bucket, ${gatheredOf}
        from touched join observations.rollup_minute as small on small.step = 60
          and small.datastream_id = touched.datastream_id
          and small.bucket >= touched.start and small.bucket < touched.finish
        group by 1, 2
      ) as again`.execute(transaction);
  }
}

/** Folds a chunk into minutes, hours and days of the city. */
export async function foldRollups(
  transaction: Transaction,
  { chunk, timeZone }: { chunk: Chunk; timeZone: string },
): Promise<void> {
  await add(transaction, { chunk, timeZone });
  if (!chunk.hasRevisions) return;
  await gatherMinutes(transaction, chunk);
  await gatherWider(transaction, timeZone);
}
