// What an edition says for identity, checked before anything leans on it.

import { z } from 'zod';
import type { Edition } from '../../../core/edition.ts';
import type { CardRule, IdentityEdition } from '../schema.ts';

const editionSchema = z.strictObject({
  departments: z.instanceof(URL),
  coordinating: z.string().min(1),
  card: z.custom<CardRule>((value) => typeof (value as CardRule)?.parse === 'function').optional(),
});

/** The part of the edition that is for this module. Throws for one that cannot be used. */
export const identityEditionOf = (edition: Pick<Edition, 'data'>): IdentityEdition =>
  editionSchema.parse(edition.data.identity) as IdentityEdition;
