// What the progress overview can be asked: its parameters, its address, its form, its order.

import { z } from 'zod';
import { rememberedPart } from '../../../core/markup.ts';
import { wholeNumber } from '../../../core/numbers.ts';
import type { Language } from '../../../core/texts.ts';
import { Select, TagList, TextField } from '../../../ui/index.ts';
import {
  type FilterOptions,
  type Filters,
  filterOptions,
  type InitiativeAsOf,
  statuses,
  statusText,
} from '../rules/index.ts';
import { phrases, texts } from '../texts/index.ts';
import { asOfParameter } from './as-of.tsx';
import type { Reader } from './reader.tsx';

const sortKeys = ['id', 'area', 'status', 'updated'] as const;
const yesOrNo = z.enum(['yes', 'no']).optional();
const identifier = z.string().max(80).optional();

export const progressQuery = z.strictObject({
  area: identifier,
  status: z.enum(statuses).optional(),
  lead: identifier,
  technology: identifier,
  new: yesOrNo,
  overdue: yesOrNo,
  silentForDays: wholeNumber({ min: 0, max: 36_500 }).optional(),
  q: z.string().trim().max(200).optional(),
  asOf: asOfParameter,
  sort: z.enum(sortKeys).optional(),
  direction: z.enum(['ascending', 'descending']).optional(),
  page: wholeNumber({ min: 1, max: 100 }).optional(),
});
export type ProgressQuery = z.output<typeof progressQuery>;

const flag = (value: 'yes' | 'no' | undefined) => (value === undefined ? undefined : value === 'yes');

/** What the rules are asked. */
export const filtersOf = (query: ProgressQuery): Filters => ({
  area: query.area,
  status: query.status,
  lead: query.lead,
  technology: query.technology,
  isNew: flag(query.new),
  overdue: flag(query.overdue),
  silentForDays: query.silentForDays,
  words: query.q,
});

/** Address of the overview with some parameters changed; absent ones are left out. */
export function progressAddress(
  reader: Reader,
  query: ProgressQuery,
  change: Partial<ProgressQuery>,
): string {
  const pairs = Object.entries({ ...query, ...change })
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`);
  return reader.href('/progress') + (pairs.length > 0 ? `?${pairs.join('&')}` : '');
}

/** The same initiatives as a file, in the words of the API. */
export function csvAddress({
  page: _page,
  sort: _sort,
  direction: _direction,
  ...query
}: ProgressQuery): string {
  const filters = { ...query, new: flag(query.new), overdue: flag(query.overdue) };
  const pairs = Object.entries(filters)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`);
  return `/api/v1/register.csv${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`;
}

