// A small identity-proofing service for tests: an OpenID Provider that says what it is told of whoever comes.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';
import type { House } from '../../src/core/house.ts';
import { getClientKey, publicKeyOf } from '../../src/modules/identity/store/signing-keys.ts';

export type ProofingService = {
  issuer: string;
  clientId: string;
  /** What it says of the next person; undefined: nothing. */
  verified: unknown;
  /** The client that may ask, with the key of a house and the addresses of its pages. */
  know(house: House): Promise<void>;
  /** Goes through its pages as a person would; gives the address that leads back. */
  visit(address: string): Promise<string>;
  close(): Promise<void>;
};

const clientId = 'port-ellery';

async function openProvider(service: ProofingService, house: House): Promise<Provider> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const { jwk } = await getClientKey(house);
  const paths = ['en', 'tc', 'sc'].map((language) => `/${language}/account/proofing/return`);
  const provider = new Provider(service.issuer, {
    clients: [
      {
        client_id: clientId,
        redirect_uris: paths.map((path) => `${house.config.origin}${path}`),
        token_endpoint_auth_method: 'private_key_jwt',
        id_token_signed_response_alg: 'ES256',
        jwks: { keys: [publicKeyOf(jwk)] },
      } as never,
    ],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), use: 'sig', alg: 'ES256' }] } as never,
    enabledJWA: { idTokenSigningAlgValues: ['ES256'], clientAuthSigningAlgValues: ['ES256'] } as never,
    claims: { openid: ['sub'], verified_claims: null } as never,
    features: { claimsParameter: { enabled: true }, devInteractions: { enabled: false } },
    conformIdTokenClaims: false,
    cookies: { keys: ['test'] },
    ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    interactions: { url: (_context, { uid }) => `/visit/${uid}` },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: async () => ({ sub, verified_claims: service.verified }) as never,
    }),
    loadExistingGrant: async (context) => {
      const grant = new context.oidc.provider.Grant({ accountId: 'somebody', clientId });
      grant.addOIDCScope('openid');
      grant.addOIDCClaims(['verified_claims']);
      await grant.save();
      return grant;
    },
  });
  return provider;
}

/** Everybody who comes is let through as somebody. */
const letThrough = (provider: Provider, request: IncomingMessage, response: ServerResponse) =>
  provider.interactionFinished(request, response, { login: { accountId: 'somebody' } });

/** Follows redirects inside the service with its cookies, until one leads out of it. */
async function follow(address: string, issuer: string): Promise<string> {
  const cookies = new Map<string, string>();
  for (let next = address; ; ) {
    if (!next.startsWith(issuer)) return next;
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(next, { redirect: 'manual', headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const location = answer.headers.get('location');
    if (location === null) throw new Error(`the service answered ${answer.status}: ${await answer.text()}`);
    next = new URL(location, next).href;
  }
}

/** Opens it on a free port; nobody may ask before `know`. */
export async function openProofingService(): Promise<ProofingService> {
  let provider: Provider | undefined;
  const server = createServer((request, response) => {
    if (provider === undefined) return void response.writeHead(503).end();
    const isVisit = request.url?.startsWith('/visit/') === true;
    void (isVisit ? letThrough(provider, request, response) : provider.callback()(request, response));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const service: ProofingService = {
    issuer,
    clientId,
    verified: undefined,
    know: async (house) => {
      provider = await openProvider(service, house);
    },
    visit: (address) => follow(address, issuer),
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
  return service;
}
