// What a service may do: the grant of a session and a client, made from what the person has consented to.

import type { Grant } from 'oidc-provider';
import type { House } from '../../../../core/house.ts';
import type { Acr } from '../../schema.ts';
import { portalId } from '../../store/clients.ts';
import { type BegunSession, beginProviderSession } from '../../store/provider-sessions.ts';
import { addConsent, type Consent, touchConsent } from '../../store/service-uses.ts';
import { grantSession } from './adapter.ts';
import { errors, type KoaContextWithOIDC } from './engine.ts';
import { lifeSeconds } from './lives.ts';

/** What our pages put into the result of an interaction, beside what the provider knows. */
export type OwnResult = {
  passkeyId?: string;
  /** Milliseconds since 1970, by the clock of the house. */
  provenAt?: number;
  acr?: Acr;
  allowed?: Consent;
};

const noClaims = new Set(['sub', 'sid', 'auth_time', 'acr', 'amr', 'iss']);

type Wish = { scopes: string[]; claims: string[]; resources: Record<string, string[]> };

function wishOf({ oidc }: KoaContextWithOIDC): Wish {
  const resources = Object.entries(oidc.resourceServers ?? {}).map(([name, server]) => [
    name,
    [...oidc.requestParamScopes].filter((scope) => server.scopes.has(scope)),
  ]);
  return {
    scopes: [...oidc.requestParamOIDCScopes],
    claims: [...oidc.requestParamClaims].filter((claim) => !noClaims.has(claim)),
    resources: Object.fromEntries(resources) as Wish['resources'],
  };
}

/** Notes the sign-in that has just happened. Throws access_denied when its passkey was revoked meanwhile. */
async function noteLogin(house: House, { oidc }: KoaContextWithOIDC): Promise<BegunSession | undefined> {
  const { passkeyId, provenAt, acr = 'phr' } = (oidc.result ?? {}) as OwnResult;
  if (oidc.result?.login === undefined || passkeyId === undefined) return undefined;
  const { uid, accountId } = oidc.session!;
  const begun = await beginProviderSession(house, {
    uid,
    personId: accountId!,
    passkeyId,
    acr,
    clientId: oidc.client!.clientId,
    authenticatedAt: new Date(provenAt ?? house.clock.now()),
    expiresAt: new Date(house.clock.now().getTime() + lifeSeconds.grant * 1000),
  });
  if (begun === undefined) throw new errors.AccessDenied(undefined, 'the passkey was revoked');
  return begun;
}

/** Everything that was wished and is allowed, and is not in the grant yet; true when there was anything. */
function extend(grant: Grant, wish: Wish, allows: (kind: keyof Consent, name: string) => boolean): boolean {
  const before = JSON.stringify([grant.openid, grant.resources]);
  const scopes = wish.scopes.filter((scope) => allows('scopes', scope));
  const claims = wish.claims.filter((claim) => allows('claims', claim));
  if (scopes.length > 0) grant.addOIDCScope(scopes);
  if (claims.length > 0) grant.addOIDCClaims(claims);
  for (const [resource, wished] of Object.entries(wish.resources)) {
    const allowed = wished.filter((scope) => allows('scopes', scope));
    if (allowed.length > 0) grant.addResourceScope(resource, allowed);
  }
  return JSON.stringify([grant.openid, grant.resources]) !== before;
}

/** What was offered and left out is not asked for again in this session. */
function reject(grant: Grant, wish: Wish, allowed: Consent): void {
  grant.rejected = undefined;
  const scopes = wish.scopes.filter((scope) => scope !== 'openid' && !allowed.scopes.includes(scope));
  const claims = wish.claims.filter((claim) => !allowed.claims.includes(claim));
  if (scopes.length > 0) grant.rejectOIDCScope(scopes);
  if (claims.length > 0) grant.rejectOIDCClaims(claims);
  for (const [resource, wished] of Object.entries(wish.resources)) {
    const left = wished.filter((scope) => !allowed.scopes.includes(scope));
    if (left.length > 0) grant.rejectResourceScope(resource, left);
  }
}

/** What the person allows this client now: everything to the portal, else what was consented to. */
async function allowedNow(
  house: House,
  ctx: KoaContextWithOIDC,
  begun: BegunSession | undefined,
): Promise<Consent | 'all' | undefined> {
  const clientId = ctx.oidc.client!.clientId;
  const personId = ctx.oidc.session!.accountId!;
  if (clientId === portalId) return 'all';
  const { allowed } = (ctx.oidc.result ?? {}) as OwnResult;
  if (allowed !== undefined) {
    const { scopes, claims } = allowed;
    await addConsent(house, { personId, clientId, scopes, claims });
  }
  const isKnown = begun !== undefined && allowed === undefined;
  return isKnown ? begun.consent : touchConsent(house, personId, clientId);
}

const covers = (grant: Grant, wish: Wish): boolean => {
  const scopes = new Set(grant.getOIDCScopeEncountered().split(' '));
  const claims = new Set(grant.getOIDCClaimsEncountered());
  return (
    Object.keys(wish.resources).length === 0 &&
    wish.scopes.every((scope) => scopes.has(scope)) &&
    wish.claims.every((claim) => claims.has(claim))
  );
};

/**
 * The grant of this session and client. Consent belongs to the person and the service, so that a new session
 * does not ask again; the grant belongs to the session, so that it ends with it.
 */
export async function loadExistingGrant(house: House, ctx: KoaContextWithOIDC): Promise<Grant | undefined> {
  const { session, client, provider, result } = ctx.oidc;
  const begun = await noteLogin(house, ctx);
  const clientId = client!.clientId;
  const id = session!.grantIdFor(clientId);
  const known = id === undefined ? undefined : await provider.Grant.find(id);
  const wish = wishOf(ctx);
  const { allowed: fresh } = (result ?? {}) as OwnResult;
  if (known !== undefined && fresh === undefined && covers(known, wish)) return known;
  const allowed = await allowedNow(house, ctx, begun);
  if (allowed === undefined) return known;
  const grant = known ?? new provider.Grant({ accountId: session!.accountId!, clientId });
  const changed = extend(grant, wish, (kind, name) => allowed === 'all' || allowed[kind].includes(name));
  if (fresh !== undefined && allowed !== 'all') reject(grant, wish, allowed);
  if (!changed && fresh === undefined) return known;
  await grantSession.run(session!.uid, () => grant.save());
  return grant;
}
