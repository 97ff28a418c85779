// The entities of SensorThings 1.1 as queries name them: sets, properties, and links (OGC 18-088, clause 8).

import type { EntityKind } from '../../schema.ts';

/** Every entity that can be asked for. */
export type Kind = EntityKind | 'Observation';

/** Where a link leads, and whether to many. */
export type Link = { kind: Kind; many: boolean };

export type Shape = {
  /** The entity set, as in the service root. */
  set: string;
  properties: readonly string[];
  links: Readonly<Record<string, Link>>;
};

const one = (kind: Kind): Link => ({ kind, many: false });
const many = (kind: Kind): Link => ({ kind, many: true });

const described = ['name', 'description'];
const streams = { Datastreams: many('Datastream'), MultiDatastreams: many('MultiDatastream') };

export const model: Readonly<Record<Kind, Shape>> = {
  Thing: {
    set: 'Things',
    properties: [...described, 'properties'],
    links: {
      Locations: many('Location'),
      HistoricalLocations: many('HistoricalLocation'),
      ...streams,
    },
  },
  Location: {
    set: 'Locations',
    properties: [...described, 'encodingType', 'location', 'properties'],
    links: { Things: many('Thing'), HistoricalLocations: many('HistoricalLocation') },
  },
  HistoricalLocation: {
    set: 'HistoricalLocations',
    properties: ['time'],
    links: { Thing: one('Thing'), Locations: many('Location') },
  },
  Sensor: {
    set: 'Sensors',
    properties: [...described, 'encodingType', 'metadata', 'properties'],
    links: streams,
  },
  ObservedProperty: {
    set: 'ObservedProperties',
    properties: ['name', 'definition', 'description', 'properties'],
    links: streams,
  },
  Datastream: {
    set: 'Datastreams',
    properties: [
      ...described,
      ...['observationType', 'unitOfMeasurement', 'observedArea', 'phenomenonTime', 'resultTime'],
      'properties',
    ],
    links: {
      Thing: one('Thing'),
      Sensor: one('Sensor'),
      ObservedProperty: one('ObservedProperty'),
      Observations: many('Observation'),
    },
  },
  MultiDatastream: {
    set: 'MultiDatastreams',
    properties: [
      ...described,
      ...['observationType', 'multiObservationDataTypes', 'unitOfMeasurements', 'observedArea'],
      ...['phenomenonTime', 'resultTime', 'properties'],
    ],
    links: {
      Thing: one('Thing'),
      Sensor: one('Sensor'),
      ObservedProperties: many('ObservedProperty'),
      Observations: many('Observation'),
    },
  },
  Observation: {
    set: 'Observations',
    properties: [...['phenomenonTime', 'resultTime', 'result', 'resultQuality', 'validTime', 'parameters']],
    links: {
      Datastream: one('Datastream'),
      MultiDatastream: one('MultiDatastream'),
      FeatureOfInterest: one('FeatureOfInterest'),
    },
  },
  FeatureOfInterest: {
    set: 'FeaturesOfInterest',
    properties: [...described, 'encodingType', 'feature', 'properties'],
    links: { Observations: many('Observation') },
  },
};

export const kinds = Object.keys(model) as Kind[];

/** The kind of an entity set; undefined for what is none. */
export const kindOfSet = (set: string): Kind | undefined => kinds.find((kind) => model[kind].set === set);

/** The link of that name; undefined when the kind has none. */
export const linkOf = (kind: Kind, name: string): Link | undefined =>
  Object.hasOwn(model[kind].links, name) ? model[kind].links[name] : undefined;
