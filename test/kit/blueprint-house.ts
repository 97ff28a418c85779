// A house with a database of its own and the blueprint of an edition in it, for tests of that module.

import { type Clock, fixedClock } from '../../src/core/clock.ts';
import { connect } from '../../src/core/database/index.ts';
import type { Edition } from '../../src/core/edition.ts';
import { createEvents, type Event, Line } from '../../src/core/events/index.ts';
import type { House } from '../../src/core/house.ts';
import type { Log } from '../../src/core/log.ts';
import { createRevisions } from '../../src/core/revisions.ts';
import { cloneTestDatabase } from './database.ts';

export type BlueprintHouse = {
  house: House;
  clock: Clock & { set(to: string | Date): void };
  /** Every event written so far, oldest first. */
  events(): Promise<Pick<Event, 'topic' | 'key' | 'payload'>[]>;
  close(): Promise<void>;
};

const silent: Log = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  writes: () => false,
  with: () => silent,
};

/** The clock stands at noon of 21 November 2026. Close it at the end. */
export async function openBlueprintHouse(edition: Edition): Promise<BlueprintHouse> {
  const source = await cloneTestDatabase();
  const { database, pool, close } = connect(source.url);
  const line = new Line({ pool, log: silent });
  await line.start();
  const clock = fixedClock('2026-11-21T12:00:00Z');
  const events = createEvents({ database, line, log: silent, pollMs: 50 });
  const revisions = createRevisions({ database, line, log: silent });
  await revisions.start();
  await events.start([], {} as House);
  const house = {
    database,
    events,
    revisions,
    clock,
    edition,
    log: silent,
    modules: [] as House['modules'],
  } as unknown as House;
  return {
    house,
    clock,
    events: () => readEvents(house, pool),
    close: async () => {
      await events.stop();
      await revisions.stop();
      await line.stop();
      await close();
      await source.drop();
    },
  };
}

type Asking = { query(text: string): Promise<{ rows: { waiting: number }[] }> };

/** Waits until everything written has its number. */
async function readEvents(house: House, pool: Asking) {
  for (;;) {
    const { rows } = await pool.query('select count(*)::int as waiting from core.outbox');
    if (rows[0]!.waiting === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const found = await house.events.read({ after: 0, limit: 1000 });
  return found.map(({ topic, key, payload }) => ({ topic, key, payload }));
}
