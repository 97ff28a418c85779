// The door of the blueprint: the register of promises, its pages, its API and its feeds.

import type { Module } from '../../core/module.ts';
import { frontParts } from './pages/front.tsx';
import { pages } from './pages/index.ts';
import { routes } from './routes/index.ts';
import { searchDocumentsOf } from './rules/index.ts';
import { getRegister, loadRegister, readBlueprint } from './store/index.ts';
import { problems, texts } from './texts/index.ts';

export type { Register } from './schema/index.ts';
/**
 * Entries of officers. Each is checked, written with its event in one transaction, and never rewrites
 * history. Errors: invalid with the field, not-found, conflict when something later is recorded already.
 */
export { getRegister, recordProgress, recordStatus, reviseTarget } from './store/index.ts';

/** Pages that are not about one record. */
const fixedPaths = pages.map(({ path }) => path).filter((path) => !path.includes(':'));

/** Enabled where the edition has `data.blueprint: { folder: URL }`. */
export const blueprint: Module = {
  name: 'blueprint',
  routes,
  pages,
  frontParts,
  menu: [
    { label: texts.progress, path: '/progress', order: 10 },
    { label: texts.timelineShort, path: '/timeline', order: 20 },
    { label: texts.indicators, path: '/indicators', order: 30 },
    { label: texts.systems, path: '/systems', order: 40 },
    { label: texts.governance, path: '/governance', order: 50 },
  ],
  footLinks: [{ label: texts.sources, path: '/sources', order: 20 }],
  problems,
  dataLinks: [
    { label: texts.registerCsv, kind: 'download', href: () => '/api/v1/register.csv' },
    { label: texts.registerJson, kind: 'download', href: () => '/api/v1/register.json' },
    { label: texts.allChanges, kind: 'feed', href: (language) => `/feeds/${language}/blueprint.atom` },
  ],
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
