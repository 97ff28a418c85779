// Ends sessions with everything that hangs on them: at the portal, at the provider, grants and tokens.

import { sql, type Transaction } from '../../../core/database/index.ts';

/** Told when services wait to hear that a session has ended. */
export const logoutChannel = 'lamppost_identity_logout';

/** Whose sessions end: all, those of one passkey, one, or all but one; the ids are those of the portal. */
type SessionEnding = {
  personId: string;
  passkeyId?: string | undefined;
  sessionId?: string | undefined;
  keepSessionId?: string | undefined;
  /** One session of the provider, which may have none at the portal. */
  providerUid?: string | undefined;
  /** Now; a sign-in that was proven before and waits for a decision is not finished any more. */
  at?: Date | undefined;
};

/** Ends the sessions at once and everywhere; services that asked for it are told soon after. */
export async function endSessions(tx: Transaction, ending: SessionEnding): Promise<void> {
  const { personId, passkeyId = null, sessionId = null, keepSessionId = null, providerUid = null } = ending;
  // First the person: a sign-in that is being finished at this moment is waited for, and ended with the rest.
  if (ending.at !== undefined) {
    await sql`update identity.person set sessions_ended_at = ${ending.at} where id = ${personId}`.execute(tx);
  }
  // Then the provider's sessions: whoever is about to write something new waits for this, or has written it.
  const { rows } = await sql<{ uid: string }>`
    delete from identity.provider_session as ended where person_id = ${personId}
      and (${passkeyId}::text is null or passkey_id = ${passkeyId} or ${passkeyId} = any(earlier_passkeys))
      and (${providerUid}::text is null or uid = ${providerUid})
      and (${sessionId}::uuid is null
        or uid = (select provider_uid from identity.session where id = ${sessionId}::uuid))
      and (${keepSessionId}::uuid is null or uid is distinct from
        (select provider_uid from identity.session where id = ${keepSessionId}::uuid))
    returning uid`.execute(tx);
  const uids = rows.map(({ uid }) => uid);
  await sql`delete from identity.session where person_id = ${personId}
    and (${providerUid}::text is null or provider_uid = ${providerUid})
    and (${passkeyId}::text is null or passkey_id = ${passkeyId} or provider_uid = any(${uids}::text[]))
    and (${sessionId}::uuid is null or id = ${sessionId}::uuid)
    and (${keepSessionId}::uuid is null or id <> ${keepSessionId}::uuid)`.execute(tx);
  await endState(tx, uids);
  const some = passkeyId ?? sessionId ?? keepSessionId ?? providerUid;
  if (some === null) await endAccount(tx, personId);
}

/**
 * Signs out of one session of the provider. What a service may do while the person is away (scope
 * offline_access) stays, and still ends with the passkey by which it was given.
 */
export async function endProviderSession(tx: Transaction, uid: string): Promise<void> {
  await sql`select from identity.provider_session where uid = ${uid} for update`.execute(tx);
  await sql`delete from identity.session where provider_uid = ${uid}`.execute(tx);
  await endState(tx, [uid], true);
  await sql`delete from identity.provider_session where uid = ${uid} and not exists (
    select from identity.artifact where model = 'Grant' and artifact.uid = ${uid})`.execute(tx);
}

async function endState(tx: Transaction, uids: readonly string[], keepsOffline = false): Promise<void> {
  if (uids.length === 0) return;
  // A service that no longer knows the person is told nothing: no other name of theirs is meant for it.
  const { rows: told } = await sql`
    with ended as (
      delete from identity.artifact where model = 'Session' and uid = any(${uids}::text[])
      returning payload, account_id
    )
    insert into identity.logout_due (client_id, subject, sid)
    select client.id, used.pseudonym, authorized.value->>'sid'
    from ended cross join lateral json_each(ended.payload->'authorizations') as authorized
    join identity.client on client.id = authorized.key
      and client.metadata->>'backchannel_logout_uri' is not null
    join identity.service_use as used on used.client_id = client.id
      and used.person_id = ended.account_id::uuid
    returning true`.execute(tx);
  if (told.length > 0) await sql`select pg_notify(${logoutChannel}, '')`.execute(tx);
  const { rows: grants } = await sql<{ id: string }>`
    delete from identity.artifact where model = 'Grant' and uid = any(${uids}::text[])
      and not (${keepsOffline} and coalesce(payload->'openid'->>'scope', '') ~ '\\moffline_access\\M')
    returning id`.execute(tx);
  await endGrants(
    tx,
    grants.map(({ id }) => id),
  );
}

