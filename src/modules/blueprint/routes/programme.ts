// Endpoints of the programme as a whole: areas, summary, targets, milestones, governance, documents.

import { z } from 'zod';
import { route } from '../../../core/module.ts';
import { inAllLanguages } from '../../../core/texts.ts';
import { milestonesAsOf, summaryAsOf, targetTimeline } from '../rules/index.ts';
import { readAsOf } from '../store/index.ts';
import { pageOf, pageQuery, pageShape } from './paging.ts';
import {
  asOfQuery,
  briefShape,
  briefsOf,
  countsShape,
  dateShape,
  dayShape,
  named,
  namedShape,
  sourceShape,
  targetOf,
  targetShape,
  textShape,
} from './shapes.ts';

const get = { method: 'GET', audience: 'public', cache: 'change' } as const;

const areas = route({
  ...get,
  path: '/api/v1/areas',
  summary: 'Areas and chapters with their groups',
  response: z.object({
    items: z.array(
      namedShape.extend({
        code: z.string().describe('Beginning of the ids of its initiatives.'),
        kind: z.enum(['area', 'chapter']),
        groups: z.array(namedShape),
        lookingAhead: z.array(textShape).describe('What the blueprint hopes for later.'),
        source: sourceShape,
      }),
    ),
  }),
  async handle({ house }) {
    const { register } = await readAsOf(house);
    return {
      items: register.areas.map((area) => ({
        ...area,
        ...named(area),
        groups: area.groups.map(named),
        lookingAhead: area.lookingAhead.map(inAllLanguages),
      })),
    };
  },
});

const printedShape = z
  .object({ total: z.int(), completedOrOngoing: z.int().optional(), inProgress: z.int().optional() })
  .nullable()
  .describe('What the latest table printed by that day says; null where it says nothing.');

const summary = route({
  ...get,
  path: '/api/v1/summary',
  summary: 'Counts as of a day, beside the printed ones',
  query: asOfQuery,
  response: z.object({
    asOf: dayShape,
    rows: z.array(
      z.object({
        area: namedShape,
        counts: countsShape,
        counted: z.boolean().describe('Whether the total of that day includes it.'),
        printed: printedShape,
      }),
    ),
    total: countsShape.describe('Counted areas, and what is filed under none.'),
    everything: countsShape.describe('All that was announced.'),
    unfiled: countsShape.describe('Announced, but filed under no area by any document of that day.'),
    printed: z
      .object({
        id: z.string(),
        title: textShape,
        asOf: dateShape,
        total: printedShape,
        note: textShape,
        source: sourceShape,
      })
      .nullable()
      .describe('The latest table that a document printed for that day or before.'),
    differences: z
      .array(z.object({ area: z.string().nullable(), field: z.string(), printed: z.int(), ours: z.int() }))
      .describe('Where the counts are not the printed ones.'),
  }),
  async handle({ house, query }) {
    const { register, day } = await readAsOf(house, query.asOf);
    const { tally, rows, ...counts } = summaryAsOf(register, day);
    const printed = tally && {
      id: tally.id,
      title: inAllLanguages(tally.title),
      asOf: tally.asOf,
      total: tally.total,
      note: inAllLanguages(tally.note),
      source: tally.source,
    };
    return { ...counts, printed, rows: rows.map((row) => ({ ...row, area: named(row.area) })) };
  },
});

const targets = route({
  ...get,
  path: '/api/v1/targets',
  summary: 'Dated targets as of a day, earliest first',
  query: asOfQuery.extend(pageQuery()),
  response: z.object({
    asOf: dayShape,
    ...pageShape,
    items: z.array(
      z.object({
        day: dayShape.describe('Latest day promised, or the first where there is no end.'),
        initiative: briefShape,
        area: z.string().nullable(),
        target: targetShape,
      }),
    ),
  }),
  async handle({ house, query }) {
    const { register, day } = await readAsOf(house, query.asOf);
    const page = pageOf(
      { found: targetTimeline(register, day), idOf: ({ target }) => target.target.id },
      query,
    );
    const items = page.items.map((entry) => ({
      day: entry.day,
      initiative: briefsOf(register, [entry.initiative.id], day)[0]!,
      area: entry.area,
      target: targetOf(entry.target),
    }));
    return { asOf: day, ...page, items };
  },
});

const milestones = route({
  ...get,
  path: '/api/v1/events',
  summary: 'Milestones as of a day, earliest first',
  description: 'One that was only expected counts from the day of the document that expects it.',
  query: asOfQuery.extend(pageQuery()),
  response: z.object({
    asOf: dayShape,
    ...pageShape,
    items: z.array(
      z.object({
        id: z.string(),
        date: dateShape,
        label: textShape,
        expected: z.boolean().describe('The document spoke of it before it happened.'),
        source: sourceShape,
      }),
    ),
  }),
  async handle({ house, query }) {
    const { register, day } = await readAsOf(house, query.asOf);
    const page = pageOf({ found: milestonesAsOf(register, day), idOf: ({ id }) => id }, query);
    const items = page.items.map((one) => ({ ...one, label: inAllLanguages(one.label) }));
    return { asOf: day, ...page, items };
  },
});

const governance = route({
  ...get,
  path: '/api/v1/governance',
  summary: 'Who steers the programme, and the bodies named in it',
  response: z.object({
    governance: z.array(namedShape.extend({ role: textShape, source: sourceShape })),
    bodies: z.array(namedShape),
    technologies: z.array(namedShape),
  }),
  async handle({ house }) {
    const { register } = await readAsOf(house);
    return {
      governance: register.governance.map((one) => ({
        ...one,
        ...named(one),
        role: inAllLanguages(one.role),
      })),
      bodies: register.bodies.map(named),
      technologies: register.technologies.map(named),
    };
  },
});

const documents = route({
  ...get,
  path: '/api/v1/documents',
  summary: 'The documents that the register cites',
  response: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        shortTitle: textShape,
        title: textShape,
        published: dateShape,
        publishedBasis: z.enum(['printed', 'context', 'inferred']),
      }),
    ),
  }),
  async handle({ house }) {
    const { register } = await readAsOf(house);
    return {
      items: register.documents.map((one) => ({
        ...one,
        shortTitle: inAllLanguages(one.shortTitle),
        title: inAllLanguages(one.title),
      })),
    };
  },
});

export const programmeRoutes = [areas, summary, targets, milestones, governance, documents];
