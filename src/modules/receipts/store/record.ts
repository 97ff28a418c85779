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

/**
 * Records acts in their order; they exist when the transaction commits, and not otherwise. Throws TypeError
 * for a topic that is not dotted, for details that are not JSON or over 32 KiB.
 */
export async function recordAll(
  transaction: Transaction,
  acts: readonly Act[],
): Promise<{ actId: string }[]> {
  if (acts.length === 0) return [];
  const rows = acts.map((act) => {
    const details = checkAct(act);
    const salt = randomBytes(saltBytes);
    const occurredAt = act.occurredAt ?? new Date();
    const leaf = leafOf({ ...act, occurredAt }, salt);
    return {
      id: randomUUID(),
      ...{ topic: act.topic, subject: act.subject ?? null, actor: act.actor ?? null, details, leaf },
      ...{
        salt: `\\x${salt.toString('hex')}`,
        public: act.public ?? false,
        occurred_at: occurredAt.toISOString(),
      },
    };
  });
  const json = JSON.stringify(rows);
  await sql`insert into receipts.act
    select * from jsonb_populate_recordset(null::receipts.act, ${json}::jsonb)`.execute(transaction);
  await sql`insert into receipts.pending (act_id)
    select id from unnest(${rows.map(({ id }) => id)}::uuid[]) with ordinality as given (id, place)
    order by place`.execute(transaction);
  await sql`select pg_notify(${pendingChannel}, '')`.execute(transaction);
  return rows.map(({ id }) => ({ actId: id }));
}

/** Records one act in the business transaction. Its receipt can be had once it is numbered, soon after. */
export async function record(transaction: Transaction, act: Act): Promise<{ actId: string }> {
  const [recorded] = await recordAll(transaction, [act]);
  return recorded!;
}
