// Reads the log: checkpoints, tiles, entries, proofs, receipts, and acts that may be shown.

import { type Database, sql, type Transaction } from '../../../core/database/index.ts';
import { LamppostError } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import {
  hashBytes,
  inclusionRecipe,
  type Json,
  logName,
  type Recipe,
  readerOf,
  type Tile,
  type TilePlace,
  tilesOf,
  tileWidth,
} from '../rules/index.ts';
import type { PendingReceipt, PublicAct, Receipt } from '../schema.ts';

type Reader = Database | Transaction;

/** The latest checkpoint, signed and taken apart. */
export type StoredCheckpoint = { size: number; root: Buffer; note: string; signedAt: Date };

/** The latest checkpoint; undefined before the log was opened for the first time. */
export async function findCheckpoint(database: Reader): Promise<StoredCheckpoint | undefined> {
  const { rows } = await sql<StoredCheckpoint>`
    select size, root, note, signed_at as "signedAt" from receipts.checkpoint
    order by number desc limit 1`.execute(database);
  return rows[0];
}

/** The latest checkpoint. Throws unavailable before the log was opened. */
export async function getCheckpoint(database: Reader): Promise<StoredCheckpoint> {
  const found = await findCheckpoint(database);
  if (found !== undefined) return found;
  throw new LamppostError('unavailable', 'log-not-open', {
    en: 'The log is not open yet. Please try again in a moment.',
    tc: '紀錄冊尚未啟用，請稍後再試。',
  });
}

/** Tiles as far as they are filled; one that is not there is left out. */
export async function readTiles(database: Reader, places: readonly TilePlace[]): Promise<Tile[]> {
  if (places.length === 0) return [];
  const { rows } = await sql<Tile>`
    select tile.level, tile.number, tile.hashes from receipts.tile as tile
    join unnest(${places.map(({ level }) => level)}::smallint[],
      ${places.map(({ number }) => number)}::bigint[]) as asked (level, number)
    on (tile.level, tile.number) = (asked.level, asked.number)`.execute(database);
  return rows;
}

/** The first `width` hashes of a tile; undefined when there are fewer. */
export async function findTile(database: Reader, place: TilePlace, width: number) {
  const [tile] = await readTiles(database, [place]);
  const length = width * hashBytes;
  return tile === undefined || tile.hashes.length < length ? undefined : tile.hashes.subarray(0, length);
}

/** The entries of a bundle, each at its place; undefined where there is none. */
export async function readEntries(database: Reader, number: number, width: number) {
  const first = number * tileWidth;
  const { rows } = await sql<{ index: number; leaf: Buffer }>`
    select index, leaf from receipts.entry where index >= ${first} and index < ${first + width}
    order by index`.execute(database);
  const byPlace = new Map(rows.map(({ index, leaf }) => [index - first, leaf]));
  return Array.from({ length: width }, (_, at) => byPlace.get(at));
}

/** What a recipe makes of the tiles it needs, read in one statement. */
export async function cook<Answer>(database: Reader, recipe: Recipe<Answer>): Promise<Answer> {
  return recipe.make(readerOf(await readTiles(database, tilesOf(recipe))));
}

type ActRow = {
  id: string;
  subject: string | null;
  actor: string | null;
  details: string;
  salt: Buffer;
  leaf: string;
  public: boolean;
  index: number | null;
};

/** Whom a receipt is for: who holds it sees all of it, everybody what is public. */
export type Reading = { for: 'holder' | 'everybody' };

/**
 * The receipt of an act against the latest checkpoint; a pending one while the act waits for its place;
 * undefined when there is no such act. `everybody` is told subject, actor, details and salt of public acts
 * only.
 */
export async function findReceipt(
  { database, config }: Pick<House, 'database' | 'config'>,
  actId: string,
  reading: Reading = { for: 'holder' },
): Promise<Receipt | PendingReceipt | undefined> {
  const { rows } = await sql<ActRow>`select id, subject, actor, details, salt, leaf, public, index
    from receipts.act where id = ${actId}
    and not exists (select from receipts.erasure where act_id = act.id)`.execute(database);
  const act = rows[0];
  if (act === undefined) return undefined;
  const { leaf, index } = act;
  const start = { version: 1 as const, actId, leaf };
  if (index === null) return { ...start, state: 'pending', origin: logName(config.origin) };
  const { size, note } = await getCheckpoint(database);
  const proof = await cook(database, inclusionRecipe(index, size));
  return {
    ...start,
    state: 'recorded',
    origin: note.slice(0, note.indexOf('\n')),
    ...(act.public || reading.for === 'holder' ? openingOf(act) : {}),
    index,
    treeSize: size,
    proof: proof.map((hash) => hash.toString('base64')),
    checkpoint: note,
  };
}

const openingOf = ({ salt, subject, actor, details }: ActRow) => ({
  salt: salt.toString('base64'),
  ...(subject === null ? {} : { subject }),
  ...(actor === null ? {} : { actor }),
  details: JSON.parse(details) as Json,
});

export type ActListing = { subject?: string | undefined; before?: number | undefined; limit: number };

/** Acts that may be shown to everybody, the latest first. */
export async function listPublicActs(
  database: Reader,
  { subject = null as never, before = Number.MAX_SAFE_INTEGER, limit }: ActListing,
): Promise<PublicAct[]> {
  const { rows } = await sql<PublicAct & { occurredAt: Date }>`
    select id as "actId", topic, subject, occurred_at as "occurredAt", index from receipts.act
    where public and index < ${before} and (${subject}::text is null or subject = ${subject})
    order by index desc limit ${limit}`.execute(database);
  return rows.map((row) => ({ ...row, occurredAt: row.occurredAt.toISOString() }));
}
