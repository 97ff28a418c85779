// Everything the house holds of a person, gathered for that person; and the end of all of it.

import type { Actor } from '../../../core/access.ts';
import { inTransaction, sql } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';
import { listActs, type RecordedAct, record } from '../../receipts/index.ts';
import type { Passkey, Person, ServiceUse, Session } from '../schema.ts';
import { recordOwn } from './acts.ts';
import { countAttempt } from './attempts.ts';
import { type Notice, notify } from './notices.ts';
import { listPasskeys } from './passkeys.ts';
import { erasePerson, getPerson } from './people.ts';
import { countCodes } from './recovery.ts';
import { type HeldActor, refuseRecovered } from './recovery-hold.ts';
import { listServiceSessions, type ServiceSession } from './service-sessions.ts';
import { listServiceUses } from './service-uses.ts';
import { listSessions } from './sessions.ts';

/** A role that a person holds or held. */
export type HeldRole = { department: string; role: string; grantedAt: Date; endedAt?: Date };

/** A recovery of the account, whatever became of it. */
export type PastRecovery = { way: string; state: string; begunAt: Date; opensAt: Date };

/** A code for a desk; the code itself is not kept. */
export type PastDeskVisit = { createdAt: Date; expiresAt: Date; usedAt?: Date; department?: string };

/** What officers asked to be done for a person. */
export type ProposalAbout = { action: string; department: string; state: string; proposedAt: Date };

/** A passkey that is worth nothing any more. */
export type RevokedPasskey = { id: string; label: string; createdAt: Date; usedAt: Date; revokedAt: Date };

/** All of a person. */
export type PersonExport = {
  exportedAt: Date;
  person: Person;
  passkeys: Passkey[];
  revokedPasskeys: RevokedPasskey[];
  sessions: Session[];
  /** Sign-ins that began at a service. */
  serviceSessions: ServiceSession[];
  services: ServiceUse[];
  notices: Notice[];
  recoveryCodesLeft: number;
  recoveries: PastRecovery[];
  roles: HeldRole[];
  deskVisits: PastDeskVisit[];
  proposals: ProposalAbout[];
  /** The latest first. */
  acts: RecordedAct[];
};

type Nullable<Row> = { [Name in keyof Row]: Row[Name] | null };

/** Null of the database is absent here. */
const present = <Row>(row: Nullable<Row>): Row =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Row;

type Asked = { database: House['database']; personId: string };

async function rolesOf({ database, personId }: Asked): Promise<HeldRole[]> {
  const { rows } = await sql<Nullable<HeldRole>>`
    select department_id as department, role, granted_at as "grantedAt", ended_at as "endedAt"
    from identity.appointment where person_id = ${personId} order by granted_at, id`.execute(database);
  return rows.map((row) => present<HeldRole>(row));
}

async function revokedPasskeysOf({ database, personId }: Asked): Promise<RevokedPasskey[]> {
  const { rows } = await sql<RevokedPasskey>`
    select id, label, created_at as "createdAt", used_at as "usedAt", revoked_at as "revokedAt"
    from identity.passkey where person_id = ${personId} and revoked_at is not null
    order by revoked_at, id`.execute(database);
  return rows;
}

async function recoveriesOf({ database, personId }: Asked): Promise<PastRecovery[]> {
  const { rows } = await sql<PastRecovery>`
    select way, state, begun_at as "begunAt", opens_at as "opensAt"
    from identity.recovery where person_id = ${personId} order by begun_at, id`.execute(database);
  return rows;
}

async function deskVisitsOf({ database, personId }: Asked): Promise<PastDeskVisit[]> {
  const { rows } = await sql<Nullable<PastDeskVisit>>`
    select created_at as "createdAt", expires_at as "expiresAt", taken_at as "usedAt", department_id as department
    from identity.desk_visit where person_id = ${personId} order by created_at, id`.execute(database);
  return rows.map((row) => present<PastDeskVisit>(row));
}

async function proposalsOf({ database, personId }: Asked): Promise<ProposalAbout[]> {
  const { rows } = await sql<ProposalAbout>`
    select action, department_id as department, state, proposed_at as "proposedAt"
    from identity.proposal where person_id = ${personId} order by proposed_at, id`.execute(database);
  return rows;
}

async function noticesOf({ database, personId }: Asked): Promise<Notice[]> {
  const { rows } = await sql<Nullable<Notice>>`
    select id, kind, details, created_at as "createdAt", read_at as "readAt"
    from identity.notice where person_id = ${personId} order by created_at, id`.execute(database);
  return rows.map((row) => present<Notice>(row));
}

const actsAtOnce = 500;

async function actsOf(house: House, personId: string): Promise<RecordedAct[]> {
  const acts: RecordedAct[] = [];
  let before: string | undefined;
  do {
    const { items, next } = await listActs(house, { subject: personId, before, limit: actsAtOnce });
    acts.push(...items);
    before = next ?? undefined;
  } while (before !== undefined);
  return acts;
}

/**
 * Everything of the person who asks, and never of another. That it was handed out is itself an act and a
 * notice, written before anything leaves. Throws too-many after ten in a day.
 */
export async function exportPerson(house: House, { id }: Pick<Actor, 'id'>): Promise<PersonExport> {
  await countAttempt(house, { scope: 'export', key: id, limit: 10, windowSeconds: 86_400 });
  await inTransaction(house.database, async (transaction) => {
    await recordOwn(transaction, house, { topic: 'identity.data-exported', personId: id });
    await notify(transaction, house, { personId: id, kind: 'data-exported' });
  });
  const asked = { database: house.database, personId: id };
  return {
    exportedAt: house.clock.now(),
    person: await getPerson(house, id),
    passkeys: await listPasskeys(house, id),
    revokedPasskeys: await revokedPasskeysOf(asked),
    sessions: await listSessions(house, id),
    serviceSessions: await listServiceSessions(house, id),
    services: await listServiceUses(house, id),
    notices: await noticesOf(asked),
    recoveryCodesLeft: await countCodes(house, id),
    recoveries: await recoveriesOf(asked),
    roles: await rolesOf(asked),
    deskVisits: await deskVisitsOf(asked),
    proposals: await proposalsOf(asked),
    acts: await actsOf(house, id),
  };
}

/**
 * Erases the person who asks, with everything that is theirs. The log keeps one act that names nobody: its
 * id is returned, so that the deletion can be proved. Throws conflict for the last administrator, and
 * `recovered-lately`.
 */
export async function eraseAccount(house: House, actor: HeldActor): Promise<{ actId: string }> {
  return inTransaction(house.database, async (transaction) => {
    await refuseRecovered(transaction, house, actor);
    await erasePerson(transaction, house, actor.id);
    const occurredAt = house.clock.now();
    return record(transaction, { topic: 'identity.erased', details: {}, occurredAt });
  });
}
