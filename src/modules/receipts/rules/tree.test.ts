// Proves tree, proofs and tiles against a second, naive Merkle tree that is written only here.

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bundleOf,
  consistencyRecipe,
  edgeOf,
  entriesIn,
  grow,
  hashLeaf,
  inclusionRecipe,
  isConsistent,
  isIncluded,
  parseTilePath,
  type ReadNode,
  readerOf,
  rootRecipe,
  type Tile,
  tilePath,
  tilesOf,
} from './index.ts';

const sha = (...parts: (Buffer | number)[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(typeof part === 'number' ? Buffer.from([part]) : part);
  return hash.digest();
};

/** MTH of RFC 6962 section 2.1, word for word. */
function naiveRoot(entries: Buffer[]): Buffer {
  if (entries.length === 0) return sha();
  if (entries.length === 1) return sha(0, entries[0]!);
  const k = 2 ** Math.ceil(Math.log2(entries.length) - 1);
  return sha(1, naiveRoot(entries.slice(0, k)), naiveRoot(entries.slice(k)));
}
function naivePath(m: number, entries: Buffer[]): Buffer[] {
  if (entries.length === 1) return [];
  const k = 2 ** Math.ceil(Math.log2(entries.length) - 1);
  const [left, right] = [entries.slice(0, k), entries.slice(k)];
  return m < k ? [...naivePath(m, left), naiveRoot(right)] : [...naivePath(m - k, right), naiveRoot(left)];
}
function naiveProof(m: number, entries: Buffer[], whole = true): Buffer[] {
  if (m === entries.length) return whole ? [] : [naiveRoot(entries)];
  const k = 2 ** Math.ceil(Math.log2(entries.length) - 1);
  const [left, right] = [entries.slice(0, k), entries.slice(k)];
  return m <= k
    ? [...naiveProof(m, left, whole), naiveRoot(right)]
    : [...naiveProof(m - k, right, false), naiveRoot(left)];
}

const entryOf = (number: number, salt = 0): Buffer => Buffer.from(`entry ${salt}/${number}`);
const entriesOf = (size: number, salt = 0) => Array.from({ length: size }, (_, at) => entryOf(at, salt));
const hex = (hashes: Buffer[]) => hashes.map((hash) => hash.toString('hex'));

/** Reads subtrees from the leaves themselves. */
const readerOfLeaves =
  (entries: Buffer[]): ReadNode =>
  ({ level, index }) =>
    naiveRoot(entries.slice(index * 2 ** level, (index + 1) * 2 ** level));

/** Grows a tree in tiles, in batches of these sizes. */
function growInTiles(entries: Buffer[], batches: number[]): { size: number; root: Buffer; tiles: Tile[] } {
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

describe('the tree', () => {
  it('gives the roots that certificate transparency publishes for its reference leaves', () => {
    const leaves = [
      '',
      '00',
      '10',
      '2021',
      '3031',
      '40414243',
      '5051525354555657',
      '606162636465666768696a6b6c6d6e6f',
    ];
    const entries = leaves.map((leaf) => Buffer.from(leaf, 'hex'));
    const root = (size: number) => rootRecipe(size).make(readerOfLeaves(entries)).toString('hex');
    expect(root(0)).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(root(1)).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
    expect(root(8)).toBe('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328');
  });

  it('agrees with the naive tree on every inclusion proof of every size up to 70', () => {
    const entries = entriesOf(70);
    for (let size = 1; size <= 70; size += 1) {
      const whole = entries.slice(0, size);
      const root = naiveRoot(whole);
      expect(rootRecipe(size).make(readerOfLeaves(whole))).toEqual(root);
      for (let index = 0; index < size; index += 1) {
        const proof = inclusionRecipe(index, size).make(readerOfLeaves(whole));
        expect(hex(proof)).toEqual(hex(naivePath(index, whole)));
        expect(isIncluded({ leafHash: hashLeaf(entries[index]!), index, size, proof, root })).toBe(true);
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
        const roots_ = { fromRoot: roots[from - 1]!, toRoot: roots[to - 1]! };
        expect(isConsistent({ from, to, proof, ...roots_ })).toBe(true);
      }
    }
  });

  it('agrees with the naive tree on random trees kept in tiles and grown in random batches', () => {
    const tree = fc.record({
      size: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 250, max: 700 })),
      salt: fc.nat(),
      batches: fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 5 }),
      place: fc.double({ min: 0, max: 0.9999, noNaN: true }),
    });
    fc.assert(
      fc.property(tree, ({ size, salt, batches, place }) => {
        const entries = entriesOf(size, salt);
        const grown = growInTiles(entries, batches);
        const root = naiveRoot(entries);
        const index = Math.floor(place * size);
        const inclusion = inclusionRecipe(index, size);
        const consistency = consistencyRecipe(index, size);
        const only = (recipe: typeof inclusion) => {
          const wanted = tilesOf(recipe).map(({ level, number }) => `${level}/${number}`);
          return readerOf(grown.tiles.filter(({ level, number }) => wanted.includes(`${level}/${number}`)));
        };
        expect(grown.root).toEqual(root);
        expect(hex(inclusion.make(only(inclusion)))).toEqual(hex(naivePath(index, entries)));
        const naive = index === 0 ? [] : naiveProof(index, entries);
        expect(hex(consistency.make(only(consistency)))).toEqual(hex(naive));
      }),
      { numRuns: 2000 },
    );
  }, 120_000);
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
    );
  });
});

describe('an address of a tile', () => {
  it('is read as it is written, for any number and width', () => {
    const address = fc.record({
      level: fc.oneof(fc.constant('entries' as const), fc.integer({ min: 0, max: 63 })),
      number: fc.integer({ min: 0, max: 999_999_999_999 }),
      width: fc.integer({ min: 1, max: 256 }),
    });
    fc.assert(
      fc.property(address, (one) => {
        const [, , level = '', ...path] = tilePath(one).split('/');
        expect(parseTilePath(level, path.join('/'))).toEqual(one);
      }),
    );
    expect(tilePath({ level: 0, number: 1_234_067, width: 256 })).toBe('/tile/0/x001/x234/067');
  });

  it.each([
    ['64', '000'],
    ['00', '000'],
    ['0', 'x000/001'],
    ['0', '1'],
    ['0', '000.p/256'],
    ['0', '000.p/0'],
    ['0', '000.p'],
    ['0', '../000'],
    ['entries', '0000'],
  ])('is refused when it is %s and %s', (level, path) => {
    expect(parseTilePath(level, path)).toBeUndefined();
  });
});

describe('a bundle of entries', () => {
  it('gives back what was put in, and nothing when it is cut', () => {
    const entries = [Buffer.from('a'), Buffer.alloc(0), Buffer.alloc(300, 1)];
    expect(entriesIn(bundleOf(entries))).toEqual(entries);
    expect(entriesIn(bundleOf(entries).subarray(0, -1))).toBeUndefined();
  });
});
