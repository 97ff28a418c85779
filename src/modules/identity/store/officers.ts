// What administrators do with roles: give, invite, end; with a second pair of eyes where there is one.

import type { Actor, Role } from '../../../core/access.ts';
import { inTransaction, type Transaction } from '../../../core/database/index.ts';
import { conflict } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import { actionOfGranting, decidingRoles, identityEditionOf, proposalHours } from '../rules/index.ts';
import type { Appointment } from '../schema.ts';
import { problemWords } from '../texts/officers.ts';
import { recordAccess } from './accesses.ts';
import {
  countDeciders,
  endRole,
  getAppointment,
  grantRole,
  listAppointments,
  lockAppointments,
} from './appointments.ts';
import {
  createInvitation,
  type Invitation,
  listInvitations,
  type MadeInvitation,
  voidInvitations,
} from './invitations.ts';
import { findPerson } from './people.ts';
import { type Proposal, propose, withdrawProposals } from './proposals.ts';

/** Done at once, or waiting for a second officer. */
export type Outcome<Done> = ({ state: 'done' } & Done) | { state: 'proposed'; proposal: Proposal };

type Place = { department: string; role: Role };

/** Whether another administrator has to agree: for deciding roles, once there is one who could. */
async function needsSecond(
  transaction: Transaction,
  house: House,
  { department, role, without }: Place & { without: string[] },
): Promise<boolean> {
  if (!decidingRoles.includes(role)) return false;
  return (await countDeciders(transaction, house, { department, without })) > 0;
}

/**
 * Gives a role to a person. Throws forbidden for who may not; conflict for who raises themselves, for a role
 * that is held already, or when the only other administrator is the person concerned.
 */
export async function appoint(
  house: House,
  actor: Actor,
  { person, department, role }: Place & { person: string },
): Promise<Outcome<{ appointment: Appointment }>> {
  const action = actionOfGranting(role);
  house.access.require(actor, action, { department });
  if (person === actor.id) throw conflict('own-role', problemWords.ownRole);
  // Who is no officer yet has not agreed to be one: that takes an invitation.
  const [held] = await listAppointments(house, { person, limit: 1 });
  if (held === undefined) throw conflict('not-an-officer', problemWords.notAnOfficer);
  return inTransaction(house.database, async (transaction) => {
    await lockAppointments(transaction);
    const place = { department, role };
    const needsAnother = await needsSecond(transaction, house, { ...place, without: [actor.id] });
    if (
      needsAnother &&
      (await countDeciders(transaction, house, { department, without: [actor.id, person] })) === 0
    ) {
      throw conflict('third-administrator-first', problemWords.thirdFirst);
    }
    if (needsAnother) {
      const asked = { action, department, personId: person, payload: { kind: 'role', role } };
      const at = house.clock.now();
      const proposal = await propose(transaction, actor, { ...asked, hours: proposalHours.role, at });
      return { state: 'proposed', proposal };
    }
    const appointment = await grantRole(transaction, house, { person, ...place, by: actor.id });
    return { state: 'done', appointment };
  });
}

/** Makes a one-time invitation to a role. Throws forbidden for who may not. */
export async function invite(
  house: House,
  actor: Actor,
  { department, role }: Place,
): Promise<Outcome<{ invitation: MadeInvitation }>> {
  const action = actionOfGranting(role);
  house.access.require(actor, action, { department });
  return inTransaction(house.database, async (transaction) => {
    await lockAppointments(transaction);
    if (await needsSecond(transaction, house, { department, role, without: [actor.id] })) {
      const asked = { action, department, payload: { kind: 'invitation', role } };
      const at = house.clock.now();
      const proposal = await propose(transaction, actor, { ...asked, hours: proposalHours.role, at });
      return { state: 'proposed', proposal };
    }
    const invitation = await createInvitation(transaction, house, { department, role, by: actor.id });
    return { state: 'done', invitation };
  });
}

/** A role that ends, and whose decision that is. */
export type Removal = { appointment: Appointment; by: string; approvedBy?: string };

/** Ends a role; what its holder had asked for or invited as administrator ends with it. */
export async function removeRole(transaction: Transaction, house: House, removal: Removal): Promise<void> {
  const { personId, department, role } = removal.appointment;
  await endRole(transaction, house, removal);
  const isCoordinating = department === identityEditionOf(house.edition).coordinating;
  const left = { by: personId, department: isCoordinating ? null : department, at: house.clock.now() };
  await withdrawProposals(transaction, left);
  if (role === 'administrator') await voidInvitations(transaction, left);
}

/**
 * Ends a role at the next request of its holder. Everybody may lay down a role of their own; that of another
 * administrator ends when a third agrees, where there is a third. Throws forbidden, not-found, conflict.
 */
export async function dismiss(house: House, actor: Actor, id: string): Promise<Outcome<object>> {
  const appointment = await getAppointment(house, id);
  const { personId, department, role } = appointment;
  house.access.require(actor, 'identity.end-role', { department, person: personId });
  return inTransaction(house.database, async (transaction) => {
    await lockAppointments(transaction);
    const without = [actor.id, personId];
    const isOther = role === 'administrator' && personId !== actor.id;
    if (isOther && (await countDeciders(transaction, house, { department, without })) > 0) {
      const payload = { kind: 'ending', role, appointment: id };
      const asked = { action: 'identity.end-administrator', department, personId, payload };
      const at = house.clock.now();
      const proposal = await propose(transaction, actor, { ...asked, hours: proposalHours.role, at });
      return { state: 'proposed', proposal };
    }
    await removeRole(transaction, house, { appointment, by: actor.id });
    return { state: 'done' };
  });
}

/** An officer in a list, by the name of their account. */
export type Officer = Appointment & { name?: string };

/** Officers of a department, and the invitations that wait there. */
export type OfficerList = { officers: Officer[]; next: string | undefined; invitations: Invitation[] };

/** Who holds which role in a department; that their names are seen is recorded. Throws forbidden. */
export async function listOfficers(
  house: House,
  actor: Actor,
  { department, limit, after }: { department: string; limit: number; after?: string },
): Promise<OfficerList> {
  house.access.require(actor, 'identity.see-officers', { department });
  const listing = { department, limit: limit + 1, ...(after === undefined ? {} : { after }) };
  const found = await listAppointments(house, listing);
  const held = found.slice(0, limit);
  const people = [...new Set(held.map(({ personId }) => personId))];
  await inTransaction(house.database, async (transaction) => {
    const role = house.access.roleFor(actor, 'identity.see-officers', { department });
    const look = { department, role, purpose: 'manage-officers', fields: ['name'], at: house.clock.now() };
    for (const person of people) await recordAccess(transaction, actor, { ...look, person });
  });
  // Only now that the looks are on record.
  const names = new Map<string, string>();
  for (const id of people) {
    const { name } = (await findPerson(house, id)) ?? {};
    if (name !== undefined) names.set(id, name);
  }
  const officers = held.map((one) => {
    const name = names.get(one.personId);
    return name === undefined ? one : { ...one, name };
  });
  const next = found.length > limit ? held.at(-1)?.id : undefined;
  return { officers, next, invitations: await listInvitations(house, department) };
}
