// All the SQL of the log of events: writing, numbering, reading.

import { type Database, sql, type Transaction } from '../database/index.ts';
import type { Event, NewEvent } from './event.ts';

/** Told when something waits in the outbox. */
export const outboxChannel = 'lamppost_outbox';
/** Told when events got their numbers. */
export const eventChannel = 'lamppost_event';

/** A stretch of the log: the events asked for after a position, and the position reached by reading them. */
export type Batch = { events: Event[]; upTo: number };

type From = { after: number; limit: number; topics?: readonly string[] | undefined; span?: number };
type NoEvent = { head: number; sequence: null };
type EventRow = {
  head: number;
  sequence: number;
  id: string;
  topic: string;
  key: string;
  payload: unknown;
  occurred_at: Date;
};

const toEvent = (row: EventRow): Event => ({
  sequence: row.sequence,
  id: row.id,
  topic: row.topic,
  key: row.key,
  payload: row.payload,
  occurredAt: row.occurred_at,
});

/**
 * Writes events within a business transaction. The lock on each key is held until its end, so that the next
 * writer of the key takes its place in the outbox only after this one has committed: place order is commit
 * order.
 */
export async function writeOutbox(transaction: Transaction, events: NewEvent[]): Promise<void> {
  const keys = events.map((event) => event.key);
  // Two writers of the same keys take the locks in the same order and so cannot block each other.
  await sql`select pg_advisory_xact_lock(lock) from (
    select distinct hashtextextended('lamppost.event:' || key, 0) as lock
    from unnest(${keys}::text[]) as key order by lock) as locks`.execute(transaction);
  await sql`insert into core.outbox (topic, key, payload)
    select topic, key, payload::jsonb
    from unnest(${events.map((event) => event.topic)}::text[], ${keys}::text[],
      ${events.map((event) => JSON.stringify(event.payload ?? null))}::text[])
      with ordinality as given (topic, key, payload, place)
    order by place`.execute(transaction);
  await sql`select pg_notify(${outboxChannel}, '')`.execute(transaction);
}

/** Moves up to `limit` committed events into the log, with their numbers; returns how many. */
export async function sequenceOutbox(database: Database, limit: number): Promise<number> {
  const waiting = await sql`select from core.outbox limit 1`.execute(database);
  if (waiting.rows.length === 0) return 0;
  return database.transaction().execute(async (transaction) => {
    const head = await sql<{ sequence: number }>`select sequence from core.event_head for update`.execute(
      transaction,
    );
    const moved = await sql<{ count: number }>`
      with taken as (
        delete from core.outbox
        where position in (select position from core.outbox order by position limit ${limit})
        returning *
      ), numbered as (
        insert into core.event (sequence, id, topic, key, payload, occurred_at)
        select ${head.rows[0]!.sequence}::bigint + row_number() over (order by position),
          id, topic, key, payload, occurred_at
        from taken
        returning 1
      )
      select count(*) as count from numbered`.execute(transaction);
    const count = moved.rows[0]!.count;
    if (count > 0) {
      await sql`update core.event_head set sequence = sequence + ${count}`.execute(transaction);
      await sql`select pg_notify(${eventChannel}, '')`.execute(transaction);
    }
    return count;
  });
}

/** What tells this log of events from that of another database. */
export async function getLogId(database: Database): Promise<string> {
  const { rows } = await sql<{ log_id: string }>`select log_id from core.event_head`.execute(database);
  return rows[0]!.log_id;
}

/**
 * Up to `limit` events after a position, of these topics or of all; `span` bounds how much of the log is
 * looked through. One statement, one snapshot: nothing can slip in behind `upTo`.
 */
export async function readBatch(database: Database, from: From): Promise<Batch> {
  const { after, limit, topics = ['*'], span = Number.MAX_SAFE_INTEGER - after } = from;
  const patterns = topics.map((topic) => topic.replace('*', '%'));
  const { rows } = await sql<EventRow | NoEvent>`
    select head.sequence as head, found.* from core.event_head as head
    left join lateral (
      select sequence, id, topic, key, payload, occurred_at from core.event
      where sequence > ${after} and sequence <= ${after + span} and topic like any(${patterns}::text[])
      order by sequence limit ${limit}
    ) as found on true order by found.sequence`.execute(database);
  const found = rows.filter((row) => row.sequence !== null);
  const reached = found.length === limit ? found.at(-1)!.sequence : Math.min(after + span, rows[0]!.head);
  return { events: found.map(toEvent), upTo: Math.max(after, reached) };
}

/**
 * How far the log was handed to a carrier; one that was never seen begins at the head, for the past is in the
 * log.
 */
export async function getCarrierCursor(database: Database, carrier: string): Promise<number> {
  const { rows } = await sql<{ cursor: number }>`
    insert into core.carrier as known (name, cursor) select ${carrier}, sequence from core.event_head
    on conflict (name) do update set cursor = known.cursor returning cursor`.execute(database);
  return rows[0]!.cursor;
}

/** Remembers how far the log was handed to a carrier. */
export async function saveCarrierCursor(database: Database, carrier: string, cursor: number): Promise<void> {
  await sql`update core.carrier set cursor = ${cursor} where name = ${carrier} and cursor < ${cursor}`.execute(
    database,
  );
}
