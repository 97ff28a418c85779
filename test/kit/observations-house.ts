// The store of observations on a database of its own, folded by hand, for tests of that module.

import { fixedClock } from '../../src/core/clock.ts';
import { type Connection, connect, sql } from '../../src/core/database/index.ts';
import type { House } from '../../src/core/house.ts';
import { silentLog } from '../../src/core/log.ts';
import { createEntity, foldBatches } from '../../src/modules/observations/store/index.ts';
import { cloneTestDatabase } from './database.ts';

type Extension = Record<string, unknown>;

export type ObservationsHouse = {
  house: House;
  url: string;
  clock: ReturnType<typeof fixedClock>;
  /** A datastream of a Thing of its own, with these fields of `properties.lamppost`; gives its id. */
  addDatastream(lamppost?: Extension): Promise<number>;
  /** Folds until nothing waits; gives how many readings were folded. */
  fold(limit?: number): Promise<number>;
  /** Rows of a statement. */
  rows<Row>(text: string): Promise<Row[]>;
  /** The same house over connections of its own, as another process has it. */
  another(): { house: House; connection: Connection };
  close(): Promise<void>;
};

/** When tests of observations take place, unless they move the clock. */
export const testNow = Date.parse('2026-11-21T04:00:00Z');

/** Nothing folds by itself. Close it at the end. */
export async function openObservationsHouse(): Promise<ObservationsHouse> {
  const source = await cloneTestDatabase();
  const clock = fixedClock(new Date(testNow));
  let bumped = 0;
  const bump = async () => {
    bumped += 1;
  };
  const revisions = { bump, of: () => bumped };
  const houseOn = ({ database }: Connection) =>
    ({
      ...{ database, clock, revisions, log: silentLog },
      edition: { timeZone: 'Asia/Hong_Kong' },
    }) as unknown as House;
  const connection = connect(source.url);
  const { database } = connection;
  const house = houseOn(connection);
  const others: Connection[] = [];
  return {
    ...{ house, clock, url: source.url },
    addDatastream: (lamppost = {}) => addDatastream(house, lamppost),
    fold: async (limit) => {
      for (let all = 0; ; ) {
        const { readings, more } = await foldBatches(house, limit);
        all += readings;
        if (!more) return all;
      }
    },
    rows: async <Row>(text: string) => (await sql.raw<Row>(text).execute(database)).rows,
    another: () => {
      const other = connect(source.url);
      others.push(other);
      return { house: houseOn(other), connection: other };
    },
    close: async () => {
      await Promise.all([connection, ...others].map((one) => one.close()));
      await source.drop();
    },
  };
}

/** A datastream with all that it needs. */
export const datastreamBody = (lamppost: Extension = {}) => ({
  name: 'Air temperature',
  description: 'Air temperature at the mast',
  observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
  unitOfMeasurement: { name: 'degree Celsius', symbol: '°C', definition: 'ucum:Cel' },
  Thing: { name: 'Mast', description: 'A mast' },
  Sensor: {
    name: 'Thermometer',
    description: 'A thermometer',
    encodingType: 'application/pdf',
    metadata: 'https://sensor.example/sheet.pdf',
  },
  ObservedProperty: {
    name: 'Air temperature',
    definition: 'https://property.example/air-temperature',
    description: 'Temperature of the air',
  },
  properties: { lamppost },
});

const addDatastream = (house: House, lamppost: Extension) =>
  createEntity(house, 'Datastream', { body: datastreamBody(lamppost) });
