// A second Merkle tree, written word for word from RFC 6962 section 2.1 and of use to nobody but tests.

import { createHash } from 'node:crypto';

/** SHA-256 over bytes and whole buffers. */
export const sha = (...parts: (Buffer | number)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(typeof part === 'number' ? Buffer.from([part]) : part);
  return hash.digest();
};

/** The entries before and after the largest power of two below their number. */
function halves(entries: Buffer[]): [number, Buffer[], Buffer[]] {
  let k = 1;
  while (k * 2 < entries.length) k *= 2;
  return [k, entries.slice(0, k), entries.slice(k)];
}

/** MTH(D[n]). */
export function naiveRoot(entries: Buffer[]): Buffer {
  if (entries.length === 0) return sha();
  if (entries.length === 1) return sha(0, entries[0]!);
  const [, left, right] = halves(entries);
  return sha(1, naiveRoot(left), naiveRoot(right));
}

/** PATH(m, D[n]). */
export function naivePath(m: number, entries: Buffer[]): Buffer[] {
  if (entries.length === 1) return [];
  const [k, left, right] = halves(entries);
  return m < k ? [...naivePath(m, left), naiveRoot(right)] : [...naivePath(m - k, right), naiveRoot(left)];
}

/** PROOF(m, D[n]), and SUBPROOF when `whole` is false. */
export function naiveProof(m: number, entries: Buffer[], whole = true): Buffer[] {
  if (m === entries.length) return whole ? [] : [naiveRoot(entries)];
  const [k, left, right] = halves(entries);
  return m <= k
    ? [...naiveProof(m, left, whole), naiveRoot(right)]
    : [...naiveProof(m - k, right, false), naiveRoot(left)];
}

/** The hashes of a tile (C2SP tlog-tiles): roots of the complete subtrees of 256^level entries. */
export function naiveTile(level: number, number: number, entries: Buffer[]): Buffer {
  const span = 256 ** level;
  const roots: Buffer[] = [];
  for (let at = number * 256; at < (number + 1) * 256 && (at + 1) * span <= entries.length; at += 1) {
    roots.push(naiveRoot(entries.slice(at * span, (at + 1) * span)));
  }
  return Buffer.concat(roots);
}
