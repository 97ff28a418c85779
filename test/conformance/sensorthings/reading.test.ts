// Requirements of OGC 18-088 on what is read: data model, resource paths, query options, by identifier.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { datastream, type Json, location, openService, type Service } from './service.ts';

let service: Service;
let thing: { id: number; path: string };
let stream: { id: number; path: string };
const values = [3, 1, 2, 5, 4];

beforeAll(async () => {
  service = await openService();
  thing = await service.make('Things', {
    name: 'Lamppost',
    description: 'A smart one',
    properties: { height: 8, lamppost: { key: 'post-1', department: 'lighting' } },
    Locations: [location('Corner')],
  });
  stream = await service.make(`${thing.path}/Datastreams`, datastream());
  for (const [index, result] of values.entries()) {
    const phenomenonTime = `2026-11-20T0${index}:00:00Z`;
    await service.make(`${stream.path}/Observations`, { phenomenonTime, result });
  }
  for (const n of [2, 3, 4]) await service.make('Things', { name: `Post ${n}`, description: 'Plain' });
  await service.kit.fold();
});
afterAll(() => service?.close());

const list = async (path: string): Promise<Json[]> => {
  const { status, body } = await service.get(path);
  expect({ status, body }).toMatchObject({ status: 200 });
  return body.value;
};
const results = async (path: string) => (await list(path)).map(({ result }) => result);

describe('/req/datamodel', () => {
  it('/req/datamodel/entity-control-information/common-control-information: id, own address and links', async () => {
    const { body } = await service.get(thing.path);
    expect(body).toMatchObject({
      '@iot.id': thing.id,
      '@iot.selfLink': `${service.base}/${thing.path}`,
      'Datastreams@iot.navigationLink': `${service.base}/${thing.path}/Datastreams`,
      'Locations@iot.navigationLink': `${service.base}/${thing.path}/Locations`,
      'HistoricalLocations@iot.navigationLink': `${service.base}/${thing.path}/HistoricalLocations`,
    });
  });

  it.each([
    [
      'thing',
      'Things',
      ['name', 'description', 'properties'],
      ['Locations', 'HistoricalLocations', 'Datastreams'],
    ],
    [
      'location',
      'Locations',
      ['name', 'description', 'encodingType', 'location'],
      ['Things', 'HistoricalLocations'],
    ],
    ['historical-location', 'HistoricalLocations', ['time'], ['Thing', 'Locations']],
    [
      'datastream',
      'Datastreams',
      ['name', 'description', 'unitOfMeasurement', 'observationType', 'phenomenonTime'],
      ['Thing', 'Sensor', 'ObservedProperty', 'Observations'],
    ],
    ['sensor', 'Sensors', ['name', 'description', 'encodingType', 'metadata'], ['Datastreams']],
    ['observed-property', 'ObservedProperties', ['name', 'definition', 'description'], ['Datastreams']],
    [
      'observation',
      'Observations',
      ['phenomenonTime', 'result', 'resultTime'],
      ['Datastream', 'FeatureOfInterest'],
    ],
    [
      'feature-of-interest',
      'FeaturesOfInterest',
      ['name', 'description', 'encodingType', 'feature'],
      ['Observations'],
    ],
  ])(
    '/req/datamodel/%s/properties and relations: what the standard names is there',
    async (_name, set, fields, links) => {
      const [entity] = await list(set);
      for (const field of fields) expect(entity).toHaveProperty(field);
      for (const link of links) {
        const { status } = await service.get(entity[`${link}@iot.navigationLink`]);
        expect({ link, status }).toEqual({ link, status: 200 });
      }
    },
  );
});

describe('/req/resource-path', () => {
  it('/req/resource-path/resource-path-to-entities: from the root to every set', async () => {
    const { body } = await service.get('');
    expect(body.value.map(({ name }: Json) => name)).toContain('FeaturesOfInterest');
    expect(body.serverSettings.conformance).toContain(
      'http://www.opengis.net/spec/iot_sensing/1.1/req/datamodel',
    );
    for (const { url } of body.value) expect((await service.get(url)).status).toBe(200);
  });

  it('/req/resource-path/resource-path-to-entities: by property, value, link and reference', async () => {
    expect((await service.get(`${thing.path}/name`)).body).toEqual({ name: 'Lamppost' });
    expect((await service.get(`${thing.path}/name/$value`)).body).toBe('Lamppost');
    expect((await service.get(`${thing.path}/properties/height/$value`)).body).toBe('8');
    expect((await service.get(`${thing.path}/properties/lamppost/key/$value`)).body).toBe('post-1');
    expect((await service.get(`${stream.path}/Thing/Locations`)).body.value[0].name).toBe('Corner');
    expect((await service.get(`${thing.path}/Datastreams(${stream.id})/Sensor`)).body.name).toBe(
      'Thermometer',
    );
    expect((await service.get(`${thing.path}/Datastreams/$ref`)).body.value).toEqual([
      { '@iot.selfLink': `${service.base}/${stream.path}` },
    ]);
  });

  it('/req/request-data/status-code: what is not there is 404, what is not understood 400', async () => {
    const paths = [
      'Things(99999)',
      'Things(99999)/Datastreams',
      `${thing.path}/Datastreams(99999)`,
      "Observations('x')",
    ];
    for (const path of paths) {
      const { status, body } = await service.get(path);
      expect({ path, status, code: body.code }).toEqual({ path, status: 404, code: 404 });
    }
    for (const path of ['Nothings', 'Things(1)/nothing', "Things?$filter=name eq 'x", 'Things?$nothing=1']) {
      const { status, body } = await service.get(path);
      expect({ path, status, type: body.type }).toEqual({ path, status: 400, type: 'invalid-query' });
    }
    const { status, body } = await service.get(
      "Locations?$filter=geo.distance(location,geography'LINESTRING (1 1,2 2)') lt 1",
    );
    expect({ status, type: body.type }).toEqual({ status: 501, type: 'query-not-supported' });
  });
});

