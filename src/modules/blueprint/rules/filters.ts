// Picks initiatives by area, status, lead body, technology, age and words, as of a day.

import { invalid } from '../../../core/errors.ts';
import { searchTerms } from '../../../core/search.ts';
import type { Day, Initiative, Register } from '../schema/index.ts';
import { type InitiativeAsOf, initiativesAsOf, type Status } from './as-of.ts';
import { rememberedByDay } from './remembered.ts';

/** What an initiative must fit; what is absent does not matter. */
export type Filters = {
  area?: string | undefined;
  status?: Status | undefined;
  /** Id of a lead body. */
  lead?: string | undefined;
  technology?: string | undefined;
  system?: string | undefined;
  /** Number of the blueprint that first promised it. */
  blueprint?: number | undefined;
  isNew?: boolean | undefined;
  overdue?: boolean | undefined;
  /** No dated fact, step or document for at least so many days. */
  silentForDays?: number | undefined;
  /** Words in any language; all must be there, Latin ones by their beginning, Chinese ones by pairs. */
  words?: string | undefined;
};

/** Throws invalid that names every filter whose value nobody has heard of. */
export function checkFilters(register: Register, filters: Filters): void {
  const known: [keyof Filters, ReadonlyMap<string, unknown>][] = [
    ['area', register.areaById],
    ['lead', register.bodyById],
    ['technology', register.technologyById],
    ['system', register.systemById],
  ];
  const fields = known.flatMap(([field, map]) => {
    const value = filters[field];
    if (value === undefined || map.has(String(value))) return [];
    return [{ field, message: { en: 'There is none of this id.', tc: '沒有這個編號。' } }];
  });
  if (fields.length > 0) {
    throw invalid('unknown-filter', { en: 'A filter is not known.', tc: '有篩選條件不存在。' }, { fields });
  }
}

/** Initiatives that fit, in the order of the register. */
export function filterInitiatives(register: Register, filters: Filters, asOf: Day): InitiativeAsOf[] {
  const wanted = filters.words === undefined ? [] : [...new Set(searchTerms(filters.words, false))];
  return initiativesAsOf(register, asOf).filter(
    (one) => fits(one, filters) && (wanted.length === 0 || holdsWords(register, one.initiative, wanted)),
  );
}

function fits(one: InitiativeAsOf, filters: Filters): boolean {
  const { initiative } = one;
  const { area, status, lead, technology, system, blueprint, isNew, overdue, silentForDays } = filters;
  if (area !== undefined && one.area !== area) return false;
  if (status !== undefined && one.status !== status) return false;
  if (lead !== undefined && !leadsOf(initiative).includes(lead)) return false;
  if (technology !== undefined && !initiative.technologies.some(({ id }) => id === technology)) return false;
  if (system !== undefined && !initiative.systems.includes(system)) return false;
  if (blueprint !== undefined && initiative.blueprint !== blueprint) return false;
  if (isNew !== undefined && (initiative.newMark !== null) !== isNew) return false;
  if (overdue !== undefined && one.overdue !== overdue) return false;
  return silentForDays === undefined || one.silentDays >= silentForDays;
}

/** Ids of the bodies that lead an initiative. */
export const leadsOf = (initiative: Initiative): string[] =>
  initiative.bodies.filter(({ role }) => role === 'lead').map(({ body }) => body);

const termsOf = new WeakMap<Initiative, Set<string>>();

function holdsWords(register: Register, initiative: Initiative, wanted: string[]): boolean {
  const terms = termsOf.get(initiative) ?? new Set(searchTerms(wordsOf(register, initiative)));
  termsOf.set(initiative, terms);
  const all = [...terms];
  return wanted.every((term) => terms.has(term) || all.some((known) => known.startsWith(term)));
}

function wordsOf(register: Register, initiative: Initiative): string {
  const texts = [
    initiative.title,
    initiative.summary,
    ...initiative.technologies.map(({ id }) => register.technologyById.get(id)!.name),
    ...initiative.bodies.map(({ body }) => register.bodyById.get(body)!.name),
    ...initiative.targets.map(({ what }) => what),
  ];
  return [initiative.id, ...texts.flatMap(({ en, tc }) => [en, tc])].join('\n');
}

export type FilterOptions = {
  /** Ids that lead or are used by at least one initiative announced by the day, with how many. */
  areas: Map<string, number>;
  leads: Map<string, number>;
  technologies: Map<string, number>;
  statuses: Map<Status, number>;
};

/** What a filter form can offer as of a day. */
export const filterOptions = rememberedByDay(findOptions);

function findOptions(register: Register, asOf: Day): FilterOptions {
  const options: FilterOptions = {
    areas: new Map(),
    leads: new Map(),
    technologies: new Map(),
    statuses: new Map(),
  };
  const add = <K>(map: Map<K, number>, key: K) => map.set(key, (map.get(key) ?? 0) + 1);
  for (const one of initiativesAsOf(register, asOf)) {
    if (one.area !== null) add(options.areas, one.area);
    add(options.statuses, one.status);
    for (const lead of leadsOf(one.initiative)) add(options.leads, lead);
    for (const { id } of one.initiative.technologies) add(options.technologies, id);
  }
  return options;
}
