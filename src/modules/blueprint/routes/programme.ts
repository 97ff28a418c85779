// Endpoints of the programme as a whole: areas, summary, targets, milestones, governance, documents, systems.

import { z } from 'zod';
import { notFound } from '../../../core/errors.ts';
import { route } from '../../../core/module.ts';
import { inAllLanguages, summaryAsOf, targetTimeline } from '../rules/index.ts';
import type { Register, System } from '../schema/index.ts';
import {
  asOfQuery,
  briefShape,
  briefsOf,
  countsShape,
  dateShape,
  dayShape,
  named,
  namedShape,
  reading,
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
    const { register } = await reading(house);
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
    const { register, day } = await reading(house, query.asOf);
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
  query: asOfQuery,
  response: z.object({
    asOf: dayShape,
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
    const { register, day } = await reading(house, query.asOf);
    const items = targetTimeline(register, day).map((entry) => ({
      day: entry.day,
      initiative: briefsOf(register, [entry.initiative.id], day)[0]!,
      area: entry.area,
      target: targetOf(entry.target),
    }));
    return { asOf: day, items };
  },
});

const milestones = route({
  ...get,
  path: '/api/v1/events',
  summary: 'Milestones of the programme',
  response: z.object({
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
  async handle({ house }) {
    const { register } = await reading(house);
    return { items: register.milestones.map((one) => ({ ...one, label: inAllLanguages(one.label) })) };
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
    const { register } = await reading(house);
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
    const { register } = await reading(house);
    return {
      items: register.documents.map((one) => ({
        ...one,
        shortTitle: inAllLanguages(one.shortTitle),
        title: inAllLanguages(one.title),
      })),
    };
  },
});

const systemShape = z.object({
  id: z.string(),
  number: z.int(),
  name: textShape,
  basis: z.enum(['named', 'implied']).describe('Named by the documents, or implied.'),
  does: textShape,
  scale: textShape.nullable(),
  users: textShape,
  acceptance: textShape.describe('What an outside observer can check.'),
  engines: z.array(namedShape).describe('The first delivers it, the others serve it.'),
  state: z.enum(['works', 'partly', 'not-yet']),
  proof: z.string().nullable(),
  missing: z.string().nullable(),
  initiatives: z.array(z.string()),
  programme: z.array(z.string()).describe('Rows of the programme by technology.'),
  sources: z.array(sourceShape),
  page: z.string(),
});

function systemOf(register: Register, system: System) {
  const { state, proof, missing } = register.systemStates.get(system.id)!;
  return {
    ...system,
    name: inAllLanguages(system.name),
    does: inAllLanguages(system.does),
    scale: system.scale && inAllLanguages(system.scale),
    users: inAllLanguages(system.users),
    acceptance: inAllLanguages(system.acceptance),
    engines: system.engines.map((id) => named(register.engineById.get(id)!)),
    state,
    proof,
    missing,
    page: `/systems/${system.id}`,
  };
}

const systems = route({
  ...get,
  path: '/api/v1/systems',
  summary: 'Software systems of the blueprint, each with its true state here',
  query: z.object({ state: z.enum(['works', 'partly', 'not-yet']).optional() }),
  response: z.object({ total: z.int(), items: z.array(systemShape) }),
  async handle({ house, query }) {
    const { register } = await reading(house);
    const all = register.systems.map((system) => systemOf(register, system));
    const items = all.filter(({ state }) => query.state === undefined || state === query.state);
    return { total: items.length, items };
  },
});

const system = route({
  ...get,
  path: '/api/v1/systems/:id',
  summary: 'One system',
  params: z.object({ id: z.string().max(80) }),
  response: systemShape,
  async handle({ house, params }) {
    const { register } = await reading(house);
    const found = register.systemById.get(params.id);
    if (found) return systemOf(register, found);
    throw notFound('unknown-system', { en: 'There is no system of this id.', tc: '沒有這個編號的系統。' });
  },
});

export const programmeRoutes = [areas, summary, targets, milestones, governance, documents, systems, system];
