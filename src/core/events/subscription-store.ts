// All the SQL of subscribers: how far each has come, and the events it set aside.

import { type Database, sql } from '../database/index.ts';
import type { Event, Lag, Subscription } from './event.ts';

/** Told the name of a subscriber that was sent back to an earlier position. */
export const replayChannel = 'lamppost_replay';

export type Position = { cursor: number; epoch: number };
/** An owner of a subscriber: what it writes counts while the epoch stands. */
export type Tenure = { name: string; epoch: number };
export type ParkedKey = { key: string; delayMs: number };
export type ParkedEvent = { event: Event; attempts: number };
export type Failure = { attempts: number; delayMs: number; code: string };

/** Makes the row of a subscriber that was never seen before. */
export async function createSubscription(database: Database, { name, from }: Subscription): Promise<void> {
  await sql`insert into core.subscription (name, cursor)
    select ${name}, case when ${from === 'now'} then sequence else 0 end from core.event_head
    on conflict (name) do nothing`.execute(database);
}

/** Takes over a subscriber: from now on an earlier owner cannot move its cursor. */
export async function takeSubscription(database: Database, name: string): Promise<Position> {
  const { rows } = await sql<Position>`
    update core.subscription set epoch = epoch + 1 where name = ${name} returning cursor, epoch`.execute(
    database,
  );
  return rows[0]!;
}

/** Moves the cursor on; false when somebody else has taken over. */
export async function saveCursor(
  database: Database,
  name: string,
  { cursor, epoch }: Position,
): Promise<boolean> {
  const result = await sql`update core.subscription set cursor = ${cursor}
    where name = ${name} and epoch = ${epoch}`.execute(database);
  return result.numAffectedRows === 1n;
}

/**
 * Sends a subscriber back (or ahead) so that `fromSequence` is its next event; false when there is none so
 * named.
 */
export function rewind(database: Database, name: string, fromSequence: number): Promise<boolean> {
  return database.transaction().execute(async (transaction) => {
    const result = await sql`update core.subscription set cursor = ${fromSequence - 1}, epoch = epoch + 1
      where name = ${name}`.execute(transaction);
    // They come again from the log; left here they would be delivered twice and out of turn.
    await sql`delete from core.parked_event
      where subscriber = ${name} and sequence >= ${fromSequence}`.execute(transaction);
    await sql`select pg_notify(${replayChannel}, ${name})`.execute(transaction);
    return result.numAffectedRows === 1n;
  });
}

/** Keys of a subscriber with events set aside, and in how long the first of each is due. */
export async function listParkedKeys(database: Database, name: string): Promise<ParkedKey[]> {
  const { rows } = await sql<ParkedKey>`
    select distinct on (key) key,
      greatest(0, extract(epoch from next_attempt_at - clock_timestamp()) * 1000)::float8 as "delayMs"
    from core.parked_event where subscriber = ${name} order by key, sequence`.execute(database);
  return rows;
}

/**
 * The row of a subscriber while it is still ours. Whoever takes over waits for the lock, and so finds what
 * was set aside before.
 */
const ownedBy = ({ name, epoch }: Tenure) =>
  sql`select name from core.subscription where name = ${name} and epoch = ${epoch} for share`;

/**
 * Sets an event aside; one that is there already stays as it is. False when somebody else has taken over:
 * then the event is theirs.
 */
export async function park(database: Database, tenure: Tenure, event: Event): Promise<boolean> {
  const { rows } = await sql`with owned as (${ownedBy(tenure)}), added as (
      insert into core.parked_event (subscriber, key, sequence)
      select name, ${event.key}, ${event.sequence} from owned on conflict do nothing)
    select from owned`.execute(database);
  return rows.length === 1;
}

/** The first event set aside for a key. */
export async function findParked(
  database: Database,
  name: string,
  key: string,
): Promise<ParkedEvent | undefined> {
  const { rows } = await sql<Event & { attempts: number }>`
    select event.sequence, event.id, event.topic, event.key, event.payload, event.occurred_at as "occurredAt",
      parked_event.attempts
    from core.parked_event join core.event using (sequence)
    where parked_event.subscriber = ${name} and parked_event.key = ${key}
    order by sequence limit 1`.execute(database);
  if (!rows[0]) return undefined;
  const { attempts, ...event } = rows[0];
  return { event, attempts };
}

/** Notes a failed attempt and when to try again, unless somebody else has taken over. */
export async function saveFailure(
  database: Database,
  tenure: Tenure,
  failed: Event & Failure,
): Promise<void> {
  await sql`with owned as (${ownedBy(tenure)})
    update core.parked_event
    set attempts = ${failed.attempts}, error_code = ${failed.code},
      next_attempt_at = clock_timestamp() + ${failed.delayMs} * interval '1 millisecond'
    from owned
    where subscriber = owned.name and key = ${failed.key} and sequence = ${failed.sequence}`.execute(
    database,
  );
}

/** Forgets an event that was set aside and has now been handled, unless somebody else has taken over. */
export async function removeParked(database: Database, tenure: Tenure, event: Event): Promise<void> {
  await sql`with owned as (${ownedBy(tenure)})
    delete from core.parked_event using owned
    where subscriber = owned.name and key = ${event.key} and sequence = ${event.sequence}`.execute(database);
}

/** How far every subscriber is behind. */
export async function listLag(database: Database): Promise<Lag[]> {
  const { rows } = await sql<Lag>`
    select name as subscriber, greatest(0, event_head.sequence - cursor) as pending,
      (select count(*) from core.parked_event where subscriber = name) as parked
    from core.subscription, core.event_head order by name`.execute(database);
  return rows;
}
