// Who looked at a person's data: recorded in the moment of the look, listed for the person.

import type { Actor, Role } from '../../../core/access.ts';
import { sql, type Transaction } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';
import type { Text } from '../../../core/texts.ts';
import { listActs, type RecordedAct, record } from '../../receipts/index.ts';

/** Topic of a look. */
export const dataRead = 'identity.data-read';

export type Access = {
  /** The person whose data is looked at. */
  person: string;
  /** A plain sentence that the person will read, or one of the codes of `purposeWords`. */
  purpose: string;
  /** What is seen, e.g. `name`, `card`. */
  fields: readonly string[];
  /** Department for which the officer looks. */
  department: string;
  /** By which role the officer may look: what `house.access.roleFor` says. */
  role?: Role | undefined;
  /** When; default now. */
  at?: Date;
};

/**
 * Records that an officer looks at a person's data. Call it in the transaction that reads the data: who may
 * not be recorded may not look. Nothing is recorded of those who look at their own.
 */
export async function recordAccess(
  transaction: Transaction,
  actor: Actor,
  { person, purpose, fields, department, role, at }: Access,
): Promise<void> {
  if (person === actor.id) return;
  await record(transaction, {
    topic: dataRead,
    subject: person,
    actor: actor.id,
    details: { department, purpose, fields: [...fields], ...(role === undefined ? {} : { role }) },
    ...(at === undefined ? {} : { occurredAt: at }),
  });
}

/** A look at a person's data, as the person sees it. */
export type RecordedAccess = {
  actId: string;
  /** ISO 8601 in UTC. */
  occurredAt: string;
  /** Place in the log; null while the act waits for it. */
  index: number | null;
  department: { id: string; name: Text };
  role?: string;
  purpose: string;
  fields: string[];
};

const textIn = (details: Record<string, unknown>, name: string) =>
  typeof details[name] === 'string' ? details[name] : undefined;

function accessOf(act: RecordedAct, names: ReadonlyMap<string, Text>): RecordedAccess {
  const details = (act.details ?? {}) as Record<string, unknown>;
  const id = textIn(details, 'department') ?? '';
  const role = textIn(details, 'role');
  const fields = Array.isArray(details.fields) ? details.fields.map(String) : [];
  return {
    actId: act.id,
    occurredAt: act.occurredAt,
    index: act.index,
    department: { id, name: names.get(id) ?? { en: id, tc: id } },
    ...(role === undefined ? {} : { role }),
    purpose: textIn(details, 'purpose') ?? '',
    fields,
  };
}

/** Names of departments by id, closed ones too: what they did stays. */
export async function departmentNames({ database }: Pick<House, 'database'>): Promise<Map<string, Text>> {
  const { rows } = await sql<{ id: string } & Text>`
    select id, name_en as en, name_tc as tc from identity.department`.execute(database);
  return new Map(rows.map(({ id, en, tc }) => [id, { en, tc }]));
}

/** Looks at a person's data, the latest first. Throws invalid `unknown-cursor`. */
export async function listAccesses(
  house: Pick<House, 'database'>,
  { personId, before, limit }: { personId: string; before?: string | undefined; limit: number },
): Promise<{ items: RecordedAccess[]; next: string | null }> {
  const { items, next } = await listActs(house, { subject: personId, topics: [dataRead], before, limit });
  const names = items.length === 0 ? new Map<string, Text>() : await departmentNames(house);
  return { items: items.map((act) => accessOf(act, names)), next };
}
