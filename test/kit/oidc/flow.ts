// The authorization code flow in steps, so that a test can do any one of them wrongly.

import * as client from 'openid-client';
import type { Resident } from './resident.ts';
import type { TestService } from './services.ts';

export type Begun = {
  url: URL;
  /** What was asked for, `url` or its pushed request. */
  parameters: Record<string, string>;
  verifier: string;
  state: string;
  nonce: string;
};

export type BeginOptions = {
  /** Pushed Authorization Request (RFC 9126). */
  isPushed?: boolean;
  dpop?: client.DPoPHandle;
};

/** An authorization request with PKCE, state and nonce; a parameter given as empty is left out. */
export async function begin(
  service: TestService,
  given: Record<string, string> = {},
  options: BeginOptions = {},
): Promise<Begun> {
  const verifier = client.randomPKCECodeVerifier();
  const state = given.state ?? client.randomState();
  const nonce = given.nonce ?? client.randomNonce();
  const all: Record<string, string> = {
    redirect_uri: service.redirectUri,
    scope: 'openid',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
    ...given,
  };
  const parameters = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
  const { configuration } = service;
  const dpop = options.dpop === undefined ? {} : { DPoP: options.dpop };
  const url = options.isPushed
    ? await client.buildAuthorizationUrlWithPAR(configuration, parameters, dpop)
    : client.buildAuthorizationUrl(configuration, parameters);
  return { url, parameters, verifier, state, nonce };
}

/** Takes what came back to the redirect URI to the token endpoint; openid-client checks all of it. */
export function finish(
  { configuration }: TestService,
  { begun, end, dpop }: { begun: Begun; end: URL; dpop?: client.DPoPHandle | undefined },
) {
  const checks = {
    pkceCodeVerifier: begun.verifier,
    ...(begun.state === '' ? {} : { expectedState: begun.state }),
    ...(begun.nonce === '' ? {} : { expectedNonce: begun.nonce }),
    idTokenExpected: (begun.parameters.scope ?? '').split(' ').includes('openid'),
  };
  return client.authorizationCodeGrant(configuration, end, checks, undefined, dpop ? { DPoP: dpop } : {});
}

/** Parameters of a request by their names, and how it is sent. */
export type Asked = BeginOptions & Record<string, unknown>;

/** The whole flow, as a person who agrees. */
export async function signIn(resident: Resident, service: TestService, asked: Asked = {}) {
  const { isPushed = false, dpop, ...given } = asked;
  const options = dpop === undefined ? { isPushed } : { isPushed, dpop };
  const begun = await begin(service, given as Record<string, string>, options);
  const end = await resident.walk(begun.url);
  const tokens = await finish(service, { begun, end, dpop });
  return { begun, end, tokens, claims: tokens.claims()! };
}

/** What a promise was refused with, in the words of OAuth: `error` of the answer, or of the redirect. */
export async function refusalOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (problem) {
    const { error, code, cause } = problem as { error?: string; code?: string; cause?: { error?: string } };
    return error ?? cause?.error ?? code ?? String(problem);
  }
  return 'nothing was refused';
}
