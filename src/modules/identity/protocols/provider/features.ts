// What the provider offers, standard by standard.

import { inTransaction } from '../../../../core/database/index.ts';
import { LamppostError } from '../../../../core/errors.ts';
import type { House } from '../../../../core/house.ts';
import { keyOfArtifact } from '../../rules/bearer-values.ts';
import { listApprovalRows } from '../../store/approvals.ts';
import { countAttempt } from '../../store/attempts.ts';
import { notify } from '../../store/notices.ts';
import { findPersonAt } from '../../store/service-uses.ts';
import { type Configuration, errors, type KoaContextWithOIDC } from './engine.ts';
import { lifeSeconds } from './lives.ts';
import type { openPages } from './pages.ts';
import { checkRequestObject } from './request-objects.ts';

/** Client metadata of ours: the security profile that a client keeps to. */
export const profileField = 'lamppost_profile';
export const fapi2 = 'fapi2';

/** Our own API as a resource (RFC 8707). */
export const apiResource = ({ config }: Pick<House, 'config'>): string => `${config.origin}/api/v1`;
/** `account`: read what the person sees of their account; `officer`: act with the person's roles. */
export const apiScopes = ['account', 'officer'] as const;

type Features = NonNullable<Configuration['features']>;
type Pages = ReturnType<typeof openPages>;

const isFapi2 = (client: Record<string, unknown> | undefined) => client?.[profileField] === fapi2;

const mostOpen = 3;
const mostAnHour = 20;

/** Whoever is asked again and again says yes in the end: a service may not ask one person without end. */
async function limitAsking(house: House, clientId: string, personId: string): Promise<void> {
  const waiting = await listApprovalRows(house, personId);
  const isFull = waiting.filter((one) => one.clientId === clientId).length >= mostOpen;
  const key = `${clientId} ${personId}`;
  const attempt = { scope: 'approval-asked', key, limit: mostAnHour, windowSeconds: 3600 };
  try {
    if (!isFull) return await countAttempt(house, attempt);
  } catch (error) {
    if (!(error instanceof LamppostError)) throw error;
  }
  throw new errors.CustomOIDCProviderError('access_denied', 'this person was asked too often, try later');
}

/** Approving on the device that the person holds (CIBA Core 1.0). */
function cibaOf(house: House): Features['ciba'] {
  return {
    enabled: true,
    deliveryModes: ['poll', 'ping'],
    // A service may ask only people who have used it; it knows them by their pseudonym.
    processLoginHint: async (ctx, hint) => findPersonAt(house, ctx.oidc.client!.clientId, String(hint)),
    processLoginHintToken: async () => {
      throw new errors.InvalidRequest('login_hint_token is not supported, use login_hint or id_token_hint');
    },
    // Here the person is known and nothing is written yet.
    verifyUserCode: (ctx, { accountId }) => limitAsking(house, ctx.oidc.client!.clientId, accountId),
    validateRequestContext: async () => {},
    validateBindingMessage: async (_ctx, message) => {
      if (message !== undefined && !/^[\p{L}\p{N} .,:;+/#?!_-]{1,60}$/u.test(message)) {
        throw new errors.InvalidBindingMessage(
          'binding_message: at most 60 letters, digits and simple marks',
        );
      }
    },
    triggerAuthenticationDevice: async (ctx, request, account) => {
      const details = {
        service: ctx.oidc.client!.clientId,
        requestId: keyOfArtifact(request.kind, request.jti),
      };
      await inTransaction(house.database, (tx) =>
        notify(tx, house, { personId: account.accountId, kind: 'approval-asked', details }),
      );
    },
  };
}

function resourcesOf(house: House): Features['resourceIndicators'] {
  return {
    enabled: true,
    getResourceServerInfo: async (_ctx, resource) => {
      if (resource !== apiResource(house)) throw new errors.InvalidTarget();
      const scope = apiScopes.join(' ');
      return {
        scope,
        audience: resource,
        accessTokenTTL: lifeSeconds.accessToken,
        accessTokenFormat: 'opaque' as const,
      };
    },
    useGrantedResource: async (ctx: KoaContextWithOIDC) => ctx.oidc.params?.scope === undefined,
  };
}

/** A service learns and ends only what it was given itself. */
const isOwn = async (_ctx: unknown, client: { clientId: string }, token: { clientId?: string | undefined }) =>
  token.clientId === client.clientId;

/** The features of the provider. */
export function featuresOf(house: House, pages: Pages, nonceSecret: Buffer): Features {
  return {
    devInteractions: { enabled: false },
    pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: false },
    requestObjects: {
      enabled: true,
      requireSignedRequestObject: false,
      assertJwtClaimsAndHeader: checkRequestObject,
    },
    jwtResponseModes: { enabled: true },
    jwtUserinfo: { enabled: true },
    dPoP: { enabled: true, nonceSecret, requireNonce: () => true, allowReplay: false },
    fapi: { enabled: true, profile: (_ctx, client) => (isFapi2(client) ? '2.0' : undefined) },
    claimsParameter: { enabled: true },
    introspection: { enabled: true, allowedPolicy: isOwn },
    revocation: { enabled: true, allowedPolicy: isOwn },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: pages.logoutSource,
      postLogoutSuccessSource: pages.postLogoutSuccessSource,
    },
    deviceFlow: {
      enabled: true,
      charset: 'base-20',
      mask: '****-****',
      deviceInfo: () => ({}),
      userCodeInputSource: pages.userCodeInputSource,
      userCodeConfirmSource: pages.userCodeConfirmSource,
      successSource: pages.successSource,
    },
    ciba: cibaOf(house)!,
    resourceIndicators: resourcesOf(house)!,
  } as Features;
}
