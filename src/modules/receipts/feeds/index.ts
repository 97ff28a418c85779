// What the receipts ask of others: the log of another city, and cosignatures of witnesses.

export { openHttpLog } from './log.ts';
export { configuredWitnesses, witnessLoop } from './witness.ts';
