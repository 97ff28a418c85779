// The service in a whole house: at its address, behind the web door, with what strangers and devices may do.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cloneTestDatabase } from '../../../../../test/kit/database.ts';
import { datastreamBody } from '../../../../../test/kit/observations-house.ts';
import { getEdition } from '../../../../city/index.ts';
import { fixedClock } from '../../../../core/clock.ts';
import { parseConfig } from '../../../../core/config.ts';
import type { House } from '../../../../core/house.ts';
import { createServer, type Server } from '../../../../core/http/index.ts';
import { silentLog } from '../../../../core/log.ts';
import { openHouse } from '../../../../core/open-house.ts';
import { modules } from '../../../../modules.ts';
import { createCredential, createEntity } from '../../store/index.ts';

let house: House;
let server: Server;
let close: () => Promise<void>;
const root = '/sensorthings/v1.1';

beforeAll(async () => {
  const { url, drop } = await cloneTestDatabase();
  const key = Buffer.alloc(32, 7).toString('base64');
  const config = parseConfig(
    { PORT: '8080', LAMPPOST_RECEIPTS_KEY: key },
    modules.map((module) => module.config ?? {}),
  );
  const edition = await getEdition('harbour-test');
  const open = await openHouse({
    config: { ...config, port: 0, rateLimitPerMinute: 1_000_000 },
    edition: { ...edition, data: { ...edition.data, observations: {} } },
    modules: modules.filter(({ name }) => name === 'observations'),
    log: silentLog,
    databaseUrl: url,
    clock: fixedClock('2026-11-21T04:00:00Z'),
  });
  house = open.house;
  const nothing = () => {
    throw new Error('no page is asked for');
  };
  server = createServer({ house, layout: nothing, errorView: nothing, assets: [] });
  await server.fastify.ready();
  close = async () => {
    await server.stop();
    await open.close();
    await drop();
  };
});

afterAll(() => close?.());

const get = (url: string) => server.fastify.inject({ method: 'GET', url: `${root}${url}` });

describe('SensorThings in the house', () => {
  it('answers at its root, with addresses of the site', async () => {
    const { statusCode, body } = await get('');
    expect(statusCode).toBe(200);
    expect(JSON.parse(body).value[0].url).toBe(`${house.config.origin}${root}/Things`);
    expect((await get('/')).body).toBe(body);
  });

  it('lets a device write its own, and everybody read it by the address that was given', async () => {
    const id = await createEntity(house, 'Datastream', { body: datastreamBody({ key: 'box-1' }) });
    const given = { name: 'Box', department: 'lighting', patterns: ['box-*'] };
    const credential = await createCredential(house, given);
    const post = (headers: Record<string, string>, payload = '{"result": 21.5}') =>
      server.fastify.inject({
        method: 'POST',
        url: `${root}/Datastreams(${id})/Observations`,
        headers: { 'content-type': 'application/json', ...headers },
        payload,
      });
    expect((await post({})).statusCode).toBe(401);
    const authorization = `Bearer ${credential.id}.${credential.secret}`;
    const made = await post({ authorization });
    expect(made.statusCode).toBe(201);
    const address = String(made.headers.location).slice(`${house.config.origin}${root}`.length);
    expect(JSON.parse((await get(address)).body)).toMatchObject({ result: 21.5 });
    expect((await get(address.replaceAll("'", '%27'))).statusCode).toBe(200);
    expect((await post({ authorization }, `{"result": "${'x'.repeat(1_100_000)}"}`)).statusCode).toBe(413);
  });

  it('answers every method, and nonsense in words of its own', async () => {
    const options = await server.fastify.inject({ method: 'OPTIONS', url: `${root}/Things` });
    expect(options.headers['access-control-allow-methods']).toBe('GET, HEAD');
    const head = await server.fastify.inject({ method: 'HEAD', url: `${root}/Things` });
    expect({ status: head.statusCode, body: head.body }).toEqual({ status: 200, body: '' });
    for (const url of [
      '/Things?$filter=',
      '/Things(1',
      '/%27',
      '/Things?$filter=%zz',
      '/Things?$top=1&$top=2',
    ]) {
      const { statusCode, body } = await get(url);
      expect({ url, statusCode, type: JSON.parse(body).type }).toEqual({
        ...{ url, statusCode: 400 },
        type: 'invalid-query',
      });
    }
  });
});
