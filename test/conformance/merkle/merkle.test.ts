// Proves tree, proofs and tiles of the receipts against a second, naive tree, on thousands of random ones.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  consistencyRecipe,
  edgeOf,
  grow,
  hashLeaf,
  inclusionRecipe,
  isConsistent,
  isIncluded,
  type ReadNode,
  readerOf,
  rootRecipe,
  type Tile,
  tilesOf,
  widthAt,
} from '../../../src/modules/receipts/rules/index.ts';
import { naivePath, naiveProof, naiveRoot, naiveTile, sha } from './naive.ts';

const entryOf = (number: number, salt = 0): Buffer => Buffer.from(`entry ${salt}/${number}`);
const entriesOf = (size: number, salt = 0) => Array.from({ length: size }, (_, at) => entryOf(at, salt));
const hex = (hashes: Buffer[]) => hashes.map((hash) => hash.toString('hex'));

/** Reads subtrees from the leaves themselves. */
const readerOfLeaves =
  (entries: Buffer[]): ReadNode =>
  ({ level, index }) =>
    naiveRoot(entries.slice(index * 2 ** level, (index + 1) * 2 ** level));

type Grown = { size: number; root: Buffer; tiles: Tile[] };

/** Grows a tree in tiles, in batches of these sizes. */
function growInTiles(entries: Buffer[], batches: number[]): Grown {
  const all = new Map<string, Tile>();
  let size = 0;
  let root: Buffer = sha();
  for (const batch of [...batches, entries.length]) {
    const added = entries.slice(size, Math.min(entries.length, size + batch)).map(hashLeaf);
    if (added.length === 0) continue;
    const edge = edgeOf(size).flatMap(({ level, number }) => all.get(`${level}/${number}`) ?? []);
    const grown = grow({ size, edge }, added);
    for (const tile of grown.tiles) all.set(`${tile.level}/${tile.number}`, tile);
    ({ size, root } = grown);
  }
  return { size, root, tiles: [...all.values()] };
}

/** Reads only the tiles that a recipe says it needs. */
function readerFor(recipe: Parameters<typeof tilesOf>[0], { tiles }: Grown): ReadNode {
  const wanted = tilesOf(recipe).map(({ level, number }) => `${level}/${number}`);
  return readerOf(tiles.filter(({ level, number }) => wanted.includes(`${level}/${number}`)));
}

/** Compares all that the rules make of a tree at two places with what the naive tree makes of it. */
function compare(entries: Buffer[], grown: Grown, [index, from]: [number, number]): void {
  const size = entries.length;
  const root = naiveRoot(entries);
  expect(grown.root).toEqual(root);
  const inclusion = inclusionRecipe(index, size);
  const path = inclusion.make(readerFor(inclusion, grown));
  expect(hex(path)).toEqual(hex(naivePath(index, entries)));
  expect(isIncluded({ leafHash: hashLeaf(entries[index]!), index, size, proof: path, root })).toBe(true);
  const consistency = consistencyRecipe(from, size);
  const proof = consistency.make(readerFor(consistency, grown));
  expect(hex(proof)).toEqual(hex(from === 0 || from === size ? [] : naiveProof(from, entries)));
  const fromRoot = naiveRoot(entries.slice(0, from));
  expect(isConsistent({ from, to: size, fromRoot, toRoot: root, proof })).toBe(true);
}

