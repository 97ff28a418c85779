// The one way in: a batch of readings becomes history in one statement, and is committed when it is answered.

import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, query, sqlStateOf } from '../../../core/database/index.ts';
import type { Outcome, Reading } from '../schema.ts';
import { arrayOf } from './binary-arrays.ts';
import { type Columns, checkReadings, columnsOf, type IngestHouse, pick } from './ingest-columns.ts';
import { forgetMonths } from './partitions.ts';
import { ingestedChannel, reviseOrRecognise } from './revise.ts';

/** Readings written by one statement; more are written by several. */
export const mostInBatch = 10_000;

const attempts = 5;
const noPartition = '23514';
const isThere = '23505';
/** A deadlock, or a serialization failure: the other one goes first. */
const again = new Set(['40001', '40P01']);

const narrow = {
  columns: 'datastream_id, at, value, flags, feature_id',
  given: '$2::bigint[], $3::timestamptz[], $4::float8[], $5::smallint[], $6::bigint[]',
  selected: 'datastream_id, at, value, flags, feature_id',
  results: 'null::text[]',
  allResults: 'null::text[]',
};
const wide = {
  columns: `${narrow.columns}, result, until, result_at, extra`,
  given: `${narrow.given}, $7::text[], $8::timestamptz[], $9::timestamptz[], $10::text[]`,
  selected: `${narrow.columns}, result::jsonb, until, result_at, extra::jsonb`,
  results: 'array_agg(result::text)',
  allResults: '$7::text[]',
};
type Shape = typeof narrow;

const insertion = (shape: Shape) => `
  insert into observations.observation (received_at, ${shape.columns})
  select $1::timestamptz, ${shape.selected} from unnest(${shape.given}) as given (${shape.columns})`;

const batchColumns = 'sequence, stored_at, datastream_ids, ats, "values", flags, results';

/** Delivered when the statement is committed. */
const told = `pg_notify('${ingestedChannel}', '')`;

/** For readings that are all new; fails with 23505 when one is not. PostgreSQL takes up the head last. */
const hopeful = (shape: Shape) => `
  with head as (
    update observations.batch_head set sequence = sequence + 1 returning sequence
  ), numbered as (
    insert into observations.batch (${batchColumns})
    select sequence, $1::timestamptz, $2, $3, $4, $5, ${shape.allResults} from head, ${told}
  )
  ${insertion(shape)}`;

/** Inserts what is new, numbers that as one batch, and lists it unless it is everything. */
const careful = (shape: Shape, returned: string) => `
  with inserted as (
    ${insertion(shape)} on conflict do nothing returning datastream_id, at, value, flags${returned}
  ), listed as (
    select count(*)::int as n, array_agg(datastream_id) as ids, array_agg(at) as ats,
      array_agg(value) as "values", array_agg(flags) as flags, ${shape.results} as results from inserted
  ), head as (
    update observations.batch_head set sequence = sequence + 1
    where (select n from listed) > 0 returning sequence
  ), numbered as (
    insert into observations.batch (${batchColumns})
    select sequence, $1::timestamptz, ids, ats, "values", flags, results from head, listed, ${told}
  )
  select n, ids, array(select (date_part('epoch', at) * 1000)::bigint from unnest(ats) as at) as ats
  from listed`;

const statements = {
  hopeful: { narrow: hopeful(narrow), wide: hopeful(wide) },
  careful: { narrow: careful(narrow, ''), wide: careful(wide, ', result') },
};

type Answer = { n: number; ids: number[] | null; ats: number[] };

function parametersOf(columns: Columns, receivedAt: Date): unknown[] {
  const { wide: more } = columns;
  return [
    receivedAt,
    arrayOf('bigint', columns.ids),
    arrayOf('timestamptz', columns.ats),
    arrayOf('float', columns.values),
    arrayOf('smallint', columns.flags),
    arrayOf('bigint', columns.features),
    ...(more === undefined
      ? []
      : [
          more.results,
          arrayOf('timestamptz', more.untils),
          arrayOf('timestamptz', more.resultAts),
          more.extras,
        ]),
  ];
}

/** Batches to be written with care before hope is tried again: hope costs twice where it is in vain. */
type Caution = { left: number; next: number };
const cautionOf = new WeakMap<Database, Caution>();
const mostCaution = 256;

function isHopeful(database: Database): boolean {
  const caution = cautionOf.get(database);
  if (caution === undefined || caution.left === 0) return true;
  caution.left -= 1;
  return false;
}

function disappoint(database: Database): void {
  const { next } = cautionOf.get(database) ?? { next: 4 };
  cautionOf.set(database, { left: next, next: Math.min(next * 2, mostCaution) });
}

/** What was inserted; undefined when everything was. */
async function insert(database: Database, columns: Columns, receivedAt: Date): Promise<Answer | undefined> {
  const shape = columns.wide === undefined ? 'narrow' : 'wide';
  const values = parametersOf(columns, receivedAt);
  if (isHopeful(database)) {
    try {
      const text = statements.hopeful[shape];
      await query(database, { name: `observations-hopeful-${shape}`, text, values });
      return undefined;
    } catch (error) {
      if (sqlStateOf(error) !== isThere) throw error;
      disappoint(database);
    }
  }
  const text = statements.careful[shape];
  const [answer] = await query<Answer>(database, { name: `observations-careful-${shape}`, text, values });
  return answer!.n === columns.ids.length ? undefined : answer!;
}

/** Places of those that were not inserted: all but the first of each key that was. */
function leftOver(columns: Columns, { ids, ats }: Answer): number[] {
  const inserted = new Set<string>();
  for (const [place, id] of (ids ?? []).entries()) inserted.add(`${id} ${ats[place]}`);
  const left: number[] = [];
  for (const [place, id] of columns.ids.entries()) {
    if (!inserted.delete(`${id} ${columns.ats[place]}`)) left.push(place);
  }
  return left;
}

async function write(house: IngestHouse, columns: Columns, outcomes: Outcome[]): Promise<void> {
  const receivedAt = house.clock.now();
  const answer = await insert(house.database, columns, receivedAt);
  if (answer === undefined) return;
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
