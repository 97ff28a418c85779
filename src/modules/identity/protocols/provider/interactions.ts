// What a person decides on the pages of the portal while a service waits: signing in, consenting, refusing.

import type { InteractionResults, Interaction as ProviderInteraction } from 'oidc-provider';
import type { Visit } from '../../../../core/access.ts';
import { LamppostError, notFound } from '../../../../core/errors.ts';
import type { House } from '../../../../core/house.ts';
import type { Text } from '../../../../core/texts.ts';
import { acrWish, satisfies } from '../../rules/acr.ts';
import type { Acr, Proven } from '../../schema.ts';
import { portalId } from '../../store/clients.ts';
import type { Consent } from '../../store/service-uses.ts';
import { serviceTexts } from '../../texts/services.ts';
import { errors } from './engine.ts';
import type { OwnResult } from './grants.ts';
import { sourceOf } from './pages.ts';
import { openProvider } from './provider.ts';

/** A sign-in that waits for a person. */
export type Interaction = {
  uid: string;
  prompt: 'login' | 'consent' | 'create';
  client: {
    id: string;
    name: Text;
    /** Where the answer goes, as a source of a content security policy. */
    origin: string;
    isPortal: boolean;
  };
  /** Who is signed in at the provider already. */
  personId?: string;
  /** Ways of signing in that the service asks for, the best first. */
  wantedAcr?: Acr[];
  /** Scopes and claims that the person has not yet decided about. */
  newScopes: string[];
  newClaims: string[];
  bindingMessage?: string;
};

/** The request in hand, which brings the cookie of the browser that began. */
type Asking = Pick<Visit, 'raw'>;

type Found = { details: ProviderInteraction; interaction: Interaction };

const unknownInteraction = () => notFound('unknown-interaction', serviceTexts.unknownInteraction);

async function loadDetails(house: House, visit: Asking, uid: string): Promise<ProviderInteraction> {
  const { provider } = await openProvider(house);
  const { request, response } = visit.raw;
  try {
    const details = await provider.interactionDetails(request, response);
    if (details.uid === uid) return details;
  } catch (error) {
    if (!(error instanceof errors.SessionNotFound)) throw error;
  }
  throw unknownInteraction();
}

const promptOf = (name: string): Interaction['prompt'] =>
  name === 'consent' || name === 'create' ? name : 'login';

type MissingDetails = {
  missingOIDCScope?: string[];
  missingOIDCClaims?: string[];
  missingResourceScopes?: Record<string, string[]>;
};

function missingOf(details: MissingDetails) {
  const { missingOIDCScope = [], missingOIDCClaims = [], missingResourceScopes = {} } = details;
  const ofResources = Object.values(missingResourceScopes).flat();
  return { newScopes: [...new Set([...missingOIDCScope, ...ofResources])], newClaims: missingOIDCClaims };
}

async function find(house: House, visit: Asking, uid: string): Promise<Found> {
  const details = await loadDetails(house, visit, uid);
  const { params, prompt, session } = details;
  const { clients } = await openProvider(house);
  const id = String(params.client_id);
  const known = await clients.find(id);
  if (known === undefined) throw unknownInteraction();
  const target = typeof params.redirect_uri === 'string' ? sourceOf(params.redirect_uri) : undefined;
  const wish = acrWish(params);
  const wanted = [...(wish?.values ?? [])].sort().reverse();
  return {
    details,
    interaction: {
      uid,
      prompt: promptOf(prompt.name),
      client: {
        id,
        name: known.name,
        origin: target ?? house.config.origin,
        isPortal: id === portalId,
      },
      ...(session?.accountId === undefined ? {} : { personId: session.accountId }),
      ...(wanted.length === 0 ? {} : { wantedAcr: wanted }),
      ...missingOf(prompt.details as MissingDetails),
    },
  };
}

/**
 * The sign-in that waits under this id, in the browser that began it. Throws not-found
 * `unknown-interaction` when it has expired or was begun elsewhere.
 */
export const getInteraction = async (house: House, visit: Visit, uid: string): Promise<Interaction> =>
  (await find(house, visit, uid)).interaction;

async function answer(details: ProviderInteraction, result: InteractionResults & OwnResult): Promise<string> {
  const merged = 'error' in result ? result : { ...details.lastSubmission, ...result };
  details.result = merged as InteractionResults;
  try {
    await details.save(details.exp - Math.floor(Date.now() / 1000));
  } catch (error) {
    // It went on, or was ended, while the person was deciding.
    if (error instanceof errors.InvalidGrant) throw unknownInteraction();
    throw error;
  }
  return details.returnTo;
}

const needsBoundPasskey = () =>
  new LamppostError('forbidden', 'bound-passkey-needed', serviceTexts.needsBoundPasskey);

/**
 * The person has proved who they are; gives the address that goes on. Throws forbidden
 * `bound-passkey-needed` when the service insists on a passkey that cannot leave its device.
 */
export async function finishLogin(
  house: House,
  visit: Asking,
  ...[uid, proven]: [uid: string, proven: Proven]
): Promise<string> {
  const { details, interaction } = await find(house, visit, uid);
  const wish = acrWish(details.params);
  if (wish?.essential && !wish.values.some((asked) => satisfies(proven.acr, asked)))
    throw needsBoundPasskey();
  const { personId, passkeyId, acr, authenticatedAt } = proven;
  const result = {
    login: {
      accountId: personId,
      acr,
      amr: ['pop', 'user'],
      ts: Math.floor(Date.now() / 1000),
      remember: true,
    },
    ...(interaction.prompt === 'create' ? { create: {} } : {}),
    ...{ passkeyId, acr, provenAt: authenticatedAt.getTime() },
  };
  return answer(details, result as InteractionResults & OwnResult);
}

/** The person allows what is named, of what was asked; gives the address that goes on. */
export async function finishConsent(
  house: House,
  visit: Visit,
  ...[uid, chosen]: [uid: string, chosen: Partial<Consent>]
): Promise<string> {
  const { details, interaction } = await find(house, visit, uid);
  if (interaction.prompt !== 'consent') throw unknownInteraction();
  const { newScopes, newClaims } = interaction;
  const { scopes = [], claims = [] } = chosen;
  const allowed = {
    // Without it nobody signs in: agreeing at all is agreeing to that.
    scopes: newScopes.filter((scope) => scope === 'openid' || scopes.includes(scope)),
    claims: newClaims.filter((claim) => claims.includes(claim)),
  };
  return answer(details, { consent: {}, allowed });
}

/** The person stops; gives the address that tells the service. */
export async function refuse(house: House, visit: Visit, uid: string): Promise<string> {
  const { details, interaction } = await find(house, visit, uid);
  const wish = acrWish(details.params);
  const isUnmet = interaction.prompt === 'login' && wish?.essential === true;
  return answer(details, {
    error: isUnmet ? 'unmet_authentication_requirements' : 'access_denied',
    error_description: isUnmet ? 'the class of authentication was not met' : 'the person refused',
  });
}
