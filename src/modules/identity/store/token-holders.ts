// Whom a program acts for: the person behind an access token, as long as the grant stands.

import type { Actor } from '../../../core/access.ts';
import { query } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';
import { keyOfArtifact } from '../rules/bearer-values.ts';

/** What an access token says now. */
export type TokenHolder = {
  id: string;
  clientId: string;
  audience?: string;
  scopes: string[];
  /** Thumbprint of the key to which the token is bound (RFC 9449). */
  thumbprint?: string;
  acr: string;
  authenticatedAt: Date;
  roles: Actor['roles'];
};

type Payload = { clientId: string; aud?: string; scope?: string; jkt?: string; exp: number };
type Row = {
  id: string;
  payload: Payload;
  acr: string | null;
  authenticatedAt: Date | null;
  roles: Actor['roles'];
};

const statement = `
  select token.account_id as id, token.payload, login.acr, login.authenticated_at as "authenticatedAt",
    coalesce((
      select json_agg(json_build_object('department', department_id, 'role', role))
      from identity.appointment
      where appointment.person_id::text = token.account_id and ended_at is null
    ), '[]'::json) as roles
  from identity.artifact as token
  join identity.artifact as given on given.model = 'Grant' and given.id = token.grant_id
  join identity.client on client.id = token.payload->>'clientId' and client.disabled_at is null
  left join identity.provider_session as login on login.uid = given.uid
  where token.model = 'AccessToken' and token.id = $1 and token.expires_at > $2`;

/** The holder of a token; undefined when it is unknown, has expired, or was taken back. */
export async function findTokenHolder(house: House, token: string): Promise<TokenHolder | undefined> {
  const [row] = await query<Row>(house.database, {
    name: 'identity-token-holder',
    text: statement,
    values: [keyOfArtifact('AccessToken', token), house.clock.now()],
  });
  if (row === undefined) return undefined;
  const { id, payload, acr, authenticatedAt, roles } = row;
  const { clientId, aud, scope = '', jkt } = payload;
  return {
    id,
    clientId,
    scopes: scope.split(' '),
    acr: acr ?? 'phr',
    authenticatedAt: authenticatedAt ?? new Date(0),
    roles,
    ...(aud === undefined ? {} : { audience: aud }),
    ...(jkt === undefined ? {} : { thumbprint: jkt }),
  };
}
