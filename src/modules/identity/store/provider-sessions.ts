// Sessions of the provider: with which passkey each was begun, and what became of it.

import { query, sql, type Transaction } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';
import { recordAll } from '../../receipts/index.ts';
import { keyOfArtifact } from '../rules/bearer-values.ts';
import type { Acr, Proven } from '../schema.ts';

type Begun = Proven & { uid: string; clientId: string; expiresAt: Date };

/** What the person has allowed the service before, if it knows them. */
export type BegunSession = { consent: { scopes: string[]; claims: string[] } | undefined };

type BegunRow = { begun: boolean; scopes: string[] | null; claims: string[] | null };

// The locks make a revocation that happens at the same time wait, and then end this session too. The session
// keeps every passkey that was used in it.
const beginStatement = `
  with passkey as (
    select passkey.id from identity.person join identity.passkey on passkey.person_id = person.id
    where person.id = $2::uuid and passkey.id = $3 and revoked_at is null
      and (sessions_ended_at is null or sessions_ended_at <= $5::timestamptz)
    for share
  ), begun as (
    insert into identity.provider_session as old
      (uid, person_id, passkey_id, acr, authenticated_at, expires_at)
    select $1, $2::uuid, id, $4, $5::timestamptz, $6::timestamptz from passkey
    on conflict (uid) do update set passkey_id = excluded.passkey_id, acr = excluded.acr,
      authenticated_at = excluded.authenticated_at, expires_at = excluded.expires_at,
      earlier_passkeys = array_append(array_remove(array_remove(
        old.earlier_passkeys, excluded.passkey_id), old.passkey_id), old.passkey_id)
      where old.person_id = excluded.person_id
    returning true
  ), used as (
    select scopes, claims from identity.service_use where person_id = $2::uuid and client_id = $7
  )
  select exists (select from begun) as begun, (select scopes from used) as scopes,
    (select claims from used) as claims`;

/**
 * Records with which passkey a session was begun; undefined when the passkey
 * is revoked by now, or the person's sessions were ended since it was used.
 */
export async function beginProviderSession(house: House, begun: Begun): Promise<BegunSession | undefined> {
  const { uid, personId, passkeyId, acr, authenticatedAt, clientId, expiresAt } = begun;
  const [row] = await query<BegunRow>(house.database, {
    name: 'provider-session-begin',
    text: beginStatement,
    values: [uid, personId, passkeyId, acr, authenticatedAt, expiresAt, clientId],
  });
  if (!row?.begun) return undefined;
  const { scopes, claims } = row;
  return { consent: scopes === null || claims === null ? undefined : { scopes, claims } };
}

/** A sign-in at a service that is to become an act. */
export type SignIn = { personId: string; clientId: string; acr: string; at: Date };

/** Notes a sign-in that leaves no code of the provider. */
export async function noteSignIn(tx: Transaction, { personId, clientId, acr, at }: SignIn): Promise<void> {
  await sql`insert into identity.sign_in_due (person_id, client_id, acr, signed_in_at)
    values (${personId}, ${clientId}, ${acr}, ${at})`.execute(tx);
}

/** Records sign-ins at services as acts `identity.signed-in`, at most so many; gives how many there were. */
export async function recordSignIns(tx: Transaction, limit: number): Promise<number> {
  const { rows } = await sql<SignIn>`
    delete from identity.sign_in_due where id in (
      select id from identity.sign_in_due order by id limit ${limit} for update skip locked)
    returning person_id as "personId", client_id as "clientId", acr, signed_in_at as at`.execute(tx);
  await recordAll(
    tx,
    rows.map(({ personId, clientId, acr, at }) => ({
      topic: 'identity.signed-in',
      subject: personId,
      actor: personId,
      details: { service: clientId, acr },
      occurredAt: at,
    })),
  );
  return rows.length;
}

type SignInRow = {
  uid: string;
  personId: string;
  passkeyId: string;
  acr: Acr;
  authenticatedAt: Date;
};

/**
 * Who signed in with an access token of the portal, which is used up by this; undefined when the session has
 * ended. The session stays locked, so that nobody ends it before the portal's own session stands.
 */
export async function takeSignIn(
  tx: Transaction,
  token: string,
): Promise<(Proven & { uid: string }) | undefined> {
  const { rows } = await sql<SignInRow>`
    with taken as (
      delete from identity.artifact where model = 'AccessToken' and id = ${keyOfArtifact('AccessToken', token)}
      returning payload->>'sessionUid' as uid
    )
    select uid, person_id as "personId", passkey_id as "passkeyId", acr,
      authenticated_at as "authenticatedAt"
    from identity.provider_session where uid = (select uid from taken) for share`.execute(tx);
  return rows[0];
}

/** The provider's session that a session of the portal came from. */
export async function findProviderUid(tx: Transaction, sessionId: string): Promise<string | undefined> {
  const { rows } = await sql<{ uid: string | null }>`
    select provider_uid as uid from identity.session where id = ${sessionId}`.execute(tx);
  return rows[0]?.uid ?? undefined;
}
