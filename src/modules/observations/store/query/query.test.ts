// Queries against a real store: filters of every kind, paging, expansion, counts.

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  datastreamBody,
  type ObservationsHouse,
  openObservationsHouse,
} from '../../../../../test/kit/observations-house.ts';
import { parseOptions } from '../../rules/odata/options.ts';
import { parsePath } from '../../rules/odata/path.ts';
import { createEntity } from '../entities/observations.ts';
import { ingest } from '../ingest.ts';
import { type Asking, build, mostEntities, readPage } from './index.ts';

let kit: ObservationsHouse;
const hour = 3_600_000;
const begin = Date.parse('2026-11-20T00:00:00Z');

const asking = (): Asking => ({
  house: kit.house,
  base: 'https://city.example',
  budget: { left: mostEntities },
});

async function read(path: string, query: Record<string, string> = {}) {
  const { steps } = parsePath(path);
  const { kind } = steps.at(-1)!;
  const options = parseOptions(kind, Object.entries(query));
  const page = await readPage(asking(), steps, options);
  return { ...page, entities: await build(asking(), kind, { rows: page.rows, options }) };
}

const names = async (path: string, filter: string) =>
  (await read(path, { $filter: filter })).entities.map(({ name }) => name);

const place = (name: string, at: [number, number]) => ({
  name,
  description: '',
  encodingType: 'application/geo+json',
  location: { type: 'Point', coordinates: at },
});

const post = (n: number, extra: object = {}) => {
  const { Thing: _thing, ...stream } = datastreamBody({ key: `stream-${n}`, cadenceSeconds: 60 * n });
  return {
    name: `Lamppost ${n}`,
    description: n % 2 ? 'odd' : 'even',
    properties: {
      height: n,
      tags: { street: `Street ${n}` },
      lamppost: { key: `post-${n}`, department: 'lighting' },
    },
    Locations: [place(`Corner ${n}`, [114 + n / 100, 22.3])],
    Datastreams: [{ ...stream, name: `Stream ${n}` }],
    ...extra,
  };
};

beforeAll(async () => {
  kit = await openObservationsHouse();
  for (let n = 1; n <= 5; n += 1) await createEntity(kit.house, 'Thing', { body: post(n) });
  const streams = await kit.rows<{ id: number }>('select id from observations.datastream order by id');
  for (const [index, { id }] of streams.slice(0, 4).entries()) {
    const readings = Array.from({ length: 30 }, (_, n) => ({
      datastreamId: id,
      at: begin + n * hour,
      value: index * 100 + n,
    }));
    await ingest(kit.house, readings);
  }
  await kit.fold();
});

afterAll(() => kit?.close());

