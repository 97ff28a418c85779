// Shapes of an edition's blueprint files: one record is complete in one place.

import { z } from 'zod';
import { textSchema } from '../../../core/texts.ts';
import { daySchema, writtenDateSchema } from './written-date.ts';

const id = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9.-]*$/, { error: 'must be letters, digits, dots and hyphens' });
const slug = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, { error: 'must be small letters, digits and hyphens' });
const count = z.int().nonnegative();

/** A place in a published document, or a statement of an office with an optional address. */
export const sourceSchema = z.union(
  [
    z.strictObject({ document: slug, line: z.int().positive(), heading: z.string().min(1).optional() }),
    z.strictObject({ statement: textSchema, url: z.url({ protocol: /^https?$/ }).optional() }),
  ],
  { error: 'must be { document, line, heading? } or { statement, url? }' },
);
export type Source = z.output<typeof sourceSchema>;

/** Whether the date or fact stands in the document, follows from its context, or is our reading. */
const dateBasis = z.enum(['printed', 'context', 'inferred']);
const factBasis = z.enum(['printed', 'reading']);

export const documentSchema = z.strictObject({
  id: slug,
  title: textSchema,
  published: writtenDateSchema,
  publishedBasis: dateBasis,
});
export type Document = z.output<typeof documentSchema>;

export const areaSchema = z.strictObject({
  id: slug,
  code: z.string().regex(/^[A-Z]{3}$/),
  name: textSchema,
  kind: z.enum(['area', 'chapter']),
  groups: z.array(z.strictObject({ id: slug, name: textSchema })),
  lookingAhead: z.array(textSchema),
  source: sourceSchema,
});
export type Area = z.output<typeof areaSchema>;

const tallyCounts = z.strictObject({
  total: count,
  completedOrOngoing: count.optional(),
  inProgress: count.optional(),
});

/** A table of counts as a document printed it; `counted` are the areas inside its total. */
export const tallySchema = z.strictObject({
  id: slug,
  title: textSchema,
  asOf: writtenDateSchema,
  appliesFrom: writtenDateSchema,
  counted: z.array(slug).min(1),
  rows: z.record(slug, tallyCounts),
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
  id: slug,
  name: textSchema,
  role: textSchema,
  source: sourceSchema,
});
export type GovernanceBody = z.output<typeof governanceSchema>;

export const namedSchema = z.strictObject({ id: slug, name: textSchema });
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
  area: slug,
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
  id,
  what: textSchema,
  announced: writtenDateSchema,
  by: targetDateSchema.nullable(),
  value: z
    .strictObject({ words: textSchema, low: z.number().nullable(), high: z.number().nullable() })
    .nullable(),
  unit: slug.nullable(),
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
  id,
  title: textSchema,
  summary: textSchema,
  group: slug.nullable(),
  /** Number of the blueprint that first promised it. */
  blueprint: z.int().positive(),
  announced: z.strictObject({ date: writtenDateSchema, source: sourceSchema }),
  newMark: z.enum(['same-bullet', 'next-line', 'next-line-inferred']).nullable(),
  classifications: z.array(classificationFactSchema).min(1),
  statuses: z.array(statusFactSchema),
  targets: z.array(targetSchema),
  bodies: z.array(z.strictObject({ body: slug, role: z.enum(['lead', 'contributor']), basis: textSchema })),
  technologies: z.array(z.strictObject({ id: slug, named: z.boolean() })),
  nature: z.array(z.enum(natures)),
  systems: z.array(slug),
  progress: z.array(progressSchema),
  sources: z.array(sourceSchema).min(1),
  doubt: z.strictObject({ couldBeTwo: z.boolean(), note: textSchema }).nullable(),
});
export type InitiativeData = z.output<typeof initiativeSchema>;

export const qualifiers = ['exact', 'over', 'about', 'at-most', 'under'] as const;
export const pointKinds = ['actual', 'target', 'injection', 'allocation', 'projection'] as const;

export const pointSchema = z.strictObject({
  value: z.union([z.number(), z.string().min(1)]),
  qualifier: z.enum(qualifiers),
  asOf: writtenDateSchema,
  basis: dateBasis,
  kind: z.enum(pointKinds),
  source: sourceSchema,
  note: textSchema.optional(),
});
export type Point = z.output<typeof pointSchema>;

