// Batches: what was committed, in the order in which it was, for those who follow: streams and alarms.

import { type Database, query, sql, type Transaction } from '../../../core/database/index.ts';
import type { Stored } from '../schema.ts';

/** One committed batch. */
export type Batch = { sequence: number; storedAt: Date; stored: Stored[] };

/** Told with the sequence up to which batches may be read. */
export const foldedChannel = 'lamppost_observations_folded';

type Row = {
  sequence: number;
  storedAt: Date;
  ids: number[];
  ats: number[];
  revisions: number[] | null;
  values: (number | null)[];
  flags: number[];
  results: (string | null)[] | null;
};

const text = `select sequence, stored_at as "storedAt", datastream_ids as ids, revisions, "values", flags, results,
    array(select (date_part('epoch', at) * 1000)::bigint from unnest(ats) as at) as ats
  from observations.batch
  where sequence > $1 and sequence <= (select sequence from observations.position where name = 'fold')
  order by sequence limit $2`;

function storedIn({ sequence, ids, ats, revisions, values, flags, results }: Row): Stored[] {
  return ids.map((datastreamId, index) => {
    const result = results?.[index] ?? null;
    return {
      ...{ sequence, datastreamId, at: ats[index]!, revision: revisions?.[index] ?? 0 },
      ...{ value: values[index] ?? null, flags: flags[index]! },
      result: result === null ? null : JSON.parse(result),
    };
  });
}

/** Up to `limit` (at most 100) batches after a sequence number, of those that are folded. */
export async function readBatches(
  database: Database,
  { after, limit }: { after: number; limit: number },
): Promise<Batch[]> {
  const values = [after, Math.min(limit, 100)];
  const rows = await query<Row>(database, { name: 'observations-batches', text, values });
  return rows.map((row) => ({ sequence: row.sequence, storedAt: row.storedAt, stored: storedIn(row) }));
}

/** Up to where batches may be read, and the first that is still kept; 0 when there was none yet. */
export async function findFolded(database: Database): Promise<number> {
  const [row] = await query<{ sequence: number }>(database, {
    text: `select sequence from observations.position where name = 'fold'`,
  });
  return row?.sequence ?? 0;
}

/** The oldest batch still kept; undefined when there is none. Whoever was further back has missed some. */
export async function findOldest(database: Database): Promise<number | undefined> {
  const [row] = await query<{ sequence: number | null }>(database, {
    text: 'select min(sequence) as sequence from observations.batch',
  });
  return row?.sequence ?? undefined;
}

/** Where a reader of batches stands; a new one begins at the newest folded batch. Batches wait for it. */
export async function openPosition(database: Database, name: string): Promise<number> {
  await sql`insert into observations.position (name, sequence)
    select ${name}, sequence from observations.position where name = 'fold'
    on conflict (name) do nothing`.execute(database);
  const [row] = await query<{ sequence: number }>(database, {
    text: 'select sequence from observations.position where name = $1',
    values: [name],
  });
  return row!.sequence;
}

/** Moves a reader on, in the transaction that does what it read for. It never moves back. */
export async function advancePosition(
  transaction: Database | Transaction,
  name: string,
  sequence: number,
): Promise<void> {
  await sql`update observations.position set sequence = ${sequence}
    where name = ${name} and sequence < ${sequence}`.execute(transaction);
}

/**
 * Drops batches that are older than the replay window and that every reader has passed; how many. A reader
 * that is gone for good must give up its position, or batches pile up.
 */
export async function dropBatches(database: Database, before: Date): Promise<number> {
  const { numAffectedRows = 0n } = await sql`delete from observations.batch
    where stored_at < ${before} and sequence <= (select min(sequence) from observations.position)`.execute(
    database,
  );
  return Number(numAffectedRows);
}
