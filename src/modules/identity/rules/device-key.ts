// A short name of a passkey for addresses: credential ids are long, and nobody's business.

import { createHash } from 'node:crypto';

/** 22 letters of base64url, the same for the same credential id. */
export const deviceKeyOf = (passkeyId: string): string =>
  createHash('sha256').update(`device ${passkeyId}`).digest().subarray(0, 16).toString('base64url');

/** What `deviceKeyOf` gives. */
export const deviceKeyPattern: RegExp = /^[A-Za-z0-9_-]{22}$/;
