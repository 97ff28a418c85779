// The SensorThings service alone on a port of its own; officers and credentials write to it.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAccess } from '../../../src/core/access.ts';
import type { House } from '../../../src/core/house.ts';
import { sensorThings } from '../../../src/modules/observations/protocols/sensorthings/index.ts';
import { policies } from '../../../src/modules/observations/rules/policies.ts';
import { type ObservationsHouse, openObservationsHouse } from '../../kit/observations-house.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers are whatever the service says, and tests look into them
export type Json = any;
export type Answered = { status: number; headers: Headers; body: Json };

export type Service = {
  kit: ObservationsHouse;
  base: string;
  get(path: string, headers?: Record<string, string>): Promise<Answered>;
  /** As the officer, unless other headers say who. */
  send(
    method: string,
    path: string,
    asked?: { body?: unknown; headers?: Record<string, string> },
  ): Promise<Answered>;
  /** Makes an entity; its id and its path below the root. */
  make(path: string, body: unknown): Promise<{ id: Json; path: string }>;
  close(): Promise<void>;
};

/** Of an officer of the department `lighting`. */
export const officer = { 'X-Test-Officer': 'lighting' };

const authentication = {
  signInPath: '/sign-in',
  actorOf: async ({ headers }: { headers: Record<string, unknown> }) => {
    const department = headers['x-test-officer'];
    if (typeof department !== 'string') return undefined;
    const roles = [{ department, role: 'editor' as const }];
    return { id: '00000000-0000-4000-8000-000000000001', acr: '1', authenticatedAt: new Date(0), roles };
  },
};

/** Close it at the end. */
export async function openService(): Promise<Service> {
  const kit = await openObservationsHouse();
  const origin = 'https://city.example';
  const access = createAccess([{ name: 'observations', policies, authentication: authentication as never }]);
  const house = { ...kit.house, config: { origin }, access } as unknown as House;
  const answer = sensorThings.open(house, () => '');
  const server = createServer((request, response) => void answer(request, response, '127.0.0.1'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const base = `${origin}/sensorthings/v1.1`;
  const ask = async (path: string, init: RequestInit): Promise<Answered> => {
    const bare = path.startsWith(base) ? path.slice(base.length + 1) : path;
    const response = await fetch(`http://127.0.0.1:${port}/sensorthings/v1.1/${bare}`, init);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  };
  const send: Service['send'] = (method, path, { body, headers = officer } = {}) => {
    const type = body === undefined ? {} : { 'Content-Type': 'application/json' };
    const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
    return ask(path, { method, headers: { ...type, ...headers }, ...sent });
  };
  return {
    kit,
    base,
    get: (path, headers = {}) => ask(path, { headers }),
    send,
    make: async (path, body) => {
      const made = await send('POST', path, { body });
      if (made.status !== 201) throw new Error(`${path}: ${JSON.stringify(made.body)}`);
      return { id: made.body['@iot.id'], path: made.headers.get('Location')!.slice(base.length + 1) };
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await kit.close();
    },
  };
}

export const location = (name: string, at = [114.17, 22.28]) => ({
  name,
  description: 'A place',
  encodingType: 'application/geo+json',
  location: { type: 'Point', coordinates: at },
});

export const sensor = {
  name: 'Thermometer',
  description: 'A thermometer',
  encodingType: 'application/pdf',
  metadata: 'https://sensor.example/sheet.pdf',
};

export const observedProperty = (name = 'Air temperature') => ({
  name,
  definition: `https://property.example/${encodeURIComponent(name)}`,
  description: 'What is observed',
});

const measurement = 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement';
const celsius = { name: 'degree Celsius', symbol: '°C', definition: 'ucum:Cel' };

export const datastream = (name = 'Temperature', extra: object = {}) => ({
  name,
  description: 'A series',
  observationType: measurement,
  unitOfMeasurement: celsius,
  Sensor: sensor,
  ObservedProperty: observedProperty(),
  ...extra,
});

export const multiDatastream = (extra: object = {}) => ({
  name: 'Weather',
  description: 'Two at once',
  multiObservationDataTypes: [measurement, measurement],
  unitOfMeasurements: [celsius, { name: 'percent', symbol: '%', definition: 'ucum:%' }],
  Sensor: sensor,
  ObservedProperties: [observedProperty('Temperature'), observedProperty('Humidity')],
  ...extra,
});
