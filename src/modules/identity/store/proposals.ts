// Proposals: what one officer asks for and another decides.

import { randomUUID } from 'node:crypto';
import type { Actor } from '../../../core/access.ts';
import { sql, type Transaction } from '../../../core/database/index.ts';
import { notFound } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import { record } from '../../receipts/index.ts';
import { problemWords } from '../texts/officers.ts';

/** What one officer asks for. The payload holds choices and opaque ids, never anything personal. */
export type Proposal = {
  id: string;
  action: string;
  department: string;
  personId?: string;
  payload: Record<string, string>;
  state: 'open' | 'approved' | 'refused' | 'withdrawn' | 'expired';
  proposedBy: string;
  proposedAt: Date;
  decidedBy?: string;
  decidedAt?: Date;
  expiresAt: Date;
  collectedAt?: Date;
};

/** What is asked for, and for how long. */
export type NewProposal = {
  action: string;
  department: string;
  personId?: string;
  payload: Record<string, string>;
  hours: number;
};

type Row = { [Name in keyof Proposal]: Proposal[Name] | null };

const columns = sql.raw(`id, action, department_id as department, person_id as "personId", payload,
  state, proposed_by as "proposedBy", proposed_at as "proposedAt", decided_by as "decidedBy",
  decided_at as "decidedAt", expires_at as "expiresAt", collected_at as "collectedAt"`);

/** What PostgreSQL has no value for is absent; an open proposal whose time is over has expired. */
function proposalOf(row: Row, now: Date): Proposal {
  const proposal = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Proposal;
  const isOver = proposal.state === 'open' && proposal.expiresAt <= now;
  return isOver ? { ...proposal, state: 'expired' } : proposal;
}

/** Writes the proposal and its act. The caller has made sure that the actor may propose it. */
export async function propose(
  transaction: Transaction,
  actor: Pick<Actor, 'id'>,
  { hours, at, ...asked }: NewProposal & { at: Date },
): Promise<Proposal> {
  const { rows } = await sql<Row>`
    insert into identity.proposal
      (id, action, department_id, person_id, payload, state, proposed_by, proposed_at, expires_at)
    values (${randomUUID()}, ${asked.action}, ${asked.department}, ${asked.personId ?? null},
      ${JSON.stringify(asked.payload)}::jsonb, 'open', ${actor.id}, ${at},
      ${new Date(at.getTime() + hours * 3_600_000)})
    returning ${columns}`.execute(transaction);
  const proposal = proposalOf(rows[0]!, at);
  await record(transaction, {
    topic: 'identity.proposal-made',
    subject: asked.personId ?? asked.department,
    actor: actor.id,
    details: { proposal: proposal.id, action: asked.action, department: asked.department },
    occurredAt: at,
  });
  return proposal;
}

/** Throws not-found. */
export async function getProposal(house: Pick<House, 'database' | 'clock'>, id: string): Promise<Proposal> {
  const { rows } = await sql<Row>`select ${columns} from identity.proposal where id = ${id}`.execute(
    house.database,
  );
  if (rows[0] === undefined) throw notFound('unknown-proposal', problemWords.unknownProposal);
  return proposalOf(rows[0], house.clock.now());
}

/** What an actor may know of, and where in the list to go on: after the proposal with this id. */
export type ProposalListing = {
  about: readonly { action: string; department: string }[];
  /** Only those that wait for a decision. */
  open?: boolean;
  limit: number;
  after?: string;
};

/** Proposals, the latest first. */
export async function listProposals(
  house: Pick<House, 'database' | 'clock'>,
  { about, open = false, limit, after }: ProposalListing,
): Promise<Proposal[]> {
  const now = house.clock.now();
  const later =
    after === undefined
      ? sql`true`
      : sql`(proposed_at, id) < (select proposed_at, id from identity.proposal where id = ${after})`;
  const { rows } = await sql<Row>`
    select ${columns} from identity.proposal
    where (action, department_id) in (
        select action, department
        from jsonb_to_recordset(${JSON.stringify(about)}::jsonb) as given (action text, department text))
      and (not ${open}::boolean or state = 'open' and expires_at > ${now}) and ${later}
    order by proposed_at desc, id desc limit ${limit}`.execute(house.database);
  return rows.map((row) => proposalOf(row, now));
}

type Settling = {
  id: string;
  state: 'approved' | 'refused';
  by: string;
  at: Date;
  /** The approval itself does all that was asked for: there is nothing to take afterwards. */
  isComplete: boolean;
};

/** One decision wins, and never that of the proposer; undefined when there is nothing to decide any more. */
export async function settleProposal(
  transaction: Transaction,
  { id, state, by, at, isComplete }: Settling,
): Promise<Proposal | undefined> {
  const { rows } = await sql<Row>`
    update identity.proposal set state = ${state}, decided_by = ${by}, decided_at = ${at},
      collected_at = ${isComplete ? at : null}
    where id = ${id} and state = 'open' and expires_at > ${at} and proposed_by <> ${by}
    returning ${columns}`.execute(transaction);
  return rows[0] === undefined ? undefined : proposalOf(rows[0], at);
}

/** Marks that the proposer took what an approved proposal gives; undefined when it was taken, or is old. */
export async function collectProposal(
  transaction: Transaction,
  { id, by, at }: { id: string; by: string; at: Date },
): Promise<Proposal | undefined> {
  const { rows } = await sql<Row>`
    update identity.proposal set collected_at = ${at}
    where id = ${id} and state = 'approved' and proposed_by = ${by} and collected_at is null
      and expires_at > ${at}
    returning ${columns}`.execute(transaction);
  return rows[0] === undefined ? undefined : proposalOf(rows[0], at);
}

/** Takes back what an officer asked for in a department (null: in all), or has not taken yet. */
export async function withdrawProposals(
  transaction: Transaction,
  { by, department, at }: { by: string; department: string | null; at: Date },
): Promise<void> {
  await sql`
    update identity.proposal set state = 'withdrawn', decided_at = coalesce(decided_at, ${at})
    where proposed_by = ${by} and (${department}::text is null or department_id = ${department})
      and (state = 'open' or state = 'approved' and collected_at is null)`.execute(transaction);
}

/** Takes back what is open, or agreed to and not taken, about one person. Returns how many. */
export async function withdrawAbout(
  transaction: Transaction,
  { personId, action, at }: { personId: string; action: string; at: Date },
): Promise<number> {
  const { numAffectedRows } = await sql`
    update identity.proposal set state = 'withdrawn', decided_at = coalesce(decided_at, ${at})
    where person_id = ${personId} and action = ${action} and expires_at > ${at}
      and (state = 'open' or state = 'approved' and collected_at is null)`.execute(transaction);
  return Number(numAffectedRows ?? 0n);
}

/** Whether something is asked for, or agreed to and not taken, about a person. */
export async function hasProposalAbout(
  transaction: Transaction,
  { personId, action, at }: { personId: string; action: string; at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    select id from identity.proposal
    where person_id = ${personId} and action = ${action} and expires_at > ${at}
      and (state = 'open' or state = 'approved' and collected_at is null) limit 1`.execute(transaction);
  return rows.length > 0;
}
