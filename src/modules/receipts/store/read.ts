// Reads the log: checkpoints, tiles, entries, and what follows from them.

import { type Database, sql, type Transaction } from '../../../core/database/index.ts';
import { LamppostError } from '../../../core/errors.ts';
import {
  hashBytes,
  type Node,
  type Recipe,
  readerOf,
  type Tile,
  type TilePlace,
  tilesOf,
  tileWidth,
} from '../rules/index.ts';

type Reader = Database | Transaction;

/** A checkpoint taken apart; its note has the cosignatures of witnesses under it. */
export type StoredCheckpoint = { size: number; root: Buffer; note: string; signedAt: Date };

/** The latest checkpoint; undefined before the log was opened for the first time. */
export async function findCheckpoint(database: Reader): Promise<StoredCheckpoint | undefined> {
  const { rows } = await sql<StoredCheckpoint>`
    select size, root, note || coalesce((select string_agg(line, '' order by witness)
        from receipts.cosignature where checkpoint = latest.number), '') as note, signed_at as "signedAt"
    from receipts.checkpoint as latest order by number desc limit 1`.execute(database);
  return rows[0];
}

/** The latest checkpoint. Throws unavailable before the log was opened. */
export async function getCheckpoint(database: Reader): Promise<StoredCheckpoint> {
  return (await findCheckpoint(database)) ?? notOpen();
}

/** Throws unavailable. */
export function notOpen(): never {
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

/** Subtrees of so many levels and more are remembered: many leaves share them, and they take most hashing. */
const rememberedLevel = 9;
const mostRemembered = 20_000;

const remembered = new WeakMap<Database, Map<string, Buffer>>();

/**
 * What a recipe makes of the tiles it needs, read in one statement. A perfect subtree never changes once it
 * is complete, so the large ones are kept in memory.
 */
export async function cook<Answer>(database: Database, recipe: Recipe<Answer>): Promise<Answer> {
  const known = remembered.get(database) ?? new Map<string, Buffer>();
  remembered.set(database, known);
  const keyOf = ({ level, index }: Node) => `${level}/${index}`;
  const missing = recipe.nodes.filter((node) => !known.has(keyOf(node)));
  const read = readerOf(await readTiles(database, tilesOf({ ...recipe, nodes: missing })));
  const found = new Map(missing.map((node) => [keyOf(node), read(node)]));
  for (const node of recipe.nodes) {
    const hash = found.get(keyOf(node)) ?? known.get(keyOf(node))!;
    found.set(keyOf(node), hash);
    if (node.level < rememberedLevel) continue;
    // The one asked for longest ago stands first, and goes first.
    known.delete(keyOf(node));
    known.set(keyOf(node), hash);
    if (known.size > mostRemembered) known.delete(known.keys().next().value!);
  }
  return recipe.make((node) => found.get(keyOf(node))!);
}
