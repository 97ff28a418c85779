// Changing an entity: its own fields, and the links that its body names.

import { sql } from '../../../../core/database/index.ts';
import { openReader } from '../../../../core/http/index.ts';
import type { EntityKind } from '../../schema.ts';
import { entityBodies } from '../../schema.ts';
import { checkPrivacy } from './insert.ts';
import { badField, type Insertion, linkOf, listOf, readEntity, withoutControl } from './insertion.ts';
import { moveLocation, placeDatastreams, placeThing } from './places.ts';
import { columnsFrom, emptied, noEntity, tableOf } from './rows.ts';

type Values = Record<string, unknown>;

const readers = new Map(
  Object.entries(entityBodies).map(
    ([kind, body]) => [kind, openReader({ body: body.partial() }, false)] as const,
  ),
);

/** Zod fills in defaults of what is inside properties; a change leaves alone what it does not name. */
function onlyNamed(read: Values, given: Values): Values {
  const { lamppost } = (given.properties ?? {}) as { lamppost?: Values };
  const properties = read.properties as { lamppost?: Values } | null | undefined;
  if (lamppost === undefined || properties?.lamppost === undefined) return read;
  const own = Object.entries(properties.lamppost).filter(([key]) => Object.hasOwn(lamppost, key));
  return { ...read, properties: { ...properties, lamppost: Object.fromEntries(own) } };
}

function readChange(kind: EntityKind, body: unknown): Values {
  const given = withoutControl(body);
  const read = readers.get(kind)!.read({ params: {}, query: {}, body: given }).body as Values;
  return onlyNamed(read, given as Values);
}

const onlyLinks = {
  en: 'A change takes links by @iot.id, not whole entities.',
  tc: '更改時只接受以@iot.id連結，不接受整個實體。',
};

function oneLink(field: string, value: unknown): number {
  const link = linkOf(value);
  if (link === undefined) throw badField(field, onlyLinks);
  return link;
}

const links = (field: string, value: unknown) =>
  listOf(field, value).map((one, index) => oneLink(`${field}.${index}`, one));

type Changing = { insertion: Insertion; kind: EntityKind; id: number; body: Values };

async function relinkProperties({ insertion, id, body }: Changing): Promise<void> {
  const { ObservedProperty: one, ObservedProperties: many } = body;
  if (one === undefined && many === undefined) return;
  const ids = one === undefined ? links('ObservedProperties', many) : [oneLink('ObservedProperty', one)];
  const { transaction } = insertion;
  await sql`delete from observations.datastream_property where datastream_id = ${id}`.execute(transaction);
  await sql`insert into observations.datastream_property (datastream_id, position, observed_property_id)
    select ${id}, place - 1, given
    from unnest(${ids}::bigint[]) with ordinality as one (given, place)`.execute(transaction);
}

async function relink(changing: Changing): Promise<void> {
  const { insertion, kind, id, body } = changing;
  const { transaction, now } = insertion;
  if (kind === 'Thing' && body.Locations !== undefined) {
    await placeThing(transaction, id, { locationIds: links('Locations', body.Locations), at: now });
  }
  if (kind === 'Location') {
    for (const thingId of links('Things', body.Things)) {
      await placeThing(transaction, thingId, { locationIds: [id], at: now });
    }
    if (body.location !== undefined) await moveLocation(transaction, id);
  }
  if (kind === 'HistoricalLocation' && body.Locations !== undefined) {
    const ids = links('Locations', body.Locations);
    await sql`delete from observations.historical_location_location
      where historical_location_id = ${id}`.execute(transaction);
    await sql`insert into observations.historical_location_location (historical_location_id, location_id)
      select distinct ${id}::bigint, given from unnest(${ids}::bigint[]) as given`.execute(transaction);
  }
  if (kind === 'Datastream' || kind === 'MultiDatastream') {
    await relinkProperties(changing);
    await checkPrivacy(insertion, id);
    if (body.Thing !== undefined) await placeDatastreams(transaction, oneLink('Thing', body.Thing));
  }
}

/** Columns of the links to one entity. */
function linkColumns(kind: EntityKind, { Thing: thing, Sensor: sensor }: Values): Values {
  if (!['Datastream', 'MultiDatastream', 'HistoricalLocation'].includes(kind)) return {};
  return {
    ...(thing === undefined ? {} : { thing_id: oneLink('Thing', thing) }),
    ...(sensor === undefined ? {} : { sensor_id: oneLink('Sensor', sensor) }),
  };
}

const dated = new Set<EntityKind>(['Thing', 'Datastream', 'MultiDatastream']);

/** Changes what the body names; `whole` takes away what it does not. Throws not-found. */
export async function changeEntity(
  insertion: Insertion,
  { kind, id, whole }: { kind: EntityKind; id: number; whole: boolean },
  given: unknown,
): Promise<void> {
  const body: Values = whole ? readEntity(kind, given) : readChange(kind, given);
  const row = {
    ...(whole ? emptied[kind] : {}),
    ...columnsFrom(kind, body as never),
    ...linkColumns(kind, body),
    ...(dated.has(kind) ? { updated_at: insertion.now } : {}),
  };
  const isStream = tableOf[kind] === 'datastream';
  const { transaction } = insertion;
  const table = `observations.${tableOf[kind]}`;
  // A row that changes in nothing must still be there; writing its own id does no harm.
  let update = transaction
    .updateTable(table)
    .set({ id, ...row })
    .where('id', '=', id);
  if (isStream) update = update.where('multi', '=', kind === 'MultiDatastream');
  const { numUpdatedRows } = await update.executeTakeFirst();
  if (numUpdatedRows === 0n) throw noEntity(kind);
  await relink({ insertion, kind, id, body });
}
