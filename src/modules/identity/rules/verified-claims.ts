// What an identity-proofing service says of a person (OpenID Connect for Identity Assurance 1.0).

import { z } from 'zod';

const text = z.string().min(1).max(200);

const documentSchema = z.object({
  type: z.literal('document'),
  document_details: z.object({
    type: text.optional(),
    document_number: text.optional(),
    personal_number: text.optional(),
  }),
});

const verifiedSchema = z.object({
  verification: z.object({
    trust_framework: text,
    evidence: z.array(z.unknown()).max(20).default([]),
  }),
  claims: z.object({ name: text.optional(), given_name: text.optional(), family_name: text.optional() }),
});

/** What a city needs of it; the card number is as the service writes it. */
export type VerifiedPerson = { name: string; card?: string };

/** `verified_claims`: one object or several (section 5.1). The first that names the person counts. */
export function readVerifiedClaims(given: unknown): VerifiedPerson | undefined {
  for (const one of Array.isArray(given) ? given.slice(0, 10) : [given]) {
    const { success, data } = verifiedSchema.safeParse(one);
    if (!success) continue;
    const { claims, verification } = data;
    const name = claims.name ?? [claims.given_name, claims.family_name].filter(Boolean).join(' ');
    if (name === '') continue;
    const card = verification.evidence.map(cardOf).find((number) => number !== undefined);
    return { name, ...(card === undefined ? {} : { card }) };
  }
  return undefined;
}

/** The number of the person on an identity card that was seen. */
function cardOf(evidence: unknown): string | undefined {
  const { success, data } = documentSchema.safeParse(evidence);
  if (!success) return undefined;
  const { type, personal_number: personal, document_number: number } = data.document_details;
  return type === undefined || type === 'idcard' ? (personal ?? number) : undefined;
}

/** What is asked for (section 6): who the person is, and the identity card that was seen. */
export const verifiedClaimsRequest = {
  verification: {
    trust_framework: null,
    evidence: [
      {
        type: { value: 'document' },
        document_details: { type: null, document_number: null, personal_number: null },
      },
    ],
  },
  claims: { name: null, given_name: null, family_name: null },
};
