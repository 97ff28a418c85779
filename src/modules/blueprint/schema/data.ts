// Shapes of an edition's blueprint files: one record is complete in one place.

import { z } from 'zod';
import { textSchema } from '../../../core/texts.ts';
import { daySchema, writtenDateSchema } from './written-date.ts';

export const idSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9.-]*$/, { error: 'must be letters, digits, dots and hyphens' });
export const slugSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/, { error: 'must be small letters, digits and hyphens' });
export const countSchema = z.int().nonnegative();

/** A place in a published document, or a statement of an office with an optional address. */
export const sourceSchema = z.union(
  [
    z.strictObject({ document: slugSchema, line: z.int().positive(), heading: z.string().min(1).optional() }),
    z.strictObject({ statement: textSchema, url: z.url({ protocol: /^https?$/ }).optional() }),
  ],
  { error: 'must be { document, line, heading? } or { statement, url? }' },
);
export type Source = z.output<typeof sourceSchema>;

/** Whether the date or fact stands in the document, follows from its context, or is our reading. */
export const dateBasis = z.enum(['printed', 'context', 'inferred']);
const factBasis = z.enum(['printed', 'reading']);

export const documentSchema = z.strictObject({
  id: slugSchema,
  shortTitle: textSchema,
  title: textSchema,
  published: writtenDateSchema,
  publishedBasis: dateBasis,
});
export type Document = z.output<typeof documentSchema>;

export const areaSchema = z.strictObject({
  id: slugSchema,
  code: z.string().regex(/^[A-Z]{3}$/),
  name: textSchema,
  kind: z.enum(['area', 'chapter']),
  groups: z.array(z.strictObject({ id: slugSchema, name: textSchema })),
  lookingAhead: z.array(textSchema),
  source: sourceSchema,
});
export type Area = z.output<typeof areaSchema>;

const tallyCounts = z.strictObject({
  total: countSchema,
  completedOrOngoing: countSchema.optional(),
  inProgress: countSchema.optional(),
});

/** A table of counts as a document printed it; `counted` are the areas inside its total. */
export const tallySchema = z.strictObject({
  id: slugSchema,
  title: textSchema,
  asOf: writtenDateSchema,
  appliesFrom: writtenDateSchema,
  counted: z.array(slugSchema).min(1),
  rows: z.record(slugSchema, tallyCounts),
  total: tallyCounts,
  source: sourceSchema,
  note: textSchema,
});
export type Tally = z.output<typeof tallySchema>;

export const programmeSchema = z.strictObject({
  title: textSchema,
  blueprints: z
    .array(
      z.strictObject({
        number: z.int().positive(),
        name: textSchema,
        published: writtenDateSchema,
        source: sourceSchema,
      }),
    )
    .min(1),
  tallies: z.array(tallySchema),
});
export type Programme = z.output<typeof programmeSchema>;

export const governanceSchema = z.strictObject({
  id: slugSchema,
  name: textSchema,
  role: textSchema,
  source: sourceSchema,
});
export type GovernanceBody = z.output<typeof governanceSchema>;

export const namedSchema = z.strictObject({ id: slugSchema, name: textSchema });
export type Named = z.output<typeof namedSchema>;

/** Statuses that a document can publish; before the first one an initiative is only announced. */
export const publishedStatuses = ['in-progress', 'completed-or-ongoing'] as const;
export const publishedStatusSchema = z.enum(publishedStatuses);
export type PublishedStatus = z.output<typeof publishedStatusSchema>;

export const statusFactSchema = z.strictObject({
  status: publishedStatusSchema,
  from: writtenDateSchema,
  basis: factBasis,
  source: sourceSchema,
});

export const classificationFactSchema = z.strictObject({
  area: slugSchema,
  from: writtenDateSchema,
  basis: factBasis,
  source: sourceSchema,
});

export const progressSchema = z.strictObject({
  date: writtenDateSchema.nullable(),
  text: textSchema,
  source: sourceSchema,
});

/** Until when something is promised: the document's words and our reading of them as days. */
export const targetDateSchema = z
  .strictObject({ words: textSchema, from: daySchema.optional(), latest: daySchema.optional() })
  .refine((by) => by.from !== undefined || by.latest !== undefined, { error: 'needs from or latest' })
  .refine((by) => by.from === undefined || by.latest === undefined || by.from <= by.latest, {
    error: 'from must not be later than latest',
  });
export type TargetDate = z.output<typeof targetDateSchema>;

export const targetRevisionSchema = z.strictObject({
  announced: writtenDateSchema,
  by: targetDateSchema,
  source: sourceSchema,
});

export const targetSchema = z.strictObject({
  id: idSchema,
  what: textSchema,
  announced: writtenDateSchema,
  by: targetDateSchema.nullable(),
  value: z
    .strictObject({ words: textSchema, low: z.number().nullable(), high: z.number().nullable() })
    .nullable(),
  unit: slugSchema.nullable(),
  source: sourceSchema,
  revisions: z.array(targetRevisionSchema),
});

export const natures = [
  'system',
  'infrastructure',
  'programme',
  'policy',
  'research',
  'funding',
  'training',
] as const;

export const initiativeSchema = z.strictObject({
  id: idSchema,
  title: textSchema,
  summary: textSchema,
  group: slugSchema.nullable(),
  /** Number of the blueprint that first promised it. */
  blueprint: z.int().positive(),
  announced: z.strictObject({ date: writtenDateSchema, source: sourceSchema }),
  newMark: z.enum(['same-bullet', 'next-line', 'next-line-inferred']).nullable(),
  classifications: z.array(classificationFactSchema).min(1),
  statuses: z.array(statusFactSchema),
  targets: z.array(targetSchema),
  bodies: z.array(
    z.strictObject({ body: slugSchema, role: z.enum(['lead', 'contributor']), basis: textSchema }),
  ),
  technologies: z.array(z.strictObject({ id: slugSchema, named: z.boolean() })),
  nature: z.array(z.enum(natures)),
  systems: z.array(slugSchema),
  progress: z.array(progressSchema),
  sources: z.array(sourceSchema).min(1),
  doubt: z.strictObject({ couldBeTwo: z.boolean(), note: textSchema }).nullable(),
});
export type InitiativeData = z.output<typeof initiativeSchema>;
