// Requests of services that wait for a person to approve them on the device they hold (CIBA Core 1.0).

import { sql, type Transaction } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';

/** A request as it is stored. */
export type ApprovalRow = {
  id: string;
  clientId: string;
  scopes: string[];
  bindingMessage?: string;
  expiresAt: Date;
};

type Row = {
  id: string;
  payload: {
    clientId: string;
    scope?: string;
    params?: { binding_message?: string };
    error?: string;
    grantId?: string;
  };
  expiresAt: Date;
};

/** Requests that a person has not yet decided, the latest to expire first; at most 20. */
export async function listApprovalRows(house: House, personId: string): Promise<ApprovalRow[]> {
  const { rows } = await sql<Row>`
    select id, payload, expires_at as "expiresAt" from identity.artifact
    where model = 'BackchannelAuthenticationRequest' and account_id = ${personId}
      and expires_at > ${house.clock.now()} and consumed_at is null and grant_id is null and uid is null
    order by expires_at desc limit 100`.execute(house.database);
  return rows
    .filter(({ payload }) => payload.error === undefined && payload.grantId === undefined)
    .slice(0, 20)
    .map(({ id, payload, expiresAt }) => {
      const message = payload.params?.binding_message;
      return {
        id,
        clientId: payload.clientId,
        scopes: (payload.scope ?? '').split(' ').filter((scope) => scope !== ''),
        expiresAt,
        ...(message === undefined ? {} : { bindingMessage: message }),
      };
    });
}

/**
 * Takes a request for the person to decide; false when it is decided already, has expired, or is being
 * decided at this moment. Only one decision has it, in whichever process.
 */
export async function takeApproval(
  tx: Transaction,
  { clock }: House,
  { id, personId }: { id: string; personId: string },
): Promise<boolean> {
  const { numAffectedRows } = await sql`update identity.artifact set uid = 'decided'
    where model = 'BackchannelAuthenticationRequest' and id = ${id} and account_id = ${personId}
      and expires_at > ${clock.now()} and consumed_at is null and grant_id is null and uid is null
      and payload->>'error' is null`.execute(tx);
  return numAffectedRows === 1n;
}
