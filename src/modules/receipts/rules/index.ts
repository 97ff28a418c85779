// The rules of the receipts: tree, proofs, tiles, notes, leaves, the check of a receipt and of the whole log.

export * from './audit.ts';
export * from './check.ts';
export * from './cosignature.ts';
export * from './hash.ts';
export * from './leaf.ts';
export * from './note.ts';
export * from './proof.ts';
export * from './tiles.ts';
export * from './tree.ts';
