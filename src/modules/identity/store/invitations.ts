// Invitations: one-time codes that make whoever brings one an officer.

import { randomBytes, randomUUID } from 'node:crypto';
import type { Actor, Role } from '../../../core/access.ts';
import { inTransaction, sql, type Transaction } from '../../../core/database/index.ts';
import { conflict, invalid, notFound } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import { record } from '../../receipts/index.ts';
import { digestOf } from '../rules/codes.ts';
import {
  identityEditionOf,
  invitationDays,
  invitationLetters,
  parseSpokenCode,
  spokenCode,
} from '../rules/index.ts';
import type { Appointment } from '../schema.ts';
import { problemWords } from '../texts/officers.ts';
import { grantRole, hasAdministrator, lockAppointments } from './appointments.ts';
import { countAttempt } from './attempts.ts';

/** An invitation that waits; its code is nowhere. */
export type Invitation = {
  id: string;
  department: string;
  role: Role;
  createdBy: string | null;
  createdAt: Date;
  expiresAt: Date;
};

/** An invitation just made; the code is shown once. */
export type MadeInvitation = { id: string; code: string; expiresAt: Date };

const columns = sql.raw(`id, department_id as department, role, created_by as "createdBy",
  created_at as "createdAt", expires_at as "expiresAt"`);

/** What an invitation is for; `by` is absent for that of the first administrator. */
export type NewInvitation = { department: string; role: Role; by?: string; approvedBy?: string };

/** Makes an invitation. The caller has made sure that it may be made. */
export async function createInvitation(
  transaction: Transaction,
  { clock }: Pick<House, 'clock'>,
  { department, role, by, approvedBy }: NewInvitation,
): Promise<MadeInvitation> {
  const at = clock.now();
  const id = randomUUID();
  const code = spokenCode(randomBytes(invitationLetters));
  const expiresAt = new Date(at.getTime() + invitationDays * 86_400_000);
  const secret = digestOf(parseSpokenCode(code, invitationLetters)!);
  const { numAffectedRows } = await sql`
    insert into identity.invitation
      (id, secret_digest, department_id, role, created_by, approved_by, created_at, expires_at)
    select ${id}, ${secret}, id, ${role}, ${by ?? null}, ${approvedBy ?? null}, ${at}, ${expiresAt}
    from identity.department where id = ${department} and closed_at is null`.execute(transaction);
  if (numAffectedRows === 0n) throw notFound('unknown-department', problemWords.unknownDepartment);
  await record(transaction, {
    topic: 'identity.invitation-made',
    subject: department,
    actor: by,
    details: { invitation: id, role, ...(approvedBy === undefined ? {} : { approvedBy }) },
    occurredAt: at,
  });
  return { id, code, expiresAt };
}

/** Invitations of a department that can still be used, the latest first; at most 100. */
export async function listInvitations(
  { database, clock }: Pick<House, 'database' | 'clock'>,
  department: string,
): Promise<Invitation[]> {
  const { rows } = await sql<Invitation>`
    select ${columns} from identity.invitation
    where department_id = ${department} and used_at is null and expires_at > ${clock.now()}
    order by created_at desc, id limit 100`.execute(database);
  return rows;
}

/** Makes an invitation of a department void at once. Throws forbidden, not-found when it is void anyway. */
export async function voidInvitation(
  { database, clock, access }: Pick<House, 'database' | 'clock' | 'access'>,
  actor: Actor,
  { id, department }: { id: string; department: string },
): Promise<void> {
  access.require(actor, 'identity.manage-officers', { department });
  const { rows } = await sql`
    update identity.invitation set expires_at = ${clock.now()}
    where id = ${id} and department_id = ${department} and used_at is null and expires_at > ${clock.now()}
    returning id`.execute(database);
  if (rows.length === 0) throw notFound('unknown-invitation', problemWords.unknownInvitation);
}

/** Makes void what somebody made in a department (null: in all) and nobody has used. */
export async function voidInvitations(
  transaction: Transaction,
  { by, department, at }: { by: string | null; department: string | null; at: Date },
): Promise<void> {
  await sql`
    update identity.invitation set expires_at = ${at}
    where created_by is not distinct from ${by} and used_at is null and expires_at > ${at}
      and (${department}::text is null or department_id = ${department})`.execute(transaction);
}

type Used = { department: string; role: Role; createdBy: string | null; approvedBy: string | null };

/** Takes the code; no two people get in with one. */
async function useCode(
  transaction: Transaction,
  { code, by, at }: { code: string; by: string; at: Date },
): Promise<Used> {
  const { rows } = await sql<Used>`
    update identity.invitation set used_by = ${by}, used_at = ${at}
    where secret_digest = ${digestOf(code)} and used_at is null and expires_at > ${at}
    returning department_id as department, role, created_by as "createdBy", approved_by as "approvedBy"`.execute(
    transaction,
  );
  if (rows[0] === undefined) throw wrongInvitation();
  return rows[0];
}

const wrongInvitation = () =>
  invalid('wrong-invitation', problemWords.wrongInvitation, {
    fields: [{ field: 'code', message: problemWords.wrongInvitation }],
  });

/**
 * Gives the actor the role of the invitation. Throws invalid for a code that is wrong, used or too old,
 * conflict when the actor made or approved the invitation, or holds the role already.
 */
export async function acceptInvitation(
  house: House,
  actor: Pick<Actor, 'id'>,
  text: string,
): Promise<Appointment> {
  await countAttempt(house, { scope: 'invitation', key: actor.id, limit: 10, windowSeconds: 3600 });
  const code = parseSpokenCode(text, invitationLetters);
  if (code === undefined) throw wrongInvitation();
  return inTransaction(house.database, async (transaction) => {
    await lockAppointments(transaction);
    const used = await useCode(transaction, { code, by: actor.id, at: house.clock.now() });
    const { department, role, createdBy, approvedBy } = used;
    if ([createdBy, approvedBy].includes(actor.id)) {
      throw conflict('own-invitation', problemWords.ownInvitation);
    }
    if (createdBy === null && (await hasAdministrator(transaction, house))) throw wrongInvitation();
    return grantRole(transaction, house, {
      person: actor.id,
      department,
      role,
      ...(createdBy === null ? {} : { by: createdBy }),
      ...(approvedBy === null ? {} : { approvedBy }),
    });
  });
}

/**
 * A code for the first administrator of the coordinating department; undefined when there is one. A new one
 * each time; those before are void.
 */
export async function firstInvitation(house: House): Promise<string | undefined> {
  return inTransaction(house.database, async (transaction) => {
    await lockAppointments(transaction);
    if (await hasAdministrator(transaction, house)) return undefined;
    await voidInvitations(transaction, { by: null, department: null, at: house.clock.now() });
    const { coordinating } = identityEditionOf(house.edition);
    return (await createInvitation(transaction, house, { department: coordinating, role: 'administrator' }))
      .code;
  });
}
