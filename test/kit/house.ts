// A whole house for tests: an edition on a database of its own, with its web door, nothing listening.

import { getEdition } from '../../src/city/index.ts';
import { type Clock, fixedClock } from '../../src/core/clock.ts';
import { parseConfig } from '../../src/core/config.ts';
import type { House } from '../../src/core/house.ts';
import { createServer, type Server } from '../../src/core/http/index.ts';
import { silentLog } from '../../src/core/log.ts';
import { openHouse } from '../../src/core/open-house.ts';
import { siteLayout } from '../../src/modules/portal/index.ts';
import { modules } from '../../src/modules.ts';
import { assets, errorView } from '../../src/ui/index.ts';
import { cloneTestDatabase } from './database.ts';

export type TestHouse = { house: House; server: Server; close(): Promise<void> };

export type TestHouseOptions = {
  edition?: 'hong-kong' | 'harbour-test';
  clock?: Clock;
  /** Further environment variables. */
  env?: Record<string, string>;
};

/** The day on which test houses stand unless a clock is given. */
export const testDay = '2026-11-21';

/** Signs the receipts of test houses. */
export const testReceiptsKey = Buffer.alloc(32, 7).toString('base64');

/** Seals what test houses keep of people. */
export const testIdentityKeys = Buffer.alloc(32, 9).toString('base64');

/** Opens a house on a fresh clone of the template database. */
export async function openTestHouse(options: TestHouseOptions = {}): Promise<TestHouse> {
  const { edition: name = 'hong-kong', clock = fixedClock(`${testDay}T04:00:00Z`), env = {} } = options;
  const { url, drop } = await cloneTestDatabase();
  const config = parseConfig(
    {
      PORT: '8080',
      LAMPPOST_RATE_LIMIT_PER_MINUTE: '1000000',
      LAMPPOST_RECEIPTS_KEY: testReceiptsKey,
      LAMPPOST_IDENTITY_KEYS: testIdentityKeys,
      ...env,
    },
    modules.map((module) => module.config ?? {}),
  );
  const open = await openHouse({
    config: { ...config, port: 0 },
    edition: await getEdition(name),
    modules,
    log: silentLog,
    databaseUrl: url,
    clock,
  });
  const server = createServer({
    house: open.house,
    layout: siteLayout(open.house.modules),
    errorView,
    assets,
  });
  await server.fastify.ready();
  const close = async () => {
    await server.stop();
    await open.close();
    await drop();
  };
  return { house: open.house, server, close };
}
