// Where entities are kept: tables, the columns that are read, and how linked ones find each other.

import { sql } from '../../../../core/database/index.ts';
import { parseObservationId } from '../../rules/observation-id.ts';
import type { EntityId } from '../../rules/odata/ast.ts';
import type { Kind } from '../../rules/odata/model.ts';
import { tableOf } from '../entities/rows.ts';
import { both, type Sql } from './typed.ts';

export const column = (alias: string, name: string): Sql => sql.ref(`${alias}.${name}`);

const table = (kind: Kind) => (kind === 'Observation' ? 'observation' : tableOf[kind]);

/** `observations.thing as "t"`. */
export const from = (kind: Kind, alias: string): Sql =>
  sql`${sql.table(`observations.${table(kind)}`)} as ${sql.ref(alias)}`;

/** What makes a row one of that kind, and one that counts. */
export function isOfKind(kind: Kind, alias: string): Sql | undefined {
  if (kind === 'Datastream') return sql`not ${column(alias, 'multi')}`;
  if (kind === 'MultiDatastream') return column(alias, 'multi');
  // Said with `<>`: the planner takes what is unequal for nearly all, and what is equal for hardly any.
  if (kind === 'Observation') return sql`${column(alias, 'flags')} & 16 <> 16`;
  return undefined;
}

export function hasId(kind: Kind, alias: string, id: EntityId): Sql {
  if (kind !== 'Observation') return sql`${column(alias, 'id')} = ${id}::bigint`;
  const key = parseObservationId(String(id));
  if (key === undefined) return sql`false`;
  return sql`(${column(alias, 'datastream_id')} = ${key.datastreamId}::bigint
    and ${column(alias, 'at')} = ${new Date(key.at)}::timestamptz)`;
}

/** Joins `parent` to `child` by a table between them. */
function through(name: string, [parentColumn, childColumn]: readonly [string, string]): Relation {
  return ({ parent, child }) => sql`exists (select 1 from ${sql.table(`observations.${name}`)} as between_them
    where ${column('between_them', parentColumn)} = ${column(parent, 'id')}
      and ${column('between_them', childColumn)} = ${column(child, 'id')})`;
}

const owned =
  (childColumn: string): Relation =>
  ({ parent, child }) =>
    sql`${column(child, childColumn)} = ${column(parent, 'id')}`;

const owner =
  (parentColumn: string): Relation =>
  ({ parent, child }) =>
    sql`${column(child, 'id')} = ${column(parent, parentColumn)}`;

type Pair = { parent: string; child: string };
type Relation = (pair: Pair) => Sql;

const places = through('thing_location', ['thing_id', 'location_id']);
const placed = through('thing_location', ['location_id', 'thing_id']);
const former = 'historical_location_location';
const senses = through('datastream_property', ['datastream_id', 'observed_property_id']);
const sensed = through('datastream_property', ['observed_property_id', 'datastream_id']);
const first: Relation = ({ parent, child }) => sql`${column(child, 'id')} = (
    select observed_property_id from observations.datastream_property
    where datastream_id = ${column(parent, 'id')} and position = 0)`;

const ofStream = {
  Thing: owner('thing_id'),
  Sensor: owner('sensor_id'),
  Observations: owned('datastream_id'),
};
const ofSensor = owned('sensor_id');

const relations: Readonly<Record<Kind, Readonly<Record<string, Relation>>>> = {
  Thing: {
    Locations: places,
    HistoricalLocations: owned('thing_id'),
    ...{ Datastreams: owned('thing_id'), MultiDatastreams: owned('thing_id') },
  },
  Location: {
    Things: placed,
    HistoricalLocations: through(former, ['location_id', 'historical_location_id']),
  },
  HistoricalLocation: {
    Thing: owner('thing_id'),
    Locations: through(former, ['historical_location_id', 'location_id']),
  },
  Sensor: { Datastreams: ofSensor, MultiDatastreams: ofSensor },
  ObservedProperty: { Datastreams: sensed, MultiDatastreams: sensed },
  Datastream: { ...ofStream, ObservedProperty: first },
  MultiDatastream: { ...ofStream, ObservedProperties: senses },
  Observation: {
    Datastream: owner('datastream_id'),
    MultiDatastream: owner('datastream_id'),
    FeatureOfInterest: owner('feature_id'),
  },
  FeatureOfInterest: { Observations: owned('feature_id') },
};

