// A city that really listens, for independent OpenID Connect clients: house, clock, log and residents.

import { vi } from 'vitest';
import { getEdition } from '../../../src/city/index.ts';
import { systemClock } from '../../../src/core/clock.ts';
import { parseConfig } from '../../../src/core/config.ts';
import type { House } from '../../../src/core/house.ts';
import { createServer } from '../../../src/core/http/index.ts';
import { openLog } from '../../../src/core/log.ts';
import { openHouse } from '../../../src/core/open-house.ts';
import { siteLayout } from '../../../src/modules/portal/index.ts';
import { modules } from '../../../src/modules.ts';
import { assets, errorView } from '../../../src/ui/index.ts';
import { cloneTestDatabase } from '../database.ts';
import { testReceiptsKey } from '../house.ts';
import { findPort } from '../port.ts';

export type City = {
  house: House;
  /** `http://localhost:` and a port. */
  origin: string;
  issuer: string;
  /** Where it really listens. */
  port: number;
  databaseUrl: string;
  /** What the log wrote so far, one line each. */
  lines: string[];
  close(): Promise<void>;
};

export type CityOptions = {
  /** A database that another city uses or used; it is not dropped. */
  databaseUrl?: string;
  /** Port to be found at, when it must be the one of before. */
  port?: number;
  env?: Record<string, string>;
  /** Default: the invented city. */
  edition?: 'hong-kong' | 'harbour-test';
};

/** Keys of test cities, the same for all so that they can share a database. */
const keys = Buffer.alloc(32, 9).toString('base64');

/** Opens it on a database of its own unless one is given. */
export async function openCity(options: CityOptions = {}): Promise<City> {
  const source = options.databaseUrl === undefined ? await cloneTestDatabase() : undefined;
  const databaseUrl = options.databaseUrl ?? source!.url;
  const port = options.port ?? (await findPort());
  const lines: string[] = [];
  const origin = `http://localhost:${port}`;
  const env = {
    PORT: String(port),
    LAMPPOST_ORIGIN: origin,
    LAMPPOST_RATE_LIMIT_PER_MINUTE: '1000000',
    LAMPPOST_RECEIPTS_KEY: testReceiptsKey,
    LAMPPOST_IDENTITY_KEYS: keys,
    LAMPPOST_DATABASE_CONNECTIONS: '10',
    ...options.env,
  };
  const open = await openHouse({
    config: parseConfig(
      env,
      modules.map((module) => module.config ?? {}),
    ),
    edition: await getEdition(options.edition ?? 'harbour-test'),
    modules,
    log: openLog({ level: 'info', plain: false, write: (line) => void lines.push(line) }),
    databaseUrl,
    clock: systemClock,
  });
  const server = createServer({
    house: open.house,
    layout: siteLayout(open.house.modules),
    errorView,
    assets,
  });
  await server.fastify.listen({ port, host: 'localhost' });
  return {
    house: open.house,
    origin: open.house.config.origin,
    issuer: `${open.house.config.origin}/oidc`,
    port,
    databaseUrl,
    lines,
    close: async () => {
      vi.useRealTimers();
      await server.stop();
      await open.close();
      await source?.drop();
    },
  };
}

/** Moves the clocks of city and clients together; they stand still there until `travelBack`. */
export function travel(seconds: number): void {
  vi.setSystemTime(Date.now() + seconds * 1000);
}

/** Back to the time it is. */
export const travelBack = (): void => void vi.useRealTimers();
