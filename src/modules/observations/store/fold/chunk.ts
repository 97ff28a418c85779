// What one fold works on: committed batches that are not folded yet, laid out as rows.

import { sql, type Transaction } from '../../../../core/database/index.ts';

/** The batches of one fold. */
export type Chunk = {
  from: number;
  to: number;
  readings: number;
  hasRevisions: boolean;
  hasRemoved: boolean;
};

/** Batches looked at to make up a chunk. */
const mostBatches = 500;

type Waiting = { sequence: number; readings: number; revised: boolean };

/** Locks the position of the fold: should two processes fold, the second waits and then starts over. */
async function lockPosition(transaction: Transaction): Promise<number> {
  const { rows } = await sql<{ sequence: number }>`select sequence from observations.position
    where name = 'fold' for update`.execute(transaction);
  return rows[0]!.sequence;
}

async function choose(transaction: Transaction, limit: number): Promise<Omit<Chunk, 'hasRemoved'>> {
  const from = await lockPosition(transaction);
  const { rows } = await sql<Waiting>`select sequence, cardinality(datastream_ids) as readings,
      revisions is not null as revised
    from observations.batch where sequence > ${from} order by sequence limit ${mostBatches}`.execute(
    transaction,
  );
  const chunk = { from, to: from, readings: 0, hasRevisions: false };
  for (const { sequence, readings, revised } of rows) {
    if (chunk.readings > 0 && chunk.readings + readings > limit) break;
    chunk.to = sequence;
    chunk.readings += readings;
    chunk.hasRevisions ||= revised;
  }
  return chunk;
}

/** Tables of this connection, emptied by each commit. */
const tables = [
  `create temp table if not exists folding (
    sequence bigint not null, place integer not null, datastream_id bigint not null,
    at timestamptz not null, revision integer not null, value double precision, result text,
    flags smallint not null
  ) on commit delete rows`,
  `create temp table if not exists marked (
    sequence bigint not null, place integer not null, datastream_id bigint not null,
    at timestamptz not null, revision integer not null, bits smallint not null
  ) on commit delete rows`,
  `create temp table if not exists newest (
    datastream_id bigint not null, added bigint not null, first_at timestamptz not null,
    at timestamptz, revision integer, same_since timestamptz, seen double precision
  ) on commit delete rows`,
];

/**
 * Runs statements that only join rows of a chunk with one another. PostgreSQL cannot know how many rows
 * there are, and a loop within a loop over them would take minutes.
 */
export async function joinByHash<Result>(
  transaction: Transaction,
  work: () => Promise<Result>,
): Promise<Result> {
  await sql`set local enable_nestloop = off`.execute(transaction);
  const result = await work();
  await sql`set local enable_nestloop = on`.execute(transaction);
  return result;
}

/** Lays up to `limit` readings out in the table `folding`; datastreams that are gone are left out. */
export async function takeChunk(transaction: Transaction, limit: number): Promise<Chunk | undefined> {
  const chunk = await choose(transaction, limit);
  if (chunk.to === chunk.from) return undefined;
  for (const table of tables) await sql.raw(table).execute(transaction);
  await sql`insert into pg_temp.folding (sequence, place, datastream_id, at, revision, value, result, flags)
    select sequence, place, datastream_id, at, coalesce(revision, 0), value, result, given.flags
    from observations.batch cross join lateral
      rows from (unnest(datastream_ids), unnest(ats), unnest(revisions), unnest("values"), unnest(results),
        unnest(batch.flags)) with ordinality
        as given (datastream_id, at, revision, value, result, flags, place)
    where sequence > ${chunk.from} and sequence <= ${chunk.to}
      and datastream_id in (select id from observations.datastream)`.execute(transaction);
  const hasRemoved = chunk.hasRevisions && (await anyRemoved(transaction));
  return { ...chunk, hasRemoved };
}

async function anyRemoved(transaction: Transaction): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`select exists (
    select from pg_temp.folding where flags & 16 <> 0) as found`.execute(transaction);
  return rows[0]!.found;
}
