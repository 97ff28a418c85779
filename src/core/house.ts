// The running house: everything a handler, a job or a page may reach.

import type { Access } from './access.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Database } from './database/index.ts';
import type { Edition } from './edition.ts';
import type { Events } from './events/index.ts';
import type { FileStore } from './files.ts';
import type { Islands } from './islands.ts';
import type { Jobs } from './jobs.ts';
import type { Log } from './log.ts';
import type { Module } from './module.ts';
import type { Revisions } from './revisions.ts';

export type House = {
  config: Config;
  edition: Edition;
  clock: Clock;
  log: Log;
  database: Database;
  events: Events;
  jobs: Jobs;
  revisions: Revisions;
  files: FileStore;
  /** Who may do what. */
  access: Access;
  /** Scripts of pages. */
  islands: Islands;
  /** Enabled modules, foundation first. */
  modules: Module[];
};
