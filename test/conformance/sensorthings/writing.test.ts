// Requirements of OGC 18-088 on what is written, each by its identifier; and who may write what.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCredential } from '../../../src/modules/observations/store/index.ts';
import {
  datastream,
  type Json,
  location,
  observedProperty,
  officer,
  openService,
  type Service,
  sensor,
} from './service.ts';

let service: Service;
beforeAll(async () => {
  service = await openService();
});
afterAll(() => service?.close());

const thing = (extra: object = {}) => ({ name: 'Lamppost', description: 'A smart one', ...extra });
const body = async (path: string): Promise<Json> => (await service.get(path)).body;

describe('/req/create-update-delete', () => {
  it('/req/create-update-delete/create-entity: every kind, with 201 and its address', async () => {
    const bodies = {
      Things: thing(),
      Locations: location('Corner'),
      Sensors: sensor,
      ObservedProperties: observedProperty(),
      FeaturesOfInterest: { ...location('Air'), location: undefined, feature: location('Air').location },
    };
    for (const [set, given] of Object.entries(bodies)) {
      const made = await service.send('POST', set, { body: given });
      expect({ set, status: made.status }).toEqual({ set, status: 201 });
      expect(await body(made.headers.get('Location')!)).toMatchObject({ name: given.name });
    }
  });

  it('/req/create-update-delete/link-to-existing-entities: by @iot.id', async () => {
    const [post, meter, property] = await Promise.all([
      service.make('Things', thing()),
      service.make('Sensors', sensor),
      service.make('ObservedProperties', observedProperty()),
    ]);
    const links = {
      Thing: { '@iot.id': post.id },
      Sensor: { '@iot.id': meter.id },
      ObservedProperty: { '@iot.id': property.id },
    };
    const stream = await service.make('Datastreams', datastream('Linked', links));
    expect((await body(`${stream.path}/Thing`))['@iot.id']).toBe(post.id);
    const lost = await service.send('POST', 'Datastreams', {
      body: datastream('Lost', { ...links, Thing: { '@iot.id': 99999 } }),
    });
    expect({ status: lost.status, type: lost.body.type }).toEqual({ status: 400, type: 'unknown-link' });
  });

  it('/req/create-update-delete/deep-insert and its status code: all at once, or nothing', async () => {
    const Observations = [{ phenomenonTime: '2026-11-20T00:00:00Z', result: 21.5 }];
    const Datastreams = [datastream('Deep', { Observations })];
    const made = await service.make('Things', thing({ Locations: [location('Here')], Datastreams }));
    const expand = '$expand=Locations,Datastreams($expand=Observations,Sensor)';
    expect(await body(`${made.path}?${expand}`)).toMatchObject({
      Locations: [{ name: 'Here' }],
      Datastreams: [{ name: 'Deep', Sensor: { name: 'Thermometer' }, Observations: [{ result: 21.5 }] }],
    });
    const name = 'Not to be';
    const broken = await service.send('POST', 'Things', {
      body: thing({ name, Datastreams: [{ name: 'Half' }] }),
    });
    expect(broken.status).toBe(400);
    expect(broken.body.fields[0].field).toContain('Datastreams.0.');
    expect((await body(`Things?$filter=name eq '${name}'`)).value).toEqual([]);
  });

  it('/req/create-update-delete/update-entity: PATCH changes what it names', async () => {
    const made = await service.make('Things', thing({ properties: { lamppost: { key: 'patched' } } }));
    const { status } = await service.send('PATCH', made.path, { body: { description: 'Newer' } });
    expect(status).toBe(200);
    expect(await body(made.path)).toMatchObject({
      name: 'Lamppost',
      description: 'Newer',
      properties: { lamppost: { key: 'patched' } },
    });
    const stream = await service.make(`${made.path}/Datastreams`, datastream());
    expect(
      (await service.send('PATCH', `${stream.path}/Thing`, { body: { name: 'By a link' } })).status,
    ).toBe(200);
    expect((await body(made.path)).name).toBe('By a link');
    expect((await service.send('PATCH', 'Things(99999)', { body: { name: 'x' } })).status).toBe(404);
    expect((await service.send('PATCH', made.path, { body: { nothing: 1 } })).status).toBe(400);
  });

  it('/req/create-update-delete/update-entity-put: PUT replaces the whole', async () => {
    const made = await service.make('Things', thing({ properties: { height: 8 } }));
    expect((await service.send('PUT', made.path, { body: thing({ name: 'Other' }) })).status).toBe(200);
    const now = await body(made.path);
    expect(now.name).toBe('Other');
    expect(now.properties).toBeUndefined();
  });

  it('/req/create-update-delete/update-entity-jsonpatch: operations one by one, or none', async () => {
    const properties = { height: 8, old: true, lamppost: { key: 'json-patched', kind: 'post' } };
    const made = await service.make('Things', thing({ properties }));
    const headers = { ...officer, 'Content-Type': 'application/json-patch+json' };
    const patch = [
      { op: 'test', path: '/name', value: 'Lamppost' },
      { op: 'replace', path: '/properties/height', value: 9 },
      { op: 'remove', path: '/properties/old' },
      { op: 'remove', path: '/properties/lamppost/kind' },
      { op: 'add', path: '/properties/new', value: [1] },
    ];
    expect((await service.send('PATCH', made.path, { body: patch, headers })).status).toBe(200);
    const expected = { height: 9, new: [1], lamppost: { key: 'json-patched' } };
    expect((await body(made.path)).properties).toEqual(expected);
    const wrong = [
      { op: 'replace', path: '/name', value: 'No' },
      { op: 'test', path: '/name', value: 'Yes' },
    ];
    expect((await service.send('PATCH', made.path, { body: wrong, headers })).body.type).toBe('patch-failed');
    expect((await body(made.path)).name).toBe('Lamppost');
  });

  it('/req/create-update-delete/update-entity: an observation is corrected, and its old address finds it', async () => {
    const post = await service.make('Things', thing({ Datastreams: [datastream()] }));
    const [stream] = (await body(`${post.path}/Datastreams`)).value;
    const path = `Datastreams(${stream['@iot.id']})/Observations`;
    const made = await service.make(path, { phenomenonTime: '2026-11-20T00:00:00Z', result: 1 });
    const patched = await service.send('PATCH', made.path, { body: { result: 2 } });
    expect(patched.status).toBe(200);
    expect(await body(made.path)).toMatchObject({ result: 2, '@iot.id': patched.body['@iot.id'] });
    expect((await body(path)).value).toHaveLength(1);
    const headers = { ...officer, 'Content-Type': 'application/json-patch+json' };
    const patch = [{ op: 'replace', path: '/result', value: 3 }];
    expect((await service.send('PATCH', made.path, { body: patch, headers })).status).toBe(200);
    expect((await body(made.path)).result).toBe(3);
    expect((await service.send('PUT', made.path, { body: { result: 'four' } })).status).toBe(200);
    expect(await body(made.path)).toMatchObject({
      result: 'four',
      phenomenonTime: '2026-11-20T00:00:00.000Z',
    });
    expect((await service.send('PUT', made.path, { body: {} })).status).toBe(400);
    expect((await service.send('DELETE', made.path)).status).toBe(200);
    expect((await service.get(made.path)).status).toBe(404);
  });

  it('/req/create-update-delete/delete-entity: with what cannot be without it', async () => {
    const made = await service.make('Things', thing({ Datastreams: [datastream()] }));
    const [stream] = (await body(`${made.path}/Datastreams`)).value;
    expect((await service.send('DELETE', made.path)).status).toBe(200);
    expect((await service.get(made.path)).status).toBe(404);
    expect((await service.get(stream['@iot.selfLink'])).status).toBe(404);
    expect((await service.send('DELETE', made.path)).status).toBe(404);
  });

  it('/req/create-update-delete/historical-location-auto-creation: where a Thing was is remembered', async () => {
    const made = await service.make('Things', thing({ Locations: [location('First')] }));
    service.kit.clock.set('2026-11-21T05:00:00Z');
    await service.make(`${made.path}/Locations`, location('Second', [114.2, 22.3]));
    const was = await body(`${made.path}/HistoricalLocations?$expand=Locations&$orderby=time`);
    expect(was.value.map(({ Locations }: Json) => Locations[0].name)).toEqual(['First', 'Second']);
    expect((await body(`${made.path}/Locations`)).value.map(({ name }: Json) => name)).toEqual(['Second']);
  });
});

