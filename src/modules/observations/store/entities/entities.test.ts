// Proves on a real PostgreSQL that entities are made, changed and removed as SensorThings 1.1 says.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  datastreamBody,
  type ObservationsHouse,
  openObservationsHouse,
  testNow,
} from '../../../../../test/kit/observations-house.ts';
import {
  createEntity,
  createObservation,
  findByKey,
  findDatastreamByKey,
  findLatest,
  getEntity,
  ingest,
  removeEntity,
  removeObservation,
  replaceEntity,
  updateEntity,
  updateObservation,
} from '../index.ts';

let city: ObservationsHouse;
beforeEach(async () => {
  city = await openObservationsHouse();
});
afterEach(() => city.close());

const count = async (table: string) =>
  (await city.rows<{ n: number }>(`select count(*) as n from observations.${table}`))[0]!.n;
const { Thing: _, ...stream } = datastreamBody({ key: 'mast-1-temp', cadenceSeconds: 60 });
const location = (longitude: number) => ({
  ...{ name: 'Pier', description: 'At the pier', encodingType: 'application/geo+json' },
  location: { type: 'Point', coordinates: [longitude, 22.3] },
});
const thing = () => ({
  name: 'Mast',
  description: 'A mast',
  properties: { colour: 'green', lamppost: { key: 'mast-1', kind: 'mast', department: 'hko' } },
  Locations: [location(114.1)],
  Datastreams: [{ ...stream, Observations: [{ phenomenonTime: '2026-11-21T03:59:00Z', result: 21.5 }] }],
});
const makeThing = () => createEntity(city.house, 'Thing', { body: thing() });

describe('a deep insert', () => {
  it('makes everything nested in it, its first history, feature and observations', async () => {
    const id = await makeThing();
    expect(await getEntity(city.house.database, 'Thing', id)).toMatchObject({
      ...{ key: 'mast-1', kind: 'mast', department: 'hko', properties: { colour: 'green' } },
    });
    const tables = [
      'location',
      'historical_location',
      'sensor',
      'observed_property',
      'datastream',
      'feature',
    ];
    for (const table of tables) expect([table, await count(table)]).toEqual([table, 1]);
    await city.fold();
    const known = await findDatastreamByKey(city.house, 'mast-1-temp');
    const latest = await findLatest(city.house.database, known!.id);
    expect(latest).toMatchObject({ value: 21.5, featureId: known!.featureId });
    expect(known!.featureId).not.toBeNull();
  });

  it('leaves nothing behind when something in it is wrong, and says where', async () => {
    const body = thing();
    const wrong = { ...body, Datastreams: [{ ...body.Datastreams[0], name: '' }] };
    await expect(createEntity(city.house, 'Thing', { body: wrong })).rejects.toMatchObject({
      ...{ kind: 'invalid', fields: [{ field: 'Datastreams.0.name' }] },
    });
    expect([await count('thing'), await count('location')]).toEqual([0, 0]);
  });

  it.each([
    ['an unknown link', { Thing: { '@iot.id': 999_999 } }, 'unknown-link'],
    ['no sensor', { Sensor: undefined }, 'invalid-entity'],
    ['an unknown field', { colour: 'green' }, 'invalid-input'],
  ])('refuses %s', async (_title, change, code) => {
    const body = { ...datastreamBody(), ...change };
    await expect(createEntity(city.house, 'Datastream', { body })).rejects.toMatchObject({
      kind: 'invalid',
      code,
    });
  });

  it('refuses a key that is taken, and a parent that is not there', async () => {
    await makeThing();
    await expect(makeThing()).rejects.toMatchObject({ kind: 'conflict', code: 'key-taken' });
    const parent = { kind: 'Thing', id: 999_999 } as const;
    const lost = createEntity(city.house, 'Datastream', { body: stream, parent });
    await expect(lost).rejects.toMatchObject({ code: 'unknown-entity' });
  });

  it('refuses what could tell who somebody is, unless its basis is named', async () => {
    const ObservedProperty = { name: 'Licence plate', definition: 'x:plate', description: 'Plates' };
    const body = (lamppost: object) => ({ ...datastreamBody(lamppost as never), ObservedProperty });
    for (const lamppost of [{}, { identifying: true }]) {
      const refused = createEntity(city.house, 'Datastream', { body: body(lamppost) });
      await expect(refused).rejects.toMatchObject({ kind: 'invalid', code: 'identifying-without-basis' });
    }
    const based = body({ identifying: true, basis: 'Cap. 374, s. 63A' });
    expect(await createEntity(city.house, 'Datastream', { body: based })).toBeGreaterThan(0);
  });
});

