// Checks proofs without the tree: RFC 9162 sections 2.1.3.2 (inclusion) and 2.1.4.2 (consistency).

import { emptyRoot, hashNode } from './hash.ts';

/** A leaf said to stand at `index` in the tree of `size` leaves with this root. */
export type Inclusion = { leafHash: Buffer; index: number; size: number; proof: Buffer[]; root: Buffer };

/** Two trees, the smaller said to be the beginning of the larger. */
export type Consistency = { from: number; to: number; fromRoot: Buffer; toRoot: Buffer; proof: Buffer[] };

const half = (value: number) => Math.floor(value / 2);
const isOdd = (value: number) => value % 2 === 1;
const isSize = (value: number) => Number.isSafeInteger(value) && value >= 0;

/** Whether the proof leads from the leaf to the root. */
export function isIncluded({ leafHash, index, size, proof, root }: Inclusion): boolean {
  if (!isSize(index) || !isSize(size) || index >= size) return false;
  let place = index;
  let last = size - 1;
  let hash = leafHash;
  for (const neighbour of proof) {
    if (last === 0) return false;
    if (isOdd(place) || place === last) {
      hash = hashNode(neighbour, hash);
      while (!isOdd(place) && place !== 0) {
        place = half(place);
        last = half(last);
      }
    } else {
      hash = hashNode(hash, neighbour);
    }
    place = half(place);
    last = half(last);
  }
  return last === 0 && hash.equals(root);
}

/** Whether the proof shows that nothing of the smaller tree was changed, removed or moved. */
export function isConsistent({ from, to, fromRoot, toRoot, proof }: Consistency): boolean {
  if (!isSize(from) || !isSize(to) || from > to) return false;
  if (from === to) return proof.length === 0 && fromRoot.equals(toRoot);
  if (from === 0) return proof.length === 0 && fromRoot.equals(emptyRoot);
  let place = from - 1;
  let last = to - 1;
  while (isOdd(place)) {
    place = half(place);
    last = half(last);
  }
  // A smaller tree of a power of two is itself a node of the larger: the proof need not repeat its root.
  const path = Number.isInteger(Math.log2(from)) ? [fromRoot, ...proof] : proof;
  const [first, ...rest] = path;
  if (first === undefined) return false;
  let old = first;
  let now = first;
  for (const neighbour of rest) {
    if (last === 0) return false;
    if (isOdd(place) || place === last) {
      old = hashNode(neighbour, old);
      now = hashNode(neighbour, now);
      while (!isOdd(place) && place !== 0) {
        place = half(place);
        last = half(last);
      }
    } else {
      now = hashNode(now, neighbour);
    }
    place = half(place);
    last = half(last);
  }
  return last === 0 && old.equals(fromRoot) && now.equals(toRoot);
}
