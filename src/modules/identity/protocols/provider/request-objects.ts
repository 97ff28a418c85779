// Signed requests (RFC 9101): how old they may be where a profile asks for it.

import { errors, type KoaContextWithOIDC } from './engine.ts';

const longestSeconds = 3600;

type Claims = { exp?: number; nbf?: number; [name: string]: unknown };

const refuse = (why: string) => new errors.InvalidRequestObject(why);

/** FAPI 2.0 Message Signing, 5.3.1, and CIBA Core 1.0, 7.1.1: a beginning, an end, an hour. */
export async function checkRequestObject(ctx: KoaContextWithOIDC, claims: Claims): Promise<void> {
  const isApproval = ctx.oidc.route === 'backchannel_authentication';
  if (!isApproval && ctx.oidc.isFapi('2.0') === undefined) return;
  const required = ['exp', 'aud', 'nbf', ...(isApproval ? ['iat', 'jti'] : [])];
  const missing = required.find((name) => claims[name] === undefined);
  if (missing !== undefined) throw refuse(`Request Object is missing the '${missing}' claim`);
  const { exp = 0, nbf = 0 } = claims;
  if (exp <= nbf || exp - nbf > longestSeconds) throw refuse('exp is at most an hour after nbf');
  if (Date.now() / 1000 - nbf > longestSeconds) throw refuse('nbf is more than an hour ago');
}
