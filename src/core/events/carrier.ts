// Carriers: how numbered events reach the loops of subscribers; by default by reading the log.

import type { Database } from '../database/index.ts';
import type { Line } from './line.ts';
import { Signal } from './signal.ts';
import { type Batch, eventChannel, readBatch } from './store.ts';

/** The stream of one subscriber in one process. */
export type Feed = {
  /** What comes after a position; an empty batch after a short wait when nothing does. */
  next(after: number): Promise<Batch>;
  /** Everything up to here is done with. */
  settled(cursor: number): void;
  /** Ends a wait. */
  wake(): void;
  close(): Promise<void>;
};

export type Carrier = {
  start(): Promise<void>;
  stop(): Promise<void>;
  open(subscriber: { name: string; topics: string[] }): Promise<Feed>;
};

export type CarrierOptions = { database: Database; line: Line; pollMs: number };

/** Events read in one go. */
export const batchSize = 500;
/** Events looked through in one go, so that a subscriber of a rare topic moves on in small steps as well. */
export const batchSpan = 5000;

/** Reads the log when it is told of new events, and every `pollMs` in case it was not. */
export function databaseCarrier({ database, line, pollMs }: CarrierOptions): Carrier {
  return {
    start: async () => {},
    stop: async () => {},
    open: async ({ topics }) => {
      const signal = new Signal();
      const wake = () => signal.wake();
      const unlisten = await line.listen(eventChannel, wake, wake);
      return {
        next: async (after) => {
          const batch = await readBatch(database, { after, limit: batchSize, topics, span: batchSpan });
          if (batch.upTo > after) return batch;
          await signal.wait(pollMs);
          return readBatch(database, { after, limit: batchSize, topics, span: batchSpan });
        },
        settled: () => {},
        wake,
        close: unlisten,
      };
    },
  };
}
