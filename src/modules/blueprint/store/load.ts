// Brings the edition's blueprint into the database: facts are added, words corrected, rewriting refused.

import { createHash } from 'node:crypto';
import { inTransaction, sql, type Transaction } from '../../../core/database/index.ts';
import { conflict } from '../../../core/errors.ts';
import type { NewEvent } from '../../../core/events/index.ts';
import type { House } from '../../../core/house.ts';
import { type Act, recordAll } from '../../receipts/index.ts';
import type { BlueprintData } from '../schema/index.ts';
import { actOf, loadedAct } from './acts.ts';
import { type FactTable, factRowsOf, factTables, fingerprintOf, type Row, stableJson } from './facts.ts';
import { lockRecording, nextRecordedAt } from './recorded.ts';
import { initiativeContentOf, recordRowsOf } from './records.ts';

export type StoreHouse = Pick<House, 'database' | 'events' | 'revisions' | 'clock' | 'edition'>;

export type LoadResult = {
  /** False when the files are as they were at the last load. */
  changed: boolean;
  /** Facts added, by table. */
  added: Partial<Record<FactTable['name'] | 'initiative', number>>;
};

/**
 * Loads the data in one transaction; safe to repeat. Throws a `conflict` that names the facts when the files
 * have changed or dropped what was recorded: a past fact or the baseline of a target is never rewritten.
 */
export async function loadRegister(house: StoreHouse, data: BlueprintData): Promise<LoadResult> {
  const sha256 = createHash('sha256').update(stableJson(data)).digest('hex');
  const result = await inTransaction(house.database, async (transaction) => {
    await lockRecording(transaction);
    if ((await lastHash(transaction)) === sha256) return { changed: false, added: {} };
    const recordedAt = await nextRecordedAt(transaction, house.clock.now());
    const load = new Load(transaction, recordedAt);
    await load.all(data);
    if (load.refused.length > 0) throw refusal(load.refused);
    await sql`insert into blueprint.import (edition, sha256, imported_at)
      values (${house.edition.id}, ${sha256}, ${recordedAt})`.execute(transaction);
    await house.events.emit(transaction, load.events);
    const loaded = loadedAct(house.edition.id, { sha256, added: load.added });
    await recordAll(
      transaction,
      [...load.acts, loaded].map((act) => ({ ...act, occurredAt: new Date(recordedAt) })),
    );
    await house.revisions.bump(transaction, 'blueprint');
    return { changed: true, added: load.added };
  });
  await house.revisions.refresh();
  return result;
}

async function lastHash(transaction: Transaction): Promise<string | undefined> {
  const { rows } = await sql<{ sha256: string }>`
    select sha256 from blueprint.import order by number desc limit 1`.execute(transaction);
  return rows[0]?.sha256;
}

function refusal(refused: string[]) {
  const list = refused.slice(0, 20).join('; ');
  return conflict(
    'blueprint-history-changed',
    {
      en: `The blueprint files contradict what is recorded. Recorded facts are never changed; add a new one. ${list}`,
      tc: `藍圖檔案與已有紀錄不符。已記錄的事實不可更改，請另加新事實。${list}`,
    },
    { detail: refused },
  );
}

/** One run: what it has added, which events tell of it, and what it had to refuse. */
class Load {
  readonly added: LoadResult['added'] = {};
  readonly events: NewEvent[] = [];
  readonly acts: Act[] = [];
  readonly refused: string[] = [];
  private readonly transaction: Transaction;
  private readonly recordedAt: string;

  constructor(transaction: Transaction, recordedAt: string) {
    this.transaction = transaction;
    this.recordedAt = recordedAt;
  }

  async all(data: BlueprintData): Promise<void> {
    await this.records(data);
    await this.initiatives(data);
    const rows = factRowsOf(data);
    // Targets come before their revisions; a run that is refused anyway need not write further.
    for (const table of factTables) await this.facts(table, rows[table.name]);
  }

