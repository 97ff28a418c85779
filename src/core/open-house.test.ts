// Tests of the order in which a house opens.

import { afterEach, expect, it } from 'vitest';
import { cloneTestDatabase } from '../../test/kit/database.ts';
import { until } from '../../test/kit/events.ts';
import { tinyEdition } from '../../test/kit/fake-site.ts';
import { parseConfig } from './config.ts';
import { inTransaction } from './database/index.ts';
import { silentLog } from './log.ts';
import type { Module } from './module.ts';
import { type OpenHouse, openHouse } from './open-house.ts';

let closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers) await close();
  closers = [];
});

async function open(module: Module): Promise<OpenHouse> {
  const { url, drop } = await cloneTestDatabase();
  closers.push(drop);
  const house = await openHouse({
    config: parseConfig({}),
    edition: tinyEdition,
    modules: [module],
    log: silentLog,
    databaseUrl: url,
  });
  closers.unshift(house.close);
  return house;
}

it('lets a module and its subscribers send jobs from the beginning, and runs them when all is open', async () => {
  const order: string[] = [];
  const bakery: Module = {
    name: 'bakery',
    enabled: () => true,
    jobs: [{ name: 'bake', handle: async (data) => void order.push(`baked ${data}`) }],
    subscriptions: [
      { name: 'baker', topics: ['*'], handle: (_event, { jobs }) => jobs.send(null, 'bake', 'cake') },
    ],
    prepare: async (house) => {
      await house.jobs.send(null, 'bake', 'bread');
      await inTransaction(house.database, (transaction) =>
        house.events.emit(transaction, { topic: 'bakery.ordered', key: 'a', payload: null }),
      );
      order.push('prepared');
    },
  };
  const { house } = await open(bakery);
  await until(() => order.length === 3);
  expect(order[0]).toBe('prepared');
  expect(order.slice(1).sort()).toEqual(['baked bread', 'baked cake']);
  expect((await house.events.lag())[0]).toMatchObject({ subscriber: 'baker', parked: 0 });
});
