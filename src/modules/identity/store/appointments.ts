// Appointments: who holds which role in which department, from when, given and ended by whom.

import { randomUUID } from 'node:crypto';
import type { Role } from '../../../core/access.ts';
import { sql, type Transaction } from '../../../core/database/index.ts';
import { conflict, notFound } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import { record } from '../../receipts/index.ts';
import { cooldownDays, identityEditionOf } from '../rules/index.ts';
import type { Appointment } from '../schema.ts';
import { problemWords } from '../texts/officers.ts';
import { notify } from './notices.ts';

type Reading = { database: House['database'] | Transaction };
type Deciding = Pick<House, 'edition' | 'clock' | 'events'>;

const columns = sql.raw(
  'id, person_id as "personId", department_id as department, role, granted_at as "grantedAt"',
);

/** Whose appointments to list, and where to go on: after the one with this id. */
export type AppointmentListing = { department?: string; person?: string; limit: number; after?: string };

/** Roles held now, the oldest first. */
export async function listAppointments(
  { database }: Reading,
  { department, person, limit, after }: AppointmentListing,
): Promise<Appointment[]> {
  const later =
    after === undefined
      ? sql`true`
      : sql`(granted_at, id) > (select granted_at, id from identity.appointment where id = ${after})`;
  const { rows } = await sql<Appointment>`
    select ${columns} from identity.appointment
    where ended_at is null and ${later}
      and (${department ?? null}::text is null or department_id = ${department ?? null})
      and (${person ?? null}::uuid is null or person_id = ${person ?? null})
    order by granted_at, id limit ${limit}`.execute(database);
  return rows;
}

/** Throws not-found for a role that is not held any more. */
export async function getAppointment({ database }: Reading, id: string): Promise<Appointment> {
  const { rows } = await sql<Appointment>`
    select ${columns} from identity.appointment where id = ${id} and ended_at is null`.execute(database);
  if (rows[0] === undefined) throw notFound('unknown-appointment', problemWords.unknownAppointment);
  return rows[0];
}

/** How many people hold at least one role in each department, by its id. */
export async function countOfficers({ database }: Reading): Promise<Map<string, number>> {
  const { rows } = await sql<{ department: string; count: number }>`
    select department_id as department, count(distinct person_id)::int as count
    from identity.appointment where ended_at is null group by department_id`.execute(database);
  return new Map(rows.map(({ department, count }) => [department, count]));
}

/**
 * Makes everybody wait who changes roles, until this transaction ends: what is counted stays true. One lock
 * for all departments, because administrators of the coordinating one count in each.
 */
export async function lockAppointments(transaction: Transaction): Promise<void> {
  await sql`lock table identity.appointment in share row exclusive mode`.execute(transaction);
}

/** Who is in question for a decision of an administrator: in this department, and not one of these people. */
export type DecidersAsked = { department: string; without: readonly string[] };

/**
 * How many others could decide as administrators of the department or of the coordinating one. Those whom
 * another removed in the last days count too, so that nobody becomes alone by removing the second.
 */
export async function countDeciders(
  transaction: Transaction,
  { edition, clock }: Deciding,
  { department, without }: DecidersAsked,
): Promise<number> {
  const places = [department, identityEditionOf(edition).coordinating];
  const since = new Date(clock.now().getTime() - cooldownDays * 86_400_000);
  const { rows } = await sql<{ count: number }>`
    select count(distinct person_id)::int as count from identity.appointment
    where role = 'administrator' and department_id = any(${places}::text[])
      and not person_id = any(${without}::uuid[])
      and (ended_at is null or ended_at > ${since} and ended_by is distinct from person_id)`.execute(
    transaction,
  );
  return rows[0]!.count;
}

/** A role that is to be given; `by` is absent for what the program itself allows. */
export type Granting = { person: string; department: string; role: Role; by?: string; approvedBy?: string };

/** Gives a role that is not held yet. The caller has made sure that it may be given. */
export async function grantRole(
  transaction: Transaction,
  house: Deciding,
  { person, department, role, by, approvedBy }: Granting,
): Promise<Appointment> {
  const at = house.clock.now();
  const { rows } = await sql<Appointment>`
    insert into identity.appointment (id, person_id, department_id, role, granted_by, granted_at)
    select ${randomUUID()}, ${person}, id, ${role}, ${by ?? null}, ${at}
    from identity.department where id = ${department} and closed_at is null
    on conflict (person_id, department_id, role) where ended_at is null do nothing
    returning ${columns}`.execute(transaction);
  if (rows[0] === undefined) throw conflict('role-not-free', problemWords.roleNotFree);
  await record(transaction, {
    topic: 'identity.role-granted',
    subject: person,
    actor: by,
    details: { department, role, ...(approvedBy === undefined ? {} : { approvedBy }) },
    occurredAt: at,
  });
  await notify(transaction, house, { personId: person, kind: 'role-granted', details: { department, role } });
  return rows[0];
}

/** A role that is to end. */
export type Ending = { appointment: Appointment; by: string; approvedBy?: string };

/** Ends a role at once. Throws conflict for the last administrator of the coordinating department. */
export async function endRole(
  transaction: Transaction,
  house: Deciding,
  { appointment: { id, personId, department, role }, by, approvedBy }: Ending,
): Promise<void> {
  const at = house.clock.now();
  await lockAppointments(transaction);
  const isCoordinating = department === identityEditionOf(house.edition).coordinating;
  if (isCoordinating && role === 'administrator') await refuseLastAdministrator(transaction, house, personId);
  const { rows } = await sql<{ id: string }>`
    update identity.appointment set ended_by = ${by}, ended_at = ${at}
    where id = ${id} and ended_at is null returning id`.execute(transaction);
  if (rows[0] === undefined) throw notFound('unknown-appointment', problemWords.unknownAppointment);
  await record(transaction, {
    topic: 'identity.role-ended',
    subject: personId,
    actor: by,
    details: { department, role, ...(approvedBy === undefined ? {} : { approvedBy }) },
    occurredAt: at,
  });
  await notify(transaction, house, { personId, kind: 'role-ended', details: { department, role } });
}

/**
 * Throws conflict when the person is the only administrator of the coordinating department: before that role
 * ends, and before an account is erased.
 */
export async function refuseLastAdministrator(
  transaction: Transaction,
  { edition }: Pick<House, 'edition'>,
  personId: string,
): Promise<void> {
  const { coordinating } = identityEditionOf(edition);
  const { rows } = await sql<{ personId: string }>`
    select person_id as "personId" from identity.appointment
    where ended_at is null and role = 'administrator' and department_id = ${coordinating}
    for update`.execute(transaction);
  if (rows.length === 1 && rows[0]!.personId === personId) {
    throw conflict('last-administrator', problemWords.lastAdministrator);
  }
}

/** Whether anybody administers the coordinating department. */
export async function hasAdministrator(
  database: House['database'] | Transaction,
  { edition }: Pick<House, 'edition'>,
): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from identity.appointment
      where ended_at is null and role = 'administrator'
        and department_id = ${identityEditionOf(edition).coordinating}) as found`.execute(database);
  return rows[0]!.found;
}
