// Rows as entities of SensorThings: properties, control information, links (OGC 18-088, clause 9.2).

import { observationId } from '../../rules/observation-id.ts';
import type { Options } from '../../rules/odata/ast.ts';
import { type Kind, model } from '../../rules/odata/model.ts';
import { badQuery, echo } from '../../rules/odata/query-error.ts';
import { flag } from '../../schema.ts';
import type { Row } from './statements.ts';

export type Entity = Record<string, unknown>;

const iso = (value: unknown) => (value instanceof Date ? value.toISOString() : null);
const span = (start: unknown, end: unknown): string | null => {
  const [first, last] = [iso(start), iso(end)];
  return first === null || last === null || first === last ? first : `${first}/${last}`;
};

const withoutNull = (entity: Entity): Entity =>
  Object.fromEntries(Object.entries(entity).filter(([, value]) => value !== null && value !== undefined));

/** What the house keeps in columns stands in `properties.lamppost`. */
function propertiesOf(row: Row, own: Entity): Entity {
  const lamppost = withoutNull(own);
  const rest = (row.properties ?? {}) as Entity;
  const all = Object.keys(lamppost).length === 0 ? rest : { ...rest, lamppost };
  return Object.keys(all).length === 0 ? {} : { properties: all };
}

const described = ({ name, description }: Row): Entity => ({ name, description });
const coded = (row: Row): Entity => ({ ...described(row), encodingType: row.encoding_type });

function stream(row: Row): Entity {
  return {
    ...withoutNull({ observedArea: row.observed_area, phenomenonTime: span(row.first_at, row.last_at) }),
    ...propertiesOf(row, {
      ...{ key: row.key, cadenceSeconds: row.cadence_seconds, validFrom: row.valid_from },
      ...{ validTo: row.valid_to, stuckSeconds: row.stuck_seconds, retentionDays: row.retention_days },
      ...{ sourceKind: row.source_kind, identifying: row.identifying || null, basis: row.basis },
    }),
  };
}

const marks = [
  [flag.outOfRange, 'out-of-range'],
  [flag.stuck, 'stuck'],
  [flag.late, 'late'],
  [flag.suspectClock, 'suspect-clock'],
] as const;

/** What was marked on it when it came, unless the sender said something of its quality. */
function qualityOf(flags: number): Entity {
  const found = marks.filter(([bit]) => (flags & bit) !== 0).map(([, name]) => name);
  return found.length === 0 ? {} : { resultQuality: { flags: found } };
}

const observation = (row: Row): Entity => ({
  phenomenonTime: span(row.at, row.until ?? row.at),
  resultTime: iso(row.result_at),
  result: row.value ?? row.result,
  ...qualityOf(row.flags as number),
  ...((row.extra ?? {}) as Entity),
});

const propertiesIn: Readonly<Record<Kind, (row: Row) => Entity>> = {
  Thing: (row) => ({
    ...described(row),
    ...propertiesOf(row, { key: row.key, kind: row.kind, department: row.department }),
  }),
  Location: (row) => ({ ...coded(row), location: row.location, ...propertiesOf(row, {}) }),
  HistoricalLocation: (row) => ({ time: iso(row.at) }),
  Sensor: (row) => ({ ...coded(row), metadata: row.metadata, ...propertiesOf(row, {}) }),
  ObservedProperty: (row) => ({ ...described(row), definition: row.definition, ...propertiesOf(row, {}) }),
  Datastream: (row) => ({
    ...{ ...described(row), observationType: row.observation_type, unitOfMeasurement: row.unit },
    ...stream(row),
  }),
  MultiDatastream: (row) => ({
    ...{ ...described(row), observationType: row.observation_type, unitOfMeasurements: row.unit },
    ...{ multiObservationDataTypes: row.multi_types, ...stream(row) },
  }),
  Observation: observation,
  FeatureOfInterest: (row) => ({ ...coded(row), feature: row.feature, ...propertiesOf(row, {}) }),
};

/** The id of a row as clients see it. */
export function idOf(kind: Kind, row: Row): number | string {
  if (kind !== 'Observation') return row.id as number;
  const at = (row.at as Date).getTime();
  return observationId({ datastreamId: row.datastream_id as number, at, revision: row.revision as number });
}

/** The address of an entity, below the root of the service. */
export function addressOf(base: string, kind: Kind, id: number | string): string {
  return `${base}/${model[kind].set}(${typeof id === 'number' ? id : `'${id}'`})`;
}

/** What is inside a value at a path; undefined where there is nothing. */
export function pick(value: unknown, steps: readonly string[]): unknown {
  let found = value;
  for (const step of steps) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined;
    found = (found as Entity)[step];
  }
  return found;
}

function place(into: Entity, steps: readonly string[], value: unknown): void {
  const [first = '', ...rest] = steps;
  if (rest.length === 0) {
    into[first] = value;
    return;
  }
  const inner = Object.hasOwn(into, first) ? into[first] : undefined;
  const next: Entity = typeof inner === 'object' && inner !== null ? { ...inner } : {};
  place(next, rest, value);
  into[first] = next;
}

/** Only what was selected. */
function selection(entity: Entity, select: readonly string[][]): Entity {
  const chosen: Entity = {};
  for (const steps of select) {
    const [name = '', ...rest] = steps;
    const found = name === 'id' ? '@iot.id' : name;
    const isLink = Object.hasOwn(entity, `${found}@iot.navigationLink`);
    const whole = isLink ? `${found}@iot.navigationLink` : found;
    const value = pick(entity[whole], rest);
    if (value !== undefined) place(chosen, [whole, ...rest], value);
  }
  return chosen;
}

/** Every name in a selection must be one of the kind. Throws invalid `invalid-query`. */
export function checkSelection(kind: Kind, { select = [] }: Options): void {
  const { properties, links } = model[kind];
  const known = [...properties, ...Object.keys(links), 'id', '@iot.id', '@iot.selfLink'];
  for (const [name = ''] of select) {
    if (known.includes(name)) continue;
    const shown = echo(name);
    const message = { en: `${kind} has no property ${shown}.`, tc: `${kind}沒有屬性${shown}。` };
    throw badQuery({ option: '$select', at: 1 }, message);
  }
}

export type Showing = { base: string; options: Options; isMulti(datastreamId: number): boolean };

/** The entity of a row. What is expanded is added by whoever expands. */
export function entityOf(kind: Kind, row: Row, { base, options, isMulti }: Showing): Entity {
  const id = idOf(kind, row);
  const address = addressOf(base, kind, id);
  const entity: Entity = { '@iot.id': id, '@iot.selfLink': address, ...propertiesIn[kind](row) };
  const { select, expand } = options;
  const isExpanded = (name: string) => select === undefined && expand.some(({ link }) => link === name);
  for (const name of Object.keys(model[kind].links)) {
    const isOther =
      kind === 'Observation' &&
      name === (isMulti(row.datastream_id as number) ? 'Datastream' : 'MultiDatastream');
    if (!isOther && !isExpanded(name)) entity[`${name}@iot.navigationLink`] = `${address}/${name}`;
  }
  return select === undefined ? entity : selection(entity, select);
}
