// The store of the receipts: recording acts, numbering them, reading and checking the log.

export { forget, listActs, type PersonalListing } from './acts.ts';
export { checkAgainstLog } from './check.ts';
export {
  cook,
  findCheckpoint,
  findReceipt,
  findTile,
  getCheckpoint,
  listPublicActs,
  type Reading,
  readEntries,
  type StoredCheckpoint,
} from './read.ts';
export { type Act, pendingChannel, record, recordAll } from './record.ts';
export { batchSize, ensureCheckpoint, sequenceBatch } from './sequence.ts';
export { getSigner, listKeys } from './signing.ts';
export { databaseSource, listCheckpoints, type OpenedLog, openDatabaseLog } from './source.ts';
