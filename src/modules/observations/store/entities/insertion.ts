// What a deep insert carries along, and how it reads the bodies and links nested in one another.

import type { z } from 'zod';
import { sql, type Transaction } from '../../../../core/database/index.ts';
import { LamppostError } from '../../../../core/errors.ts';
import { openReader } from '../../../../core/http/index.ts';
import { type EntityKind, entityBodies, linkSchema } from '../../schema.ts';

/** Observations nested in what was inserted: they follow when that is committed. */
export type Pending = { datastreamId?: number; featureId?: number; body: unknown };

/** One deep insert, in one transaction. */
export type Insertion = { transaction: Transaction; now: Date; pending: Pending[] };

/** An entity as it came, checked. */
export type Body<Kind extends EntityKind> = z.output<(typeof entityBodies)[Kind]>;

/** Where an entity is inserted: what the address or the entity around it says it belongs to. */
export type Around = {
  thingId?: number;
  sensorId?: number;
  propertyId?: number;
  locationId?: number;
};

const readers = new Map(
  Object.entries(entityBodies).map(([kind, body]) => [kind, openReader({ body }, false)] as const),
);

/** Takes off control information (`@iot.selfLink`, `Things@iot.navigationLink`), which clients send back. */
export function withoutControl(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  return Object.fromEntries(Object.entries(body).filter(([key]) => !key.includes('@')));
}

/** Checks the body of an entity. Throws invalid with its fields. */
export function readEntity<Kind extends EntityKind>(kind: Kind, body: unknown): Body<Kind> {
  const raw = { params: {}, query: {}, body: withoutControl(body) };
  return readers.get(kind)!.read(raw).body as Body<Kind>;
}

/** Runs `work`; the fields that it finds at fault are named as those of `within`. */
export async function within<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof LamppostError) || error.kind !== 'invalid') throw error;
    const fields = error.fields.map(({ field, message }) => ({ field: `${path}.${field}`, message }));
    throw new LamppostError('invalid', error.code, error.publicMessage, { fields, detail: error.detail });
  }
}

/** The id that a nested value links to; undefined for an entity to be made. */
export function linkOf(value: unknown): number | undefined {
  const link = linkSchema.safeParse(value);
  return link.success ? link.data['@iot.id'] : undefined;
}

/** The error for a field that must be there, or must be something else. */
export const badField = (field: string, message = mustBeThere) =>
  new LamppostError(
    'invalid',
    'invalid-entity',
    { en: `${field}: ${message.en}`, tc: `${field}：${message.tc}` },
    { fields: [{ field, message }] },
  );

const mustBeThere = {
  en: 'Give the entity, or a link to it by its @iot.id.',
  tc: '請提供實體，或以其@iot.id連結。',
};
const mustBeList = { en: 'Must be a list of at most 1,000.', tc: '必須是清單，最多1,000項。' };
const mostNested = 1000;

/** A nested list; empty where there is none. */
export function listOf(field: string, value: unknown): unknown[] {
  if (value === undefined) return [];
  if (!Array.isArray(value) || value.length > mostNested) throw badField(field, mustBeList);
  return value;
}

/** Inserts one row of an entity's table; its new id. */
export async function insertRow(
  transaction: Transaction,
  table: string,
  row: Record<string, unknown>,
): Promise<number> {
  const { id } = await transaction
    .insertInto(`observations.${table}`)
    .values(row)
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** JSON as the driver takes it: it would make an array of PostgreSQL of a list. */
export const json = (value: unknown) =>
  value === undefined || value === null ? null : sql`${JSON.stringify(value)}::jsonb`;
