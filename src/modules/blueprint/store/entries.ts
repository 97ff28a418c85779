// Records what officers hand in: each entry is checked, written with its event, and never rewrites history.

import type { z } from 'zod';
import { calendarDay } from '../../../core/clock.ts';
import { inTransaction, sql, type Transaction } from '../../../core/database/index.ts';
import { conflict, invalid, notFound } from '../../../core/errors.ts';
import { record } from '../../receipts/index.ts';
import {
  lastDay,
  type ProgressEntry,
  progressEntrySchema,
  type RevisionEntry,
  revisionEntrySchema,
  type Source,
  type StatusEntry,
  statusEntrySchema,
} from '../schema/index.ts';
import { actOf } from './acts.ts';
import { type FactName, type Row, revisionRow } from './facts.ts';
import { eventOf, insertFacts, type StoreHouse } from './load.ts';
import { lockRecording, nextRecordedAt } from './recorded.ts';

/** Records a published status. Throws invalid, not-found, or conflict when a later one is there. */
export async function recordStatus(house: StoreHouse, entry: StatusEntry): Promise<void> {
  const { initiative, status, from, source } = check(statusEntrySchema, entry);
  refuseFuture(house, 'from', from);
  await write(house, async (transaction) => {
    await lockInitiative(transaction, initiative);
    await refuseUnknownDocument(transaction, source);
    const last = await sql<{ day: string | null }>`select max(valid_from_day)::text as day
      from blueprint.status_fact where initiative = ${initiative}`.execute(transaction);
    refuseNotLater('from', from, last.rows[0]?.day);
    const dates = { valid_from: from, valid_from_day: lastDay(from), basis: 'printed', source };
    return ['status_fact', { initiative, status, ...dates }];
  });
}

/** Records a step of progress. Throws invalid, not-found, or conflict when it is recorded already. */
export async function recordProgress(house: StoreHouse, entry: ProgressEntry): Promise<void> {
  const { initiative, date, text, source } = check(progressEntrySchema, entry);
  refuseFuture(house, 'date', date);
  await write(house, async (transaction) => {
    await lockInitiative(transaction, initiative);
    await refuseUnknownDocument(transaction, source);
    const json = JSON.stringify(source);
    const { rows } = await sql<{ position: number; known: boolean }>`select
        coalesce(max(position) + 1, 0) as position,
        coalesce(bool_or(written_date = ${date} and source = ${json}::jsonb), false) as known
      from blueprint.progress_fact where initiative = ${initiative}`.execute(transaction);
    if (rows[0]!.known) {
      throw conflict('progress-known', {
        en: 'A step with this date and source is recorded already.',
        tc: '同一日期和來源的進展已有記錄。',
      });
    }
    return ['progress_fact', { initiative, position: rows[0]!.position, written_date: date, source, text }];
  });
}

/** Records a new date for a target. Throws invalid, not-found, or conflict when a later one is there. */
export async function reviseTarget(house: StoreHouse, entry: RevisionEntry): Promise<void> {
  const { target, announced, by, source } = check(revisionEntrySchema, entry);
  refuseFuture(house, 'announced', announced);
  await write(house, async (transaction) => {
    const known = await sql<{ announced: string }>`
      select announced from blueprint.target where id = ${target} for update`.execute(transaction);
    const baseline = known.rows[0];
    if (!baseline) {
      throw notFound('unknown-target', { en: `There is no target ${target}.`, tc: `沒有目標${target}。` });
    }
    await refuseUnknownDocument(transaction, source);
    const last = await sql<{ day: string | null }>`select max(announced_day)::text as day
      from blueprint.target_revision where target = ${target}`.execute(transaction);
    refuseNotLater('announced', announced, last.rows[0]?.day ?? lastDay(baseline.announced));
    return ['target_revision', revisionRow(target, { announced, by, source })];
  });
}

function check<S extends z.ZodType>(schema: S, entry: unknown): z.output<S> {
  const result = schema.safeParse(entry);
  if (result.success) return result.data;
  const fields = result.error.issues.map((issue) => ({
    field: issue.path.map(String).join('.') || 'body',
    message: { en: issue.message, tc: `不符合要求（${issue.message}）` },
  }));
  throw invalid('invalid-entry', { en: 'This entry is not complete.', tc: '這項記錄不完整。' }, { fields });
}

/** A month or year that is not over is still to come: it counts from its last day. */
function refuseFuture({ clock, edition }: StoreHouse, field: string, date: string) {
  if (lastDay(date) <= calendarDay(clock.now(), edition.timeZone)) return;
  const message = { en: 'This date is still to come.', tc: '這個日期尚未到。' };
  throw invalid('date-in-future', message, { fields: [{ field, message }] });
}

function refuseNotLater(field: string, date: string, last: string | null | undefined) {
  if (!last || lastDay(date) > last) return;
  const message = {
    en: `This must be later than what is recorded for ${last}; history is not rewritten.`,
    tc: `日期必須遲於已記錄的${last}；歷史紀錄不會改寫。`,
  };
  throw conflict('not-later', message, { fields: [{ field, message }] });
}

async function lockInitiative(transaction: Transaction, id: string): Promise<void> {
  const { rows } = await sql`select 1 from blueprint.initiative where id = ${id} for update`.execute(
    transaction,
  );
  if (rows.length > 0) return;
  throw notFound('unknown-initiative', { en: `There is no initiative ${id}.`, tc: `沒有措施${id}。` });
}

async function refuseUnknownDocument(transaction: Transaction, source: Source): Promise<void> {
  if (!('document' in source)) return;
  const { rows } = await sql`select 1 from blueprint.record
    where kind = 'document' and id = ${source.document}`.execute(transaction);
  if (rows.length > 0) return;
  const message = { en: `There is no document ${source.document}.`, tc: `沒有文件${source.document}。` };
  throw invalid('unknown-document', message, { fields: [{ field: 'source.document', message }] });
}

type Fact = [FactName, Row];

async function write(house: StoreHouse, prepare: (transaction: Transaction) => Promise<Fact>): Promise<void> {
  await inTransaction(house.database, async (transaction) => {
    await lockRecording(transaction);
    const [name, row] = await prepare(transaction);
    const recordedAt = await nextRecordedAt(transaction, house.clock.now());
    await insertFacts(transaction, name, { rows: [row], origin: 'officer', recordedAt });
    await house.events.emit(transaction, eventOf(name, row));
    await record(transaction, { ...actOf(name, row), occurredAt: new Date(recordedAt) });
    await house.revisions.bump(transaction, 'blueprint');
  });
  await house.revisions.refresh();
}
