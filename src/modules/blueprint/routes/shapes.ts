// Shapes of the answers, and how what the rules say becomes them.

import { z } from 'zod';
import { csvContentType, csvDescription } from '../../../core/csv.ts';
import { inAllLanguages } from '../../../core/texts.ts';
import {
  type InitiativeAsOf,
  initiativeAsOf,
  type Slip,
  statuses,
  statusText,
  type TargetAsOf,
  targetStates,
  targetStateText,
} from '../rules/index.ts';
import {
  asOfParameter,
  type Day,
  natures,
  type Register,
  type Source,
  sourceSchema,
  type TargetDate,
} from '../schema/index.ts';

export const textShape = z
  .object({ en: z.string(), tc: z.string(), sc: z.string() })
  .describe('The same in English, Traditional and Simplified Chinese.');
export const namedShape = z.object({ id: z.string(), name: textShape });
export const sourceShape = sourceSchema.describe(
  'Line of a document (see /api/v1/documents), or a statement.',
);
export const dateShape = z
  .string()
  .describe('As the document writes it: 2020, 2020-12, 2020-12-10 or a range a/b.');
export const dayShape = z.string().describe('Calendar day, YYYY-MM-DD.');

export const asOfQuery = z.object({ asOf: asOfParameter });

export const csvResponse = { contentType: csvContentType, description: csvDescription };

export const countsShape = z.object({
  total: z.int().describe('Initiatives announced.'),
  completedOrOngoing: z.int(),
  inProgress: z.int(),
  announced: z.int().describe('Announced, but no document had published a status.'),
  overdue: z.int().describe('A target date has passed and no later document says that it was kept.'),
});

export const targetDateShape = z.object({
  words: textShape.describe('The words of the document.'),
  from: dayShape.nullable(),
  latest: dayShape.nullable(),
});
const targetDateOf = (by: TargetDate | null) =>
  by && { words: inAllLanguages(by.words), from: by.from ?? null, latest: by.latest ?? null };

export const slipShape = z.object({
  days: z.int().describe('Later than first promised; negative when brought forward.'),
  months: z.int(),
  atLeast: z.boolean().describe('The new date has only a beginning.'),
});

export const targetShape = z.object({
  id: z.string(),
  what: textShape,
  value: z
    .object({ words: textShape, low: z.number().nullable(), high: z.number().nullable() })
    .nullable()
    .describe('Figure promised, with its bounds.'),
  unit: z.string().nullable(),
  announced: dateShape,
  baseline: targetDateShape.nullable().describe('As first promised; never changes.'),
  by: targetDateShape.nullable().describe('After the revisions known on the day.'),
  state: z.enum(targetStates),
  stateText: textShape,
  slip: slipShape.nullable(),
  revisions: z.array(z.object({ announced: dateShape, by: targetDateShape, source: sourceShape })),
  source: sourceShape,
});

export function targetOf({ target, baseline, by, state, slip, revisions }: TargetAsOf) {
  const { id, what, value, unit, announced, source } = target;
  return {
    id,
    what: inAllLanguages(what),
    value: value && { ...value, words: inAllLanguages(value.words) },
    unit,
    announced,
    baseline: targetDateOf(baseline),
    by: targetDateOf(by),
    state,
    stateText: inAllLanguages(targetStateText[state]),
    slip: slip as Slip | null,
    revisions: revisions.map((revision) => ({
      announced: revision.announced,
      by: targetDateOf(revision.by)!,
      source: revision.source,
    })),
    source: source as Source,
  };
}

export const initiativeShape = z.object({
  id: z.string(),
  title: textShape,
  summary: textShape,
  area: z
    .string()
    .nullable()
    .describe('Area under which it was filed on the day; null before any was published.'),
  group: z.string().nullable().describe('Group within its first area.'),
  blueprint: z.int().describe('Number of the blueprint that first promised it.'),
  isNew: z.boolean().describe('Marked NEW in its blueprint.'),
  announced: dateShape,
  status: z.enum(statuses),
  statusText: textShape,
  statusFrom: dateShape.nullable().describe('Date for which the status was published.'),
  statusBasis: z.enum(['printed', 'reading']).nullable(),
  statusSource: sourceShape.nullable(),
  bodies: z.array(
    z.object({ id: z.string(), name: textShape, role: z.enum(['lead', 'contributor']), basis: textShape }),
  ),
  technologies: z.array(
    z.object({
      id: z.string(),
      name: textShape,
      named: z.boolean().describe('Named by the cited lines; else our reading.'),
    }),
  ),
  nature: z.array(z.enum(natures)),
  overdue: z.boolean(),
  updatedAt: dayShape.describe('Day of the latest dated fact, step or document.'),
  silentDays: z.int().describe('Days since then.'),
  targets: z.array(targetShape),
  page: z.string().describe('Page without the language, e.g. `/initiatives/GOV-01`.'),
});

/** An initiative as of a day, as the API gives it. */
export function initiativeOf(register: Register, one: InitiativeAsOf) {
  const { initiative, statusFact } = one;
  const { id, title, summary, group, blueprint, announced, newMark, bodies, technologies, nature } =
    initiative;
  return {
    id,
    title: inAllLanguages(title),
    summary: inAllLanguages(summary),
    area: one.area,
    group,
    blueprint,
    isNew: newMark !== null,
    announced: announced.date,
    status: one.status,
    statusText: inAllLanguages(statusText[one.status]),
    statusFrom: statusFact?.from ?? null,
    statusBasis: statusFact?.basis ?? null,
    statusSource: statusFact?.source ?? null,
    bodies: bodies.map(({ body, role, basis }) => ({
      id: body,
      name: inAllLanguages(register.bodyById.get(body)!.name),
      role,
      basis: inAllLanguages(basis),
    })),
    technologies: technologies.map((technology) => ({
      ...technology,
      name: inAllLanguages(register.technologyById.get(technology.id)!.name),
    })),
    nature,
    overdue: one.overdue,
    updatedAt: one.updatedAt,
    silentDays: one.silentDays,
    targets: one.targets.map(targetOf),
    page: `/initiatives/${id}`,
  };
}

export const briefShape = z.object({ id: z.string(), title: textShape, page: z.string() });

/** Id, title and page of initiatives announced by the day. */
export const briefsOf = (register: Register, ids: readonly string[], day: Day) =>
  ids.flatMap((id) => {
    const initiative = register.initiativeById.get(id);
    const known = initiative && initiativeAsOf(register, initiative, day);
    return known ? [{ id, title: inAllLanguages(known.initiative.title), page: `/initiatives/${id}` }] : [];
  });

export const named = ({
  id,
  name,
}: {
  id: string;
  name: { en: string; tc: string; sc?: string | undefined };
}) => ({
  id,
  name: inAllLanguages(name),
});