describe('a change', () => {
  it('leaves alone what it does not name, and a replacement does not', async () => {
    const id = await makeThing();
    await updateEntity(city.house, { kind: 'Thing', id }, { description: 'New' });
    expect(await getEntity(city.house.database, 'Thing', id)).toMatchObject({
      ...{ name: 'Mast', description: 'New', key: 'mast-1', properties: { colour: 'green' } },
    });
    await replaceEntity(city.house, { kind: 'Thing', id }, { name: 'Other', description: 'Other' });
    expect(await getEntity(city.house.database, 'Thing', id)).toMatchObject({
      ...{ name: 'Other', key: null, properties: null },
    });
  });

  it('of a range counts from the next reading on', async () => {
    const id = await city.addDatastream({ cadenceSeconds: 60, sourceKind: 'simulated' });
    const reading = (value: number) => ({ datastreamId: id, at: testNow + value, value });
    await ingest(city.house, [reading(5)]);
    const properties = { lamppost: { validTo: 3 } };
    await updateEntity(city.house, { kind: 'Datastream', id }, { properties });
    await ingest(city.house, [reading(6)]);
    expect(await city.rows('select flags from observations.observation order by at')).toEqual([
      ...[{ flags: 0 }, { flags: 1 }],
    ]);
    const row = await getEntity(city.house.database, 'Datastream', id);
    expect(row).toMatchObject({ cadence_seconds: 60, source_kind: 'simulated', valid_to: 3 });
  });

  it('of where a Thing is remembers where it was, and what was observed there', async () => {
    const id = await makeThing();
    const before = await findDatastreamByKey(city.house, 'mast-1-temp');
    await createEntity(city.house, 'Location', { body: location(114.2), parent: { kind: 'Thing', id } });
    expect([await count('thing_location'), await count('historical_location')]).toEqual([1, 2]);
    const after = await findDatastreamByKey(city.house, 'mast-1-temp');
    expect(after!.featureId).not.toBe(before!.featureId);
  });

  it('cannot be made to what is not there', async () => {
    const lost = { kind: 'Sensor', id: 999_999 } as const;
    await expect(updateEntity(city.house, lost, { name: 'x' })).rejects.toMatchObject({ kind: 'not-found' });
    await expect(removeEntity(city.house, lost)).rejects.toMatchObject({ kind: 'not-found' });
  });
});

describe('removing', () => {
  it('takes with a Thing what cannot be without it', async () => {
    const id = await makeThing();
    await removeEntity(city.house, { kind: 'Thing', id });
    expect([await count('datastream'), await count('historical_location')]).toEqual([0, 0]);
    expect([await count('location'), await count('sensor'), await count('forgotten')]).toEqual([1, 1, 1]);
    expect(await findByKey(city.house.database, 'Thing', 'mast-1')).toBeUndefined();
  });

  it('takes with an ObservedProperty the datastreams that observe it', async () => {
    await makeThing();
    const [property] = await city.rows<{ id: number }>('select id from observations.observed_property');
    await removeEntity(city.house, { kind: 'ObservedProperty', id: property!.id });
    expect(await count('datastream')).toBe(0);
  });
});

describe('an observation', () => {
  it('has an id at once, keeps it when sent again, and another when corrected', async () => {
    const parent = { kind: 'Datastream', id: await city.addDatastream() } as const;
    const body = { phenomenonTime: '2026-11-21T03:00:00Z', result: 20, parameters: { by: 'hand' } };
    const id = await createObservation(city.house, body, parent);
    expect(await createObservation(city.house, body, parent)).toBe(id);
    const corrected = await updateObservation(city.house, id, { result: 21 });
    expect(corrected).toBe(id.replace(/0$/, '1'));
    await city.fold();
    const latest = await findLatest(city.house.database, parent.id);
    expect(latest).toMatchObject({ value: 21, count: 1, extra: { parameters: { by: 'hand' } } });
  });

  it('stays away once it was removed, also when it is sent again', async () => {
    const parent = { kind: 'Datastream', id: await city.addDatastream() } as const;
    const body = { phenomenonTime: '2026-11-21T03:00:00Z', result: 20 };
    const id = await createObservation(city.house, body, parent);
    await city.fold();
    await removeObservation(city.house, id);
    await createObservation(city.house, body, parent);
    await city.fold();
    expect(await findLatest(city.house.database, parent.id)).toBeUndefined();
    await expect(removeObservation(city.house, id)).rejects.toMatchObject({ kind: 'not-found' });
  });
});