describe('the tree of the receipts', () => {
  it('agrees with the naive tree on every inclusion proof of every size up to 70', () => {
    const entries = entriesOf(70);
    for (let size = 1; size <= 70; size += 1) {
      const whole = entries.slice(0, size);
      expect(rootRecipe(size).make(readerOfLeaves(whole))).toEqual(naiveRoot(whole));
      for (let index = 0; index < size; index += 1) {
        const proof = inclusionRecipe(index, size).make(readerOfLeaves(whole));
        expect(hex(proof)).toEqual(hex(naivePath(index, whole)));
      }
    }
  });

  it('agrees with the naive tree on every consistency proof of every two sizes up to 60', () => {
    const entries = entriesOf(60);
    const roots = entries.map((_, at) => naiveRoot(entries.slice(0, at + 1)));
    for (let to = 1; to <= 60; to += 1) {
      for (let from = 1; from <= to; from += 1) {
        const whole = entries.slice(0, to);
        const proof = consistencyRecipe(from, to).make(readerOfLeaves(whole));
        expect(hex(proof)).toEqual(hex(from === to ? [] : naiveProof(from, whole)));
        const both = { fromRoot: roots[from - 1]!, toRoot: roots[to - 1]! };
        expect(isConsistent({ from, to, proof, ...both })).toBe(true);
      }
    }
  });

  it('agrees on root, proofs and tiles of 2500 random trees, grown in random batches', () => {
    const size = fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: 1, max: 40 }) },
      { weight: 3, arbitrary: fc.integer({ min: 41, max: 300 }) },
      { weight: 1, arbitrary: fc.integer({ min: 500, max: 700 }) },
    );
    const tree = fc.record({
      size,
      salt: fc.nat(),
      batches: fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 5 }),
      place: fc.double({ min: 0, max: 0.9999, noNaN: true }),
      past: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(tree, ({ size: count, salt, batches, place, past }) => {
        const entries = entriesOf(count, salt);
        const grown = growInTiles(entries, batches);
        compare(entries, grown, [Math.floor(place * count), Math.floor(past * count)]);
        for (const { level, number, hashes } of grown.tiles) {
          expect(hashes.equals(naiveTile(level, number, entries))).toBe(true);
          expect(hashes.length / 32).toBe(widthAt(count, { level, number }));
        }
      }),
      { numRuns: 2500 },
    );
  }, 180_000);

  it('agrees on a tree of three storeys of tiles, which ends within each of them', () => {
    const entries = entriesOf(66_000);
    const grown = growInTiles(entries, [1, 255, 256, 60_000, 5024]);
    expect(new Set(grown.tiles.map(({ level }) => level))).toEqual(new Set([0, 1, 2]));
    const expected = [
      ...[0, 100, 257].map((number) => naiveTile(0, number, entries)),
      ...[0, 1].map((number) => naiveTile(1, number, entries)),
      naiveTile(2, 0, entries),
    ];
    const places = [...[0, 100, 257].map((number) => `0/${number}`), ...['1/0', '1/1', '2/0']];
    const tileAt = (place: string) =>
      grown.tiles.find(({ level, number }) => `${level}/${number}` === place)?.hashes;
    expect(places.map(tileAt)).toEqual(expected);
    for (const places of [
      [0, 65_536],
      [65_535, 1],
      [65_536, 65_537],
      [65_999, 66_000],
    ] as [number, number][]) {
      compare(entries, grown, places);
    }
  }, 60_000);
});

describe('a proof', () => {
  const cases = fc.record({
    size: fc.integer({ min: 2, max: 60 }),
    place: fc.double({ min: 0, max: 0.9999, noNaN: true }),
    broken: fc.nat(),
  });

  it('of inclusion fails when leaf, place, size, root or any neighbour is another', () => {
    fc.assert(
      fc.property(cases, ({ size, place, broken }) => {
        const entries = entriesOf(size);
        const index = Math.floor(place * size);
        const proof = naivePath(index, entries);
        const right = { leafHash: hashLeaf(entries[index]!), index, size, proof, root: naiveRoot(entries) };
        const at = broken % proof.length;
        const wrong = [
          { ...right, leafHash: hashLeaf(entryOf(index, 1)) },
          { ...right, index: (index + 1) % size },
          { ...right, size: index },
          { ...right, root: naiveRoot(entriesOf(size, 1)) },
          { ...right, proof: proof.with(at, sha(7)) },
          { ...right, proof: proof.slice(1) },
          { ...right, proof: [...proof, sha(7)] },
        ];
        expect(isIncluded(right)).toBe(true);
        expect(wrong.map(isIncluded)).toEqual(wrong.map(() => false));
      }),
      { numRuns: 500 },
    );
  });

  it('of consistency fails when the past was changed or a neighbour is another', () => {
    fc.assert(
      fc.property(cases, ({ size, place, broken }) => {
        const entries = entriesOf(size);
        const from = 1 + Math.floor(place * (size - 1));
        const proof = naiveProof(from, entries);
        const fromRoot = naiveRoot(entries.slice(0, from));
        const right = { from, to: size, fromRoot, toRoot: naiveRoot(entries), proof };
        const rewritten = entries.with(broken % from, entryOf(0, 9));
        const wrong = [
          { ...right, toRoot: naiveRoot(rewritten), proof: naiveProof(from, rewritten) },
          { ...right, fromRoot: sha(7) },
          { ...right, proof: proof.slice(1) },
          { ...right, proof: [...proof, sha(7)] },
          { ...right, from: size + 1 },
        ];
        expect(isConsistent(right)).toBe(true);
        expect(wrong.map(isConsistent)).toEqual(wrong.map(() => false));
      }),
      { numRuns: 500 },
    );
  });
});
