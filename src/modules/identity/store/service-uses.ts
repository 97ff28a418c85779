// What services know of people: what was consented, since when, and under which pseudonym.

import type { Actor } from '../../../core/access.ts';
import { inTransaction, query, sql, type Transaction } from '../../../core/database/index.ts';
import { notFound } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import { claimsTold } from '../rules/scopes.ts';
import type { ServiceUse } from '../schema.ts';
import { serviceTexts } from '../texts/services.ts';
import { recordOwn } from './acts.ts';
import { portalId } from './clients.ts';
import { endClient } from './ending.ts';
import { pseudonym } from './people.ts';

/** What a person has allowed a service; what a scope stands for is among the claims too. */
export type Consent = { scopes: string[]; claims: string[] };

/** What the service calls the person: a different pseudonym at each service; the portal knows who it is. */
export const pseudonymAt = async (house: House, personId: string, clientId: string): Promise<string> =>
  clientId === portalId ? personId : pseudonym(house, personId, clientId);

/** What the person has allowed the service earlier; notes that the service is used now. */
export async function touchConsent(
  { database, clock }: House,
  personId: string,
  clientId: string,
): Promise<Consent | undefined> {
  const [row] = await query<Consent>(database, {
    name: 'identity-consent',
    text: `update identity.service_use set last_at = $3 where person_id = $1 and client_id = $2
      returning scopes, claims`,
    values: [personId, clientId, clock.now()],
  });
  return row;
}

type Given = Consent & { personId: string; clientId: string };

/**
 * Adds to what the person has allowed the service, with the act `identity.consented`, after what is done
 * first in the same transaction.
 */
export async function addConsent(
  house: House,
  given: Given,
  first?: (tx: Transaction) => Promise<void>,
): Promise<void> {
  const { personId, clientId, scopes } = given;
  const claims = claimsTold(given);
  const now = house.clock.now();
  const name = await pseudonymAt(house, personId, clientId);
  const details = { service: clientId, scopes, claims };
  await inTransaction(house.database, async (tx) => {
    await first?.(tx);
    await sql`insert into identity.service_use as old
        (person_id, client_id, pseudonym, scopes, claims, first_at, last_at)
      values (${personId}, ${clientId}, ${name}, ${scopes}::text[], ${claims}::text[], ${now}, ${now})
      on conflict (person_id, client_id) do update set last_at = excluded.last_at,
        scopes = array(select distinct unnest(old.scopes || excluded.scopes) order by 1),
        claims = array(select distinct unnest(old.claims || excluded.claims) order by 1)`.execute(tx);
    await recordOwn(tx, house, { topic: 'identity.consented', personId, details });
  });
}

/** The person whom a service calls so, if it has met them. */
export async function findPersonAt(
  { database }: House,
  clientId: string,
  name: string,
): Promise<string | undefined> {
  if (!/^[\w-]{20,100}$/.test(name)) return undefined;
  const [row] = await query<{ personId: string }>(database, {
    name: 'identity-person-at',
    text: `select person_id as "personId" from identity.service_use
      where client_id = $1 and pseudonym = $2`,
    values: [clientId, name],
  });
  return row?.personId;
}

type UseRow = Consent & {
  id: string;
  en: string;
  tc: string;
  department: string | null;
  createdAt: Date;
  disabledAt: Date | null;
  firstAt: Date;
  lastAt: Date;
};

/** The services that know a person, the latest used first. */
export async function listServiceUses({ database }: House, personId: string): Promise<ServiceUse[]> {
  const { rows } = await sql<UseRow>`
    select client.id, name_en as en, name_tc as tc, department_id as department, scopes, claims,
      client.created_at as "createdAt", disabled_at as "disabledAt", first_at as "firstAt", last_at as "lastAt"
    from identity.service_use join identity.client on client.id = client_id
    where person_id = ${personId} and client_id <> ${portalId}
    order by last_at desc, client.id limit 500`.execute(database);
  return rows.map(({ scopes, claims, firstAt, lastAt, ...service }) => ({
    service: {
      id: service.id,
      name: { en: service.en, tc: service.tc },
      createdAt: service.createdAt,
      ...(service.department === null ? {} : { department: service.department }),
      ...(service.disabledAt === null ? {} : { disabledAt: service.disabledAt }),
    },
    scopes,
    claims,
    firstAt,
    lastAt,
  }));
}

/**
 * Takes back what the person has allowed a service: its tokens stop at once, it is told to sign the person
 * out, and it is asked for anew at the next sign-in. Throws not-found `unknown-service`.
 */
export async function withdrawService(house: House, actor: Actor, clientId: string): Promise<void> {
  await inTransaction(house.database, async (tx) => {
    const { rows } = await sql`select from identity.service_use
      where person_id = ${actor.id} and client_id = ${clientId} for update`.execute(tx);
    if (rows.length === 0) throw notFound('unknown-service', serviceTexts.unknown);
    // While its name for the person is still known, for it has to be told.
    await endClient(tx, clientId, actor.id);
    await sql`delete from identity.service_use
      where person_id = ${actor.id} and client_id = ${clientId}`.execute(tx);
    const details = { service: clientId };
    await recordOwn(tx, house, { topic: 'identity.consent-withdrawn', personId: actor.id, details });
  });
}