/** The rows in the order asked for; without one, in that of the register. */
export function sortInitiatives(
  reader: Reader,
  rows: InitiativeAsOf[],
  query: ProgressQuery,
): InitiativeAsOf[] {
  const { sort, direction } = query;
  if (sort === undefined) return rows;
  const areaOrder = new Map(reader.register.areas.map((area, index) => [area.id, index]));
  const keyOf: Record<(typeof sortKeys)[number], (one: InitiativeAsOf) => string | number> = {
    id: ({ initiative }) => initiative.id,
    area: ({ area }) => areaOrder.get(area ?? '') ?? areaOrder.size,
    status: ({ status }) => statuses.indexOf(status),
    updated: ({ updatedAt }) => updatedAt,
  };
  const key = keyOf[sort];
  const sign = direction === 'descending' ? -1 : 1;
  return rows.toSorted((a, b) => sign * (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

const choicesKnown = new WeakMap<FilterOptions, Map<Language, ReturnType<typeof findChoices>>>();

/** Choices of the form with how many initiatives each would leave. */
function choicesOf(reader: Reader, day: string) {
  const options = filterOptions(reader.register, day);
  const known = choicesKnown.get(options) ?? new Map<Language, ReturnType<typeof findChoices>>();
  choicesKnown.set(options, known);
  const choices = known.get(reader.language) ?? findChoices(reader, options);
  known.set(reader.language, choices);
  return choices;
}

function findChoices(reader: Reader, options: FilterOptions) {
  const { register, t, language } = reader;
  const any = { value: '', label: t(texts.any) };
  const choices = (counts: Map<string, number>, nameOf: (id: string) => string) => [
    any,
    ...[...counts].map(([value, n]) => ({ value, label: `${nameOf(value)} (${n})` })),
  ];
  const named = (counts: Map<string, number>, nameOf: (id: string) => string) => {
    const [first, ...rest] = choices(counts, nameOf);
    const locale = language === 'en' ? 'en' : 'zh-HK';
    return [first!, ...rest.toSorted((a, b) => a.label.localeCompare(b.label, locale))];
  };
  return {
    areas: choices(options.areas, (id) => t(register.areaById.get(id)!.name)),
    statuses: choices(options.statuses, (id) => t(statusText[id as InitiativeAsOf['status']])),
    leads: named(options.leads, (id) => t(register.bodyById.get(id)!.name)),
    technologies: named(options.technologies, (id) => t(register.technologyById.get(id)!.name)),
    yesNo: [any, { value: 'yes', label: t(texts.yes) }, { value: 'no', label: t(texts.no) }],
  };
}

export function FilterFields({ reader, query, day }: { reader: Reader; query: ProgressQuery; day: string }) {
  const { t, language } = reader;
  const choices = choicesOf(reader, day);
  const select = (
    name: 'area' | 'status' | 'lead' | 'technology' | 'new' | 'overdue',
    label: string,
    options: typeof choices.areas,
  ) =>
    rememberedPart(options, `${name} ${query[name]}`, () => (
      <Select name={name} language={language} label={label} value={query[name]} options={options} />
    ));
  return (
    <>
      <TextField
        name="q"
        id="filter-words"
        language={language}
        label={t(texts.words)}
        value={query.q}
        maxLength={200}
      />
      {select('area', t(texts.area), choices.areas)}
      {select('status', t(texts.status), choices.statuses)}
      {select('lead', t(texts.lead), choices.leads)}
      {select('technology', t(texts.technology), choices.technologies)}
      {select('new', t(texts.newMark), choices.yesNo)}
      {select('overdue', t(texts.overdue), choices.yesNo)}
      <TextField
        name="silentForDays"
        language={language}
        label={t(texts.silentField)}
        type="number"
        value={query.silentForDays?.toString()}
        short
      />
      <TextField
        name="asOf"
        language={language}
        label={t(texts.asOf)}
        hint={t(texts.asOfShortHint)}
        value={query.asOf}
        maxLength={10}
        short
      />
    </>
  );
}

/** What is asked now, each part with the address without it. */
export function ActiveFilters({ reader, query }: { reader: Reader; query: ProgressQuery }) {
  const { t, register } = reader;
  const yesNo = { yes: texts.yes, no: texts.no };
  const parts: [keyof ProgressQuery, string | undefined][] = [
    ['q', query.q && `“${query.q}”`],
    ['area', query.area && t(register.areaById.get(query.area)!.name)],
    ['status', query.status && t(statusText[query.status])],
    ['lead', query.lead && t(register.bodyById.get(query.lead)!.name)],
    ['technology', query.technology && t(register.technologyById.get(query.technology)!.name)],
    ['new', query.new && `${t(texts.newMark)}: ${t(yesNo[query.new])}`],
    ['overdue', query.overdue && `${t(texts.overdueShort)}: ${t(yesNo[query.overdue])}`],
    [
      'silentForDays',
      query.silentForDays === undefined ? undefined : t(phrases.silentDays(query.silentForDays)),
    ],
    ['asOf', query.asOf && `${t(texts.asOf)} ${reader.date(query.asOf)}`],
  ];
  const items = parts
    .filter(([, label]) => label !== undefined && label !== '')
    .map(([key, label]) => ({
      label: `${label} ×`,
      href: `${progressAddress(reader, query, { [key]: undefined, page: undefined })}#results`,
    }));
  return items.length > 0 ? <TagList items={items} label={t(texts.activeFilters)} /> : null;
}