describe('filters', () => {
  it.each([
    ["name eq 'Lamppost 3'", [3]],
    ["description ne 'odd' and not (name eq 'Lamppost 2')", [4]],
    ['properties/height gt 3', [4, 5]],
    ["properties/tags/street eq 'Street 2'", [2]],
    ["properties/lamppost/key eq 'post-5'", [5]],
    ['properties/nothing eq null and properties/height le 1', [1]],
    ["startswith(name,'Lamp') and endswith(name,'4')", [4]],
    ["substringof('post 1', name)", [1]],
    ["indexof(name,'post') eq 4 and length(name) eq 10 and substring(name,9) eq '2'", [2]],
    ["concat(tolower(description), toupper('x')) eq 'oddX' and properties/height mod 3 eq 0", [3]],
    ['properties/height mul 2 sub 1 eq 9', [5]],
    ['properties/height div 0 eq 1', []],
    ['round(2.5) eq 3 and floor(2.5) eq 2 and ceiling(2.1) eq 3 and properties/height eq -1 add 2', [1]],
    ["Datastreams/name eq 'Stream 4'", [4]],
    ['Datastreams/properties/lamppost/cadenceSeconds ge 240', [4, 5]],
    [
      "Datastreams/ObservedProperty/definition eq 'https://property.example/air-temperature' and id gt 0 and properties/height eq 2",
      [2],
    ],
    ['Datastreams/Observations/result gt 320', [4]],
    ["not (Locations/name eq 'Corner 1') and properties/height lt 3", [2]],
  ])('of Things: %s', async (filter, expected) => {
    expect(await names('Things', filter)).toEqual(expected.map((n) => `Lamppost ${n}`));
  });

  it.each([
    [
      "st_within(location, geography'POLYGON ((114.015 22, 114.035 22, 114.035 23, 114.015 23, 114.015 22))')",
      [2, 3],
    ],
    [
      "st_within(location, geography'POLYGON ((114.02 22, 114.035 22, 114.035 23, 114.02 23, 114.02 22))')",
      [3],
    ],
    [
      "st_intersects(geography'POLYGON ((114.02 22, 114.035 22, 114.035 23, 114.02 23, 114.02 22))', location)",
      [2, 3],
    ],
    [
      "not st_intersects(location, geography'POLYGON ((114 22, 114.035 22, 114.035 23, 114 23, 114 22))')",
      [4, 5],
    ],
    ["st_disjoint(location, geography'POLYGON ((114 22, 114.035 22, 114.035 23, 114 23, 114 22))')", [4, 5]],
    ["geo.distance(location, geography'POINT (114.01 22.3)') lt 0.015", [1, 2]],
    ["st_equals(location, geography'POINT (114.03 22.3)')", [3]],
    [
      "st_contains(geography'POLYGON ((114 22, 115 22, 115 23, 114 23, 114 22), (114.005 22, 114.045 22, 114.045 23, 114.005 23, 114.005 22))', location)",
      [5],
    ],
    ["st_intersects(location, geography'LINESTRING (114 22.3, 114.015 22.3)')", [1]],
    [
      "st_touches(location, geography'POLYGON ((114.02 22, 114.035 22, 114.035 23, 114.02 23, 114.02 22))')",
      [2],
    ],
    ["st_touches(geography'LINESTRING (114.02 22.3, 114.04 22.3)', location)", [2, 4]],
    ["st_within(location, geography'LINESTRING (114.02 22.3, 114.04 22.3)')", [3]],
    ["st_contains(geography'MULTIPOINT (114.02 22.3, 114.04 22.3)', location)", [2, 4]],
    ["st_crosses(location, geography'LINESTRING (114.02 22.3, 114.04 22.3)')", []],
    ["st_overlaps(location, geography'POINT (114.02 22.3)')", []],
    ["st_relate(location, geography'LINESTRING (114.02 22.3, 114.04 22.3)', 'FF*FF****')", [1, 5]],
    [
      "st_relate(geography'POLYGON ((114.02 22, 114.035 22, 114.035 23, 114.02 23, 114.02 22))', location, 'T********')",
      [3],
    ],
  ])('of places: %s', async (filter, expected) => {
    expect(await names('Locations', filter)).toEqual(expected.map((n) => `Corner ${n}`));
  });

  it.each([
    ['phenomenonTime ge 2026-11-21T04:00:00Z', 8],
    ['phenomenonTime lt 2026-11-20T08:00:00+08:00', 0],
    ['phenomenonTime le 2026-11-20T08:00:00+08:00', 4],
    ['phenomenonTime eq 2026-11-20T01:00:00Z and result ge 100', 3],
    ['hour(phenomenonTime) eq 3 and day(phenomenonTime) eq 20 and year(phenomenonTime) eq 2026', 4],
    ['date(phenomenonTime) eq 2026-11-21 and time(phenomenonTime) lt 01:00:00', 4],
    ["phenomenonTime add duration'PT1H' gt now()", 8],
    ["phenomenonTime gt now() sub duration'PT1H' and Datastream/name eq 'Stream 1'", 2],
    ['result gt 300 and result lt 303', 2],
    ["result eq 'text'", 0],
    ["Datastream/Thing/name eq 'Lamppost 2' and result mod 10 eq 0", 3],
    [
      'phenomenonTime ge 2026-11-20T00:00:00Z/2026-11-20T01:00:00Z and phenomenonTime lt 2026-11-20T02:00:00Z/2026-11-20T03:00:00Z',
      8,
    ],
  ])('of Observations: %s', async (filter, expected) => {
    expect((await read('Observations', { $filter: filter, $count: 'true' })).count).toBe(expected);
  });

  it('says what it cannot compare, calculate or find', async () => {
    await expect(names('Things', 'name gt 5')).rejects.toThrow('compares text with number');
    await expect(names('Things', 'nosuch eq 5')).rejects.toThrow('Thing has no property nosuch');
    await expect(names('Things', 'name add 1 eq 2')).rejects.toThrow('cannot be done with text');
    await expect(names('Things', 'name')).rejects.toThrow('expected something true or false');
    const relate = "st_relate(location, geography'POINT (1 1)', 'T')";
    await expect(names('Locations', relate)).rejects.toThrow('nine marks');
    const area = "geo.distance(location, geography'LINESTRING (1 1, 2 2)') lt 1";
    await expect(names('Locations', area)).rejects.toMatchObject({
      status: 501,
      code: 'query-not-supported',
    });
    await expect(read('Things', { $orderby: 'Datastreams/name' })).rejects.toThrow('leads to many');
  });

  it('takes whatever is written in a value for nothing but a value', async () => {
    expect(await names('Things', "name eq '''; drop table observations.thing; --'")).toEqual([]);
    expect(await names('Things', "properties/a-b'/x eq 1").catch(() => 'refused')).toBe('refused');
    expect(await names('Things', 'properties/height eq 1')).toHaveLength(1);
  });
});

