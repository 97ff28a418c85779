// Checkpoints and their witnesses: what is due to be cosigned, what came back, and which note to show.

import { type Database, inTransaction, sql, type Transaction } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';
import type { Cosignature, Witness } from '../rules/index.ts';
import { notOpen, type StoredCheckpoint } from './read.ts';

/** Told when a checkpoint was signed. */
export const checkpointChannel = 'lamppost_checkpoint';

/** A checkpoint that a witness has not cosigned, and the size of the largest one that it has. */
export type Due = { number: number; size: number; note: string; cosignedSize: number };

/** The latest checkpoint when this witness still has to cosign it. An empty log needs no witness. */
export async function findDue(database: Database, { key }: Witness): Promise<Due | undefined> {
  const { rows } = await sql<Due>`
    with latest as (select number, size, note from receipts.checkpoint order by number desc limit 1)
    select number, size, note, coalesce((
        select checkpoint.size from receipts.cosignature
        join receipts.checkpoint on checkpoint.number = cosignature.checkpoint
        where witness = ${key.vkey} order by checkpoint desc limit 1), 0) as "cosignedSize"
    from latest where size > 0 and not exists (select from receipts.cosignature
      where checkpoint = latest.number and witness = ${key.vkey})`.execute(database);
  return rows[0];
}

type Kept = { due: Due; witness: Witness; cosignature: Cosignature };

/** Keeps a cosignature that was found true, and lets everybody see it. */
export async function keepCosignature(
  { database, revisions }: Pick<House, 'database' | 'revisions'>,
  { due, witness, cosignature }: Kept,
): Promise<void> {
  await inTransaction(database, async (transaction) => {
    await sql`insert into receipts.cosignature (checkpoint, witness, line, cosigned_at)
      values (${due.number}, ${witness.key.vkey}, ${cosignature.line}, ${cosignature.cosignedAt})
      on conflict (checkpoint, witness) do nothing`.execute(transaction);
    await revisions.bump(transaction, 'receipts');
  });
}

/** How much older than the latest a checkpoint may be that stands for the log of now. */
const presentSeconds = 60;
/** How many cosigned checkpoints, the latest first, are looked at. */
const lookedAt = 20;

/**
 * Of the late checkpoints that hold `index` the one with most cosignatures under it: a new one is alone until
 * its witnesses answer. Without an index one from the minute before the latest. Throws unavailable before the
 * log was opened.
 */
export async function getCosignedCheckpoint(
  database: Database | Transaction,
  index: number | null = null,
): Promise<StoredCheckpoint> {
  const { rows } = await sql<StoredCheckpoint>`
    with latest as (select number, signed_at from receipts.checkpoint order by number desc limit 1),
    candidate as (
      select number from latest union
      select * from (select distinct checkpoint from receipts.cosignature
        order by checkpoint desc limit ${lookedAt}) as cosigned
    )
    select size, root, note || coalesce(lines, '') as note, checkpoint.signed_at as "signedAt"
    from latest cross join candidate
    cross join lateral (select * from receipts.checkpoint as one
      where one.number = candidate.number offset 0) as checkpoint
    cross join lateral (select count(*) as cosigners, string_agg(line, '' order by witness) as lines
      from receipts.cosignature where checkpoint = candidate.number) as under
    where case when ${index}::bigint is null
      then checkpoint.signed_at >= latest.signed_at - make_interval(secs => ${presentSeconds})
      else size > ${index}::bigint end
    order by cosigners desc, candidate.number desc limit 1`.execute(database);
  return rows[0] ?? notOpen();
}