describe('/req/request-data', () => {
  it('/req/request-data/expand: entities in entities, with options of their own', async () => {
    const expand =
      'Datastreams($expand=ObservedProperty,Observations($top=1;$orderby=phenomenonTime desc)),Locations';
    const { body } = await service.get(`${thing.path}?$expand=${expand}`);
    expect(body.Locations[0].name).toBe('Corner');
    expect(body.Datastreams[0].ObservedProperty.name).toBe('Air temperature');
    expect(body.Datastreams[0].Observations).toMatchObject([{ result: 4 }]);
    const next = await service.get(body.Datastreams[0]['Observations@iot.nextLink']);
    expect(next.body.value).toMatchObject([{ result: 5 }]);
  });

  it('/req/request-data/select: nothing but what is named', async () => {
    expect(await list('Things?$select=id,name,Datastreams&$top=1')).toEqual([
      {
        '@iot.id': thing.id,
        name: 'Lamppost',
        'Datastreams@iot.navigationLink': `${service.base}/${thing.path}/Datastreams`,
      },
    ]);
    expect((await service.get('Things?$select=nothing')).status).toBe(400);
  });

  it('/req/request-data/orderby: one way and the other', async () => {
    expect(await results('Observations?$orderby=result')).toEqual([1, 2, 3, 4, 5]);
    expect(await results(`${stream.path}/Observations?$orderby=phenomenonTime desc`)).toEqual(
      [...values].reverse(),
    );
  });

  it('/req/request-data/skip, top and pagination: pages follow one another to the end', async () => {
    expect(await results('Observations?$top=2&$skip=1')).toEqual([1, 2]);
    const all: Json[] = [];
    let next: string | undefined = 'Observations?$top=2';
    while (next !== undefined) {
      const { body }: { body: Json } = await service.get(next);
      all.push(...body.value.map(({ result }: Json) => result));
      next = body['@iot.nextLink'];
    }
    expect(all).toEqual(values);
  });

  it('/req/request-data/count: how many there are, whatever the page', async () => {
    const { body } = await service.get('Observations?$count=true&$top=1&$filter=result gt 2');
    expect(body['@iot.count']).toBe(3);
    expect((await service.get(`${stream.path}/Observations/$count`)).body).toBe('5');
    expect((await service.get('Things?$count=false')).body['@iot.count']).toBeUndefined();
  });

  it.each([
    ['result eq 3', [3]],
    ['result ne 3 and result le 2', [1, 2]],
    ['result gt 4 or result lt 2', [1, 5]],
    ['not (result ge 3)', [1, 2]],
    ['result add 1 eq 4', [3]],
    ['result sub 1 eq 4', [5]],
    ['result mul 2 eq 8', [4]],
    ['result div 2 eq 2.5', [5]],
    ['result mod 2 eq 0', [2, 4]],
    ['(result sub 1) mul 2 eq 2', [2]],
  ])('/req/request-data/built-in-filter-operations: %s', async (filter, expected) => {
    const found = await results(`Observations?$filter=${encodeURIComponent(filter)}`);
    expect(found.sort()).toEqual(expected);
  });

  it.each([
    "substringof('mppo', name)",
    "endswith(name,'post') and startswith(name,'Lamp')",
    "length(name) eq 8 and indexof(name,'post') eq 4",
    "substring(name,4) eq 'post' and substring(name,0,4) eq 'Lamp'",
    "tolower(name) eq 'lamppost' and toupper(name) eq 'LAMPPOST'",
    "trim(concat(name,' ')) eq 'Lamppost'",
    'round(properties/height div 3) eq 3 and floor(properties/height div 3) eq 2 and ceiling(properties/height div 3) eq 3',
    "geo.distance(Locations/location, geography'POINT (114.17 22.29)') lt 0.02",
    "geo.intersects(Locations/location, geography'POLYGON ((114 22, 115 22, 115 23, 114 23, 114 22))')",
    "st_within(Locations/location, geography'POLYGON ((114 22, 115 22, 115 23, 114 23, 114 22))')",
    "st_disjoint(Locations/location, geography'POLYGON ((1 1, 2 1, 2 2, 1 1))')",
    "st_equals(Locations/location, geography'POINT (114.17 22.28)')",
    'year(HistoricalLocations/time) eq 2026 and month(HistoricalLocations/time) eq 11 and day(HistoricalLocations/time) eq 21',
    'hour(HistoricalLocations/time) eq 4 and minute(HistoricalLocations/time) eq 0 and second(HistoricalLocations/time) eq 0',
    'fractionalseconds(HistoricalLocations/time) eq 0 and totaloffsetminutes(HistoricalLocations/time) eq 0',
    'date(HistoricalLocations/time) eq 2026-11-21 and time(HistoricalLocations/time) eq 04:00:00',
    'HistoricalLocations/time le now() and HistoricalLocations/time gt mindatetime() and HistoricalLocations/time lt maxdatetime()',
  ])('/req/request-data/built-in-query-functions: %s', async (filter) => {
    const found = await list(`Things?$filter=${encodeURIComponent(filter)}`);
    expect(found.map(({ name }) => name)).toEqual(['Lamppost']);
  });
});

describe('reading over HTTP', () => {
  it('is for pages of every site, and spares what is known already', async () => {
    const { headers } = await service.get(thing.path);
    expect(headers.get('access-control-allow-origin')).toBe('*');
    const again = await service.get(thing.path, { 'If-None-Match': headers.get('etag')! });
    expect(again.status).toBe(304);
  });
});
