// Opens the house in order: database, migrations, events, jobs, the modules' own data; and closes it in
// reverse.

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createAccess } from './access.ts';
import type { Clock } from './clock.ts';
import { systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { connect, migrate } from './database/index.ts';
import type { Edition } from './edition.ts';
import { createEvents, Line } from './events/index.ts';
import { openFileStore } from './files.ts';
import type { House } from './house.ts';
import { openIslands } from './islands.ts';
import { createJobs } from './jobs.ts';
import type { Log } from './log.ts';
import { startLoops } from './loops.ts';
import type { Module } from './module.ts';
import { createRevisions } from './revisions.ts';

export type OpenHouseOptions = {
  config: Config;
  edition: Edition;
  /** All modules, foundation first; only enabled ones take part. */
  modules: Module[];
  log: Log;
  databaseUrl: string;
  clock?: Clock;
};

export type OpenHouse = { house: House; close(): Promise<void> };

const modulesFolder = new URL('../modules/', import.meta.url);

/** Where a module's migrations lie, if it has any. */
const migrationsOf = (module: Module) => {
  const folder = fileURLToPath(new URL(`${module.name}/migrations`, modulesFolder));
  return existsSync(folder) ? [{ module: module.name, folder }] : [];
};

/** Opens everything that does not listen to the outside. What fails on the way is closed again. */
export async function openHouse(options: OpenHouseOptions): Promise<OpenHouse> {
  const { config, edition, log, databaseUrl, clock = systemClock } = options;
  const enabled = options.modules.filter((module) => module.enabled(edition));
  let isClosing = false;
  const connection = connect({
    url: databaseUrl,
    maxConnections: config.databaseConnections,
    statementTimeoutMs: config.statementTimeoutMs,
    onIdleError: (error) => {
      if (!isClosing) log.warn('an idle database connection broke', { error });
    },
  });
  const { database, pool } = connection;
  const line = new Line({ pool, log });
  const worker = config.roles.includes('jobs');
  const natsUrl = config.natsUrl === undefined ? {} : { natsUrl: config.natsUrl };
  const house: House = {
    config,
    edition,
    clock,
    log,
    database,
    events: createEvents({ database, line, log, sequencer: worker, ...natsUrl }),
    jobs: createJobs({ pool, line, log, worker }),
    revisions: createRevisions({ database, line, log }),
    files: openFileStore(config),
    access: createAccess(enabled, edition),
    islands: openIslands(config.roles.includes('web') ? enabled.flatMap(({ islands = [] }) => islands) : []),
    modules: enabled,
  };
  let stopLoops = async () => {};
  const close = async () => {
    isClosing = true;
    await stopLoops();
    await house.jobs.stop();
    await house.events.stop();
    await house.revisions.stop();
    await line.stop();
    await connection.close();
  };
  try {
    await migrate(database, enabled.flatMap(migrationsOf));
    await line.start();
    await house.revisions.start();
    // Modules and subscribers may send jobs from their first moment; those are run when all is there.
    await house.jobs.open(
      enabled.flatMap((module) => module.jobs ?? []),
      house,
    );
    for (const module of enabled) await module.prepare?.(house);
    const subscriptions = worker ? enabled.flatMap((module) => module.subscriptions ?? []) : [];
    await house.events.start(subscriptions, house);
    await house.jobs.start();
    const loops = worker ? enabled.flatMap((module) => module.loops ?? []) : [];
    stopLoops = (await startLoops(loops, { house, line })).stop;
  } catch (error) {
    await close().catch((problem: unknown) => log.warn('closing after a failed start', { error: problem }));
    throw error;
  }
  return { house, close };
}
