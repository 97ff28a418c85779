// Which subtrees make up a root, an inclusion proof and a consistency proof (RFC 9162 section 2.1).

import { emptyRoot, hashNode } from './hash.ts';

/** A perfect subtree: the `index`th of 2^level leaves. */
export type Node = { level: number; index: number };

/** Leaves from `start` up to but without `end`. */
type Range = { start: number; end: number };

/** The hash of a perfect subtree that is complete. */
export type ReadNode = (node: Node) => Buffer;

const isPowerOfTwo = (size: number) => Number.isInteger(Math.log2(size));

/** The largest power of two below a size of two or more. */
function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/** The perfect subtrees of a range, from the left; `start` is a multiple of the range's power of two. */
function nodesOf({ start, end }: Range): Node[] {
  const size = end - start;
  if (size <= 0) return [];
  if (isPowerOfTwo(size)) return [{ level: Math.log2(size), index: start / size }];
  const middle = start + splitOf(size);
  return [...nodesOf({ start, end: middle }), ...nodesOf({ start: middle, end })];
}

/** Hash of a range from its perfect subtrees: joined from the right, where the small ones are. */
function joinNodes(nodes: readonly Node[], read: ReadNode): Buffer {
  const hashes = nodes.map(read);
  return hashes.length === 0 ? emptyRoot : hashes.reduceRight((right, left) => hashNode(left, right));
}

/** What has to be known for an answer, and the answer once it is. */
export type Recipe<Answer> = { nodes: Node[]; make(read: ReadNode): Answer };

const proofOf = (ranges: Range[]): Recipe<Buffer[]> => {
  const parts = ranges.map(nodesOf);
  return { nodes: parts.flat(), make: (read) => parts.map((part) => joinNodes(part, read)) };
};

/** Root of the tree of the first `size` leaves. */
export function rootRecipe(size: number): Recipe<Buffer> {
  const nodes = nodesOf({ start: 0, end: size });
  return { nodes, make: (read) => joinNodes(nodes, read) };
}

/** RFC 9162 section 2.1.3.1: neighbours on the way from a leaf to the root, the lowest first. */
export function inclusionRecipe(index: number, size: number): Recipe<Buffer[]> {
  const path = ({ start, end }: Range): Range[] => {
    if (end - start <= 1) return [];
    const middle = start + splitOf(end - start);
    const left = { start, end: middle };
    const right = { start: middle, end };
    return index < middle ? [...path(left), right] : [...path(right), left];
  };
  return proofOf(path({ start: 0, end: size }));
}

/** RFC 9162 section 2.1.4.1: what shows that the tree of `from` leaves is the beginning of that of `to`. */
export function consistencyRecipe(from: number, to: number): Recipe<Buffer[]> {
  const path = ({ start, end }: Range, isWhole: boolean): Range[] => {
    if (end === from) return isWhole ? [] : [{ start, end }];
    const middle = start + splitOf(end - start);
    const left = { start, end: middle };
    const right = { start: middle, end };
    return from <= middle ? [...path(left, isWhole), right] : [...path(right, false), left];
  };
  return proofOf(from === 0 || from === to ? [] : path({ start: 0, end: to }, true));
}
