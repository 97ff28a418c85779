// Tiles of 256 hashes in which the tree is kept and served (C2SP tlog-tiles), and how the tree grows in them.

import { hashBytes, hashPerfect } from './hash.ts';
import type { Node, ReadNode, Recipe } from './tree.ts';
import { rootRecipe } from './tree.ts';

/** Levels of the tree that one tile spans, and the hashes along its lower edge. */
export const tileHeight = 8;
export const tileWidth = 256;

/** A tile of hashes; its lower edge lies at level 8 * `level` of the tree. */
export type TilePlace = { level: number; number: number };
export type Tile = TilePlace & { hashes: Buffer };

/** What a tile's address asks for: a level or the entries themselves, and how many of its 256. */
export type TileAddress = { level: number | 'entries'; number: number; width: number };

const keyOf = ({ level, number }: TilePlace) => `${level}/${number}`;

/** The tile in which a perfect subtree's hash is found or follows. */
function placeOf({ level, index }: Node): TilePlace {
  const inside = level % tileHeight;
  return { level: Math.floor(level / tileHeight), number: Math.floor(index / 2 ** (tileHeight - inside)) };
}

/** The tiles that a recipe needs, each once. */
export function tilesOf(recipe: Recipe<unknown>): TilePlace[] {
  const places = recipe.nodes.map(placeOf);
  return [...new Map(places.map((place) => [keyOf(place), place])).values()];
}

/** Reads subtrees from tiles. Throws when a hash is not there. */
export function readerOf(tiles: readonly Tile[]): ReadNode {
  const known = new Map(tiles.map((tile) => [keyOf(tile), tile.hashes]));
  return (node) => {
    const place = placeOf(node);
    const span = 2 ** (node.level % tileHeight);
    const first = node.index * span - place.number * tileWidth;
    const hashes = hashesIn(known.get(keyOf(place)) ?? Buffer.alloc(0)).slice(first, first + span);
    if (hashes.length < span) throw new Error(`tile ${keyOf(place)} of the log is not complete`);
    return hashPerfect(hashes);
  };
}

/** The hashes that stand one after the other in a tile. */
export function hashesIn(tile: Buffer): Buffer[] {
  const count = Math.floor(tile.length / hashBytes);
  return Array.from({ length: count }, (_, at) => tile.subarray(at * hashBytes, (at + 1) * hashBytes));
}

/** The tiles at the right edge of a tree, which grow when leaves are added. */
export function edgeOf(size: number): TilePlace[] {
  const places: TilePlace[] = [];
  for (let level = 0, count = size; count > 0; level += 1, count = Math.floor(count / tileWidth)) {
    if (count % tileWidth > 0) places.push({ level, number: Math.floor(count / tileWidth) });
  }
  return places;
}

/** A tree and the tiles at its right edge. */
export type Growing = { size: number; edge: readonly Tile[] };

/** The tree with leaves added: its size, its root, and every tile that is new or longer. */
export function grow({ size, edge }: Growing, leafHashes: readonly Buffer[]) {
  const tiles = new Map<string, Tile>(edge.map((tile) => [keyOf(tile), tile]));
  const changed = new Set<string>();
  let count = size;
  let added: readonly Buffer[] = leafHashes;
  for (let level = 0; added.length > 0; level += 1) {
    const above: Buffer[] = [];
    for (let done = 0; done < added.length; ) {
      const place = { level, number: Math.floor((count + done) / tileWidth) };
      const room = tileWidth - ((count + done) % tileWidth);
      const before = tiles.get(keyOf(place))?.hashes ?? Buffer.alloc(0);
      const hashes = Buffer.concat([before, ...added.slice(done, done + room)]);
      tiles.set(keyOf(place), { ...place, hashes });
      changed.add(keyOf(place));
      if (hashes.length === tileWidth * hashBytes) above.push(hashPerfect(hashesIn(hashes)));
      done += room;
    }
    count = Math.floor(count / tileWidth);
    added = above;
  }
  const grown = size + leafHashes.length;
  const root = rootRecipe(grown).make(readerOf([...tiles.values()]));
  return { size: grown, root, tiles: [...tiles.values()].filter((tile) => changed.has(keyOf(tile))) };
}

/** How many of a tile's 256 places are filled in a tree of this size. */
export function widthAt(size: number, { level, number }: Pick<TileAddress, 'level' | 'number'>): number {
  const count = level === 'entries' ? size : Math.floor(size / tileWidth ** level);
  return Math.max(0, Math.min(tileWidth, count - number * tileWidth));
}

const levelPattern = /^(?:entries|[0-9]|[1-5][0-9]|6[0-3])$/;
const pathPattern = /^((?:x\d{3}\/)*)(\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/** Reads `0` and `x001/x234/067.p/12`; undefined for anything but the one spelling of a tile's address. */
export function parseTilePath(level: string, path: string): TileAddress | undefined {
  const parts = pathPattern.exec(path);
  if (!levelPattern.test(level) || parts === null) return undefined;
  const [, high = '', low = '', partial] = parts;
  if (high.startsWith('x000/')) return undefined;
  const number = Number(high.replace(/[x/]/g, '') + low);
  const width = partial === undefined ? tileWidth : Number(partial);
  if (!Number.isSafeInteger(number) || (partial !== undefined && width >= tileWidth)) return undefined;
  return { level: level === 'entries' ? level : Number(level), number, width };
}

/** The address of a tile below the log's prefix, e.g. `/tile/0/x001/234.p/5`. */
export function tilePath({ level, number, width }: TileAddress): string {
  const digits = String(number).padStart(Math.ceil(String(number).length / 3) * 3, '0');
  const groups = digits.match(/\d{3}/g) ?? [];
  const path = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
  return `/tile/${level}/${path}${width < tileWidth ? `.p/${width}` : ''}`;
}

/** Entries as a bundle: each behind its length in two bytes, the higher first. */
export function bundleOf(entries: readonly Buffer[]): Buffer {
  return Buffer.concat(
    entries.flatMap((entry) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(entry.length);
      return [length, entry];
    }),
  );
}

/** The entries of a bundle; undefined when its lengths do not add up. */
export function entriesIn(bundle: Buffer): Buffer[] | undefined {
  const entries: Buffer[] = [];
  for (let at = 0; at < bundle.length; ) {
    if (at + 2 > bundle.length) return undefined;
    const end = at + 2 + bundle.readUInt16BE(at);
    if (end > bundle.length) return undefined;
    entries.push(bundle.subarray(at + 2, end));
    at = end;
  }
  return entries;
}
