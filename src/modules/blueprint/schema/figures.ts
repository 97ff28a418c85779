// Shapes of figures and lists: indicators, milestones, tables, the programme by technology, systems.

import { z } from 'zod';
import { textSchema } from '../../../core/texts.ts';
import { countSchema, dateBasis, idSchema, namedSchema, slugSchema, sourceSchema } from './data.ts';
import { writtenDateSchema } from './written-date.ts';

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
  id: idSchema,
  label: textSchema,
  unit: slugSchema,
  topic: slugSchema,
  initiatives: z.array(idSchema),
  series: z.array(pointSchema).min(1),
});
export type Indicator = z.output<typeof indicatorSchema>;

export const milestoneSchema = z.strictObject({
  id: slugSchema,
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
    id: slugSchema,
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
  sumOfCounts: countSchema,
  reading: textSchema,
  auditedBodies: countSchema,
  categories: z.array(
    z.strictObject({
      id: idSchema,
      group: textSchema,
      title: textSchema,
      summary: textSchema,
      count: countSchema,
      countAsPrinted: textSchema,
      bodies: z.array(slugSchema),
      engines: z.array(slugSchema),
      systems: z.array(slugSchema),
      source: sourceSchema,
      note: textSchema.nullable(),
    }),
  ),
  examples: z.array(
    z.strictObject({ text: textSchema, categories: z.array(idSchema), note: textSchema.nullable() }),
  ),
});
export type TechnologiesProgramme = z.output<typeof technologiesProgrammeSchema>;

export const systemSchema = z.strictObject({
  number: z.int().positive(),
  id: slugSchema,
  name: textSchema,
  basis: z.enum(['named', 'implied']),
  engines: z.array(slugSchema).min(1),
  does: textSchema,
  scale: textSchema.nullable(),
  users: textSchema,
  acceptance: textSchema,
  initiatives: z.array(idSchema),
  programme: z.array(idSchema),
  sources: z.array(sourceSchema).min(1),
});
export type System = z.output<typeof systemSchema>;
