// The carrier over NATS: it brings events soon, while order and completeness always come from the log.

import type { Database } from '../database/index.ts';
import type { Log } from '../log.ts';
import { batchSize, batchSpan, type Carrier, type CarrierOptions, type Feed } from './carrier.ts';
import { matchesTopic } from './event.ts';
import type { Line } from './line.ts';
import { EventStream, type StreamMessage } from './nats.ts';
import { ownedLoop } from './owned-loop.ts';
import { Signal } from './signal.ts';
import {
  type Batch,
  eventChannel,
  getCarrierCursor,
  getLogId,
  readBatch,
  saveCarrierCursor,
} from './store.ts';

export type NatsOptions = CarrierOptions & {
  log: Log;
  url: string /** Whether this process may publish. */;
  publisher: boolean;
};

const carrierName = 'nats';

/** Carries events over JetStream, and over the database whenever that is out of reach. */
export function natsCarrier(options: NatsOptions): Carrier {
  const { database, line, log, url, pollMs } = options;
  let stream: EventStream;
  let publisher: { stop(): Promise<void> } | undefined;
  return {
    start: async () => {
      stream = new EventStream({ url, log, logId: await getLogId(database) });
      stream.open();
      if (options.publisher) publisher = await startPublisher(stream, options);
    },
    stop: async () => {
      await publisher?.stop();
      await stream.close();
    },
    open: async ({ name, topics }) => {
      const feed = new StreamFeed({ database, stream, topics, pollMs });
      const wake = () => feed.log();
      const unlisten = await line.listen(eventChannel, wake, wake);
      const consumer = stream.consume(name, feed);
      return {
        next: (after) => feed.next(after),
        settled: (cursor) => feed.settled(cursor),
        wake: () => feed.wake(),
        close: async () => {
          await consumer.close();
          await unlisten();
        },
      };
    },
  };
}

/**
 * One process hands every numbered event to the stream; after a crash it repeats some rather than lose one.
 */
async function startPublisher(
  stream: EventStream,
  { database, line, log, pollMs }: { database: Database; line: Line; log: Log; pollMs: number },
): Promise<{ stop(): Promise<void> }> {
  const signal = new Signal();
  const wake = () => signal.wake();
  const unlisten = await line.listen(eventChannel, wake, wake);
  const loop = ownedLoop({ name: `publisher:${carrierName}`, line, log, retryMs: pollMs }, async (owned) => {
    let cursor = await getCarrierCursor(database, carrierName);
    while (owned()) {
      const batch = stream.up ? await readBatch(database, { after: cursor, limit: batchSize }) : undefined;
      if (!batch || batch.events.length === 0) {
        await signal.wait(Math.min(pollMs, 1000));
        continue;
      }
      await stream.publish(batch.events);
      cursor = batch.upTo;
      await saveCarrierCursor(database, carrierName, cursor);
    }
  });
  return {
    stop: async () => {
      const ended = loop.stop();
      wake();
      await ended;
      await unlisten();
    },
  };
}

type FeedOptions = {
  database: Database;
  stream: Pick<EventStream, 'up'>;
  topics: string[];
  pollMs: number;
};

/**
 * Joins the stream and the log. Every event passes, of whatever topic: only so does a missing number show,
 * and what is missing is read from the log.
 */
export class StreamFeed implements Omit<Feed, 'close'> {
  readonly #options: FeedOptions;
  readonly #signal = new Signal();
  /** Arrived and not yet asked for, by number. */
  #arrived: StreamMessage[] = [];
  /** Handed on and not yet settled. */
  #open: StreamMessage[] = [];
  /** Whether the log was read to its end since the last gap. */
  #live = false;

  constructor(options: FeedOptions) {
    this.#options = options;
  }

  receive(message: StreamMessage): void {
    const last = this.#arrived.at(-1);
    this.#arrived.push(message);
    if (last && last.event.sequence > message.event.sequence) {
      this.#arrived.sort((a, b) => a.event.sequence - b.event.sequence);
    }
    this.wake();
  }

  down(): void {
    this.#live = false;
    this.wake();
  }

  /** The log has grown: news only while the stream is down. */
  log(): void {
    if (!this.#options.stream.up) this.wake();
  }

  wake(): void {
    this.#signal.wake();
  }

  async next(after: number): Promise<Batch> {
    const { stream, pollMs } = this.#options;
    if (!this.#live || !stream.up) return this.#readLog(after);
    this.#dropBefore(after);
    if (this.#arrived.length === 0) {
      await this.#signal.wait(pollMs * 5);
      this.#dropBefore(after);
    }
    return this.#take(after) ?? this.#readLog(after);
  }

  settled(cursor: number): void {
    for (const message of this.#open) if (message.event.sequence <= cursor) message.acknowledge();
    this.#open = this.#open.filter((message) => message.event.sequence > cursor);
  }

  /** The unbroken run of numbers after a position, as far as it has arrived. */
  #take(after: number): Batch | undefined {
    let count = 0;
    while (count < batchSize && this.#arrived[count]?.event.sequence === after + 1 + count) count += 1;
    if (count === 0) return undefined;
    const run = this.#arrived.splice(0, count);
    this.#open.push(...run);
    const events = run.map((message) => message.event);
    return {
      events: events.filter((event) => matchesTopic(this.#options.topics, event.topic)),
      upTo: after + count,
    };
  }

  /** What was delivered already comes again after a crash or a gap. */
  #dropBefore(after: number): void {
    const first = this.#arrived.findIndex((message) => message.event.sequence > after);
    const old = this.#arrived.splice(0, first < 0 ? this.#arrived.length : first);
    for (const message of old) message.acknowledge();
  }

  async #readLog(after: number): Promise<Batch> {
    const { database, stream, topics, pollMs } = this.#options;
    const batch = await readBatch(database, { after, limit: batchSize, topics, span: batchSpan });
    this.#live = batch.upTo === after && stream.up;
    if (batch.upTo === after && !stream.up) await this.#signal.wait(Math.min(pollMs, 1000));
    return batch;
  }
}
