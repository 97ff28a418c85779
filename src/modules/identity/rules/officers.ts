// Decisions about officers that need nothing but what they are given.

import { type Actor, signInFirst } from '../../../core/access.ts';

/** Letters of the code that makes somebody an officer: 100 bits. */
export const invitationLetters = 20;
/** Letters of the code that a person reads out at a desk: 40 bits, good for minutes. */
export const deskLetters = 8;

export const invitationDays = 7;
export const deskCodeMinutes = 10;
/** How long an officer may take over one person at the desk. */
export const deskVisitMinutes = 20;

/** An administrator who was removed by another still counts as second pair of eyes for so long. */
export const cooldownDays = 7;

/** Roles change little, a person at a desk waits: how long a proposal stays open, in hours. */
export const proposalHours = { role: 14 * 24, recovery: 24 };

/** An officer whose session is older signs in again before anything is changed. */
export const officerSessionSeconds = 3600;

/** Throws unauthenticated when the officer has not proved lately who they are. */
export function requireRecent({ authenticatedAt }: Pick<Actor, 'authenticatedAt'>, now: Date): void {
  if (now.getTime() - authenticatedAt.getTime() > officerSessionSeconds * 1000) throw signInFirst();
}

/** What was looked at before somebody was said to be who they are. */
export const deskChecks = ['present-in-person', 'card-genuine', 'face-matches'] as const;
export type DeskCheck = (typeof deskChecks)[number];
export const hasAllChecks = (made: readonly DeskCheck[]): boolean =>
  deskChecks.every((check) => made.includes(check));

/** Why a person needs to be let back in. */
export const recoveryReasons = ['lost', 'stolen', 'broken'] as const;
export type RecoveryReason = (typeof recoveryReasons)[number];
