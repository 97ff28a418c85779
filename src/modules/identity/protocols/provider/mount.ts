// Puts the provider below /oidc: its addresses from the configuration, bounded requests, limits for each.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { LamppostError } from '../../../../core/errors.ts';
import type { House } from '../../../../core/house.ts';
import { securityHeaders } from '../../../../core/http/index.ts';
import type { Mount } from '../../../../core/module.ts';
import { getClientKey, publicKeyOf } from '../../store/signing-keys.ts';
import { issuerOf, providerPath } from './configuration.ts';
import { openLimits, type ProviderLimits } from './limits.ts';
import { answeredError, filledCode, keepDocumentMaker } from './pages.ts';
import { openProvider } from './provider.ts';

const longestAddress = 12 * 1024;
/** Programs ask here; whatever they say they accept, an error is JSON. */
const forPrograms = /^\/(token|request|me|jwks|backchannel|device\/auth|\.well-known)(\/|$)/;
const wellKnown = /^\/\.well-known\/(oauth-authorization-server|openid-configuration)\/oidc(?=$|\?)/;

/** Gives the provider a request as if it stood at the root, at the site's own address. */
export function address(house: Pick<House, 'config'>, request: IncomingMessage): string {
  const { protocol, host } = new URL(house.config.origin);
  const url = request.url ?? '/';
  const known = wellKnown.exec(url);
  // RFC 8414 puts the path of the issuer behind; the provider knows it in front.
  const inside = known === null ? url.slice(providerPath.length) : `/.well-known/${known[1]}`;
  request.url = inside.startsWith('/') ? inside : `/${inside}`;
  Object.assign(request, { originalUrl: `${providerPath}${request.url}` });
  request.headers['x-forwarded-proto'] = protocol.slice(0, -1);
  request.headers['x-forwarded-host'] = host;
  return request.url.split('?', 1)[0]!;
}

/** A code in the address of the device page is filled in, but sent only by the person. */
function keepCode(request: IncomingMessage, path: string): void {
  if (path !== '/device' || request.method !== 'GET') return;
  const { searchParams } = new URL(request.url!, 'http://localhost');
  const code = searchParams.get('user_code');
  if (code !== null) filledCode.set(request, code.slice(0, 20));
  const wished = searchParams.get('ui_locales');
  request.url = wished === null ? '/device' : `/device?${new URLSearchParams({ ui_locales: wished })}`;
}

type JsonAnswer = { status: number; body: object; headers?: Record<string, string> };

function answerJson(response: ServerResponse, { status, body, headers }: JsonAnswer): void {
  const usual = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' };
  response.writeHead(status, { ...usual, ...headers });
  response.end(JSON.stringify(body));
}

function answerTooMany(response: ServerResponse, error: LamppostError): void {
  const description = 'too many requests from this address';
  const body = { error: 'temporarily_unavailable', error_description: description };
  answerJson(response, { status: error.status, body, headers: error.headers });
}

/**
 * An authorization request may come as a form (OpenID Connect Core 1.0, 3.1.2.1). It becomes an address, so
 * that the cookies of the provider, which forms of other sites do not bring, come with it.
 */
async function answerForm(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    length += (chunk as Buffer).length;
    if (length > longestAddress - 1024) {
      const body = { error: 'invalid_request', error_description: 'the form is too large' };
      return answerJson(response, { status: 413, body, headers: { Connection: 'close' } });
    }
    chunks.push(chunk as Buffer);
  }
  const form = new URLSearchParams(Buffer.concat(chunks).toString());
  response.writeHead(303, { Location: `${providerPath}/auth?${form}`, 'Cache-Control': 'no-store' });
  response.end();
}

async function admit(limits: ProviderLimits, path: string, from: string): Promise<LamppostError | undefined> {
  try {
    await limits.before(path, from);
    return undefined;
  } catch (error) {
    if (error instanceof LamppostError && error.kind === 'too-many') return error;
    throw error;
  }
}

async function answerPortalKeys(house: House, response: ServerResponse): Promise<void> {
  const { jwk } = await getClientKey(house);
  answerJson(response, { status: 200, body: { keys: [publicKeyOf(jwk)] } });
}

/** The provider at the web door. */
export const providerMount: Mount = {
  name: 'openid-provider',
  paths: [
    providerPath,
    '/.well-known/oauth-authorization-server/oidc',
    '/.well-known/openid-configuration/oidc',
  ],
  summary: 'OpenID Provider (OpenID Connect Core 1.0, FAPI 2.0, CIBA); see its discovery document.',
  open(house, documentOf) {
    keepDocumentMaker(house, documentOf);
    const limits = openLimits(house);
    const headers = securityHeaders('other', house.config.origin).filter(
      // The provider's few own documents send a form by themselves; each names its script by digest.
      (_one, at, all) =>
        !['Content-Security-Policy', 'Cross-Origin-Resource-Policy'].includes(all[at - (at % 2)]!),
    );
    const policy = "default-src 'none'; script-src; frame-ancestors 'none'; base-uri 'none'";

    return async (request, response, from) => {
      if ((request.url ?? '').length > longestAddress) {
        const body = { error: 'invalid_request', error_description: 'address too long' };
        return answerJson(response, { status: 414, body });
      }
      const path = address(house, request);
      if (path === '/portal/jwks') return answerPortalKeys(house, response);
      const refusal = await admit(limits, path, from);
      if (refusal !== undefined) return answerTooMany(response, refusal);
      if (path === '/auth' && request.method === 'POST') return answerForm(request, response);
      keepCode(request, path);
      if (forPrograms.test(path) && path !== '/token/introspection')
        request.headers.accept = 'application/json';
      for (let at = 0; at < headers.length; at += 2) response.setHeader(headers[at]!, headers[at + 1]!);
      response.setHeader('Content-Security-Policy', policy);
      const { callback } = await openProvider(house);
      await callback(request, response);
      const error = answeredError.get(request);
      if (error !== undefined) await limits.after(path, from, error);
    };
  },
};

export { issuerOf };
