// Signs the provider's cookies: one HMAC with a key that is prepared once.

import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';

/** What the cookies of Koa ask of their keys. */
export type CookieKeys = {
  sign(text: string): string;
  /** 0 when the signature fits, else -1: there is one key. */
  index(text: string, signature: string): number;
  verify(text: string, signature: string): boolean;
};

export function cookieKeys(secret: Buffer): CookieKeys {
  const key = createSecretKey(secret);
  let last = { text: '', signature: '' };
  // The cookie of an interaction is set once for each language, with the same name and value.
  const sign = (text: string) => {
    if (text !== last.text || last.signature === '') {
      last = { text, signature: createHmac('sha256', key).update(text).digest('base64url') };
    }
    return last.signature;
  };
  const verify = (text: string, signature: string) => {
    const [expected, given] = [Buffer.from(sign(text)), Buffer.from(signature)];
    return expected.length === given.length && timingSafeEqual(expected, given);
  };
  return { sign, verify, index: (text, signature) => (verify(text, signature) ? 0 : -1) };
}
