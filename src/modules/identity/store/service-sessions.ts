// Sign-ins that began at a service and have no session at the portal: listed, and ended one by one.

import { inTransaction, sql } from '../../../core/database/index.ts';
import { notFound } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import type { Text } from '../../../core/texts.ts';
import { peopleTexts } from '../texts/people.ts';
import { recordOwn } from './acts.ts';
import { portalId } from './clients.ts';
import { endSessions } from './ending.ts';
import { idleMs } from './sessions.ts';

/** A browser in which services can be opened without the passkey; what kind it is, is not known. */
export type ServiceSession = {
  /** Id of the provider's session. */
  id: string;
  passkeyId: string;
  /** When the passkey was last used in it. */
  authenticatedAt: Date;
  expiresAt: Date;
  services: Text[];
};

const mostSessions = 100;

/** Those of a person that are alive, the latest first. */
export async function listServiceSessions(
  { clock, database }: Pick<House, 'clock' | 'database'>,
  personId: string,
): Promise<ServiceSession[]> {
  const now = clock.now();
  const { rows } = await sql<ServiceSession>`
    select begun.uid as id, passkey_id as "passkeyId", authenticated_at as "authenticatedAt",
      artifact.expires_at as "expiresAt",
      coalesce((
        select json_agg(json_build_object('en', name_en, 'tc', name_tc) order by name_en)
        from json_object_keys(artifact.payload->'authorizations') as authorized (client_id)
        join identity.client on client.id = authorized.client_id and client.id <> ${portalId}
      ), '[]'::json) as services
    from identity.provider_session as begun
    join identity.artifact on artifact.model = 'Session' and artifact.uid = begun.uid
      and artifact.expires_at > ${now}
    where begun.person_id = ${personId} and begun.expires_at > ${now} and not exists (
      select from identity.session
      where provider_uid = begun.uid and session.expires_at > ${now}
        and seen_at > ${new Date(now.getTime() - idleMs)})
    order by authenticated_at desc, begun.uid limit ${mostSessions}`.execute(database);
  return rows;
}

/** Ends one of them, with the act `identity.session-ended`. Throws not-found `unknown-session`. */
export async function endServiceSession(
  house: House,
  { personId, id }: { personId: string; id: string },
): Promise<void> {
  await inTransaction(house.database, async (tx) => {
    const { rows } = await sql`select from identity.provider_session
      where uid = ${id} and person_id = ${personId}`.execute(tx);
    if (rows.length === 0) throw notFound('unknown-session', peopleTexts.unknownSession);
    await endSessions(tx, { personId, providerUid: id });
    await recordOwn(tx, house, { topic: 'identity.session-ended', personId });
  });
}