/** Whether `child` is what the link of `parent` leads to. */
export function isLinked(kind: Kind, link: string, pair: Pair & { kind: Kind }): Sql {
  const more = isOfKind(pair.kind, pair.child);
  const related = relations[kind][link]!(pair);
  return more === undefined ? related : both([related, more]);
}

const owning: Readonly<Record<string, string>> = {
  'Thing/HistoricalLocations': 'thing_id',
  ...{ 'Thing/Datastreams': 'thing_id', 'Thing/MultiDatastreams': 'thing_id' },
  ...{ 'Sensor/Datastreams': 'sensor_id', 'Sensor/MultiDatastreams': 'sensor_id' },
};

/** Column of what a link leads to that holds the id of the one it leads from. */
export const ownedBy = (kind: Kind, link: string): string | undefined => owning[`${kind}/${link}`];

/** Column of a row that holds the id of what a link to one leads to. */
export const linkColumn: Readonly<Partial<Record<Kind, Readonly<Record<string, string>>>>> = {
  HistoricalLocation: { Thing: 'thing_id' },
  Datastream: { Thing: 'thing_id', Sensor: 'sensor_id' },
  MultiDatastream: { Thing: 'thing_id', Sensor: 'sensor_id' },
  Observation: {
    Datastream: 'datastream_id',
    MultiDatastream: 'datastream_id',
    FeatureOfInterest: 'feature_id',
  },
};

const described = ['id', 'name', 'description', 'properties'];
const stream = [
  ...described,
  ...['key', 'observation_type', 'multi_types', 'unit', 'observed_area', 'cadence_seconds', 'valid_from'],
  ...['valid_to', 'stuck_seconds', 'retention_days', 'source_kind', 'identifying', 'basis', 'thing_id'],
  'sensor_id',
];

/** Columns that are read of each kind. */
export const rowColumns: Readonly<Record<Kind, readonly string[]>> = {
  Thing: [...described, 'key', 'kind', 'department'],
  Location: [...described, 'encoding_type', 'location'],
  HistoricalLocation: ['id', 'at', 'thing_id'],
  Sensor: [...described, 'encoding_type', 'metadata'],
  ObservedProperty: [...described, 'definition'],
  Datastream: stream,
  MultiDatastream: stream,
  Observation: [
    ...['datastream_id', 'at', 'revision', 'value', 'result', 'until', 'result_at', 'flags', 'feature_id'],
    'extra',
  ],
  FeatureOfInterest: [...described, 'encoding_type', 'feature'],
};

export const isStream = (kind: Kind): boolean => kind === 'Datastream' || kind === 'MultiDatastream';

/** Columns of an entity with, of a datastream, what is kept about all its observations. */
export function selected(kind: Kind, alias: string): Sql {
  const own = rowColumns[kind].map((name) => column(alias, name));
  if (!isStream(kind)) return sql.join(own);
  const kept = `${alias}_latest`;
  return sql.join([
    ...own,
    sql`${column(kept, 'first_at')} as first_at`,
    sql`greatest(${column(kept, 'at')}, ${column(kept, 'until')}) as last_at`,
  ]);
}

/** What `selected` needs beside the table. */
export function selectedFrom(kind: Kind, alias: string): Sql {
  if (!isStream(kind)) return from(kind, alias);
  const kept = `${alias}_latest`;
  return sql`${from(kind, alias)} left join observations.latest as ${sql.ref(kept)}
    on ${column(kept, 'datastream_id')} = ${column(alias, 'id')}`;
}
