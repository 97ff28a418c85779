// The door of the receipts: recording acts, reading receipts, and checking a receipt or the whole log.

import type { Module } from '../../core/module.ts';
import { configuredWitnesses, witnessLoop } from './feeds/index.ts';
import { loops } from './jobs.ts';
import { pages } from './pages/index.ts';
import { routes } from './routes/index.ts';
import { settings } from './schema.ts';
import { ensureCheckpoint } from './store/index.ts';
import { advice, texts } from './texts.ts';

export { openHttpLog } from './feeds/index.ts';
export {
  auditLog,
  checkReceipt,
  findCosignature,
  parseCheckpoint,
  parseVerifierKey,
  parseWitnessKey,
} from './rules/index.ts';
export type { PendingReceipt, Receipt, RecordedAct } from './schema.ts';
export {
  type Act,
  findReceipt,
  forget,
  listActs,
  listKeys,
  openDatabaseLog,
  record,
  recordAll,
} from './store/index.ts';
export { stepTexts } from './texts.ts';

/** The log of acts. It is always there: whatever a city runs, what it does is provable. */
export const receipts: Module = {
  name: 'receipts',
  config: settings,
  problems: advice,
  routes,
  pages,
  loops: [...loops, witnessLoop],
  enabled: () => true,
  prepare: async (house) => {
    if (!house.config.roles.includes('jobs')) return;
    configuredWitnesses(house);
    await ensureCheckpoint(house);
  },
  searchDocuments: async () => [
    {
      id: 'receipts',
      kind: texts.page,
      title: texts.receipts,
      body: texts.lede,
      words: texts.searchWords,
      path: '/receipts',
    },
  ],
  footLinks: [{ label: texts.receipts, path: '/receipts', order: 30 }],
  sitemap: async () => [{ path: '/receipts' }, { path: '/receipts/check' }],
};
