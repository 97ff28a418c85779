// The door of the blueprint: the register of promises, its pages, its API and its feeds.

import type { Module } from '../../core/module.ts';
import { pages } from './pages/index.ts';
import { routes } from './routes/index.ts';
import { searchDocumentsOf } from './rules/index.ts';
import { getRegister, loadRegister, readBlueprint } from './store/index.ts';

export type { Register } from './schema/index.ts';
/**
 * Entries of officers. Each is checked, written with its event in one transaction, and never rewrites history.
 * Errors: invalid with the field, not-found, conflict when something later is recorded already.
 */
export { getRegister, recordProgress, recordStatus, reviseTarget } from './store/index.ts';

/** Paths without a record in them. */
const fixedPaths = [
  '/progress',
  '/targets',
  '/indicators',
  '/technologies',
  '/systems',
  '/governance',
  '/sources',
];

/** Enabled where the edition has `data.blueprint: { folder: URL }`. */
export const blueprint: Module = {
  name: 'blueprint',
  routes,
  pages,
  enabled: (edition) => edition.data.blueprint !== undefined,
  prepare: async (house) => {
    await loadRegister(house, await readBlueprint(house.edition));
  },
  searchDocuments: async (house) => searchDocumentsOf(await getRegister(house)),
  sitemap: async (house) => {
    const register = await getRegister(house);
    const each = (path: string, records: { id: string }[]) =>
      records.map(({ id }) => ({ path: `${path}/${id}` }));
    return [
      ...fixedPaths.map((path) => ({ path })),
      ...each('/areas', register.areas),
      ...each('/initiatives', register.initiatives),
      ...each('/indicators', register.indicators),
      ...each('/tables', register.tables),
      ...each('/systems', register.systems),
    ];
  },
};
