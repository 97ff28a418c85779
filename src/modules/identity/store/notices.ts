// Notices: what a person must be told of their own account, on its pages; with an event for further channels.

import { randomUUID } from 'node:crypto';
import { sql, type Transaction } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';

/** What a notice is about; the words for it belong to the page that shows it. */
export const noticeKinds = [
  'passkey-added',
  'passkey-revoked',
  'codes-made',
  'recovery-begun',
  'recovery-cancelled',
  'recovery-proposed',
  'recovered',
  'verified',
  'role-granted',
  'role-ended',
  'approval-asked',
  'data-exported',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

export type Notice = {
  id: string;
  kind: NoticeKind;
  details: Record<string, unknown>;
  createdAt: Date;
  readAt?: Date;
};

/** Topic of the event that carries a notice to further channels; its payload is notice, person and kind. */
export const noticeTopic = 'identity.notice';

const mostNotices = 50;

type NewNotice = { personId: string; kind: NoticeKind; details?: Record<string, unknown> };

/** Writes a notice in the business transaction, and an event for whatever can carry it further. */
export async function notify(
  tx: Transaction,
  { clock, events }: Pick<House, 'clock' | 'events'>,
  { personId, kind, details = {} }: NewNotice,
): Promise<void> {
  const id = randomUUID();
  await sql`insert into identity.notice (id, person_id, kind, details, created_at)
    values (${id}, ${personId}, ${kind}, ${JSON.stringify(details)}::jsonb, ${clock.now()})`.execute(tx);
  await events.emit(tx, { topic: noticeTopic, key: personId, payload: { noticeId: id, personId, kind } });
}

type Row = Omit<Notice, 'readAt'> & { readAt: Date | null };

/** The latest notices of a person, at most 50. */
export async function listNotices({ database }: House, personId: string): Promise<Notice[]> {
  const { rows } = await sql<Row>`
    select id, kind, details, created_at as "createdAt", read_at as "readAt" from identity.notice
    where person_id = ${personId} order by created_at desc, id limit ${mostNotices}`.execute(database);
  return rows.map(({ readAt, ...notice }) => ({ ...notice, ...(readAt === null ? {} : { readAt }) }));
}

/** The person has seen all that was there. */
export async function readNotices({ clock, database }: House, personId: string): Promise<void> {
  await sql`update identity.notice set read_at = ${clock.now()}
    where person_id = ${personId} and read_at is null`.execute(database);
}
