// Approving a sign-in on the device that the person holds (CIBA Core 1.0): what waits, and the decision.

import { randomBytes } from 'node:crypto';
import type { BackchannelAuthenticationRequest } from 'oidc-provider';
import type { Actor } from '../../../../core/access.ts';
import { inTransaction, type Transaction } from '../../../../core/database/index.ts';
import { LamppostError, notFound } from '../../../../core/errors.ts';
import type { House } from '../../../../core/house.ts';
import { sameText, type Text } from '../../../../core/texts.ts';
import type { Proven } from '../../schema.ts';
import { recordOwn } from '../../store/acts.ts';
import { type ApprovalRow, listApprovalRows, takeApproval } from '../../store/approvals.ts';
import { findRequestId } from '../../store/bearer-values.ts';
import { beginProviderSession, noteSignIn } from '../../store/provider-sessions.ts';
import { addConsent } from '../../store/service-uses.ts';
import { serviceTexts } from '../../texts/services.ts';
import { grantSession } from './adapter.ts';
import { errors, type Provider } from './engine.ts';
import { apiResource, apiScopes } from './features.ts';
import { lifeSeconds } from './lives.ts';
import { openProvider } from './provider.ts';

/** A request that waits. */
export type Approval = {
  /** Not what the service holds: with this nobody can ask for tokens. */
  id: string;
  client: { id: string; name: Text };
  scopes: string[];
  /** What the service shows too, so that the person can compare. */
  bindingMessage?: string;
  expiresAt: Date;
};

async function approvalOf(house: House, row: ApprovalRow): Promise<Approval> {
  const { clientId, ...rest } = row;
  const { clients } = await openProvider(house);
  const known = await clients.find(clientId);
  return { ...rest, client: { id: clientId, name: known?.name ?? sameText(clientId) } };
}

/** What services wait for, at most 20. */
export const listApprovals = async (house: House, personId: string): Promise<Approval[]> =>
  Promise.all((await listApprovalRows(house, personId)).map((row) => approvalOf(house, row)));

const unknownApproval = () => notFound('unknown-approval', serviceTexts.unknownApproval);

const otherPerson = () => new LamppostError('forbidden', 'passkey-of-another', serviceTexts.unknownApproval);

type Deciding = {
  provider: Provider;
  request: BackchannelAuthenticationRequest;
  clientId: string;
  /** Takes the request and records the decision. */
  take(tx: Transaction): Promise<void>;
};

/** The grant hangs on a session of its own, so that it ends with the passkey that approved it. */
async function approve(
  house: House,
  { provider, request, clientId, take }: Deciding,
  proven: Proven,
): Promise<void> {
  const { personId, acr, authenticatedAt } = proven;
  const scopes = (request.scope ?? '').split(' ').filter((scope) => scope !== '');
  const isApi = (scope: string) => (apiScopes as readonly string[]).includes(scope);
  const claims = Object.keys({ ...request.claims?.id_token, ...request.claims?.userinfo });
  const grant = new provider.Grant({ accountId: personId, clientId });
  grant.addOIDCScope(scopes.filter((scope) => !isApi(scope)));
  if (claims.length > 0) grant.addOIDCClaims(claims);
  const ofApi = scopes.filter(isApi);
  if (ofApi.length > 0) grant.addResourceScope(apiResource(house), ofApi);
  // What is decided is on record before anything is given.
  await addConsent(house, { personId, clientId, scopes, claims }, take);
  const uid = randomBytes(16).toString('base64url');
  const expiresAt = new Date(house.clock.now().getTime() + lifeSeconds.grant * 1000);
  if (!(await beginProviderSession(house, { ...proven, uid, clientId, expiresAt }))) throw unknownApproval();
  const grantId = await grantSession.run(uid, () => grant.save());
  const authTime = Math.floor(authenticatedAt.getTime() / 1000);
  await provider.backchannelResult(request, grantId, {
    acr,
    amr: ['pop', 'user'],
    authTime,
    sessionUid: uid,
  });
}

/** Whether the service could be told at once; a service that is not reached asks by itself. */
async function orQuiet(house: House, work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (error instanceof LamppostError || error instanceof errors.OIDCProviderError) throw error;
    house.log.warn('ciba-ping-failed', { error: (error as Error).name });
  }
}

export type Decision = {
  id: string;
  approved: boolean;
  /** What the passkey proved; needed to approve, and of the same person. */
  proven?: Proven | undefined;
};

/**
 * Decides a request, with the act `identity.approval-decided`. Throws not-found `unknown-approval`,
 * forbidden `passkey-of-another`.
 */
export async function decideApproval(house: House, actor: Actor, decision: Decision): Promise<void> {
  const { id, approved, proven } = decision;
  const { provider } = await openProvider(house);
  const waiting = (await listApprovals(house, actor.id)).find((one) => one.id === id);
  const requestId = waiting && (await findRequestId(house, id));
  const request = await provider.BackchannelAuthenticationRequest.find(requestId ?? '');
  if (waiting === undefined || request === undefined) throw unknownApproval();
  const clientId = waiting.client.id;
  const take = async (tx: Transaction) => {
    if (!(await takeApproval(tx, house, { id, personId: actor.id }))) throw unknownApproval();
    if (approved && proven !== undefined) {
      await noteSignIn(tx, { personId: actor.id, clientId, acr: proven.acr, at: house.clock.now() });
    }
    const details = { service: clientId, approved };
    await recordOwn(tx, house, { topic: 'identity.approval-decided', personId: actor.id, details });
  };
  if (approved) {
    if (proven?.personId !== actor.id) throw otherPerson();
    await orQuiet(house, approve(house, { provider, request, clientId, take }, proven));
  } else {
    await inTransaction(house.database, take);
    const refusal = new errors.AccessDenied(undefined, 'the person refused');
    await orQuiet(house, provider.backchannelResult(request, refusal));
  }
}
