// What a recovery of an account is at a given moment, and the token that leads back to it.

import { randomBytes } from 'node:crypto';
import { open, type SealingKeys, seal } from './sealing.ts';

export const recoveryStates = ['waiting', 'open', 'done', 'cancelled', 'expired'] as const;
export type RecoveryState = (typeof recoveryStates)[number];

/** What the database keeps of a recovery; what time does to it is worked out. */
export type RecoveryTimes = { state: RecoveryState; opensAt: Date; expiresAt: Date };

/** A recovery that waits opens by itself, and one that nobody finishes expires. */
export function recoveryStateAt({ state, opensAt, expiresAt }: RecoveryTimes, now: Date): RecoveryState {
  if (state !== 'waiting' && state !== 'open') return state;
  if (expiresAt <= now) return 'expired';
  return state === 'open' || opensAt <= now ? 'open' : 'waiting';
}

/** What the browser that began it is shown: that it was stopped only when a wrong code would look stopped. */
export function shownStateAt(times: RecoveryTimes, now: Date): RecoveryState {
  const state = recoveryStateAt(times, now);
  return state === 'cancelled' && now < times.opensAt ? 'waiting' : state;
}

/** What a browser holds of a recovery it began. */
export type RecoveryToken = { id: string; opensAt: Date; expiresAt: Date };

const tokenContext = 'recovery.token';
const longestToken = 1000;

/**
 * Writes the token. It is sealed, and holds the same whether the code was right or wrong: so a wrong code
 * gets an answer, and later a page, like that of a right one.
 */
export function writeRecoveryToken(keys: SealingKeys, { id, opensAt, expiresAt }: RecoveryToken): string {
  const nonce = randomBytes(16).toString('base64url');
  const said = JSON.stringify([id, opensAt.getTime(), expiresAt.getTime(), nonce]);
  return seal(keys, said, tokenContext).toString('base64url');
}

/** Reads a token; undefined for what this city did not write. */
export function readRecoveryToken(keys: SealingKeys, token: string): RecoveryToken | undefined {
  if (token.length > longestToken) return undefined;
  try {
    const said = open(keys, Buffer.from(token, 'base64url'), tokenContext).toString();
    const [id, opensAt, expiresAt] = JSON.parse(said) as [string, number, number];
    return { id, opensAt: new Date(opensAt), expiresAt: new Date(expiresAt) };
  } catch {
    return undefined;
  }
}

/** A recovery of nobody, for a code that was wrong: it waits, and then it was stopped. */
export const decoyStateAt = ({ opensAt }: RecoveryToken, now: Date): RecoveryState =>
  now < opensAt ? 'waiting' : 'cancelled';
