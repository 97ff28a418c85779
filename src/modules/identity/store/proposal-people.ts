// The people of a proposal, for the officer who decides it; each look at them is recorded.

import type { Actor } from '../../../core/access.ts';
import { inTransaction } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';
import { recordAccess } from './accesses.ts';
import { findPerson } from './people.ts';
import type { Proposal } from './proposals.ts';

/** Whom it is about and who asks; the card is told where the person stands at a desk. */
export type ProposalPeople = { name?: string; maskedCard?: string; proposer?: string };

/** What whoever is to decide must know of the people. */
export async function lookAtPeople(
  house: House,
  actor: Actor,
  { personId, proposedBy, department, action, payload }: Proposal,
): Promise<ProposalPeople> {
  const isRecovery = payload.kind === 'recovery';
  const deciding = isRecovery ? 'identity.approve-recovery' : action;
  const role = house.access.roleFor(actor, deciding, { department });
  const shared = { department, role, at: house.clock.now() };
  await inTransaction(house.database, async (transaction) => {
    const asker = { person: proposedBy, purpose: 'manage-officers', fields: ['name'] };
    await recordAccess(transaction, actor, { ...shared, ...asker });
    if (personId === undefined) return;
    const purpose = isRecovery ? 'recover-account' : 'manage-officers';
    const fields = isRecovery ? ['name', 'card'] : ['name'];
    await recordAccess(transaction, actor, { ...shared, person: personId, purpose, fields });
  });
  // Only now that the looks are on record.
  const proposer = await findPerson(house, proposedBy);
  const person = personId === undefined ? undefined : await findPerson(house, personId);
  return {
    ...(proposer?.name === undefined ? {} : { proposer: proposer.name }),
    ...(person?.name === undefined ? {} : { name: person.name }),
    ...(isRecovery && person?.maskedCard !== undefined ? { maskedCard: person.maskedCard } : {}),
  };
}
