// Readings for times that are known already: recognised as duplicates, or kept as revisions.

import { type Database, inTransaction, sql, type Transaction } from '../../../core/database/index.ts';
import { flag, type Outcome, type Reading } from '../schema.ts';
import { arrayOf } from './binary-arrays.ts';
import { type Columns, checkReadings, columnsOf, type IngestHouse, pick } from './ingest-columns.ts';

/** Told when batches wait to be folded. */
export const ingestedChannel = 'lamppost_observations_ingested';

/** A correction that never ends is a loop; after so many the last one stays. */
const mostRevisions = 10_000;

type Existing = { place: number; same: boolean; revision: number };

const resultsOf = (columns: Columns) => columns.wide?.results ?? columns.ids.map(() => null);

async function findExisting(transaction: Transaction, columns: Columns): Promise<Map<number, Existing>> {
  const { rows } = await sql<Existing>`
    select place::int - 1 as place, max(old.revision) as revision,
      bool_or(old.value is not distinct from given.value
        and old.result is not distinct from given.result::jsonb) as same
    from unnest(${arrayOf('bigint', columns.ids)}::bigint[], ${arrayOf('timestamptz', columns.ats)}::timestamptz[],
      ${arrayOf('float', columns.values)}::float8[], ${resultsOf(columns)}::text[])
      with ordinality as given (datastream_id, at, value, result, place)
    join observations.observation as old on old.datastream_id = given.datastream_id and old.at = given.at
    group by place`.execute(transaction);
  return new Map(rows.map((row) => [row.place, row]));
}

type Chosen = { places: number[]; revisions: number[]; outcomes: Outcome[] };

/** Which are new values, and what number each of them gets; of equal ones in the batch only the first. */
function choose(columns: Columns, existing: Map<number, Existing>): Chosen {
  const results = resultsOf(columns);
  const next = new Map<string, number>();
  const seen = new Set<string>();
  const places: number[] = [];
  const revisions: number[] = [];
  const outcomes = columns.ids.map((id, place): Outcome => {
    const key = `${id} ${columns.ats[place]}`;
    const content = `${key} ${columns.values[place]} ${results[place]}`;
    const old = existing.get(place);
    const revision = next.get(key) ?? (old ? old.revision + 1 : 0);
    if (old?.same || seen.has(content) || revision > mostRevisions) return 'duplicate';
    seen.add(content);
    next.set(key, revision + 1);
    places.push(place);
    revisions.push(revision);
    return revision === 0 ? 'stored' : 'revised';
  });
  return { places, revisions, outcomes };
}

/** Writes new revisions, marks what they replace, and numbers them as one batch. */
async function writeRevisions(
  transaction: Transaction,
  columns: Columns,
  { revisions, receivedAt }: { revisions: number[]; receivedAt: Date },
): Promise<void> {
  const { wide } = columns;
  const nothing = columns.ids.map(() => null);
  const ids = arrayOf('bigint', columns.ids);
  const ats = arrayOf('timestamptz', columns.ats);
  const numbers = arrayOf('integer', revisions);
  const values = arrayOf('float', columns.values);
  const flags = arrayOf('smallint', columns.flags);
  const results = resultsOf(columns);
  await sql`insert into observations.observation
      (datastream_id, at, revision, value, flags, feature_id, result, until, result_at, extra, received_at)
    select datastream_id, at, revision, value, flags, feature_id, result::jsonb, until, result_at,
      extra::jsonb, ${receivedAt}
    from unnest(${ids}::bigint[], ${ats}::timestamptz[], ${numbers}::integer[], ${values}::float8[],
      ${flags}::smallint[], ${arrayOf('bigint', columns.features)}::bigint[], ${results}::text[],
      ${arrayOf('timestamptz', wide?.untils ?? nothing)}::timestamptz[],
      ${arrayOf('timestamptz', wide?.resultAts ?? nothing)}::timestamptz[],
      ${wide?.extras ?? nothing}::text[])
      as given
        (datastream_id, at, revision, value, flags, feature_id, result, until, result_at, extra)`.execute(
    transaction,
  );
  await sql`update observations.observation as old set flags = old.flags | 16
    from (select datastream_id, at, max(revision) as revision
      from unnest(${ids}::bigint[], ${ats}::timestamptz[], ${numbers}::integer[])
        as given (datastream_id, at, revision) group by 1, 2) as new
    where old.datastream_id = new.datastream_id and old.at = new.at and old.revision < new.revision
      and old.flags & 16 = 0`.execute(transaction);
  await sql`with head as (
      update observations.batch_head set sequence = sequence + 1 returning sequence
    )
    insert into observations.batch
      (sequence, stored_at, datastream_ids, ats, revisions, "values", flags, results)
    select sequence, ${receivedAt}, ${ids}::bigint[], ${ats}::timestamptz[], ${numbers}::integer[],
      ${values}::float8[], ${flags}::smallint[], ${wide ? results : null}::text[]
    from head, pg_notify(${ingestedChannel}, '')`.execute(transaction);
}

/** One at a time in all processes, so that two revisions never get the same number. */
const lock = (transaction: Transaction) =>
  sql`select pg_advisory_xact_lock(hashtextextended('observations.revise', 0))`.execute(transaction);

/** Says of each whether it is known already or was kept as a revision; committed when it resolves. */
export function reviseOrRecognise(
  database: Database,
  columns: Columns,
  receivedAt: Date,
): Promise<Outcome[]> {
  return inTransaction(database, async (transaction) => {
    await lock(transaction);
    const { places, revisions, outcomes } = choose(columns, await findExisting(transaction, columns));
    if (places.length > 0)
      await writeRevisions(transaction, pick(columns, places), { revisions, receivedAt });
    return outcomes;
  });
}

/** Keeps another content of a known time, also one that it had before; the number of the new revision. */
export async function revise(house: IngestHouse, reading: Reading): Promise<number> {
  const known = await checkReadings(house, [reading]);
  const columns = await columnsOf(house, [reading], known);
  return inTransaction(house.database, async (transaction) => {
    await lock(transaction);
    const existing = await findExisting(transaction, columns);
    const revision = (existing.get(0)?.revision ?? -1) + 1;
    await writeRevisions(transaction, columns, { revisions: [revision], receivedAt: house.clock.now() });
    return revision;
  });
}

/**
 * Takes an observation out of everything that counts: its last revision is an empty one that is superseded
 * from the start. So the roll-ups learn of it like of any correction, and a duplicate does not revive it.
 */
export async function removeKey(
  house: IngestHouse,
  { datastreamId, at }: { datastreamId: number; at: number },
): Promise<void> {
  const columns = {
    ...{ indexes: [0], ids: [datastreamId], ats: [at], values: [null], flags: [flag.superseded] },
    features: [null],
  };
  await inTransaction(house.database, async (transaction) => {
    await lock(transaction);
    const revision = (await findExisting(transaction, columns)).get(0)?.revision ?? -1;
    await writeRevisions(transaction, columns, { revisions: [revision + 1], receivedAt: house.clock.now() });
  });
}
