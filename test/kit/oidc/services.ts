// Services of a test city, registered as an officer would, each with a configuration of openid-client.

import { exportJWK, generateKeyPair, type JWK } from 'jose';
import * as client from 'openid-client';
import type { Actor } from '../../../src/core/access.ts';
import { createService } from '../../../src/modules/identity/protocols/provider/services.ts';
import type { City } from './city.ts';

export type TestService = {
  id: string;
  redirectUri: string;
  /** Signs its assertions and request objects; absent for a public client. */
  key?: { privateKey: CryptoKey; kid: string };
  jwk?: JWK;
  configuration: client.Configuration;
};

export type ServiceOptions = {
  /** Default: private_key_jwt. */
  isPublic?: boolean;
  redirectUri?: string;
  /** Client metadata (OpenID Connect Dynamic Client Registration 1.0, section 2). */
  metadata?: Record<string, unknown>;
};

/** Metadata of a service that keeps the FAPI 2.0 Security Profile. */
export const fapi2 = {
  lamppost_profile: 'fapi2',
  require_pushed_authorization_requests: true,
  dpop_bound_access_tokens: true,
};

/** Registers the services of these tests. */
export const officer: Actor = {
  id: '00000000-0000-4000-8000-000000000001',
  acr: 'phrh',
  authenticatedAt: new Date(),
  roles: [],
};

let made = 0;

/** A key pair on the curve P-256, with its public JWK. */
export async function makeKey(): Promise<{ privateKey: CryptoKey; publicKey: CryptoKey; jwk: JWK }> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  made += 1;
  const jwk = { ...(await exportJWK(publicKey)), kid: `key-${made}`, alg: 'ES256', use: 'sig' };
  return { privateKey, publicKey, jwk };
}

/** Discovers the provider of the city as this client. */
export function discover(city: City, id: string, auth: client.ClientAuth): Promise<client.Configuration> {
  const metadata = { id_token_signed_response_alg: 'ES256' };
  const options = { execute: [client.allowInsecureRequests] };
  return client.discovery(new URL(city.issuer), id, metadata, auth, options);
}

/** Registers a service at `https://service-<n>.example`. */
export async function openService(city: City, options: ServiceOptions = {}): Promise<TestService> {
  made += 1;
  const redirectUri = options.redirectUri ?? `https://service-${made}.example/callback`;
  const { privateKey, jwk } = await makeKey();
  const own = options.isPublic
    ? { token_endpoint_auth_method: 'none' }
    : { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [jwk] } };
  const { id } = await createService(city.house, officer, {
    name: { en: `Service ${made}`, tc: `服務${made}` },
    metadata: { redirect_uris: [redirectUri], ...own, ...options.metadata },
  });
  const key = { key: privateKey, kid: jwk.kid! };
  const auth = options.isPublic ? client.None() : client.PrivateKeyJwt(key);
  return {
    id,
    redirectUri,
    ...(options.isPublic ? {} : { key: { privateKey, kid: jwk.kid! }, jwk }),
    configuration: await discover(city, id, auth),
  };
}
