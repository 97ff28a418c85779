// The one door to the `openid-client` package: the city as a client, of its own provider and of others.

import * as openid from 'openid-client';
import type { House } from '../../../core/house.ts';
import { getClientKey } from '../store/signing-keys.ts';

/** What belongs to one sign-in and is checked when it returns. */
export type Checks = { state: string; nonce: string; verifier: string };

export type RelyingPartyOptions = {
  issuer: string;
  clientId: string;
  /** In place of the network. */
  fetch?: openid.CustomFetch;
  /** Whether requests are pushed (RFC 9126); default true. */
  pushed?: boolean;
};

export type BeginOptions = Checks & { redirectUri: string; parameters?: Record<string, string> };

export type Finished = {
  /** Claims of the ID token, whose signature was checked. */
  claims: openid.IDToken;
  accessToken: string;
  userinfo(): Promise<openid.UserInfoResponse>;
};

export type RelyingParty = {
  /** Address to which the browser is sent. */
  begin(options: BeginOptions): Promise<string>;
  /** Takes the code of the answer at `address`. Throws whatever is wrong with it. */
  finish(address: URL, checks: Checks): Promise<Finished>;
};

export { openid };

async function configure(house: House, options: RelyingPartyOptions): Promise<openid.Configuration> {
  const { issuer, clientId, fetch } = options;
  const { jwk } = await getClientKey(house);
  const { kid, alg, use, ...key } = jwk;
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const signing = await crypto.subtle.importKey('jwk', { ...key, ext: false }, algorithm, false, ['sign']);
  const isPlain = issuer.startsWith('http:');
  return openid.discovery(
    new URL(issuer),
    clientId,
    { id_token_signed_response_alg: 'ES256' },
    openid.PrivateKeyJwt({ key: signing, kid }),
    {
      execute: [openid.enableNonRepudiationChecks, ...(isPlain ? [openid.allowInsecureRequests] : [])],
      ...(fetch === undefined ? {} : { [openid.customFetch]: fetch }),
    },
  );
}

/** Opens the city as a client (private_key_jwt, ES256, PKCE) of an OpenID Provider; reads its discovery. */
export async function openRelyingParty(house: House, options: RelyingPartyOptions): Promise<RelyingParty> {
  const configuration = await configure(house, options);
  const { pushed = true } = options;
  return {
    async begin({ redirectUri, state, nonce, verifier, parameters = {} }) {
      const asked = {
        scope: 'openid',
        ...parameters,
        redirect_uri: redirectUri,
        response_type: 'code',
        state,
        nonce,
        code_challenge: await openid.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      };
      const address = pushed
        ? await openid.buildAuthorizationUrlWithPAR(configuration, asked)
        : openid.buildAuthorizationUrl(configuration, asked);
      return address.href;
    },
    async finish(address, { state, nonce, verifier }) {
      const tokens = await openid.authorizationCodeGrant(configuration, address, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw new TypeError('no ID token came');
      const { access_token: accessToken } = tokens;
      return {
        claims,
        accessToken,
        userinfo: () => openid.fetchUserInfo(configuration, accessToken, claims.sub),
      };
    },
  };
}
