// What the tests of events share: a process's worth of events on a database, and patience.

import { type Connection, connect, inTransaction } from '../../src/core/database/index.ts';
import {
  createEvents,
  type Events,
  type EventsOptions,
  Line,
  type NewEvent,
  type Subscription,
} from '../../src/core/events/index.ts';
import type { House } from '../../src/core/house.ts';
import type { Log } from '../../src/core/log.ts';

export type LogLine = { message: string; fields: object };
export type Program = Connection & {
  events: Events;
  line: Line;
  lines: LogLine[];
  emit(...events: NewEvent[]): Promise<void>;
  start(...subscriptions: Subscription[]): Promise<void>;
  /** As if the process died: its connection breaks and its loops go no further. */
  stop(): Promise<void>;
};

export function recordingLog(lines: LogLine[]): Log {
  const at = (message: string, fields: object = {}) => void lines.push({ message, fields });
  const log: Log = { debug: at, info: at, warn: at, error: at, writes: () => true, with: () => log };
  return log;
}

/** One process's events on the database at `url`, with short pauses. */
export async function openProgram(url: string, options: Partial<EventsOptions> = {}): Promise<Program> {
  const connection = connect(url);
  const lines: LogLine[] = [];
  const log = recordingLog(lines);
  const line = new Line({ pool: connection.pool, log });
  await line.start();
  const { database } = connection;
  const retry = { firstMs: 30, longestMs: 200 };
  const events = createEvents({ database, line, log, pollMs: 100, retry, ...options });
  return {
    ...connection,
    events,
    line,
    lines,
    emit: (...given) => inTransaction(database, (transaction) => events.emit(transaction, given)),
    start: (...subscriptions) => events.start(subscriptions, { log } as House),
    stop: async () => {
      await events.stop();
      await line.stop();
      await connection.close();
    },
  };
}

/** Waits until `met` is true; the runner's own time limit ends a wait in vain. */
export async function until(met: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await met())) await new Promise((resolve) => setTimeout(resolve, 10));
}
