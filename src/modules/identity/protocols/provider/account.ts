// The person as the provider sees them: who exists, which claims a service gets, and under which pseudonym.

import type { Account, AccountClaims, Client } from 'oidc-provider';
import type { House } from '../../../../core/house.ts';
import { isLanguage, languageTag } from '../../../../core/texts.ts';
import { claimsOfScope } from '../../rules/scopes.ts';
import { findPerson } from '../../store/people.ts';
import { findPersonAt, pseudonymAt } from '../../store/service-uses.ts';
import type { KoaContextWithOIDC } from './engine.ts';

/** Claims that are about the person; the rest is about the sign-in. */
const personal = new Set(Object.values(claimsOfScope).flat());

/** Before a subject that is a pseudonym already. */
const ready = 'pseudonym:';
export const readySubject = (pseudonym: string) => `${ready}${pseudonym}`;

async function claimsOf(house: House, id: string): Promise<AccountClaims> {
  const person = await findPerson(house, id);
  if (person === undefined) return { sub: id };
  const { name, language, assurance, verifiedAt } = person;
  return {
    sub: id,
    ...(name === undefined ? {} : { name }),
    locale: isLanguage(language) ? languageTag[language] : language,
    assurance,
    ...(verifiedAt === undefined ? {} : { verified_at: Math.floor(verifiedAt.getTime() / 1000) }),
  };
}

const isAsked = (scope: string, claims: object) =>
  scope.split(' ').some((one) => one in claimsOfScope) ||
  Object.keys(claims).some((one) => personal.has(one));

/** The account of a subject. Whoever is erased has no session and no grant left, so nothing is asked here. */
export async function findAccount(
  house: House,
  ctx: KoaContextWithOIDC,
  subject: string,
): Promise<Account | undefined> {
  const { route, entities, client } = ctx.oidc;
  // The hint of a service is the name that it knows.
  const isHint = route === 'backchannel_authentication' && entities.IdTokenHint !== undefined;
  const id = isHint ? await findPersonAt(house, client!.clientId, subject) : subject;
  if (id === undefined) return undefined;
  return {
    accountId: id,
    // Only what is asked for is read.
    claims: async (_use, scope, claims) => (isAsked(scope, claims) ? claimsOf(house, id) : { sub: id }),
  };
}

/** What a service calls a person (OpenID Connect Core 1.0, section 8.1). */
export const pairwiseIdentifier = async (house: House, accountId: string, client: Client): Promise<string> =>
  accountId.startsWith(ready)
    ? accountId.slice(ready.length)
    : pseudonymAt(house, accountId, client.clientId);
