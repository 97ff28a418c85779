// The law of the house, enforced on the real tree, and proven on planted samples that break it.

import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { laws } from './house/laws/index.ts';
import { badSamples, goodHouse } from './house/samples/index.ts';
import { type Law, readTree, treeOf, type Violation } from './house/tree.ts';
import { applyWaivers, waivers } from './house/waivers.ts';

const tell = (law: Law, found: Violation[]) =>
  found.map((one) => `${one.path}:${one.line} ${one.what} (law of ${law.name})`);

const root = resolve(import.meta.dirname, '..');
const houseTree = readTree(root);

describe('the house keeps its law', () => {
  it.each(laws)('of $name: $sentence', (law) => {
    const { open, unused } = applyWaivers(law.name, law.check(houseTree));
    expect(tell(law, open)).toEqual([]);
    expect(
      unused.map((waiver) => `${waiver.path}: the waiver "${waiver.reason}" is no longer needed`),
    ).toEqual([]);
  });

  it('gives a reason for every waiver, and names a law that exists', () => {
    expect(waivers.filter((waiver) => waiver.reason.split(' ').length < 4)).toEqual([]);
    expect(waivers.filter((waiver) => !laws.some((law) => law.name === waiver.law))).toEqual([]);
  });

  it('looks at the files it speaks of', () => {
    expect(houseTree.find('src/core/texts.ts')).toBeDefined();
    expect(houseTree.find('test/house.test.ts')).toBeDefined();
  });
});

describe('the law sees what is planted', () => {
  it.each(laws)('law of $name accepts a house that keeps it', (law) => {
    expect(tell(law, law.check(treeOf(goodHouse)))).toEqual([]);
  });

  it.each(badSamples)('law of $law catches $title', (sample) => {
    const law = laws.find((one) => one.name === sample.law)!;
    const found = law.check(treeOf(sample.files));
    expect(found.map((one) => one.what).join('\n')).toContain(sample.expect);
    expect(found.every((one) => one.line >= 1 && one.path.length > 0)).toBe(true);
  });

  it.each(laws)('law of $name has a planted sample', (law) => {
    expect(badSamples.some((sample) => sample.law === law.name)).toBe(true);
  });
});
