// Proof of possession at our own API (RFC 9449, section 7): the one door to the `jose` package.

import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, EmbeddedJWK, type JWK, jwtVerify } from 'jose';
import type { Visit } from '../../../core/access.ts';
import type { House } from '../../../core/house.ts';
import { noteOnce } from '../store/artifacts.ts';

const windowSeconds = 60;
const longestProof = 4_096;

/** Where a request went: without query and fragment. */
function isFor(visit: Visit, target: unknown): boolean {
  const asked = typeof target === 'string' ? URL.parse(target) : null;
  const { origin, pathname } = new URL(visit.url);
  return asked !== null && asked.origin === origin && asked.pathname === pathname;
}

/** Whether the proof belongs to this request, token and key, and was not seen before. */
export async function isProven(
  house: House,
  visit: Visit,
  { token, thumbprint }: { token: string; thumbprint: string },
): Promise<boolean> {
  const proof = visit.headers.dpop;
  if (typeof proof !== 'string' || proof.length > longestProof) return false;
  try {
    const currentDate = house.clock.now();
    const options = {
      algorithms: ['ES256'],
      typ: 'dpop+jwt',
      currentDate,
      maxTokenAge: windowSeconds,
      clockTolerance: windowSeconds,
      requiredClaims: ['jti', 'iat', 'htm', 'htu', 'ath'],
    };
    const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, options);
    const { jti, htm, htu, ath } = payload;
    if (htm !== visit.method || !isFor(visit, htu) || typeof jti !== 'string') return false;
    if (ath !== createHash('sha256').update(token).digest('base64url')) return false;
    if ((await calculateJwkThumbprint(protectedHeader.jwk as JWK)) !== thumbprint) return false;
    const id = createHash('sha256').update(`api\0${thumbprint}\0${jti}`).digest('base64url');
    return noteOnce(house.database, id, new Date(currentDate.getTime() + 3 * windowSeconds * 1000));
  } catch {
    return false;
  }
}
