// Entities of SensorThings: made with all that is nested in them, read, changed, removed with what is theirs.

import {
  type Database,
  inTransaction,
  sql,
  sqlStateOf,
  type Transaction,
} from '../../../../core/database/index.ts';
import { conflict, invalid } from '../../../../core/errors.ts';
import type { House } from '../../../../core/house.ts';
import type { EntityKind } from '../../schema.ts';
import { forgetKnown } from '../datastreams.ts';
import { changeEntity } from './change.ts';
import { insertEntity } from './insert.ts';
import type { Around, Insertion, Pending } from './insertion.ts';
import { placeThing } from './places.ts';
import { noEntity, tableOf } from './rows.ts';

export { noEntity } from './rows.ts';

/** What changing entities needs of the house. */
export type EntityHouse = Pick<House, 'database' | 'revisions' | 'clock' | 'edition' | 'log'>;

/** The entity in whose collection another is inserted, as in `Things(1)/Datastreams`. */
export type Parent = { kind: EntityKind; id: number };

const unknownLink = () =>
  invalid('unknown-link', {
    en: 'It links to an entity that is not there. Check each @iot.id.',
    tc: '所連結的實體不存在，請檢查每個@iot.id。',
  });
const keyTaken = () =>
  conflict('key-taken', {
    en: 'Another one has this key already.',
    tc: '此鍵值已被使用。',
  });
const unfit = () =>
  invalid('unfit-value', {
    en: 'A value is outside what can be kept.',
    tc: '有數值超出可保存的範圍。',
  });

function inWords(error: unknown): unknown {
  const state = sqlStateOf(error);
  if (state === '23503') return unknownLink();
  if (state === '23505') return keyTaken();
  if (state === '23514' || state === '22003' || state === '22P05') return unfit();
  return error;
}

/** Runs a change of entities in one transaction, and lets every process know of it. */
export async function changing<Result>(
  house: EntityHouse,
  work: (insertion: Insertion) => Promise<Result>,
): Promise<{ result: Result; pending: Pending[] }> {
  const now = house.clock.now();
  try {
    return await inTransaction(house.database, async (transaction) => {
      const pending: Pending[] = [];
      const result = await work({ transaction, now, pending });
      await house.revisions.bump(transaction, 'observations');
      return { result, pending };
    });
  } catch (error) {
    throw inWords(error);
  } finally {
    forgetKnown(house.database);
  }
}

/** The parent must be there; what belongs to it is said around the entity. */
export async function aroundOf(transaction: Transaction, parent: Parent | undefined): Promise<Around> {
  if (parent === undefined) return {};
  await getEntity(transaction, parent.kind, parent.id);
  switch (parent.kind) {
    case 'Thing':
      return { thingId: parent.id };
    case 'Sensor':
      return { sensorId: parent.id };
    case 'ObservedProperty':
      return { propertyId: parent.id };
    case 'Location':
      return { locationId: parent.id };
    default:
      return {};
  }
}

/** The row of an entity, by its columns. Throws not-found `unknown-entity`. */
export async function getEntity(
  database: Database | Transaction,
  kind: EntityKind,
  id: number,
): Promise<Record<string, unknown>> {
  let select = database.selectFrom(`observations.${tableOf[kind]}`).selectAll().where('id', '=', id);
  if (tableOf[kind] === 'datastream') select = select.where('multi', '=', kind === 'MultiDatastream');
  const found = await select.executeTakeFirst();
  if (found === undefined) throw noEntity(kind);
  return found;
}

/** The id of a Thing or Datastream with a key; undefined when there is none. */
export async function findByKey(
  database: Database | Transaction,
  kind: 'Thing' | 'Datastream',
  key: string,
): Promise<number | undefined> {
  const table = sql.table(`observations.${tableOf[kind]}`);
  const { rows } = await sql<{ id: number }>`select id from ${table} where key = ${key}`.execute(database);
  return rows[0]?.id;
}

/** Changes what the body names (PATCH). Throws not-found, and invalid with the fields. */
export async function updateEntity(house: EntityHouse, { kind, id }: Parent, body: unknown): Promise<void> {
  await changing(house, (insertion) => changeEntity(insertion, { kind, id, whole: false }, body));
}

/** Makes the entity what the body says (PUT). Throws not-found, and invalid with the fields. */
export async function replaceEntity(house: EntityHouse, { kind, id }: Parent, body: unknown): Promise<void> {
  await changing(house, (insertion) => changeEntity(insertion, { kind, id, whole: true }, body));
}

/** Inserts an entity with what is nested in it; observations among that are left over. */
export const insertIn = (house: EntityHouse, kind: EntityKind, given: { body: unknown; parent?: Parent }) =>
  changing(house, async (insertion) => {
    const around = await aroundOf(insertion.transaction, given.parent);
    const id = await insertEntity(kind, given.body, { insertion, around });
    // `Locations(1)/Things`: the new Thing is there.
    if (kind === 'Thing' && around.locationId !== undefined) {
      const locationIds = [around.locationId];
      await placeThing(insertion.transaction, id, { locationIds, at: insertion.now });
    }
    return id;
  });

/**
 * Removes an entity and what cannot be without it (SensorThings 1.1, table 30): a Thing's datastreams, a
 * Location's history, the datastreams of a Sensor or ObservedProperty. History is cleared away later.
 */
export async function removeEntity(house: EntityHouse, { kind, id }: Parent): Promise<void> {
  await changing(house, async ({ transaction }) => {
    await getEntity(transaction, kind, id);
    if (kind === 'ObservedProperty') {
      await sql`delete from observations.datastream where id in
        (select datastream_id from observations.datastream_property
          where observed_property_id = ${id})`.execute(transaction);
    }
    if (kind === 'Location') {
      await sql`delete from observations.historical_location where id in
        (select historical_location_id from observations.historical_location_location
          where location_id = ${id})`.execute(transaction);
    }
    await sql`delete from ${sql.table(`observations.${tableOf[kind]}`)} where id = ${id}`.execute(
      transaction,
    );
  });
}
