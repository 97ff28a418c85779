// Records acts within the business transaction that makes them true.

import { randomBytes, randomUUID } from 'node:crypto';
import { sql, type Transaction } from '../../../core/database/index.ts';
import { type ActFacts, canonicalJson, leafOf, saltBytes } from '../rules/index.ts';

/** Told when an act waits for its place in the log. */
export const pendingChannel = 'lamppost_receipts';

/** An act to be recorded. */
export type Act = Omit<ActFacts, 'occurredAt'> & {
  /** Default: now. */
  occurredAt?: Date;
  /** Everybody may see subject, actor and details; only for acts without personal data. Default false. */
  public?: boolean;
};

const topicPattern = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/;
const longestName = 200;
const longestDetails = 32_768;

function checkAct({ topic, subject, actor, details }: Act): string {
  const isSound =
    topicPattern.test(topic) && [topic, subject ?? '', actor ?? ''].every((one) => one.length <= longestName);
  if (!isSound)
    throw new TypeError(`not an act: the topic is like module.thing-done, names have at most 200 letters`);
  const text = canonicalJson(details);
  if (text.length > longestDetails) throw new TypeError(`the details of ${topic} are too long for an act`);
  return text;
}

function rowOf(act: Act) {
  const details = checkAct(act);
  const salt = randomBytes(saltBytes);
  const occurredAt = act.occurredAt ?? new Date();
  return {
    id: randomUUID(),
    topic: act.topic,
    subject: act.subject ?? null,
    actor: act.actor ?? null,
    details,
    salt: salt.toString('hex'),
    leaf: leafOf({ ...act, occurredAt }, salt),
    isPublic: act.public ?? false,
    occurredAt: occurredAt.toISOString(),
  };
}

type Row = ReturnType<typeof rowOf>;

/**
 * Records acts in their order; they exist when the transaction commits, and not otherwise. Throws TypeError
 * for a topic that is not dotted, for details that are not JSON or over 32 KiB.
 */
export async function recordAll(
  transaction: Transaction,
  acts: readonly Act[],
): Promise<{ actId: string }[]> {
  if (acts.length === 0) return [];
  const rows = acts.map(rowOf);
  const column = <Name extends keyof Row>(name: Name) => rows.map((row) => row[name]);
  // One statement: an act that is recorded alone costs one way to the server and back.
  await sql`with given as (
      select * from unnest(${column('id')}::uuid[], ${column('topic')}::text[], ${column('subject')}::text[],
        ${column('actor')}::text[], ${column('details')}::text[], ${column('salt')}::text[],
        ${column('leaf')}::text[], ${column('isPublic')}::boolean[], ${column('occurredAt')}::timestamptz[])
      with ordinality as given (id, topic, subject, actor, details, salt, leaf, is_public, occurred_at, place)
    ), kept as (
      insert into receipts.act (id, topic, subject, actor, details, salt, leaf, public, occurred_at)
      select id, topic, subject, actor, details, decode(salt, 'hex'), leaf, is_public, occurred_at from given
    ), waiting as (
      insert into receipts.pending (act_id) select id from given order by place
    )
    select pg_notify(${pendingChannel}, '')`.execute(transaction);
  return rows.map(({ id }) => ({ actId: id }));
}

/** Records one act in the business transaction. Its receipt can be had once it is numbered, soon after. */
export async function record(transaction: Transaction, act: Act): Promise<{ actId: string }> {
  const [recorded] = await recordAll(transaction, [act]);
  return recorded!;
}
