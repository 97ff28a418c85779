// Entities as rows: which columns the fields of a body fill, all of them or only those that are named.

import { LamppostError } from '../../../../core/errors.ts';
import { pointOf } from '../../rules/place.ts';
import { parseInstant } from '../../rules/times.ts';
import type { EntityKind } from '../../schema.ts';
import { type Body, badField, json } from './insertion.ts';

/** Table of each kind. */
export const tableOf: Record<EntityKind, string> = {
  Thing: 'thing',
  Location: 'location',
  HistoricalLocation: 'historical_location',
  Sensor: 'sensor',
  ObservedProperty: 'observed_property',
  Datastream: 'datastream',
  MultiDatastream: 'datastream',
  FeatureOfInterest: 'feature',
};

type Row = Record<string, unknown>;
/** What is not named is undefined, and stays as it is. */
type Partly<Kind extends EntityKind> = { [Field in keyof Body<Kind>]?: Body<Kind>[Field] | undefined };

const named = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));
const jsonOf = (value: unknown) => (value === undefined ? undefined : json(value));

function place(geometry: unknown): Row {
  if (geometry === undefined) return {};
  const point = pointOf(geometry);
  return { longitude: point?.longitude ?? null, latitude: point?.latitude ?? null };
}

/** What belongs to the house is kept in columns, the rest as it came. */
function apart(properties: Record<string, unknown> | null | undefined): { rest: unknown; own: Row } {
  if (properties === undefined || properties === null) return { rest: properties, own: {} };
  const { lamppost, ...rest } = properties;
  return { rest: Object.keys(rest).length === 0 ? null : rest, own: (lamppost ?? {}) as Row };
}

const notATime = {
  en: 'Must be a time with its zone, such as 2026-11-21T09:00:00Z.',
  tc: '必須是附有時區的時間，例如2026-11-21T09:00:00Z。',
};

function instantOf(field: string, text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const ms = parseInstant(text);
  if (ms === undefined) throw badField(field, notATime);
  return new Date(ms);
}

type DatastreamBody = Partly<'Datastream'> & Partly<'MultiDatastream'>;

function datastreamRow(body: DatastreamBody): Row {
  const { rest, own } = apart(body.properties);
  const unit = body.unitOfMeasurement ?? body.unitOfMeasurements;
  return {
    ...{ name: body.name, description: body.description, observation_type: body.observationType },
    ...{ multi_types: body.multiObservationDataTypes, unit: jsonOf(unit), properties: jsonOf(rest) },
    ...{ observed_area: jsonOf(body.observedArea), key: own.key, cadence_seconds: own.cadenceSeconds },
    ...{ valid_from: own.validFrom, valid_to: own.validTo, stuck_seconds: own.stuckSeconds },
    ...{ retention_days: own.retentionDays, source_kind: own.sourceKind, identifying: own.identifying },
    ...{ basis: own.basis },
  };
}

const rowOf: { [Kind in EntityKind]: (body: Partly<Kind>) => Row } = {
  Thing: ({ name, description, properties }) => {
    const { rest, own } = apart(properties);
    const { key, kind, department } = own;
    return { name, description, properties: jsonOf(rest), key, kind, department };
  },
  Location: ({ name, description, encodingType, location, properties }) => ({
    ...{ name, description, encoding_type: encodingType, location: jsonOf(location) },
    ...{ properties: jsonOf(properties), ...place(location) },
  }),
  HistoricalLocation: ({ time }) => ({ at: instantOf('time', time) }),
  Sensor: ({ name, description, encodingType, metadata, properties }) => ({
    ...{ name, description, encoding_type: encodingType, properties: jsonOf(properties) },
    metadata: metadata === undefined ? undefined : (json(metadata) ?? json('')),
  }),
  ObservedProperty: ({ name, definition, description, properties }) => ({
    ...{ name, definition, description, properties: jsonOf(properties) },
  }),
  Datastream: datastreamRow,
  MultiDatastream: datastreamRow,
  FeatureOfInterest: ({ name, description, encodingType, feature, properties }) => ({
    ...{ name, description, encoding_type: encodingType, feature: jsonOf(feature) },
    ...{ properties: jsonOf(properties), ...place(feature) },
  }),
};

/** The columns that a body fills. */
export function columnsFrom<Kind extends EntityKind>(kind: Kind, body: Partly<Kind>): Row {
  return named((rowOf[kind] as (body: Partly<Kind>) => Row)(body));
}

/** Of a body that replaces an entity: what it does not name is no longer there. */
export const emptied: Partial<Record<EntityKind, Row>> = {
  Thing: { properties: null, key: null, kind: null, department: null },
  Location: { properties: null },
  Sensor: { properties: null },
  ObservedProperty: { properties: null },
  FeatureOfInterest: { properties: null },
  ...Object.fromEntries(
    ['Datastream', 'MultiDatastream'].map((kind) => [
      kind,
      {
        ...{ properties: null, observed_area: null, key: null, cadence_seconds: null, valid_from: null },
        ...{ valid_to: null, stuck_seconds: null, retention_days: null, source_kind: 'live' },
        ...{ identifying: false, basis: null },
      },
    ]),
  ),
};

/** There is no such entity. */
export const noEntity = (kind: EntityKind | 'Observation') =>
  new LamppostError('not-found', 'unknown-entity', {
    en: `There is no such ${kind}. Check its id.`,
    tc: `找不到此${kind}，請檢查其編號。`,
  });
