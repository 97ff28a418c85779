// The index of the whole site: built from the documents of every module, made new when one of them changes.

import type { House } from './house.ts';
import { buildSearchIndex, type SearchIndex } from './search.ts';

type Built = { key: string; index: Promise<SearchIndex> };

const builtFor = new WeakMap<House, Built>();

/**
 * Index over what all enabled modules offer, at their present revisions. The first call after a change builds
 * it.
 */
export function siteSearchIndex(house: House): Promise<SearchIndex> {
  const key = house.modules.map((module) => house.revisions.of(module.name)).join('.');
  const built = builtFor.get(house);
  if (built?.key === key) return built.index;
  const index = build(house);
  index.catch(() => builtFor.delete(house));
  builtFor.set(house, { key, index });
  return index;
}

async function build(house: House): Promise<SearchIndex> {
  const lists = await Promise.all(house.modules.map((module) => module.searchDocuments?.(house) ?? []));
  return buildSearchIndex(lists.flat(), house.edition.synonyms);
}
