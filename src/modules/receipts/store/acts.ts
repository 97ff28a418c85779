// Acts about a person or by one: the list for whoever may see it, and erasing what is kept beside the log.

import { type Database, sql, type Transaction } from '../../../core/database/index.ts';
import { invalid } from '../../../core/errors.ts';
import type { Json } from '../rules/index.ts';
import type { ActPage, RecordedAct } from '../schema.ts';
import { problems } from '../texts.ts';
import { pendingChannel } from './record.ts';

/** Which acts to list. Every condition given must hold; one of subject and actor has to be. */
export type PersonalListing = {
  /** Id of what the acts are about. */
  subject?: string | undefined;
  /** Id of who acted. */
  actor?: string | undefined;
  /** Only these topics. */
  topics?: readonly string[] | undefined;
  /** Only topics that begin with this, e.g. `identity.`. */
  topicPrefix?: string | undefined;
  /** `next` of the page before. */
  before?: string | undefined;
  /** At most this many; no more than 500. */
  limit: number;
};

const mostActs = 500;

type Place = { at: string; id: string };

/** A cursor is the instant and the id of the last act of a page: acts that come or go move nothing. */
const cursorOf = ({ occurredAt, id }: RecordedAct) =>
  Buffer.from(`${Date.parse(occurredAt)} ${id}`).toString('base64url');

function parseCursor(cursor: string): Place {
  const [, at, id] = /^(-?\d{1,15}) ([0-9a-f-]{36})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (at !== undefined && id !== undefined) return { at: new Date(Number(at)).toISOString(), id };
  throw invalid('unknown-cursor', problems.unknownCursor, {
    fields: [{ field: 'before', message: problems.unknownCursor }],
  });
}

type Row = {
  id: string;
  topic: string;
  subject: string | null;
  actor: string | null;
  details: string;
  occurredAt: Date;
  index: number | null;
};

/**
 * A page of acts with all that is known of them, the latest first; acts that wait for their place are among
 * them. Whoever calls must have made sure that the reader may see them. Throws TypeError when neither subject
 * nor actor is named, invalid `unknown-cursor` for a cursor that no page gave.
 */
export async function listActs(
  { database }: { database: Database | Transaction },
  { subject, actor, topics, topicPrefix = '', before, limit }: PersonalListing,
): Promise<ActPage> {
  if (subject === undefined && actor === undefined) throw new TypeError('whose acts? name subject or actor');
  const most = Math.min(limit, mostActs);
  const place = before === undefined ? undefined : parseCursor(before);
  const conditions = [
    sql`not exists (select from receipts.erasure where act_id = act.id)`,
    ...(subject === undefined ? [] : [sql`subject = ${subject}`]),
    ...(actor === undefined ? [] : [sql`actor = ${actor}`]),
    ...(topics === undefined ? [] : [sql`topic = any(${topics}::text[])`]),
    ...(topicPrefix === '' ? [] : [sql`starts_with(topic, ${topicPrefix})`]),
    ...(place === undefined ? [] : [sql`(occurred_at, id) < (${place.at}::timestamptz, ${place.id}::uuid)`]),
  ];
  const { rows } = await sql<Row>`
    select id, topic, subject, actor, details, occurred_at as "occurredAt", index from receipts.act
    where ${sql.join(conditions, sql` and `)}
    order by occurred_at desc, id desc limit ${most + 1}`.execute(database);
  const items = rows.slice(0, most).map(
    ({ details, occurredAt, ...row }): RecordedAct => ({
      ...row,
      details: JSON.parse(details) as Json,
      occurredAt: occurredAt.toISOString(),
    }),
  );
  return { items, next: rows.length > most ? cursorOf(items.at(-1)!) : null };
}

/**
 * Erases what is kept of the acts about a subject: salt, subject, actor and details. The log stays whole, and
 * their leaves say nothing any more. When the transaction commits nobody is shown these acts again; one that
 * still waits for its place is erased when it gets it. What is recorded afterwards, in this transaction too,
 * stays.
 */
export async function forget(transaction: Transaction, subject: string): Promise<void> {
  await sql`with gone as (delete from receipts.act where subject = ${subject} and index is not null)
    insert into receipts.erasure (act_id)
    select id from receipts.act where subject = ${subject} and index is null
    on conflict (act_id) do nothing`.execute(transaction);
  await sql`select pg_notify(${pendingChannel}, '')`.execute(transaction);
}

/** Erases the acts that were to be forgotten and have got their places meanwhile. */
export async function eraseForgotten(transaction: Transaction): Promise<void> {
  await sql`with due as (
      delete from receipts.erasure
      where not exists (select from receipts.act where act.id = act_id and index is null)
      returning act_id
    )
    delete from receipts.act using due where act.id = due.act_id`.execute(transaction);
}
