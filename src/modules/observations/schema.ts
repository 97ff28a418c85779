// Shapes of observations: entities of SensorThings 1.1 as the house keeps them, and what goes between rooms.

import { z } from 'zod';
import { setting } from '../../core/setting.ts';

export const settings = {
  LAMPPOST_OBSERVATIONS_REPLAY_MINUTES: setting.integer({
    default: 15,
    least: 1,
    most: 1440,
    about: 'How long batches of readings are kept for clients of event streams that come back after a break.',
  }),
};

export const sourceKinds = ['live', 'recorded', 'simulated'] as const;
/** Whether a value was measured now, was measured once, or comes from a simulation. */
export type SourceKind = (typeof sourceKinds)[number];

/** Bits of `flags`. */
export const flag = { outOfRange: 1, stuck: 2, late: 4, suspectClock: 8, superseded: 16 } as const;

/** Something observed, on its way in. Times are milliseconds since 1970; `value` or `result`, not both. */
export type Reading = {
  datastreamId: number;
  at: number;
  value?: number | undefined;
  /** Any JSON that is no number. */
  result?: unknown;
  until?: number | undefined;
  resultAt?: number | undefined;
  featureId?: number | undefined;
  extra?: Record<string, unknown> | undefined;
};

/**
 * What became of a reading: kept; known already; kept as another value for a known time; or too old to be
 * kept, by the retention of its datastream.
 */
export type Outcome = 'stored' | 'duplicate' | 'revised' | 'expired';

/** One stored observation as events, alarms and streams see it. */
export type Stored = {
  sequence: number;
  datastreamId: number;
  at: number;
  revision: number;
  value: number | null;
  result: unknown;
  flags: number;
};

export type Datastream = {
  id: number;
  key: string | null;
  multi: boolean;
  name: string;
  description: string;
  unit: unknown;
  thingId: number;
  cadenceSeconds: number | null;
  validFrom: number | null;
  validTo: number | null;
  stuckSeconds: number | null;
  retentionDays: number | null;
  sourceKind: SourceKind;
};

/** How fresh the newest value is, by promised and seen cadence. */
export type Freshness = 'fresh' | 'late' | 'silent' | 'never';

export const unitSchema = z.strictObject({
  name: z.string().max(200).nullable(),
  symbol: z.string().max(50).nullable(),
  definition: z.string().max(1000).nullable(),
});

export const entityKinds = [
  'Thing',
  'Location',
  'HistoricalLocation',
  'Sensor',
  'ObservedProperty',
  'Datastream',
  'MultiDatastream',
  'FeatureOfInterest',
] as const;
/** Entities of SensorThings 1.1, all but the Observation. */
export type EntityKind = (typeof entityKinds)[number];

const name = z.string().min(1).max(500);
const description = z.string().max(10_000);
const key = z.string().min(1).max(200);
const identifier = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const anyObject = z.record(z.string(), z.json());
const encodingType = z.string().min(1).max(200);
const geometry = z.record(z.string(), z.json());

/** A link to an entity that is there. */
export const linkSchema = z.object({ '@iot.id': identifier });

/** What an edition says of a Thing beyond the standard, in `properties.lamppost`. */
const thingExtension = z.strictObject({
  key: key.nullish(),
  kind: z.string().min(1).max(100).nullish(),
  department: z.string().min(1).max(100).nullish(),
});

const seconds = z.number().int().min(1).max(1_000_000_000);
/** What is promised and known of a Datastream beyond the standard, in `properties.lamppost`. */
const datastreamExtension = z.strictObject({
  key: key.nullish(),
  cadenceSeconds: seconds.nullish().describe('How often a value is promised.'),
  validFrom: z.number().nullish().describe('The least value that the instrument can mean.'),
  validTo: z.number().nullish(),
  stuckSeconds: seconds.nullish().describe('The same value for longer is flagged.'),
  retentionDays: z.number().int().min(1).max(100_000).nullish().describe('How long history is kept.'),
  sourceKind: z.enum(sourceKinds).default('live'),
  identifying: z.boolean().default(false).describe('Might tell who somebody is.'),
  basis: z.string().min(1).max(1000).nullish().describe('Why that is allowed.'),
});

const propertiesWith = <Shape extends z.ZodType>(lamppost: Shape) =>
  z.object({ lamppost: lamppost.optional() }).catchall(z.json()).nullish();
/** Linked, or made with it: read by whoever inserts it. */
const nested = z.unknown().optional();
const properties = anyObject.nullish();

const datastreamParts = {
  name,
  description,
  observedArea: geometry.nullish(),
  // Computed here; accepted because clients send back what they read.
  phenomenonTime: z.unknown().optional(),
  resultTime: z.unknown().optional(),
  properties: propertiesWith(datastreamExtension),
  ...{ Thing: nested, Sensor: nested, Observations: nested },
};

/** Bodies of the entities (SensorThings 1.1, clause 8); control information is taken off before. */
export const entityBodies = {
  Thing: z.strictObject({
    ...{ name, description, properties: propertiesWith(thingExtension) },
    ...{ Locations: nested, Datastreams: nested, MultiDatastreams: nested, HistoricalLocations: nested },
  }),
  Location: z.strictObject({
    ...{ name, description, encodingType, location: geometry, properties },
    ...{ Things: nested, HistoricalLocations: nested },
  }),
  HistoricalLocation: z.strictObject({ time: z.string().max(100), Thing: nested, Locations: nested }),
  Sensor: z.strictObject({
    ...{ name, description, encodingType, metadata: z.json(), properties },
    ...{ Datastreams: nested, MultiDatastreams: nested },
  }),
  ObservedProperty: z.strictObject({
    ...{ name, definition: z.string().max(2000), description, properties },
    ...{ Datastreams: nested, MultiDatastreams: nested },
  }),
  Datastream: z.strictObject({
    ...datastreamParts,
    ...{ observationType: z.string().max(500), unitOfMeasurement: unitSchema, ObservedProperty: nested },
  }),
  MultiDatastream: z.strictObject({
    ...datastreamParts,
    observationType: z.string().max(500).optional(),
    multiObservationDataTypes: z.array(z.string().max(500)).min(1).max(100),
    unitOfMeasurements: z.array(unitSchema).min(1).max(100),
    ObservedProperties: nested,
  }),
  FeatureOfInterest: z.strictObject({
    ...{ name, description, encodingType, feature: geometry, properties, Observations: nested },
  }),
} as const;

/** Body of an Observation. */
export const observationBody = z.strictObject({
  phenomenonTime: z.string().max(100).nullish().describe('An instant, or two with a slash between.'),
  resultTime: z.string().max(100).nullish(),
  result: z.json(),
  resultQuality: z.json().optional(),
  validTime: z.string().max(100).nullish(),
  parameters: anyObject.nullish(),
  ...{ Datastream: nested, MultiDatastream: nested, FeatureOfInterest: nested },
});
