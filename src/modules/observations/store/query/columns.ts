// Properties of entities as SQL, and what is inside those that are JSON.

import { sql } from '../../../../core/database/index.ts';
import type { Kind } from '../../rules/odata/model.ts';
import { column } from './tables.ts';
import { type IntervalSql, type JsonSql, type Scalar, type Sql, scalar, type Typed } from './typed.ts';

type Property = (alias: string) => Typed;

const text =
  (name: string): Property =>
  (alias) =>
    scalar('text', column(alias, name), true);

const json =
  (name: string): Property =>
  (alias) => ({ type: 'json', sql: column(alias, name) });

const place =
  (name: string): Property =>
  (alias) => {
    const geometry = column(alias, name);
    return {
      type: 'place',
      longitude: column(alias, 'longitude'),
      latitude: column(alias, 'latitude'),
      isPoint: sql`(coalesce(${geometry} -> 'geometry', ${geometry}) ->> 'type' = 'Point')`,
      json: geometry,
    };
  };

const described = { name: text('name'), description: text('description'), properties: json('properties') };
const coded = { ...described, encodingType: text('encoding_type') };

const keptOf = (alias: string, expression: string): Sql => sql`(select ${sql.raw(expression)}
  from observations.latest where datastream_id = ${column(alias, 'id')})`;

const spanOf: Property = (alias) => ({
  type: 'interval',
  from: keptOf(alias, 'first_at'),
  to: keptOf(alias, 'greatest(at, until)'),
});

const notKept = {
  en: 'When the results of a Datastream became known, as a whole, is not kept here.',
  tc: '此服務不保存數據流整體的結果時間。',
};

const stream = {
  ...described,
  observationType: text('observation_type'),
  phenomenonTime: spanOf,
  resultTime: (): Typed => ({ type: 'absent', why: notKept }),
  observedArea: json('observed_area'),
};

const extra =
  (name: string): Property =>
  (alias) => ({ type: 'json', sql: sql`(${column(alias, 'extra')} -> ${sql.lit(name)})` });

function validTime(alias: string): IntervalSql {
  const written = sql`(${column(alias, 'extra')} ->> 'validTime')`;
  const end = sql`nullif(split_part(${written}, '/', 2), '')::timestamptz`;
  const start = sql`split_part(${written}, '/', 1)::timestamptz`;
  return { type: 'interval', from: start, to: sql`coalesce(${end}, ${start})` };
}

const properties: Readonly<Record<Kind, Readonly<Record<string, Property>>>> = {
  Thing: described,
  Location: { ...coded, location: place('location') },
  HistoricalLocation: { time: (alias) => scalar('time', column(alias, 'at'), true) },
  Sensor: { ...coded, metadata: json('metadata') },
  ObservedProperty: { ...described, definition: text('definition') },
  Datastream: { ...stream, unitOfMeasurement: json('unit') },
  MultiDatastream: {
    ...stream,
    unitOfMeasurements: json('unit'),
    multiObservationDataTypes: (alias) => ({
      type: 'json',
      sql: sql`to_jsonb(${column(alias, 'multi_types')})`,
    }),
  },
  Observation: {
    phenomenonTime: (alias) => ({
      type: 'interval',
      from: column(alias, 'at'),
      to: sql`coalesce(${column(alias, 'until')}, ${column(alias, 'at')})`,
      sure: true,
    }),
    resultTime: (alias) => scalar('time', column(alias, 'result_at')),
    result: (alias) => ({ type: 'json', sql: column(alias, 'result'), number: column(alias, 'value') }),
    resultQuality: extra('resultQuality'),
    validTime,
    parameters: extra('parameters'),
  },
  FeatureOfInterest: { ...coded, feature: place('feature') },
};

const thingOwn: Readonly<Record<string, readonly [string, Scalar]>> = {
  key: ['key', 'text'],
  kind: ['kind', 'text'],
  department: ['department', 'text'],
};
const streamOwn: Readonly<Record<string, readonly [string, Scalar]>> = {
  key: ['key', 'text'],
  cadenceSeconds: ['cadence_seconds', 'number'],
  validFrom: ['valid_from', 'number'],
  validTo: ['valid_to', 'number'],
  stuckSeconds: ['stuck_seconds', 'number'],
  retentionDays: ['retention_days', 'number'],
  sourceKind: ['source_kind', 'text'],
  identifying: ['identifying', 'boolean'],
  basis: ['basis', 'text'],
};
const ownOf: Partial<Record<Kind, typeof thingOwn>> = {
  Thing: thingOwn,
  Datastream: streamOwn,
  MultiDatastream: streamOwn,
};

/** What a path inside a property is; undefined where there can be nothing. */
function inside(whole: Typed, steps: readonly string[]): Typed | undefined {
  if (whole.type !== 'json' && whole.type !== 'place') return undefined;
  const outer = whole.type === 'json' ? whole.sql : whole.json;
  const found: JsonSql = { type: 'json', sql: sql`(${outer} #> ${steps}::text[])` };
  return found;
}

/** A property of an entity, or what is inside it; undefined for what the kind does not have. */
export function propertyOf(kind: Kind, alias: string, steps: readonly string[]): Typed | undefined {
  const [name = '', ...rest] = steps;
  if (name === 'id' || name === '@iot.id') {
    if (rest.length > 0) return undefined;
    if (kind === 'Observation') return { type: 'observationId', alias };
    return { ...scalar('number', column(alias, 'id'), true), whole: true };
  }
  const property = Object.hasOwn(properties[kind], name) ? properties[kind][name] : undefined;
  if (property === undefined) return undefined;
  const whole = property(alias);
  if (rest.length === 0) return whole;
  const own = ownOf[kind];
  if (name === 'properties' && rest[0] === 'lamppost' && own !== undefined) {
    const found = rest.length === 2 && Object.hasOwn(own, rest[1]!) ? own[rest[1]!] : undefined;
    return found && scalar(found[1], column(alias, found[0]));
  }
  return inside(whole, rest);
}
