// The one way in: a batch of readings becomes history in one statement, and is committed when it is answered.

import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, query, sqlStateOf } from '../../../core/database/index.ts';
import type { Outcome, Reading } from '../schema.ts';
import { arrayOf } from './binary-arrays.ts';
import { type Columns, checkReadings, columnsOf, type IngestHouse, pick } from './ingest-columns.ts';
import { forgetMonths } from './partitions.ts';
import { reviseOrRecognise } from './revise.ts';

/** Told when batches wait to be folded. */
export const ingestedChannel = 'lamppost_observations_ingested';

/** Readings written by one statement; more are written by several. */
export const mostInBatch = 10_000;

const attempts = 5;
const noPartition = '23514';
/** A deadlock, or a serialization failure: the other one goes first. */
const again = new Set(['40001', '40P01']);

const plain = {
  columns: 'datastream_id, at, value, flags, feature_id',
  given: '$3::bigint[], $4::timestamptz[], $5::float8[], $6::smallint[], $7::bigint[]',
  selected: 'datastream_id, at, value, flags, feature_id',
  results: 'null::text[]',
  allResults: 'null::text[]',
};
const wide = {
  columns: `${plain.columns}, result, until, result_at, extra`,
  given: `${plain.given}, $8::text[], $9::timestamptz[], $10::timestamptz[], $11::text[]`,
  selected: `${plain.columns}, result::jsonb, until, result_at, extra::jsonb`,
  results: 'array_agg(result::text)',
  allResults: '$8::text[]',
};

/**
 * Inserts what is new, numbers it as one batch, and says how many were; when some were not, which were. The
 * head is locked last, and by then nothing is left to wait for but the disk.
 */
const statementOf = (shape: typeof plain, returned: string) => `
  with inserted as (
    insert into observations.observation (received_at, ${shape.columns})
    select $1::timestamptz, ${shape.selected} from unnest(${shape.given}) as given (${shape.columns})
    on conflict do nothing
    returning datastream_id, at, value, flags${returned}
  ), counted as (
    select count(*)::int as n from inserted
  ), listed as (
    select array_agg(datastream_id) as ids, array_agg(at) as ats, array_agg(value) as "values",
      array_agg(flags) as flags, ${shape.results} as results
    from inserted where (select n from counted) < $2
  ), head as (
    update observations.batch_head set sequence = sequence + 1
    where (select n from counted) > 0 returning sequence
  ), numbered as (
    insert into observations.batch
      (sequence, stored_at, datastream_ids, ats, revisions, "values", flags, results)
    select sequence, $1::timestamptz, coalesce(ids, $3), coalesce(ats, $4), array_fill(0, array[n]),
      coalesce("values", $5), coalesce(flags, $6), case when n < $2 then results else ${shape.allResults} end
    from head, counted, listed
  )
  select n, ids, case when ids is not null then
    array(select (extract(epoch from at) * 1000)::bigint from unnest(ats) as at) end as ats
  from counted, listed`;

const plainStatement = statementOf(plain, '');
const wideStatement = statementOf(wide, ', result');

type Answer = { n: number; ids: number[] | null; ats: number[] | null };

async function insert(database: Database, columns: Columns, receivedAt: Date): Promise<Answer> {
  const values: unknown[] = [
    receivedAt,
    columns.ids.length,
    arrayOf('bigint', columns.ids),
    arrayOf('timestamptz', columns.ats),
    arrayOf('float', columns.values),
    arrayOf('smallint', columns.flags),
    arrayOf('bigint', columns.features),
  ];
  const { wide: more } = columns;
  if (more !== undefined) {
    values.push(more.results, arrayOf('timestamptz', more.untils), arrayOf('timestamptz', more.resultAts));
    values.push(more.extras);
  }
  const statement = more === undefined ? plainStatement : wideStatement;
  const name = more === undefined ? 'observations-ingest' : 'observations-ingest-wide';
  const [answer] = await query<Answer>(database, { name, text: statement, values });
  return answer!;
}

/** Places of those that were not inserted: all but the first of each key that was. */
function leftOver(columns: Columns, { ids, ats }: Answer): number[] {
  const inserted = new Set<string>();
  for (const [place, id] of (ids ?? []).entries()) inserted.add(`${id} ${ats![place]}`);
  const left: number[] = [];
  for (const [place, id] of columns.ids.entries()) {
    if (!inserted.delete(`${id} ${columns.ats[place]}`)) left.push(place);
  }
  return left;
}

async function write(house: IngestHouse, columns: Columns, outcomes: Outcome[]): Promise<void> {
  const receivedAt = house.clock.now();
  const answer = await insert(house.database, columns, receivedAt);
  if (answer.n === columns.ids.length) return;
  const left = pick(columns, leftOver(columns, answer));
  const became = await reviseOrRecognise(house.database, left, receivedAt);
  for (const [place, index] of left.indexes.entries()) outcomes[index] = became[place]!;
}

/** What is tried again is recognised, should the first attempt have been committed after all. */
async function writeAgain(house: IngestHouse, columns: Columns, outcomes: Outcome[]): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await write(house, columns, outcomes);
    } catch (error) {
      const state = sqlStateOf(error) ?? '';
      if (attempt >= attempts || !(again.has(state) || state === noPartition)) throw error;
      if (state === noPartition) forgetMonths(house.database);
      else await sleep(Math.random() * 10 * 2 ** attempt);
    }
  }
}

/**
 * Keeps readings; committed when it resolves, with what became of each. The same value for the same time is
 * a duplicate, another value for it a revision. Throws not-found `unknown-datastream` and invalid
 * `reading-refused`, both before anything is written. What throws later may be sent again: nothing is kept
 * twice.
 */
export async function ingest(house: IngestHouse, readings: readonly Reading[]): Promise<Outcome[]> {
  if (readings.length === 0) return [];
  const known = await checkReadings(house, readings);
  const outcomes: Outcome[] = new Array(readings.length).fill('expired');
  for (let from = 0; from < readings.length; from += mostInBatch) {
    const some = readings.length <= mostInBatch ? readings : readings.slice(from, from + mostInBatch);
    const columns = await columnsOf(house, some, known);
    if (columns.ids.length === 0) continue;
    const became: Outcome[] = new Array(some.length).fill('expired');
    for (const index of columns.indexes) became[index] = 'stored';
    await writeAgain(house, columns, became);
    for (const [index, outcome] of became.entries()) outcomes[from + index] = outcome;
  }
  return outcomes;
}