  private async records(data: BlueprintData): Promise<void> {
    const rows = JSON.stringify(recordRowsOf(data));
    await sql`insert into blueprint.record as old (kind, id, position, content)
      select kind, id, position, content from jsonb_populate_recordset(null::blueprint.record, ${rows}::jsonb)
      on conflict (kind, id) do update set position = excluded.position, content = excluded.content
      where (old.position, old.content) is distinct from (excluded.position, excluded.content)`.execute(
      this.transaction,
    );
    await sql`delete from blueprint.record where (kind, id) not in (
      select kind, id from jsonb_populate_recordset(null::blueprint.record, ${rows}::jsonb))`.execute(
      this.transaction,
    );
  }

  private async initiatives(data: BlueprintData): Promise<void> {
    const rows = data.initiatives.map((initiative, position) => ({
      id: initiative.id,
      position,
      content: initiativeContentOf(initiative),
      recorded_at: this.recordedAt,
    }));
    const before = await sql<{ id: string }>`select id from blueprint.initiative`.execute(this.transaction);
    const known = new Set(before.rows.map((row) => row.id));
    const wanted = new Set(rows.map((row) => row.id));
    for (const id of known) if (!wanted.has(id)) this.refused.push(`initiative ${id} is gone from the files`);
    await sql`insert into blueprint.initiative
      select * from jsonb_populate_recordset(null::blueprint.initiative, ${JSON.stringify(rows)}::jsonb)
      on conflict (id) do update set position = excluded.position, content = excluded.content`.execute(
      this.transaction,
    );
    await this.bodies();
    const added = data.initiatives.filter(({ id }) => !known.has(id));
    if (added.length > 0) this.added.initiative = added.length;
    for (const { id, title, announced } of added) {
      this.events.push({
        topic: 'blueprint.initiative-recorded',
        key: id,
        payload: { initiative: id, title, announced: announced.date },
      });
      this.acts.push(actOf('initiative', { id, title, announced: announced.date }));
    }
  }

  /** Keeps the bodies of every initiative whose files name others than at the last load. */
  private async bodies(): Promise<void> {
    await sql`insert into blueprint.bodies_version (initiative, bodies, recorded_at)
      select id, content -> 'bodies', ${this.recordedAt}::timestamptz from blueprint.initiative as own
      where content -> 'bodies' is distinct from (
        select bodies from blueprint.bodies_version as before
        where before.initiative = own.id order by recorded_at desc limit 1)`.execute(this.transaction);
  }

  private async facts(table: FactTable, wanted: Row[]): Promise<void> {
    const { added, corrected, refused } = compareFacts(
      table,
      wanted,
      await readFacts(this.transaction, table.name),
    );
    this.refused.push(...refused);
    if (this.refused.length > 0) return;
    for (const row of corrected) await correctWords(this.transaction, table, row);
    if (added.length === 0) return;
    await insertFacts(this.transaction, table.name, {
      rows: added,
      origin: 'edition',
      recordedAt: this.recordedAt,
    });
    this.added[table.name] = added.length;
    this.events.push(...added.flatMap((row) => eventOf(table.name, row)));
    this.acts.push(...added.map((row) => actOf(table.name, row)));
  }
}

/** Rows of a table of facts in their order, as JSON. */
export async function readFacts(
  database: Transaction | StoreHouse['database'],
  name: FactTable['name'],
): Promise<Row[]> {
  const table = sql.table(`blueprint.${name}`);
  const order = sql.ref(orderOf[name]);
  const { rows } = await sql<{
    row: Row;
  }>`select to_jsonb(fact) as row from ${table} as fact order by ${order}`.execute(database);
  return rows.map(({ row }) => row);
}

const orderOf: Record<FactTable['name'], string> = {
  status_fact: 'valid_from_day',
  classification_fact: 'valid_from_day',
  progress_fact: 'position',
  target: 'position',
  target_revision: 'announced_day',
  indicator_point: 'position',
};

