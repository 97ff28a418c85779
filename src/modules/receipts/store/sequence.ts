// Gives committed acts their places in the log: entries, tiles and a signed checkpoint in one transaction.

import { type Database, inTransaction, sql, type Transaction } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';
import {
  edgeOf,
  emptyRoot,
  grow,
  hashLeaf,
  isSignedBy,
  type Signer,
  signCheckpoint,
  type Tile,
} from '../rules/index.ts';
import { eraseForgotten } from './acts.ts';
import { findCheckpoint, readTiles } from './read.ts';
import { getSigner } from './signing.ts';
import { checkpointChannel } from './witness.ts';

/** What numbering needs of the house. */
export type SequencingHouse = Pick<House, 'config' | 'database' | 'revisions'>;

/** Acts that get their places in one transaction. */
export const batchSize = 2000;

type State = { size: number; root: Buffer };

/** Moves up to `limit` acts into the log; returns how many. One at a time does it: the head is locked. */
export async function sequenceBatch(house: SequencingHouse, limit = batchSize): Promise<number> {
  if (!(await isWorkWaiting(house.database))) return 0;
  const signer = await getSigner(house);
  return inTransaction(house.database, async (transaction) => {
    const size = await lockHead(transaction);
    const leaves = await placePending(transaction, size, limit);
    await eraseForgotten(transaction);
    if (leaves.length === 0) return 0;
    const edge = await readTiles(transaction, edgeOf(size));
    const grown = grow(
      { size, edge },
      leaves.map((leaf) => hashLeaf(Buffer.from(leaf))),
    );
    await writeTiles(transaction, grown.tiles);
    await writeCheckpoint({ house, signer }, transaction, grown);
    return leaves.length;
  });
}

async function isWorkWaiting(database: Database): Promise<boolean> {
  const { rows } = await sql<{ waits: boolean }>`select exists (select from receipts.pending)
    or exists (select from receipts.erasure) as waits`.execute(database);
  return rows[0]!.waits;
}

async function lockHead(transaction: Transaction): Promise<number> {
  const { rows } = await sql<{ size: number }>`select size from receipts.head for update`.execute(
    transaction,
  );
  return rows[0]!.size;
}

/** Gives the acts that have waited longest their places after `size`; their leaves in order. */
async function placePending(transaction: Transaction, size: number, limit: number): Promise<string[]> {
  const { rows } = await sql<{ leaf: string }>`
    with last as (
      select max(position) as position from (
        select position from receipts.pending order by position limit ${limit}) as first
    ), taken as (
      delete from receipts.pending using last where pending.position <= last.position
      returning pending.position, act_id
    ), placed as (
      update receipts.act as act set index = given.index
      from (
        -- Only acts that are there count: one removed by hand must not leave a hole.
        select id, ${size}::bigint - 1 + row_number() over (order by position) as index
        from taken join receipts.act on id = act_id
      ) as given
      where act.id = given.id returning act.index, act.leaf
    ), stored as (
      insert into receipts.entry (index, leaf) select index, convert_to(leaf, 'UTF8') from placed
    )
    select leaf from placed order by index`.execute(transaction);
  return rows.map(({ leaf }) => leaf);
}

async function writeTiles(transaction: Transaction, tiles: Tile[]): Promise<void> {
  const hashes = tiles.map((tile) => tile.hashes.toString('hex'));
  await sql`insert into receipts.tile as old (level, number, hashes)
    select level, number, decode(hashes, 'hex') from unnest(${tiles.map((tile) => tile.level)}::smallint[],
      ${tiles.map((tile) => tile.number)}::bigint[], ${hashes}::text[]) as given (level, number, hashes)
    on conflict (level, number) do update set hashes = excluded.hashes`.execute(transaction);
}

type Signing = { house: SequencingHouse; signer: Signer };

async function writeCheckpoint({ house, signer }: Signing, transaction: Transaction, { size, root }: State) {
  const note = signCheckpoint({ origin: signer.name, size, root }, signer);
  await sql`insert into receipts.signing_key (vkey) values (${signer.vkey})
    on conflict (vkey) do nothing`.execute(transaction);
  await sql`insert into receipts.checkpoint (size, root, note) values (${size}, ${root}, ${note})`.execute(
    transaction,
  );
  await sql`update receipts.head set size = ${size}`.execute(transaction);
  await sql`select pg_notify(${checkpointChannel}, '')`.execute(transaction);
  await house.revisions.bump(transaction, 'receipts');
}

/** Signs the log as it stands when it is empty, or when another key or name signed it last. */
export async function ensureCheckpoint(house: SequencingHouse): Promise<void> {
  const signer = await getSigner(house);
  await inTransaction(house.database, async (transaction) => {
    const size = await lockHead(transaction);
    const latest = await findCheckpoint(transaction);
    if (latest !== undefined && isSignedBy(latest.note, signer)) return;
    await writeCheckpoint({ house, signer }, transaction, { size, root: latest?.root ?? emptyRoot });
  });
}
