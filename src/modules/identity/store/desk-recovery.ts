// Recovery at a desk: one officer finds the account by its card and asks for it; another officer decides.

import type { Actor } from '../../../core/access.ts';
import { inTransaction } from '../../../core/database/index.ts';
import { conflict, type FieldProblem, invalid } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import { record } from '../../receipts/index.ts';
import { type DeskCheck, hasAllChecks, proposalHours, type RecoveryReason } from '../rules/index.ts';
import { problemWords } from '../texts/officers.ts';
import { recordAccess } from './accesses.ts';
import { countAttempt } from './attempts.ts';
import { notify } from './notices.ts';
import { findPersonByCard, lockPerson } from './people.ts';
import { hasProposalAbout, type Proposal, propose, withdrawAbout } from './proposals.ts';
import { type HeldActor, refuseRecovered } from './recovery-hold.ts';

/** Action of whoever proposes it. */
export const recoverAction = 'identity.recover-person';

/** What the officer at the desk read and looked at. */
export type RecoveryRequest = {
  department: string;
  card?: string | undefined;
  reason?: RecoveryReason | undefined;
  checks: readonly DeskCheck[];
};

/** What is missing altogether; throws invalid that names every field at fault. */
function readRequest({ card = '', reason, checks }: RecoveryRequest): {
  card: string;
  reason: RecoveryReason;
} {
  const wrong: FieldProblem[] = [];
  if (card.trim() === '') wrong.push({ field: 'card', message: problemWords.cardMissing });
  if (reason === undefined) wrong.push({ field: 'reason', message: problemWords.reasonMissing });
  if (!hasAllChecks(checks)) wrong.push({ field: 'checks', message: problemWords.checksMissing });
  if (reason !== undefined && wrong[0] === undefined) return { card, reason };
  throw invalid('desk-incomplete', wrong[0]!.message, { fields: wrong });
}

/**
 * Asks for the recovery of the account that was verified with this card. A number that is none and one that
 * nobody has get the same answer. Throws invalid, forbidden, too-many, conflict.
 */
export async function proposeRecovery(
  house: House,
  actor: Actor,
  request: RecoveryRequest,
): Promise<Proposal> {
  const { department } = request;
  house.access.require(actor, recoverAction, { department });
  const { card, reason } = readRequest(request);
  await countAttempt(house, { scope: 'desk-lookup', key: actor.id, limit: 10, windowSeconds: 3600 });
  const person = await findPersonByCard(house, card);
  if (person === undefined) {
    await inTransaction(house.database, (transaction) =>
      record(transaction, {
        topic: 'identity.card-not-found',
        subject: department,
        actor: actor.id,
        details: { department },
        occurredAt: house.clock.now(),
      }),
    );
    const message = problemWords.nobodyWithCard;
    throw invalid('nobody-with-card', message, { fields: [{ field: 'card', message }] });
  }
  if (person.id === actor.id) throw conflict('own-recovery', problemWords.ownRecovery);
  const at = house.clock.now();
  const about = { personId: person.id, action: recoverAction, at };
  const role = house.access.roleFor(actor, recoverAction, { department });
  // By itself: the look stays on record when nothing comes of it.
  await inTransaction(house.database, (transaction) =>
    recordAccess(transaction, actor, {
      ...{ person: person.id, department, role, at },
      ...{ purpose: 'recover-account', fields: ['card'] },
    }),
  );
  return inTransaction(house.database, async (transaction) => {
    // Two officers at once: the second sees what the first has asked for.
    await lockPerson(transaction, person.id);
    if (await hasProposalAbout(transaction, about)) {
      throw conflict('recovery-proposed', problemWords.recoveryProposed);
    }
    await notify(transaction, house, {
      personId: person.id,
      kind: 'recovery-proposed',
      details: { department },
    });
    const payload = { kind: 'recovery', reason };
    return propose(transaction, actor, { ...about, department, payload, hours: proposalHours.recovery });
  });
}

/** Stops what officers have asked for about the actor's own account; returns whether there was anything. */
export async function stopDeskRecovery(house: House, actor: HeldActor): Promise<boolean> {
  const about = { personId: actor.id, action: recoverAction, at: house.clock.now() };
  return inTransaction(house.database, async (transaction) => {
    await refuseRecovered(transaction, house, actor);
    return (await withdrawAbout(transaction, about)) > 0;
  });
}