export const indicatorSchema = z.strictObject({
  id,
  label: textSchema,
  unit: slug,
  topic: slug,
  initiatives: z.array(id),
  series: z.array(pointSchema).min(1),
});
export type Indicator = z.output<typeof indicatorSchema>;

export const milestoneSchema = z.strictObject({
  id: slug,
  date: writtenDateSchema,
  label: textSchema,
  /** The document spoke of it before it happened. */
  expected: z.boolean(),
  source: sourceSchema,
});
export type Milestone = z.output<typeof milestoneSchema>;

export const cellSchema = z.union([z.number(), z.string(), textSchema, z.null()]);
export type Cell = z.output<typeof cellSchema>;

export const tableSchema = z
  .strictObject({
    id: slug,
    title: textSchema,
    asOf: writtenDateSchema,
    columns: z.array(namedSchema).min(1),
    rows: z.array(z.array(cellSchema)),
    source: sourceSchema,
    notes: z.array(z.strictObject({ text: textSchema, warning: z.boolean() })),
  })
  .refine((table) => table.rows.every((row) => row.length === table.columns.length), {
    error: 'every row needs as many cells as there are columns',
    path: ['rows'],
  });
export type Table = z.output<typeof tableSchema>;

export const technologiesProgrammeSchema = z.strictObject({
  title: textSchema,
  asOf: writtenDateSchema,
  announced: textSchema,
  announcedSource: sourceSchema,
  sumOfCounts: count,
  reading: textSchema,
  auditedBodies: count,
  categories: z.array(
    z.strictObject({
      id,
      group: textSchema,
      title: textSchema,
      summary: textSchema,
      count,
      countAsPrinted: textSchema,
      bodies: z.array(slug),
      engines: z.array(slug),
      systems: z.array(slug),
      source: sourceSchema,
      note: textSchema.nullable(),
    }),
  ),
  examples: z.array(
    z.strictObject({ text: textSchema, categories: z.array(id), note: textSchema.nullable() }),
  ),
});
export type TechnologiesProgramme = z.output<typeof technologiesProgrammeSchema>;

export const systemSchema = z.strictObject({
  number: z.int().positive(),
  id: slug,
  name: textSchema,
  basis: z.enum(['named', 'implied']),
  engines: z.array(slug).min(1),
  does: textSchema,
  scale: textSchema.nullable(),
  users: textSchema,
  acceptance: textSchema,
  initiatives: z.array(id),
  programme: z.array(id),
  sources: z.array(sourceSchema).min(1),
});
export type System = z.output<typeof systemSchema>;

/** What each file of the edition's blueprint folder holds; `initiatives` is a folder of such files. */
export const fileSchemas = {
  programme: programmeSchema,
  documents: z.strictObject({ documents: z.array(documentSchema) }),
  areas: z.strictObject({ areas: z.array(areaSchema).min(1) }),
  governance: z.strictObject({ governance: z.array(governanceSchema) }),
  bodies: z.strictObject({ bodies: z.array(namedSchema) }),
  units: z.strictObject({ units: z.array(namedSchema) }),
  technologies: z.strictObject({ technologies: z.array(namedSchema) }),
  initiatives: z.strictObject({ initiatives: z.array(initiativeSchema) }),
  indicators: z.strictObject({ topics: z.array(namedSchema), indicators: z.array(indicatorSchema) }),
  milestones: z.strictObject({ milestones: z.array(milestoneSchema) }),
  tables: z.strictObject({ tables: z.array(tableSchema) }),
  'technologies-programme': technologiesProgrammeSchema,
  systems: z.strictObject({ engines: z.array(namedSchema), systems: z.array(systemSchema) }),
} as const;
export type FileKind = keyof typeof fileSchemas;

/** All files of an edition's blueprint, checked and joined. */
export type BlueprintData = {
  programme: Programme;
  documents: Document[];
  areas: Area[];
  governance: GovernanceBody[];
  bodies: Named[];
  units: Named[];
  technologies: Named[];
  initiatives: InitiativeData[];
  topics: Named[];
  indicators: Indicator[];
  milestones: Milestone[];
  tables: Table[];
  technologiesProgramme: TechnologiesProgramme;
  engines: Named[];
  systems: System[];
};