type Comparison = { added: Row[]; corrected: Row[]; refused: string[] };

/** Facts the edition recorded must still be there; facts of officers may be there or not. */
function compareFacts(table: FactTable, wanted: Row[], recorded: Row[]): Comparison {
  const recordedBy = new Map(recorded.map((row) => [fingerprintOf(row, table.fixed), row]));
  const wantedBy = new Map(wanted.map((row) => [fingerprintOf(row, table.fixed), row]));
  const added = wanted.filter((row) => !recordedBy.has(fingerprintOf(row, table.fixed)));
  const corrected = wanted.filter((row) => {
    const old = recordedBy.get(fingerprintOf(row, table.fixed));
    return old !== undefined && fingerprintOf(old, table.open) !== fingerprintOf(row, table.open);
  });
  const gone = recorded.filter(
    (row) => row.origin === 'edition' && !wantedBy.has(fingerprintOf(row, table.fixed)),
  );
  const sayOf = (row: Row) =>
    table.fixed
      .filter((column) => column !== 'source' && column !== table.subject && row[column] !== null)
      .map((column) => `${column} ${String(row[column])}`)
      .join(', ');
  const name = (row: Row) => `${table.name} of ${String(row[table.subject])} (${sayOf(row)})`;
  const recordedKeys = new Set(recorded.map((row) => fingerprintOf(row, table.key)));
  const clashing =
    gone.length > 0 ? [] : added.filter((row) => recordedKeys.has(fingerprintOf(row, table.key)));
  const refused = [
    ...gone.map((row) => `${name(row)} was changed or removed`),
    ...clashing.map((row) => `${name(row)} contradicts what an officer recorded`),
  ];
  return { added, corrected, refused };
}

async function correctWords(transaction: Transaction, table: FactTable, row: Row): Promise<void> {
  const name = sql.table(`blueprint.${table.name}`);
  const json = JSON.stringify(row);
  const set = sql.join(table.open.map((column) => sql`${sql.ref(column)} = given.${sql.ref(column)}`));
  const same = sql.join(
    table.fixed.map((column) => sql`fact.${sql.ref(column)} is not distinct from given.${sql.ref(column)}`),
    sql` and `,
  );
  await sql`update ${name} as fact set ${set}
    from jsonb_populate_record(null::${name}, ${json}::jsonb) as given where ${same}`.execute(transaction);
}

export type NewFacts = { rows: Row[]; origin: 'edition' | 'officer'; recordedAt: string };

/** Adds rows to a table of facts. */
export async function insertFacts(
  transaction: Transaction,
  name: FactTable['name'],
  { rows, origin, recordedAt }: NewFacts,
): Promise<void> {
  const table = sql.table(`blueprint.${name}`);
  const json = JSON.stringify(rows.map((row) => ({ ...row, origin, recorded_at: recordedAt })));
  await sql`insert into ${table} select * from jsonb_populate_recordset(null::${table}, ${json}::jsonb)`.execute(
    transaction,
  );
}

/** The event that tells of a new fact; none for baselines, filing and points of indicators. */
export function eventOf(name: FactTable['name'], row: Row): NewEvent[] {
  const initiative =
    name === 'target_revision' ? String(row.target).replace(/\.[^.]+$/, '') : String(row.initiative);
  const event = (topic: string, payload: Row) => [
    { topic, key: initiative, payload: { initiative, ...payload } },
  ];
  if (name === 'status_fact') {
    return event('blueprint.status-recorded', { status: row.status, from: row.valid_from });
  }
  if (name === 'progress_fact')
    return event('blueprint.progress-recorded', { date: row.written_date, text: row.text });
  if (name === 'target_revision') {
    const by = { from: row.due_from, latest: row.due_latest, words: row.due_words };
    return event('blueprint.target-revised', { target: row.target, announced: row.announced, by });
  }
  return [];
}
