// What the endpoints of an account share: who may, and how services and instants are written.

import type { Actor } from '../../../core/access.ts';
import { LamppostError } from '../../../core/errors.ts';
import { inAllLanguages } from '../../../core/texts.ts';
import type { ServiceUse } from '../schema.ts';
import { accountProblems } from '../texts/index.ts';

/** Group in the reference. */
export const tag = 'account';
/** Who proved who they are in the last ten minutes. */
export const fresh = { signedInWithin: 600 };
/** What ends something, or tells more than a service may know, is for the person alone, not for a token. */
export function requireSession({ sessionId }: Actor): void {
  if (sessionId === undefined)
    throw new LamppostError('forbidden', 'not-with-token', accountProblems.notWithToken);
}

export const iso = (at: Date) => at.toISOString();
export const isoOrNull = (at: Date | undefined) => at?.toISOString() ?? null;

export const serviceOf = ({ service, scopes, claims, firstAt, lastAt }: ServiceUse) => ({
  ...{ id: service.id, name: inAllLanguages(service.name), department: service.department ?? null },
  ...{ scopes, claims, firstAt: iso(firstAt), lastAt: iso(lastAt) },
});
