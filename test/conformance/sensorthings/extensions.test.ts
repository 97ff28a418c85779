// Extensions of OGC 18-088: arrays of data and MultiDatastreams by their identifiers; and batches as JSON.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { datastream, type Json, multiDatastream, openService, type Service } from './service.ts';

let service: Service;
let streams: number[];
let thing: { id: number; path: string };
beforeAll(async () => {
  service = await openService();
  const Datastreams = [datastream('First'), datastream('Second')];
  thing = await service.make('Things', { name: 'Mast', description: 'A mast', Datastreams });
  const { body } = await service.get(`${thing.path}/Datastreams`);
  streams = body.value.map((one: Json) => one['@iot.id']);
});
afterAll(() => service?.close());

const hour = (n: number) => `2026-11-20T0${n}:00:00.000Z`;

describe('/req/data-array', () => {
  it('/req/data-array/data-array: observations come in as arrays, each with its address or an error', async () => {
    const [first, second] = streams;
    const { status, body } = await service.send('POST', 'CreateObservations', {
      body: [
        {
          Datastream: { '@iot.id': first },
          components: ['phenomenonTime', 'result', 'parameters'],
          'dataArray@iot.count': 3,
          dataArray: [
            [hour(1), 11, { by: 'hand' }],
            ['yesterday', 12, {}],
            [hour(2), 12, {}],
          ],
        },
        {
          Datastream: { '@iot.id': second },
          components: ['phenomenonTime', 'result'],
          dataArray: [
            [hour(1), 21],
            [hour(2), 22],
          ],
        },
        { Datastream: { '@iot.id': 99999 }, components: ['result'], dataArray: [[1]] },
      ],
    });
    expect(status).toBe(201);
    expect(body.map((one: string) => one === 'error')).toEqual([false, true, false, false, false, true]);
    expect((await service.get(body[0])).body).toMatchObject({ result: 11, parameters: { by: 'hand' } });
    expect((await service.get(body[4])).body).toMatchObject({ result: 22, phenomenonTime: hour(2) });
  });

  it('/req/data-array/data-array: a time that cannot be kept is an error of its row alone', async () => {
    const rows = [
      ['1930-01-01T00:00:00Z', 1],
      [hour(5), 5],
    ];
    const group = {
      Datastream: { '@iot.id': streams[0] },
      components: ['phenomenonTime', 'result'],
      dataArray: rows,
    };
    const { body } = await service.send('POST', 'CreateObservations', { body: [group] });
    expect(body[0]).toBe('error');
    expect((await service.get(body[1])).body.result).toBe(5);
  });

  it('/req/data-array/data-array: observations go out as arrays, a group for each datastream', async () => {
    const filter = encodeURIComponent(`phenomenonTime le ${hour(2)}`);
    const { body } = await service.get(
      `Observations?$resultFormat=dataArray&$select=id,phenomenonTime,result&$filter=${filter}`,
    );
    expect(body.value).toMatchObject([
      {
        'Datastream@iot.navigationLink': `${service.base}/Datastreams(${streams[0]})`,
        'dataArray@iot.count': 2,
      },
      { components: ['id', 'phenomenonTime', 'result'], 'dataArray@iot.count': 2 },
    ]);
    expect(body.value[1].dataArray.map((row: Json[]) => row.slice(1))).toEqual([
      [hour(1), 21],
      [hour(2), 22],
    ]);
  });
});

describe('/req/multi-datastream', () => {
  it('/req/multi-datastream/properties and relations: several properties at once, in their order', async () => {
    const made = await service.make(`${thing.path}/MultiDatastreams`, multiDatastream());
    const { body } = await service.get(`${made.path}?$expand=ObservedProperties,Thing,Sensor`);
    expect(body).toMatchObject({ Thing: { name: 'Mast' }, Sensor: { name: 'Thermometer' } });
    expect(body.multiObservationDataTypes).toHaveLength(2);
    expect(body.unitOfMeasurements.map(({ symbol }: Json) => symbol)).toEqual(['°C', '%']);
    expect(body.ObservedProperties.map(({ name }: Json) => name)).toEqual(['Temperature', 'Humidity']);
    const seen = await service.make(`${made.path}/Observations`, {
      phenomenonTime: hour(3),
      result: [21, 80],
    });
    const observation = (await service.get(seen.path)).body;
    expect(observation.result).toEqual([21, 80]);
    expect(observation).toHaveProperty(['MultiDatastream@iot.navigationLink']);
    expect(observation).not.toHaveProperty(['Datastream@iot.navigationLink']);
    const found = await service.get(
      `${made.path}/Observations?$filter=${encodeURIComponent('result/1 gt 70')}`,
    );
    expect(found.body.value).toHaveLength(1);
  });

  it('/req/multi-datastream/constraints: as many units, types and properties', async () => {
    const given = multiDatastream({ unitOfMeasurements: [{ name: null, symbol: null, definition: null }] });
    expect((await service.send('POST', `${thing.path}/MultiDatastreams`, { body: given })).status).toBe(400);
  });
});

describe('a batch as JSON', () => {
  it('answers each request by itself, and lets later ones speak of what earlier ones made', async () => {
    const json = { 'content-type': 'application/json' };
    const requests = [
      {
        id: '1',
        method: 'POST',
        url: 'Things',
        headers: json,
        body: { name: 'In a batch', description: 'x' },
      },
      { id: '2', method: 'POST', url: '$1/Datastreams', headers: json, body: datastream('Batched') },
      { id: '3', method: 'POST', url: 'Observations', body: { result: 7, Datastream: { '@iot.id': '$2' } } },
      { id: '4', method: 'GET', url: '/$2/Observations?$select=result' },
      { id: '5', method: 'GET', url: 'Things(99999)' },
      { id: '6', method: 'GET', url: 'Things', dependsOn: ['5'] },
      { id: '7', method: 'DELETE', url: '$1', atomicityGroup: 'a' },
      { id: '8', method: 'POST', url: '$batch', body: { requests: [] } },
    ];
    const { status, body } = await service.send('POST', '$batch', { body: { requests } });
    expect(status).toBe(200);
    expect(body.responses.map((one: Json) => one.status)).toEqual([201, 201, 201, 200, 404, 424, 501, 501]);
    expect(body.responses[3].body.value).toEqual([{ result: 7 }]);
  });

  it('asks who writes, and not who reads', async () => {
    const requests = [
      { id: 'a', method: 'GET', url: 'Things' },
      { id: 'b', method: 'DELETE', url: thing.path },
    ];
    const { body } = await service.send('POST', '$batch', { body: { requests }, headers: {} });
    expect(body.responses.map((one: Json) => one.status)).toEqual([200, 401]);
  });
});
