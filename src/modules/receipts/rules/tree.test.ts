// Proves published roots, addresses of tiles and bundles; against a second tree see test/conformance/merkle.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bundleOf,
  entriesIn,
  grow,
  hashLeaf,
  parseTilePath,
  readerOf,
  rootRecipe,
  tilePath,
} from './index.ts';

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
    const hashes = leaves.map((leaf) => hashLeaf(Buffer.from(leaf, 'hex')));
    const root = (size: number) => grow({ size: 0, edge: [] }, hashes.slice(0, size)).root.toString('hex');
    expect(root(0)).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(root(1)).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
    expect(root(8)).toBe('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328');
  });

  it('is read only where all of it is there', () => {
    const { tiles } = grow({ size: 0, edge: [] }, [hashLeaf(Buffer.from('a'))]);
    expect(() => rootRecipe(2).make(readerOf(tiles))).toThrow('not complete');
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