async function walk(path: string, query: Record<string, string>) {
  const pages: unknown[][] = [];
  let pairs: Record<string, string> | undefined = query;
  while (pairs !== undefined) {
    const page: Awaited<ReturnType<typeof read>> = await read(path, pairs);
    pages.push(page.entities.map((entity) => entity.result ?? entity.name));
    pairs = page.next && Object.fromEntries(page.next);
  }
  return pages;
}

describe('pages', () => {
  it.each([
    ['Observations', { $top: '7' }, '$skiptoken', 120],
    ['Observations', { $top: '50', $orderby: 'phenomenonTime desc' }, '$skiptoken', 120],
    ['Observations', { $top: '50', $orderby: 'result desc' }, '$skip', 120],
    ['Things', { $top: '2', $orderby: 'description desc,name desc' }, '$skiptoken', 5],
    ['Things', { $top: '2', $skip: '1' }, '$skiptoken', 4],
  ])('of %s by %j go on by %s', async (path, query, by, total) => {
    const first = await read(path, query);
    expect(first.next?.map(([name]) => name)).toContain(by);
    const all = (await walk(path, query)).flat();
    expect(all).toHaveLength(total);
    expect(new Set(all).size).toBe(total);
  });

  it('refuse a token of another query', async () => {
    await expect(read('Things', { $skiptoken: 'WzFd' })).resolves.toBeDefined();
    await expect(read('Things', { $skiptoken: 'WyJhIl0' })).rejects.toThrow('nextLink');
    await expect(read('Things', { $skiptoken: 'x' })).rejects.toThrow('nextLink');
  });

  it('come in the order that is asked for', async () => {
    const { entities } = await read('Observations', { $orderby: 'result desc', $top: '2' });
    expect(entities.map(({ result }) => result)).toEqual([329, 328]);
  });
});

describe('expansion', () => {
  it('finds the newest observation of each datastream, of those whose time has come, by what is kept', async () => {
    const $expand = 'Datastreams($expand=Observations($top=1;$orderby=phenomenonTime desc))';
    const { entities } = await read('Things', { $expand });
    const streams = entities.flatMap(
      ({ Datastreams }) => Datastreams as { Observations: { result: number }[] }[],
    );
    expect(streams.map(({ Observations }) => Observations[0]?.result)).toEqual([
      28,
      128,
      228,
      328,
      undefined,
    ]);
    expect(streams[0]).toHaveProperty(['Observations@iot.nextLink']);
  });

  it('takes options at every level and one statement for each', async () => {
    const asked = vi.spyOn(kit.house.database, 'getExecutor');
    const { steps } = parsePath('Things');
    const $expand =
      'Locations($select=name),Datastreams($select=name;$expand=Sensor,ObservedProperty,' +
      'Observations($filter=result mod 10 eq 5;$orderby=phenomenonTime desc;$top=2;$count=true))';
    const options = parseOptions('Thing', [['$expand', $expand]]);
    const one = asking();
    const { rows } = await readPage(one, steps, options);
    const entities = await build(one, 'Thing', { rows, options });
    expect(asked.mock.calls).toHaveLength(7);
    asked.mockRestore();
    expect(entities[1]).toMatchObject({
      Locations: [{ name: 'Corner 2' }],
      Datastreams: [
        {
          name: 'Stream 2',
          Sensor: { name: 'Thermometer' },
          ObservedProperty: { name: 'Air temperature' },
          Observations: [{ result: 125 }, { result: 115 }],
          'Observations@iot.count': 3,
        },
      ],
    });
  });

  it('leads from an observation to all that is around it', async () => {
    const $expand = 'Datastream/Thing/Locations,FeatureOfInterest';
    const { entities } = await read('Observations', { $filter: 'result eq 5', $expand });
    expect(entities[0]).toMatchObject({
      Datastream: { Thing: { name: 'Lamppost 1', Locations: [{ name: 'Corner 1' }] } },
      FeatureOfInterest: { name: 'Corner 1' },
    });
  });

  it('refuses to gather without end', async () => {
    const { steps } = parsePath('Datastreams');
    const options = parseOptions('Datastream', [['$expand', 'Observations']]);
    const small = { ...asking(), budget: { left: 50 } };
    const page = await readPage(small, steps, options);
    await expect(build(small, 'Datastream', { rows: page.rows, options })).rejects.toThrow(
      'answer-too-large',
    );
  });
});
