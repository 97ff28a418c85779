// Requests made by hand, so that each part of them can be wrong: assertions, proofs, forms.

import { createHash, randomUUID } from 'node:crypto';
import { exportJWK, type JWTHeaderParameters, SignJWT } from 'jose';
import type { City } from './city.ts';
import type { makeKey, TestService } from './services.ts';
import { type Answer, send } from './visitor.ts';

/** Claims to change in what a good client would send; undefined leaves one out. */
export type Changes = Record<string, unknown>;

export type Signing = {
  key?: CryptoKey | Uint8Array;
  header?: Partial<JWTHeaderParameters> | undefined;
};

export type Spoken = Answer & { json: Record<string, unknown> & { error?: string } };

const nowSeconds = () => Math.floor(Date.now() / 1000);
const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const without = (claims: Changes) =>
  Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));

/** A JWT of a service, signed with its key unless told otherwise. */
export async function signAs(
  service: TestService,
  claims: Changes,
  { key, header }: Signing = {},
): Promise<string> {
  const protectedHeader = { alg: 'ES256', kid: service.key?.kid, ...header } as JWTHeaderParameters;
  const signer = new SignJWT(without(claims)).setProtectedHeader(protectedHeader);
  return signer.sign(key ?? service.key!.privateKey);
}

/** A JWT that nobody signed (RFC 7519, section 6.1). */
export const unsigned = (claims: Changes) => `${base64url({ alg: 'none' })}.${base64url(without(claims))}.`;

/** A client assertion (RFC 7523, section 2.2) as FAPI 2.0 wants it: for the issuer, for a minute. */
export const assertionClaims = ({ issuer }: City, service: TestService, changes: Changes = {}): Changes => ({
  iss: service.id,
  sub: service.id,
  aud: issuer,
  jti: randomUUID(),
  iat: nowSeconds(),
  nbf: nowSeconds(),
  exp: nowSeconds() + 60,
  ...changes,
});

/** A request object (RFC 9101) with the parameters of an authorization request. */
export const requestClaims = (city: City, service: TestService, changes: Changes = {}): Changes => {
  const { sub: _sub, ...claims } = assertionClaims(city, service);
  return { client_id: service.id, response_type: 'code', ...claims, ...changes };
};

export async function authenticated(city: City, service: TestService, assertion?: string) {
  if (!service.key) return { client_id: service.id };
  return {
    client_id: service.id,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion ?? (await signAs(service, assertionClaims(city, service))),
  };
}

/** Sends a form to a path below the issuer and reads the JSON of the answer. */
export async function post(
  city: City,
  path: string,
  { form, headers = {} }: { form: Record<string, string>; headers?: Record<string, string> },
): Promise<Spoken> {
  const answer = await send(`${city.issuer}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams(form).toString(),
  });
  let json: Spoken['json'] = {};
  try {
    json = JSON.parse(answer.body) as Spoken['json'];
  } catch {
    // A page, or nothing.
  }
  return { ...answer, json };
}

/** Exchanges at the token endpoint as a service. */
export async function exchange(
  city: City,
  service: TestService,
  { form, headers }: { form: Record<string, string>; headers?: Record<string, string> },
): Promise<Spoken> {
  const all = { ...(await authenticated(city, service)), ...form };
  return post(city, '/token', { form: all, ...(headers ? { headers } : {}) });
}

/** Pushes an authorization request as a service. */
export async function push(city: City, service: TestService, form: Record<string, string>): Promise<Spoken> {
  return post(city, '/request', { form: { ...(await authenticated(city, service)), ...form } });
}

export type ProofKey = Awaited<ReturnType<typeof makeKey>>;

/** A DPoP proof (RFC 9449, section 4.2); `token` adds its hash. */
export async function proofOf(
  key: ProofKey,
  { token, header, ...claims }: { htm: string; htu: string; token?: string; header?: Changes } & Changes,
): Promise<string> {
  const { kty, crv, x, y } = await exportJWK(key.publicKey);
  const ath = token === undefined ? undefined : createHash('sha256').update(token).digest('base64url');
  const protectedHeader = { alg: 'ES256', typ: 'dpop+jwt', jwk: { kty, crv, x, y }, ...header };
  return new SignJWT(without({ jti: randomUUID(), iat: nowSeconds(), ath, ...claims }))
    .setProtectedHeader(protectedHeader as JWTHeaderParameters)
    .sign(key.privateKey);
}

/** Gives UserInfo's answer to a token. */
export const askUserinfo = (
  city: City,
  token: string,
  headers: Record<string, string> = {},
): Promise<Answer> =>
  send(`${city.issuer}/me`, { headers: { authorization: `Bearer ${token}`, ...headers } });
