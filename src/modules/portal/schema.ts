// Shapes of the portal: what a search asks and answers.

import { z } from 'zod';
import { wholeNumber } from '../../core/numbers.ts';

export const resultsPerPage = 20;

/** Query of the search page. */
export const searchPageQuery = z.strictObject({
  q: z.string().trim().max(200).default('').describe('Words to look for, in English or Chinese.'),
  kind: z.string().max(40).optional().describe('Only results of this kind.'),
  page: wholeNumber({ min: 1, max: 50 }).default(1),
});

const textShape = z.object({ en: z.string(), tc: z.string(), sc: z.string() });

/** Query of the search endpoint. */
export const searchQuery = z.strictObject({
  q: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .describe('Words to look for, in English, Traditional or Simplified Chinese.'),
  kind: z.string().max(40).optional().describe('Only results whose kind, in English, is this.'),
  limit: wholeNumber({ min: 1, max: 100 }).default(20).describe('At most this many results.'),
  cursor: z
    .string()
    .regex(/^\d{1,5}$/)
    .optional()
    .describe('`next` of the previous answer.'),
});

/** Answer of the search endpoint. */
export const searchAnswer = z.object({
  total: z.number().int().describe('Number of documents found.'),
  complete: z.boolean().describe('False when nothing holds every word and near matches are given instead.'),
  items: z.array(
    z.object({
      id: z.string(),
      kind: textShape,
      title: textShape,
      path: z.string().describe('Page of the result without its language, e.g. `/initiatives/MOB-01`.'),
      score: z.number().describe('Higher is nearer; comparable within one answer only.'),
    }),
  ),
  next: z.string().nullable().describe('Cursor of the next page, or null at the end.'),
});
