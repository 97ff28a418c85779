// Deep insert: an entity with all that is nested in it, in the transaction it is given.

import { sql } from '../../../../core/database/index.ts';
import { LamppostError } from '../../../../core/errors.ts';
import { mayExist, type Said } from '../../rules/privacy.ts';
import type { EntityKind } from '../../schema.ts';
import {
  type Around,
  type Body,
  badField,
  type Insertion,
  insertRow,
  linkOf,
  listOf,
  readEntity,
  within,
} from './insertion.ts';
import { placeDatastreams, placeThing } from './places.ts';
import { columnsFrom, tableOf } from './rows.ts';

type Inserting = { insertion: Insertion; around: Around };
type DatastreamKind = 'Datastream' | 'MultiDatastream';

/** The id of what a nested value links to, or of what was made of it. */
async function resolve(
  kind: EntityKind,
  value: unknown,
  { insertion, around, field = kind }: Inserting & { field?: string },
): Promise<number> {
  if (value === undefined || value === null) throw badField(field);
  const link = linkOf(value);
  return link ?? within(field, () => insertEntity(kind, value, { insertion, around }));
}

async function resolveAll(kind: EntityKind, values: unknown, inserting: Inserting & { field: string }) {
  const ids: number[] = [];
  for (const [index, value] of listOf(inserting.field, values).entries()) {
    ids.push(await resolve(kind, value, { ...inserting, field: `${inserting.field}.${index}` }));
  }
  return ids;
}

/** Inserts nested datastreams of both kinds. */
async function insertStreams(
  body: { Datastreams?: unknown; MultiDatastreams?: unknown },
  { insertion, around }: Inserting,
): Promise<void> {
  for (const kind of ['Datastream', 'MultiDatastream'] as const) {
    const field = `${kind}s` as const;
    for (const [index, value] of listOf(field, body[field]).entries()) {
      await within(`${field}.${index}`, () => insertEntity(kind, value, { insertion, around }));
    }
  }
}

async function insertThing(body: Body<'Thing'>, { insertion }: Inserting): Promise<number> {
  const { transaction, now } = insertion;
  const id = await insertRow(transaction, 'thing', {
    ...columnsFrom('Thing', body),
    ...{ created_at: now, updated_at: now },
  });
  const locating = { insertion, around: {}, field: 'Locations' };
  const locationIds = await resolveAll('Location', body.Locations, locating);
  if (locationIds.length > 0) await placeThing(transaction, id, { locationIds, at: now });
  await insertStreams(body, { insertion, around: { thingId: id } });
  const remembering = { insertion, around: { thingId: id }, field: 'HistoricalLocations' };
  await resolveAll('HistoricalLocation', body.HistoricalLocations, remembering);
  return id;
}

async function insertLocation(body: Body<'Location'>, { insertion, around }: Inserting): Promise<number> {
  const { transaction, now } = insertion;
  const id = await insertRow(transaction, 'location', columnsFrom('Location', body));
  const thingIds = await resolveAll('Thing', body.Things, { insertion, around: {}, field: 'Things' });
  if (around.thingId !== undefined) thingIds.push(around.thingId);
  for (const thingId of thingIds) await placeThing(transaction, thingId, { locationIds: [id], at: now });
  const remembering = { insertion, around: { locationId: id }, field: 'HistoricalLocations' };
  await resolveAll('HistoricalLocation', body.HistoricalLocations, remembering);
  return id;
}

async function insertHistorical(
  body: Body<'HistoricalLocation'>,
  { insertion, around }: Inserting,
): Promise<number> {
  const { transaction } = insertion;
  const thingId = around.thingId ?? (await resolve('Thing', body.Thing, { insertion, around: {} }));
  const id = await insertRow(transaction, 'historical_location', {
    ...columnsFrom('HistoricalLocation', body),
    thing_id: thingId,
  });
  const ids = await resolveAll('Location', body.Locations, { insertion, around: {}, field: 'Locations' });
  if (around.locationId !== undefined) ids.push(around.locationId);
  await sql`insert into observations.historical_location_location (historical_location_id, location_id)
    select distinct ${id}::bigint, given from unnest(${ids}::bigint[]) as given`.execute(transaction);
  return id;
}

const withoutBasis = () =>
  new LamppostError(
    'invalid',
    'identifying-without-basis',
    {
      en: 'This could tell who somebody is. It is refused unless it says so and names its basis.',
      tc: '這些資料可能識別個人身分，除非註明此點並說明依據，否則不予接受。',
    },
    {
      fields: [
        {
          field: 'properties.lamppost.basis',
          message: {
            en: 'Set identifying to true, and name the basis.',
            tc: '請將identifying設為true，並說明依據。',
          },
        },
      ],
    },
  );

