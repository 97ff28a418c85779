// The one door to the `pg-boss` package: background jobs, sent in the business transaction, run by role
// `jobs`.

import { randomUUID } from 'node:crypto';
import { type Db, fromKysely, PgBoss } from 'pg-boss';
import type { Pool, Transaction } from './database/index.ts';
import { errorCode } from './events/error-code.ts';
import type { Line } from './events/index.ts';
import type { House } from './house.ts';
import type { Log } from './log.ts';

/** Work done in the background; may be run again after a failure or a crash, so it must be idempotent. */
export type JobDefinition = {
  name: string;
  /** Cron of five fields, at most once a minute. */
  schedule?: string;
  /** IANA time zone of the schedule; default the edition's. */
  timeZone?: string;
  /** Attempts after the first; default 5. */
  retryLimit?: number;
  /** A job that takes longer counts as failed; default 900. */
  expireSeconds?: number;
  /** Jobs of this name at the same time in one process; default 1. */
  concurrency?: number;
  handle(data: unknown, house: House): Promise<void>;
};

export type JobOptions = {
  /** While a job of the same name and key waits to be begun, another is not added. */
  singletonKey?: string;
  /** Seconds from now, or an instant. */
  startAfter?: number | Date;
  /** Attempts after the first. */
  retryLimit?: number;
  /** Larger is sooner; default 0. */
  priority?: number;
};

export type Jobs = {
  /** In the business transaction the job exists once that commits; with null it exists at once. */
  send(transaction: Transaction | null, name: string, data: unknown, options?: JobOptions): Promise<void>;
  /** Makes the queues of these jobs, so that they can be sent; none is run yet. */
  open(definitions: JobDefinition[], house: House): Promise<void>;
  /** Begins to run what was opened, and keeps its schedules. */
  start(): Promise<void>;
  /** Waits for the jobs that run now, at most 30 s; what is cut off is run again later. */
  stop(): Promise<void>;
};

export type JobsOptions = {
  pool: Pool;
  line: Line;
  log: Log;
  /** Whether this process runs jobs and schedules (role `jobs`) or only sends; default true. */
  worker?: boolean;
  /** How often schedules are looked at; default 30. */
  scheduleSeconds?: number;
};

const deadLetter = 'dead-letter';
const stopMs = 30_000;

/** Jobs in the schema `jobs` of the database; the tables are made by the first process that starts. */
export function createJobs({ pool, line, log, worker = true, scheduleSeconds = 30 }: JobsOptions): Jobs {
  const db: Db = {
    executeSql: (text, values) => pool.query(text, values),
    listen: async (channel, heard, reconnected) => ({
      close: await line.listen(channel, heard, reconnected),
    }),
  };
  const boss = new PgBoss({
    db,
    schema: 'jobs',
    useListenNotify: worker,
    supervise: worker,
    schedule: worker,
    cronMonitorIntervalSeconds: scheduleSeconds,
    cronWorkerIntervalSeconds: Math.min(scheduleSeconds, 5),
  });
  boss.on('error', (error) => log.warn('jobs-troubled', { error: errorCode(error) }));
  boss.on('warning', ({ message }) => log.warn('jobs-warning', { warning: message }));
  const known = new Map<string, JobDefinition>();
  let owner: House | undefined;
  let started = false;

  return {
    send: async (transaction, name, data, options = {}) => {
      if (!known.has(name)) throw new Error(`no job is called ${name}`);
      await boss.send(
        name,
        { data },
        {
          ...options,
          // The queue admits one waiting job for each key; a job that nobody called single has a key of its
          // own.
          singletonKey: options.singletonKey ?? randomUUID(),
          ...(transaction ? { db: fromKysely(transaction) } : {}),
        },
      );
    },
    open: async (definitions, house) => {
      await boss.start();
      started = true;
      await boss.createQueue(deadLetter);
      for (const definition of definitions) {
        await openQueue(boss, definition);
        known.set(definition.name, definition);
      }
      owner = house;
    },
    start: async () => {
      if (!worker || owner === undefined) return;
      const definitions = [...known.values()];
      await keepSchedules(boss, definitions, owner.edition.timeZone);
      for (const definition of definitions) await work(boss, definition, owner);
    },
    stop: async () => {
      if (started) await boss.stop({ graceful: true, timeout: stopMs });
      started = false;
    },
  };
}

async function openQueue(boss: PgBoss, definition: JobDefinition): Promise<void> {
  const options = {
    retryLimit: definition.retryLimit ?? 5,
    retryDelay: 5,
    retryBackoff: true,
    retryDelayMax: 3600,
    expireInSeconds: definition.expireSeconds ?? 900,
    deadLetter,
    notify: true,
  };
  await boss.createQueue(definition.name, { ...options, policy: 'short' });
  await boss.updateQueue(definition.name, options);
}

/** The schedules of the database become those of the program, which may have lost some since it last ran. */
async function keepSchedules(boss: PgBoss, definitions: JobDefinition[], timeZone: string): Promise<void> {
  const wanted = definitions.filter((one) => one.schedule !== undefined);
  for (const { name } of await boss.getSchedules()) {
    if (!wanted.some((one) => one.name === name)) await boss.unschedule(name);
  }
  for (const { name, schedule, timeZone: own } of wanted) {
    await boss.schedule(name, schedule!, { data: null }, { tz: own ?? timeZone });
  }
}

async function work(boss: PgBoss, definition: JobDefinition, house: House): Promise<void> {
  const options = { batchSize: 1, localConcurrency: definition.concurrency ?? 1 };
  await boss.work<{ data: unknown } | null>(definition.name, options, async ([job]) => {
    try {
      await definition.handle(job?.data?.data ?? null, house);
    } catch (error) {
      house.log.error('job-failed', { job: definition.name, error: errorCode(error) });
      throw error;
    }
  });
}
