// The store of observations: the way in, the fold, what is kept, and the entities it belongs to.

export {
  advancePosition,
  type Batch,
  dropBatches,
  findFolded,
  findOldest,
  foldedChannel,
  openPosition,
  readBatches,
} from './batches.ts';
export {
  type Credential,
  checkCredential,
  createCredential,
  listCredentials,
  type NewCredential,
  revokeCredential,
} from './credentials.ts';
export {
  findDatastream,
  findDatastreamByKey,
  type KnownDatastream,
  knownDatastreams,
} from './datastreams.ts';
export {
  type EntityHouse,
  findByKey,
  getEntity,
  noEntity,
  type Parent,
  removeEntity,
  replaceEntity,
  updateEntity,
} from './entities/index.ts';
export {
  createEntity,
  createObservation,
  readObservation,
  removeObservation,
  updateObservation,
} from './entities/observations.ts';
export { type FoldHouse, foldBatches, mostFolded } from './fold/index.ts';
export { ingest } from './ingest.ts';
export type { IngestHouse } from './ingest-columns.ts';
export { type Ingest, type IngestOptions, openIngest, sharedIngest } from './ingest-queue.ts';
export { findLatest, type Latest, listLatest } from './latest.ts';
export {
  listQuarantine,
  type Quarantined,
  quarantine,
  type Refused,
  resolveQuarantine,
} from './quarantine.ts';
export { clearHistory, prepareMonths } from './retention.ts';
export { ingestedChannel } from './revise.ts';
export { type Bucket, type RollupQuery, readRollups } from './rollups.ts';
