// Endpoints of initiatives: the list with its filters, and one with all that is known of it.

import { z } from 'zod';
import { notFound } from '../../../core/errors.ts';
import { route } from '../../../core/module.ts';
import { wholeNumber } from '../../../core/numbers.ts';
import { inAllLanguages } from '../../../core/texts.ts';
import {
  checkFilters,
  doubtAsOf,
  type Filters,
  filterInitiatives,
  initiativeAsOf,
  newMarkText,
  relatedInitiatives,
  sourcesAsOf,
  statuses,
} from '../rules/index.ts';
import { asOfParameter, type Day, type Register } from '../schema/index.ts';
import { readAsOf } from '../store/index.ts';
import { pageOf, pageQuery, pageShape } from './paging.ts';
import {
  asOfQuery,
  briefShape,
  briefsOf,
  dateShape,
  dayShape,
  initiativeOf,
  initiativeShape,
  sourceShape,
  textShape,
} from './shapes.ts';

/** Filters of the list and of the export. */
export const filterShape = {
  asOf: asOfParameter,
  area: z.string().max(60).optional().describe('Id of an area or chapter.'),
  status: z.enum(statuses).optional(),
  lead: z.string().max(80).optional().describe('Id of the body that leads.'),
  technology: z.string().max(80).optional().describe('Id of a technology.'),
  system: z.string().max(80).optional().describe('Id of a system.'),
  blueprint: wholeNumber({ min: 1, max: 99 })
    .optional()
    .describe('Number of the blueprint that promised it.'),
  new: z.boolean().optional().describe('Marked NEW in its blueprint.'),
  overdue: z.boolean().optional().describe('A target date has passed and nothing says that it was kept.'),
  silentForDays: wholeNumber({ min: 0, max: 100_000 }).optional().describe('No update for at least so long.'),
  q: z.string().trim().min(1).max(200).optional().describe('Words, all of which must be there.'),
};
type FilterQuery = z.output<z.ZodObject<typeof filterShape>>;

/** Filters from a query. Throws invalid that names a field whose value nobody has heard of. */
export function filtersOf(register: Register, query: FilterQuery): Filters {
  const { asOf: _asOf, new: isNew, q: words, ...rest } = query;
  const filters = { ...rest, isNew, words };
  checkFilters(register, filters);
  return filters;
}

const listQuery = z.object({ ...filterShape, ...pageQuery({ usual: 50, most: 200 }) });

export const initiativesRoute = route({
  method: 'GET',
  path: '/api/v1/initiatives',
  summary: 'Initiatives as of a day, filtered',
  description: 'In the order of the blueprint. All filters that are given must fit.',
  audience: 'public',
  cache: 'change',
  query: listQuery,
  response: z.object({ asOf: dayShape, ...pageShape, items: z.array(initiativeShape) }),
  async handle({ house, query }) {
    const { limit, cursor, ...filters } = query;
    const { register, day } = await readAsOf(house, filters.asOf);
    const page = pageOf(
      {
        found: filterInitiatives(register, filtersOf(register, filters), day),
        idOf: ({ initiative }) => initiative.id,
        order: register.initiatives.map(({ id }) => id),
      },
      { limit, cursor },
    );
    return { asOf: day, ...page, items: page.items.map((one) => initiativeOf(register, one)) };
  },
});

const factShape = {
  from: dateShape,
  basis: z.enum(['printed', 'reading']),
  source: sourceShape,
  recordedAt: z.string().nullable().describe('When the register learned of it (ISO 8601).'),
};

const fullShape = initiativeShape.extend({
  asOf: dayShape,
  newMark: textShape.nullable().describe('How the NEW mark is printed.'),
  statuses: z
    .array(z.object({ status: z.string(), ...factShape }))
    .describe('Known on the day, oldest first.'),
  classifications: z.array(z.object({ area: z.string(), ...factShape })),
  progress: z
    .array(
      z.object({ date: dateShape.nullable(), knownFrom: dayShape, text: textShape, source: sourceShape }),
    )
    .describe('Steps known on the day, in the order of the documents, oldest first.'),
  indicators: z.array(z.string()),
  systems: z.array(z.string()),
  related: z.array(briefShape),
  sources: z
    .array(sourceShape)
    .describe('Places of documents that were out by the day, or that say what is given here.'),
  doubt: z
    .object({ couldBeTwo: z.boolean(), note: textShape })
    .nullable()
    .describe('Where the documents leave room; null before all of its sources count.'),
});

/** The initiative as of a day; throws not-found, also when it had not been announced then. */
export function findInitiative(register: Register, id: string, day: Day) {
  const initiative = register.initiativeById.get(id);
  const known = initiative && initiativeAsOf(register, initiative, day);
  if (known) return known;
  throw initiative
    ? notFound('not-yet-announced', {
        en: `${id} had not been announced on ${day}.`,
        tc: `截至${day}，${id}尚未公布。`,
      })
    : notFound('unknown-initiative', {
        en: 'There is no initiative of this id.',
        tc: '沒有這個編號的措施。',
      });
}

export const initiativeRoute = route({
  method: 'GET',
  path: '/api/v1/initiatives/:id',
  summary: 'One initiative with its facts as of a day',
  audience: 'public',
  cache: 'change',
  params: z.object({ id: z.string().max(80).describe('Id, e.g. GOV-01.') }),
  query: asOfQuery,
  response: fullShape,
  async handle({ house, params, query }) {
    const { register, day } = await readAsOf(house, query.asOf);
    const one = findInitiative(register, params.id, day);
    const { initiative } = one;
    const doubt = doubtAsOf(register, one);
    const known = <T extends { from: string; recordedAt?: string | undefined }>(facts: T[], last: T | null) =>
      facts
        .slice(0, last === null ? 0 : facts.indexOf(last) + 1)
        .map((fact) => ({ ...fact, recordedAt: fact.recordedAt ?? null }));
    return {
      ...initiativeOf(register, one),
      asOf: day,
      newMark: initiative.newMark && inAllLanguages(newMarkText[initiative.newMark]),
      statuses: known(initiative.statuses, one.statusFact),
      classifications: known(initiative.classifications, one.classification),
      progress: one.progress.map(({ date, knownFrom, text, source }) => ({
        date,
        knownFrom,
        text: inAllLanguages(text),
        source,
      })),
      indicators: initiative.indicators,
      systems: initiative.systems,
      related: briefsOf(
        register,
        relatedInitiatives(register, initiative).map(({ id }) => id),
        day,
      ),
      sources: sourcesAsOf(register, one),
      doubt: doubt && { ...doubt, note: inAllLanguages(doubt.note) },
    };
  },
});
