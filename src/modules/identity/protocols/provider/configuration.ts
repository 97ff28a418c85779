// The configuration of the provider: one table from settings, keys and the house to what the engine wants.

import type { House } from '../../../../core/house.ts';
import { languageTag } from '../../../../core/texts.ts';
import { claimsOfScope } from '../../rules/scopes.ts';
import { acrValues } from '../../schema.ts';
import { getProviderKeys, getProviderSecrets } from '../../store/signing-keys.ts';
import { findAccount, pairwiseIdentifier } from './account.ts';
import { openAdapter } from './adapter.ts';
import { adapterErrors } from './adapter-errors.ts';
import { isLocal } from './clients.ts';
import { cookieKeys } from './cookie-keys.ts';
import { type Configuration, errors, type KoaContextWithOIDC } from './engine.ts';
import { fapi2, featuresOf, profileField } from './features.ts';
import { loadExistingGrant } from './grants.ts';
import { languageOf } from './language.ts';
import { lifeSeconds } from './lives.ts';
import type { openPages } from './pages.ts';
import { interactionPrompts } from './policy.ts';

export const providerPath = '/oidc';
export const issuerOf = ({ config }: Pick<House, 'config'>): string => `${config.origin}${providerPath}`;

const es256 = ['ES256' as const];
const nothing: never[] = [];

/** One algorithm for everything that is signed; nothing is encrypted but by TLS. */
const algorithms = {
  clientAuthSigningAlgValues: es256,
  idTokenSigningAlgValues: es256,
  requestObjectSigningAlgValues: es256,
  userinfoSigningAlgValues: es256,
  introspectionSigningAlgValues: es256,
  authorizationSigningAlgValues: es256,
  dPoPSigningAlgValues: es256,
};

const paths = {
  authorization: '/auth',
  pushed_authorization_request: '/request',
  token: '/token',
  userinfo: '/me',
  jwks: '/jwks',
  introspection: '/token/introspection',
  revocation: '/token/revocation',
  device_authorization: '/device/auth',
  code_verification: '/device',
  backchannel_authentication: '/backchannel',
  end_session: '/session/end',
};

const lives = {
  AccessToken: lifeSeconds.accessToken,
  AuthorizationCode: lifeSeconds.code,
  // A service may want an answer sooner, never later (CIBA Core 1.0, 7.1).
  BackchannelAuthenticationRequest: (ctx: KoaContextWithOIDC | undefined) => {
    const wished = Number(ctx?.oidc?.params?.requested_expiry ?? Number.NaN);
    return Number.isNaN(wished)
      ? lifeSeconds.backchannelRequest
      : Math.min(wished, lifeSeconds.backchannelRequest);
  },
  DeviceCode: lifeSeconds.deviceCode,
  Grant: lifeSeconds.grant,
  IdToken: lifeSeconds.idToken,
  Interaction: lifeSeconds.interaction,
  RefreshToken: lifeSeconds.refreshToken,
  Session: lifeSeconds.session,
};

type GivenMetadata = [context: unknown, key: string, value: unknown, all: Record<string, unknown>];

/** A client of the FAPI 2.0 security profile says so, and then must be able to keep it. */
function checkMetadata(...[, key, value, metadata]: GivenMetadata): void {
  if (key !== profileField || value === undefined) return;
  const keeps =
    value === fapi2 &&
    metadata.require_pushed_authorization_requests === true &&
    metadata.dpop_bound_access_tokens === true &&
    metadata.token_endpoint_auth_method === 'private_key_jwt';
  if (keeps) return;
  const needs = 'require_pushed_authorization_requests, dpop_bound_access_tokens, private_key_jwt';
  throw new errors.InvalidClientMetadata(`${profileField} is fapi2 with ${needs}`);
}

/**
 * Asks the outside. The provider's own dispatcher refuses addresses of the machine and of private networks;
 * only a site that itself stands on the machine may reach its neighbours there.
 */
const fetcherOf = (house: House): NonNullable<Configuration['fetch']> =>
  async function ask(url, options) {
    if (!isLocal(house)) return fetch(url, options);
    const { dispatcher, ...rest } = options as RequestInit & { dispatcher?: unknown };
    return fetch(url, rest);
  } as NonNullable<Configuration['fetch']>;

