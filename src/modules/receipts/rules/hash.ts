// Hashes of the Merkle tree, as RFC 6962 section 2.1 and RFC 9162 section 2.1.1 define them.

import { hash } from 'node:crypto';

/** Length of every hash in bytes. */
export const hashBytes = 32;

const leafPrefix = Buffer.from([0x00]);
const nodePrefix = Buffer.from([0x01]);

/** Root of the tree without leaves. */
export const emptyRoot: Buffer = hash('sha256', '', 'buffer');

/** Hash of a leaf. The prefix keeps a leaf from being taken for a node. */
export const hashLeaf = (entry: Uint8Array): Buffer =>
  hash('sha256', Buffer.concat([leafPrefix, entry]), 'buffer');

/** Hash of two subtrees, the left one first. */
export const hashNode = (left: Uint8Array, right: Uint8Array): Buffer =>
  hash('sha256', Buffer.concat([nodePrefix, left, right]), 'buffer');

/** Hash of a perfect subtree from the hashes below it; their number is a power of two. */
export function hashPerfect(hashes: readonly Buffer[]): Buffer {
  let row = hashes;
  while (row.length > 1) {
    const above: Buffer[] = [];
    for (let at = 0; at < row.length; at += 2) above.push(hashNode(row[at]!, row[at + 1]!));
    row = above;
  }
  return row[0]!;
}
