// What officers hand in: a new status, a step of progress, a new date for a target.

import { z } from 'zod';
import { textSchema } from '../../../core/texts.ts';
import { publishedStatusSchema, sourceSchema, targetDateSchema } from './data.ts';
import { writtenDateSchema } from './written-date.ts';

/** A status published for an initiative; `from` must come after the last one. */
export const statusEntrySchema = z.strictObject({
  initiative: z.string().min(1),
  status: publishedStatusSchema,
  from: writtenDateSchema,
  source: sourceSchema,
});
export type StatusEntry = z.output<typeof statusEntrySchema>;

/** A dated step of progress, at the end of the list. */
export const progressEntrySchema = z.strictObject({
  initiative: z.string().min(1),
  date: writtenDateSchema,
  text: textSchema,
  source: sourceSchema,
});
export type ProgressEntry = z.output<typeof progressEntrySchema>;

/** A new date for a target; the baseline stays, and `announced` must come after the last revision. */
export const revisionEntrySchema = z.strictObject({
  target: z.string().min(1),
  announced: writtenDateSchema,
  by: targetDateSchema,
  source: sourceSchema,
});
export type RevisionEntry = z.output<typeof revisionEntrySchema>;