async function endGrants(tx: Transaction, grants: readonly string[]): Promise<void> {
  if (grants.length === 0) return;
  await sql`delete from identity.artifact where grant_id = any(${grants}::text[])`.execute(tx);
}

/** Everything of a person that hangs on no session: what was given without one, requests still open. */
async function endAccount(tx: Transaction, personId: string): Promise<void> {
  await sql`delete from identity.artifact where account_id = ${personId} and model = 'Grant'`.execute(tx);
  await sql`delete from identity.artifact where account_id = ${personId}`.execute(tx);
}

/** Ends what one person, or everybody, has allowed one client; the client hears of it. */
export async function endClient(
  tx: Transaction,
  clientId: string,
  personId: string | null = null,
): Promise<void> {
  // First the grants: whoever is about to write what hangs on one waits for this, or has written it.
  const { rows } = await sql<{ id: string }>`
    delete from identity.artifact where model = 'Grant' and payload->>'clientId' = ${clientId}
      and (${personId}::text is null or account_id = ${personId})
    returning id`.execute(tx);
  await endGrants(
    tx,
    rows.map(({ id }) => id),
  );
  await leaveSessions(tx, clientId, personId);
}

/**
 * Takes a client out of the sessions in which it is signed in, and has it told. One person's session there
 * may have outlived the one here; then the client ends all that it has of them, if it can do so.
 */
async function leaveSessions(tx: Transaction, clientId: string, personId: string | null): Promise<void> {
  const { rows: told } = await sql`
    with left_sessions as (
      select id, account_id, payload->'authorizations'->${clientId}->>'sid' as sid from identity.artifact
      where model = 'Session' and (${personId}::text is null or account_id = ${personId})
        and payload->'authorizations'->${clientId} is not null for update
    ), changed as (
      update identity.artifact as one
      set payload = (one.payload::jsonb #- array['authorizations', ${clientId}])::json
      from left_sessions where one.model = 'Session' and one.id = left_sessions.id
    )
    insert into identity.logout_due (client_id, subject, sid)
    select distinct client.id, used.pseudonym, case when needs_session then sid end
    from identity.client
    cross join lateral (select coalesce(
      (client.metadata->>'backchannel_logout_session_required')::boolean, false) as needs_session) as way
    join identity.service_use as used on used.client_id = client.id
      and (${personId}::uuid is null or used.person_id = ${personId}::uuid)
    left join left_sessions on account_id::uuid = used.person_id
    where client.id = ${clientId} and client.metadata->>'backchannel_logout_uri' is not null
      and (sid is not null or ${personId}::uuid is not null and not needs_session)
    returning true`.execute(tx);
  if (told.length > 0) await sql`select pg_notify(${logoutChannel}, '')`.execute(tx);
}

/** Has services told that a person leaves; a service that does not know the person is told nothing. */
export async function queueLogouts(
  tx: Transaction,
  personId: string,
  due: readonly { clientId: string; sid?: string | undefined }[],
): Promise<void> {
  const rows = JSON.stringify(due.map(({ clientId, sid }) => ({ client_id: clientId, sid })));
  await sql`insert into identity.logout_due (client_id, subject, sid)
    select told.client_id, used.pseudonym, told.sid
    from json_to_recordset(${rows}::json) as told (client_id text, sid text)
    join identity.service_use as used on used.client_id = told.client_id
      and used.person_id = ${personId}`.execute(tx);
  await sql`select pg_notify(${logoutChannel}, '')`.execute(tx);
}

/** One service that must hear of an end. */
export type LogoutDue = { clientId: string; subject: string; sid?: string };

/** Takes services that are to be told, at most so many; the caller sends the jobs in the same transaction. */
export async function takeLogouts(tx: Transaction, limit: number): Promise<LogoutDue[]> {
  const { rows } = await sql<{ clientId: string; subject: string; sid: string | null }>`
    delete from identity.logout_due where id in (
      select id from identity.logout_due limit ${limit} for update skip locked)
    returning client_id as "clientId", subject, sid`.execute(tx);
  return rows.map(({ sid, ...due }) => ({ ...due, ...(sid === null ? {} : { sid }) }));
}
