// Deciding proposals: the second pair of eyes, what an approval does, and the code that it gives once.

import type { Actor } from '../../../core/access.ts';
import { inTransaction, type Transaction } from '../../../core/database/index.ts';
import { conflict } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import { record } from '../../receipts/index.ts';
import { roleSchema } from '../schema.ts';
import { problemWords } from '../texts/officers.ts';
import { getAppointment, grantRole, lockAppointments } from './appointments.ts';
import { listDepartments } from './departments.ts';
import { recoverAction } from './desk-recovery.ts';
import { createInvitation } from './invitations.ts';
import { removeRole } from './officers.ts';
import {
  collectProposal,
  getProposal,
  listProposals,
  type Proposal,
  type ProposalListing,
  settleProposal,
} from './proposals.ts';
import { openDeskRecovery } from './recovery.ts';

/** Topic of the event with which a higher module learns that what it proposed was decided. */
export const decidedTopic = 'identity.proposal-decided';

/** What it takes to decide; where nothing else is said, what it takes to propose. */
const decidingAction = (action: string): string =>
  action === recoverAction ? 'identity.approve-recovery' : action;

type Effect = {
  /** Done with the approval, in its transaction. */
  approve?(transaction: Transaction, house: House, proposal: Proposal): Promise<void>;
  /** A code that the proposer takes afterwards, once. */
  collect?(transaction: Transaction, house: House, proposal: Proposal): Promise<string>;
};

const peopleOf = ({ proposedBy, decidedBy }: Proposal) => ({ by: proposedBy, approvedBy: decidedBy! });
const roleOf = ({ payload, department }: Proposal) => ({
  role: roleSchema.parse(payload.role),
  department,
});

/** By the kind that the payload names; a proposal of another module has none, its module hears the event. */
const effects: Record<string, Effect> = {
  role: {
    async approve(transaction, house, proposal) {
      const person = proposal.personId!;
      await grantRole(transaction, house, { person, ...roleOf(proposal), ...peopleOf(proposal) });
    },
  },
  ending: {
    async approve(transaction, house, proposal) {
      const appointment = await getAppointment({ database: transaction }, proposal.payload.appointment!);
      await removeRole(transaction, house, { appointment, ...peopleOf(proposal) });
    },
  },
  invitation: {
    collect: async (transaction, house, proposal) =>
      (await createInvitation(transaction, house, { ...roleOf(proposal), ...peopleOf(proposal) })).code,
  },
  recovery: {
    collect: async (transaction, house, proposal) =>
      (await openDeskRecovery(transaction, house, proposal.personId!)).code,
  },
};

const effectOf = ({ payload }: Proposal): Effect => effects[payload.kind ?? ''] ?? {};

/** Whether the actor may decide this proposal: not their own, and not one about themselves. */
export function mayDecide({ access }: House, actor: Actor, proposal: Proposal): boolean {
  const { action, department, proposedBy, personId } = proposal;
  return (
    ![proposedBy, personId].includes(actor.id) && access.may(actor, decidingAction(action), { department })
  );
}

/** Whether the proposer can still take the code that the approval gives. */
export const isCollectable = (proposal: Proposal, actor: Actor, now: Date): boolean =>
  proposal.state === 'approved' &&
  proposal.proposedBy === actor.id &&
  proposal.collectedAt === undefined &&
  proposal.expiresAt > now &&
  effectOf(proposal).collect !== undefined;

/** Whether the actor may know of it: who may propose such a thing there, or decide it. */
function maySee(
  { access }: House,
  actor: Actor,
  { action, department }: Pick<Proposal, 'action' | 'department'>,
) {
  return (
    access.may(actor, action, { department }) || access.may(actor, decidingAction(action), { department })
  );
}

/** Proposals that the actor may know of, the latest first. */
export async function listProposalsFor(
  house: House,
  actor: Actor,
  listing: Omit<ProposalListing, 'about'>,
): Promise<Proposal[]> {
  const actions = [...house.access.policies].filter(([, { fourEyes }]) => fourEyes).map(([action]) => action);
  const departments = await listDepartments(house);
  const about = departments
    .flatMap(({ id }) => actions.map((action) => ({ action, department: id })))
    .filter((one) => maySee(house, actor, one));
  return listProposals(house, { ...listing, about });
}

/** Throws not-found, forbidden for who may not know of it. */
export async function getProposalFor(house: House, actor: Actor, id: string): Promise<Proposal> {
  const proposal = await getProposal(house, id);
  if (!maySee(house, actor, proposal)) house.access.require(actor, proposal.action, proposal);
  return proposal;
}

/**
 * Decides a proposal of another officer; the approval takes effect at once. Throws forbidden for who may not,
 * conflict for the proposer, the person concerned, and when it was decided, withdrawn or has expired.
 */
export async function decideProposal(
  house: House,
  actor: Actor,
  { id, decision }: { id: string; decision: 'approved' | 'refused' },
): Promise<Proposal> {
  const asked = await getProposal(house, id);
  const { action, department } = asked;
  house.access.require(actor, decidingAction(action), { department });
  if (!mayDecide(house, actor, asked)) throw conflict('own-proposal', problemWords.ownProposal);
  const at = house.clock.now();
  return inTransaction(house.database, async (transaction) => {
    await lockAppointments(transaction);
    const isComplete = decision === 'refused' || effectOf(asked).collect === undefined;
    const settling = { id, state: decision, by: actor.id, at, isComplete };
    const settled = await settleProposal(transaction, settling);
    if (settled === undefined) throw conflict('already-decided', problemWords.alreadyDecided);
    await record(transaction, {
      topic: 'identity.proposal-decided',
      subject: settled.personId ?? department,
      actor: actor.id,
      details: { proposal: id, action, department, decision },
      occurredAt: at,
    });
    if (decision === 'approved') await effectOf(settled).approve?.(transaction, house, settled);
    const payload = { proposal: id, action, department, decision };
    await house.events.emit(transaction, { topic: decidedTopic, key: id, payload });
    return settled;
  });
}

/**
 * The code that an approved proposal gives to its proposer, once. Throws forbidden when the role is gone,
 * conflict when there is nothing to take.
 */
export async function collectCode(house: House, actor: Actor, id: string): Promise<string> {
  const { action, department } = await getProposal(house, id);
  house.access.require(actor, action, { department });
  return inTransaction(house.database, async (transaction) => {
    await lockAppointments(transaction);
    const taken = await collectProposal(transaction, { id, by: actor.id, at: house.clock.now() });
    const collect = taken && effectOf(taken).collect;
    if (taken === undefined || collect === undefined) {
      throw conflict('nothing-to-collect', problemWords.nothingToCollect);
    }
    return collect(transaction, house, taken);
  });
}