describe('who may write', () => {
  const device = ({ id, secret }: { id: string; secret: string }) => ({
    Authorization: `Bearer ${id}.${secret}`,
  });

  it('is nobody without proof, and reading needs none', async () => {
    const refused = await service.send('POST', 'Things', { body: thing(), headers: {} });
    expect({ status: refused.status, code: refused.body.code }).toEqual({ status: 401, code: 401 });
    const wrong = `Basic ${Buffer.from('nobody:nothing').toString('base64')}`;
    const { status } = await service.send('POST', 'Things', {
      body: thing(),
      headers: { Authorization: wrong },
    });
    expect(status).toBe(401);
  });

  it('is a device for the observations of its own datastreams, and for nothing else', async () => {
    const own = datastream('Own', { properties: { lamppost: { key: 'mine-1' } } });
    const other = datastream('Other', { properties: { lamppost: { key: 'yours-1' } } });
    const made = await service.make('Things', thing({ Datastreams: [own, other] }));
    const [mine, yours] = (await body(`${made.path}/Datastreams`)).value.map((one: Json) => one['@iot.id']);
    const credential = await createCredential(service.kit.house, {
      name: 'Box',
      department: 'lighting',
      patterns: ['mine-*'],
    });
    const basic = {
      Authorization: `Basic ${Buffer.from(`${credential.id}:${credential.secret}`).toString('base64')}`,
    };
    const statusOf = async (path: string, given: unknown, headers: Record<string, string>) =>
      (await service.send('POST', path, { body: given, headers })).status;
    const Datastream = { '@iot.id': mine };
    expect(await statusOf(`Datastreams(${mine})/Observations`, { result: 1 }, device(credential))).toBe(201);
    expect(
      await statusOf(
        'Observations',
        { result: 2, Datastream, phenomenonTime: '2026-11-20T00:00:00Z' },
        basic,
      ),
    ).toBe(201);
    expect(await statusOf(`Datastreams(${yours})/Observations`, { result: 1 }, device(credential))).toBe(403);
    expect(
      await statusOf(
        `Datastreams(${mine})/Observations`,
        { result: 1, FeatureOfInterest: location('x') },
        basic,
      ),
    ).toBe(403);
    expect(await statusOf('Things', thing(), device(credential))).toBe(403);
    const group = (id: number) => ({
      Datastream: { '@iot.id': id },
      components: ['result'],
      dataArray: [[1]],
    });
    expect(await statusOf('CreateObservations', [group(mine), group(yours)], device(credential))).toBe(403);
  });

  it('is an officer for what belongs to the own department', async () => {
    const properties = { lamppost: { department: 'roads' } };
    const refused = await service.send('POST', 'Things', { body: thing({ properties }) });
    expect(refused.status).toBe(403);
    const roads = { 'X-Test-Officer': 'roads' };
    const made = await service.send('POST', 'Things', { body: thing({ properties }), headers: roads });
    const path = made.headers.get('Location')!;
    expect((await service.send('DELETE', path)).status).toBe(403);
    expect((await service.send('PATCH', path, { body: { name: 'Ours' } })).status).toBe(403);
    const Thing = { '@iot.id': made.body['@iot.id'] };
    expect(
      (await service.send('POST', 'Datastreams', { body: datastream('Theirs', { Thing }) })).status,
    ).toBe(403);
    expect((await service.send('DELETE', path, { headers: roads })).status).toBe(200);
  });

  it('is told what is wrong with a body, and no form of another site is taken', async () => {
    const headers = { ...officer, 'Content-Type': 'text/plain' };
    expect((await service.send('POST', 'Things', { body: JSON.stringify(thing()), headers })).status).toBe(
      415,
    );
    expect((await service.send('POST', 'Things', { body: '{' })).body.type).toBe('malformed-json');
    const large = { ...thing(), description: 'x'.repeat(1_100_000) };
    expect((await service.send('POST', 'Things', { body: large })).status).toBe(413);
    expect((await service.send('POST', 'Things(1)', { body: {} })).status).toBe(405);
  });
});
