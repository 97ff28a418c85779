// Whose an entity is: the departments of the Things that it belongs to, or that depend on it.

import { type Database, sql } from '../../../../core/database/index.ts';
import type { EntityKind } from '../../schema.ts';

export type Reference = { kind: EntityKind; id: number };

const idsOf = (references: readonly Reference[], ...kinds: EntityKind[]) =>
  references.filter(({ kind }) => kinds.includes(kind)).map(({ id }) => id);

/** Departments of the Things that these entities are, belong to, or carry. */
export async function departmentsOf(database: Database, references: readonly Reference[]): Promise<string[]> {
  if (references.length === 0) return [];
  const streams = idsOf(references, 'Datastream', 'MultiDatastream');
  const { rows } = await sql<{ department: string }>`
    select distinct department from observations.thing where department is not null and (
      id = any(${idsOf(references, 'Thing')}::bigint[])
      or id in (select thing_id from observations.datastream where id = any(${streams}::bigint[])
        or sensor_id = any(${idsOf(references, 'Sensor')}::bigint[])
        or id in (select datastream_id from observations.datastream_property
          where observed_property_id = any(${idsOf(references, 'ObservedProperty')}::bigint[])))
      or id in (select thing_id from observations.historical_location
        where id = any(${idsOf(references, 'HistoricalLocation')}::bigint[]))
      or id in (select thing_id from observations.thing_location
        where location_id = any(${idsOf(references, 'Location')}::bigint[])))`.execute(database);
  return rows.map(({ department }) => department);
}