/** Pages of the interaction are the portal's; whoever changes the language there keeps the cookie. */
function interactionUrl(house: House, ctx: KoaContextWithOIDC, uid: string): string {
  const language = languageOf(house, ctx);
  const path = (one: string) => `/${one}/sign-in/${uid}`;
  const options = { httpOnly: true, sameSite: 'lax' as const, maxAge: lifeSeconds.interaction * 1000 };
  for (const other of house.edition.languages) {
    if (other === language) continue;
    ctx.cookies.set('lamppost-interaction', uid, { ...options, path: path(other), overwrite: false });
  }
  return path(language);
}

const clientDefaults = {
  grant_types: ['authorization_code'],
  response_types: ['code'],
  subject_type: 'pairwise',
  token_endpoint_auth_method: 'private_key_jwt',
  id_token_signed_response_alg: 'ES256',
  authorization_signed_response_alg: 'ES256',
};

const enabledJWA = {
  ...algorithms,
  idTokenEncryptionAlgValues: nothing,
  requestObjectEncryptionAlgValues: nothing,
  userinfoEncryptionAlgValues: nothing,
  introspectionEncryptionAlgValues: nothing,
  authorizationEncryptionAlgValues: nothing,
};

/** The provider's configuration. */
export async function configurationOf(
  house: House,
  pages: ReturnType<typeof openPages>,
): Promise<Configuration> {
  const { cookies, nonces } = await getProviderSecrets(house);
  const isSecure = house.config.origin.startsWith('https:');
  const cookieOptions = { httpOnly: true, sameSite: 'lax' as const, signed: true };
  return {
    adapter: (model: string) => openAdapter(house, model, adapterErrors),
    jwks: { keys: await getProviderKeys(house) },
    acrValues: [...acrValues],
    claims: { acr: null, auth_time: null, iss: null, sid: null, openid: ['sub'], ...claimsOfScope },
    scopes: ['openid', 'offline_access'],
    subjectTypes: ['public', 'pairwise'],
    responseTypes: ['code'],
    clientAuthMethods: ['private_key_jwt', 'client_secret_basic', 'none'],
    clientDefaults,
    enabledJWA,
    extraClientMetadata: { properties: [profileField], validator: checkMetadata as never },
    features: featuresOf(house, pages, nonces),
    cookies: {
      keys: cookieKeys(cookies),
      names: {
        // With this prefix no other host of the same domain can set it (RFC 6265bis, 4.1.3.2).
        session: isSecure ? '__Host-lamppost-provider' : 'lamppost-provider',
        interaction: 'lamppost-interaction',
        resume: 'lamppost-resume',
      },
      long: { ...cookieOptions, path: isSecure ? '/' : providerPath },
      short: cookieOptions,
    },
    discovery: {
      // Initiating User Registration via OpenID Connect 1.0, section 4.
      prompt_values_supported: ['none', 'login', 'consent', 'create'],
      backchannel_user_code_parameter_supported: false,
      ui_locales_supported: house.edition.languages.map((one) => languageTag[one]),
    },
    allowOmittingSingleRegisteredRedirectUri: false,
    conformIdTokenClaims: true,
    // Everything that hangs on a session is removed with it, so tokens need not ask for it each time.
    expiresWithSession: async () => false,
    rotateRefreshToken: (ctx: KoaContextWithOIDC) => ctx.oidc.isFapi('2.0') === undefined,
    pkce: { required: () => true },
    routes: paths,
    ttl: lives,
    findAccount: (ctx, subject) => findAccount(house, ctx, subject),
    pairwiseIdentifier: (_ctx, accountId, client) => pairwiseIdentifier(house, accountId, client),
    loadExistingGrant: (ctx) => loadExistingGrant(house, ctx),
    renderError: (ctx, out) => pages.renderError(ctx, out),
    interactions: {
      policy: interactionPrompts(),
      url: (ctx, { uid }) => interactionUrl(house, ctx, uid),
    },
    fetch: fetcherOf(house),
    fetchResponseBodyLimits: { jwks_uri: 64 * 1024, sector_identifier_uri: 1024 },
    // Browsers of other sites may ask where a public client says that it lives.
    clientBasedCORS: (_ctx, origin, client) =>
      client.clientAuthMethod === 'none' &&
      (client.redirectUris ?? []).some((address) => URL.parse(address)?.origin === origin),
  } as Configuration;
}
