// Where Things are: their current Locations, the history of these, and the features of interest made of them.

import { sql, type Transaction } from '../../../../core/database/index.ts';

/** The first Location of a Thing with a point becomes the feature of interest of its datastreams. */
async function chooseFeature(transaction: Transaction, thingIds: readonly number[]): Promise<void> {
  await sql`
    insert into observations.feature
      (name, description, encoding_type, feature, longitude, latitude, location_id)
    select name, description, encoding_type, location, longitude, latitude, id from observations.location
    where id in (select location_id from observations.thing_location where thing_id = any(${thingIds}))
    on conflict (location_id) do nothing`.execute(transaction);
  await sql`
    update observations.datastream as stream set feature_id = (
      select feature.id from observations.thing_location as placed
      join observations.feature as feature on feature.location_id = placed.location_id
      where placed.thing_id = stream.thing_id
      order by feature.longitude is null, placed.location_id limit 1
    ) where thing_id = any(${thingIds})`.execute(transaction);
}

/** The Locations of a Thing from `at` on: the standard wants all of them anew, and remembers the former. */
export async function placeThing(
  transaction: Transaction,
  thingId: number,
  { locationIds, at }: { locationIds: readonly number[]; at: Date },
): Promise<void> {
  await sql`delete from observations.thing_location where thing_id = ${thingId}`.execute(transaction);
  await sql`insert into observations.thing_location (thing_id, location_id)
    select distinct ${thingId}::bigint, id from unnest(${locationIds}::bigint[]) as id`.execute(transaction);
  await sql`with remembered as (
      insert into observations.historical_location (thing_id, at) values (${thingId}, ${at}) returning id
    )
    insert into observations.historical_location_location (historical_location_id, location_id)
    select distinct remembered.id, given.id
    from remembered, unnest(${locationIds}::bigint[]) as given (id)`.execute(transaction);
  await chooseFeature(transaction, [thingId]);
}

/** A Location was moved: what was observed before stays where it was. */
export async function moveLocation(transaction: Transaction, locationId: number): Promise<void> {
  await sql`update observations.feature as feature set location_id = null
    from observations.location as location
    where feature.location_id = location.id and location.id = ${locationId}
      and feature.feature is distinct from location.location`.execute(transaction);
  const { rows } = await sql<{ id: number }>`select thing_id as id from observations.thing_location
    where location_id = ${locationId}`.execute(transaction);
  await chooseFeature(
    transaction,
    rows.map(({ id }) => id),
  );
}

/** A datastream that was made observes where its Thing is. */
export const placeDatastreams = (transaction: Transaction, thingId: number) =>
  chooseFeature(transaction, [thingId]);