/** Throws when a datastream could tell who somebody is, and names no basis for it. */
export async function checkPrivacy({ transaction }: Insertion, id: number): Promise<void> {
  const { rows: said } = await sql<Said>`select name, definition, description
    from observations.datastream_property join observations.observed_property on id = observed_property_id
    where datastream_id = ${id} order by position`.execute(transaction);
  const { rows } = await sql<{ identifying: boolean; basis: string | null; name: string }>`
    select identifying, basis, name from observations.datastream where id = ${id}`.execute(transaction);
  const own = { name: rows[0]!.name, definition: '', description: '' };
  if (!mayExist(rows[0]!, [own, ...said])) throw withoutBasis();
}

async function propertiesOf(kind: DatastreamKind, body: StreamBody, inserting: Inserting): Promise<number[]> {
  const { insertion, around } = inserting;
  if (around.propertyId !== undefined) return [around.propertyId];
  if (kind === 'Datastream') {
    return [await resolve('ObservedProperty', body.ObservedProperty, { insertion, around: {} })];
  }
  const field = 'ObservedProperties';
  const ids = await resolveAll('ObservedProperty', body.ObservedProperties, { insertion, around: {}, field });
  const { length } = body.multiObservationDataTypes ?? [];
  if (ids.length !== length || body.unitOfMeasurements?.length !== length) throw badField(field, asMany);
  return ids;
}

const asMany = {
  en: 'Give as many data types as units and observed properties.',
  tc: '資料類型、單位及觀測屬性的數目必須相同。',
};

type StreamBody = Partial<Body<'Datastream'>> & Partial<Body<'MultiDatastream'>>;

async function insertStream(kind: DatastreamKind, body: StreamBody, inserting: Inserting): Promise<number> {
  const { insertion, around } = inserting;
  const { transaction, now } = insertion;
  const nested = { insertion, around: {} };
  const thingId = around.thingId ?? (await resolve('Thing', body.Thing, nested));
  const sensorId = around.sensorId ?? (await resolve('Sensor', body.Sensor, nested));
  const propertyIds = await propertiesOf(kind, body, inserting);
  const multiType = 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_ComplexObservation';
  const { identifying = false, basis = null, ...row } = columnsFrom(kind, body);
  const isBased = identifying !== true || basis !== null;
  if (!isBased) throw withoutBasis();
  const id = await insertRow(transaction, 'datastream', {
    ...{ source_kind: 'live', observation_type: multiType, ...row, identifying, basis },
    ...{ multi: kind === 'MultiDatastream', thing_id: thingId, sensor_id: sensorId },
    ...{ created_at: now, updated_at: now },
  });
  await sql`insert into observations.datastream_property (datastream_id, position, observed_property_id)
    select ${id}, place - 1, given
    from unnest(${propertyIds}::bigint[]) with ordinality as one (given, place)`.execute(transaction);
  await checkPrivacy(insertion, id);
  await placeDatastreams(transaction, thingId);
  for (const one of listOf('Observations', body.Observations)) {
    insertion.pending.push({ datastreamId: id, body: one });
  }
  return id;
}

/** Inserts an entity with what is nested in it; its id. */
export async function insertEntity(kind: EntityKind, given: unknown, inserting: Inserting): Promise<number> {
  const { insertion } = inserting;
  switch (kind) {
    case 'Thing':
      return insertThing(readEntity(kind, given), inserting);
    case 'Location':
      return insertLocation(readEntity(kind, given), inserting);
    case 'HistoricalLocation':
      return insertHistorical(readEntity(kind, given), inserting);
    case 'Datastream':
    case 'MultiDatastream':
      return insertStream(kind, readEntity(kind, given) as StreamBody, inserting);
    case 'FeatureOfInterest': {
      const body = readEntity(kind, given);
      const id = await insertRow(insertion.transaction, tableOf[kind], columnsFrom(kind, body));
      for (const one of listOf('Observations', body.Observations)) {
        insertion.pending.push({ featureId: id, body: one });
      }
      return id;
    }
    default: {
      const body = readEntity(kind, given);
      const id = await insertRow(insertion.transaction, tableOf[kind], columnsFrom(kind, body as never));
      const around = kind === 'Sensor' ? { sensorId: id } : { propertyId: id };
      await insertStreams(body as { Datastreams?: unknown }, { insertion, around });
      return id;
    }
  }
}
