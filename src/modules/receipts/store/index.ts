// The store of the receipts: recording acts, numbering them, reading and checking the log.

export { forget, listActs, type PersonalListing } from './acts.ts';
export { checkAgainstLog } from './check.ts';
export {
  cook,
  findCheckpoint,
  findTile,
  getCheckpoint,
  readEntries,
  type StoredCheckpoint,
} from './read.ts';
export { findReceipt, listPublicActs, type Reading } from './receipt.ts';
export { type Act, pendingChannel, record, recordAll } from './record.ts';
export { batchSize, ensureCheckpoint, sequenceBatch } from './sequence.ts';
export { getSigner, listKeys } from './signing.ts';
export { databaseSource, listCheckpoints, type OpenedLog, openDatabaseLog } from './source.ts';
export { checkpointChannel, type Due, findDue, getCosignedCheckpoint, keepCosignature } from './witness.ts';
