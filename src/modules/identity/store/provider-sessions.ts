// Sessions of the provider: with which passkey each was begun, and who signed in by an access token of the portal.

import { query, sql, type Transaction } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';
import type { Acr, Proven } from '../schema.ts';

type Begun = Proven & { uid: string; expiresAt: Date };

/**
 * Records with which passkey a session was begun; false when the passkey is revoked by now. The lock makes a
 * revocation that happens at the same time wait, and then end this session too.
 */
export async function beginProviderSession({ database }: House, begun: Begun): Promise<boolean> {
  const { uid, personId, passkeyId, acr, authenticatedAt, expiresAt } = begun;
  const rows = await query(database, {
    name: 'provider-session-begin',
    text: `insert into identity.provider_session
        (uid, person_id, passkey_id, acr, authenticated_at, expires_at)
      select $1, $2::uuid, id, $4, $5::timestamptz, $6::timestamptz from (select id from identity.passkey
        where id = $3 and person_id = $2::uuid and revoked_at is null for share) as passkey
      on conflict (uid) do update set passkey_id = excluded.passkey_id, acr = excluded.acr,
        authenticated_at = excluded.authenticated_at, expires_at = excluded.expires_at
        where provider_session.person_id = excluded.person_id
      returning true as begun`,
    values: [uid, personId, passkeyId, acr, authenticatedAt, expiresAt],
  });
  return rows.length > 0;
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
      delete from identity.artifact where model = 'AccessToken' and id = ${token}
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
