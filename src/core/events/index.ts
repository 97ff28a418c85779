// The door of events: durable, delivered at least once, in order per key, replayable from a sequence number.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Database, Transaction } from '../database/index.ts';
import type { House } from '../house.ts';
import type { Log } from '../log.ts';
import { type Carrier, databaseCarrier } from './carrier.ts';
import { Delivery, type Retry } from './delivery.ts';
import {
  checkEvent,
  checkSubscription,
  type Event,
  type Lag,
  type NewEvent,
  type Subscription,
} from './event.ts';
import type { Line } from './line.ts';
import { natsCarrier } from './nats-carrier.ts';
import { ownedLoop } from './owned-loop.ts';
import { startSequencer } from './sequencer.ts';
import { readBatch, writeOutbox } from './store.ts';
import { createSubscription, listLag, replayChannel, rewind } from './subscription-store.ts';

export type { Retry } from './delivery.ts';
export type { Event, Lag, NewEvent, Subscription } from './event.ts';
export { type Lease, Line, type LinePool } from './line.ts';
export { ownedLoop } from './owned-loop.ts';

/** Writing, reading and delivering events. */
export type Events = {
  /** Writes within the business transaction; nothing happens if that is rolled back. */
  emit(transaction: Transaction, event: NewEvent | NewEvent[]): Promise<void>;
  /** Up to `limit` (at most 1000) numbered events after a sequence number. */
  read(from: { after: number; limit: number; topics?: string[] }): Promise<Event[]>;
  /** Begins to number events (if this process is to) and to deliver them to these subscribers. */
  start(subscriptions: Subscription[], house: House): Promise<void>;
  /**
   * Ends delivery after the handlers that run now, at most 10 s; what is left is delivered after the next
   * start.
   */
  stop(): Promise<void>;
  /** Delivers everything from `fromSequence` again. Throws for a subscriber that is not known. */
  replay(subscriberName: string, fromSequence: number): Promise<void>;
  lag(): Promise<Lag[]>;
};

/** What events need. */
export type EventsOptions = {
  database: Database;
  /** The process's own connection; started and stopped by whoever made it. */
  line: Line;
  log: Log;
  /** Whether this process may number events (role `jobs`); default true. At any time one process does. */
  sequencer?: boolean;
  /** Carries events between processes over NATS JetStream; without it they are read from the database. */
  natsUrl?: string;
  /** After this a handler counts as failed; default 60. */
  handlerTimeoutSeconds?: number;
  /** Pauses between attempts of a failed event; default 1 s, doubled up to 5 min. */
  retry?: Retry;
  /** How long a missed notification can go unnoticed; default 1000. */
  pollMs?: number;
};

const stopMs = 10_000;

type Stoppable = { stop(): Promise<void> };

/** Events over PostgreSQL, and over NATS JetStream as well when `natsUrl` is given. */
export function createEvents(options: EventsOptions): Events {
  const { database, line, log, natsUrl, pollMs = 1000 } = options;
  const sequencer = options.sequencer ?? true;
  const running: Stoppable[] = [];
  const carrier = natsUrl
    ? natsCarrier({ database, line, log, pollMs, url: natsUrl, publisher: sequencer })
    : databaseCarrier({ database, line, pollMs });
  return {
    emit: async (transaction, event) => {
      const events = Array.isArray(event) ? event : [event];
      for (const one of events) checkEvent(one);
      if (events.length > 0) await writeOutbox(transaction, events);
    },
    read: async ({ after, limit, topics }) => {
      const { events } = await readBatch(database, { after, limit: Math.min(limit, 1000), topics });
      return events;
    },
    start: async (subscriptions, house) => {
      for (const subscription of subscriptions) {
        checkSubscription(subscription);
        await createSubscription(database, subscription);
      }
      await carrier.start();
      running.push(carrier);
      if (sequencer) running.unshift(await startSequencer({ database, line, log, pollMs }));
      for (const subscription of subscriptions) {
        running.unshift(await startSubscriber(subscription, house, { ...options, carrier }));
      }
    },
    stop: async () => {
      // Subscribers first: they still need their carrier to settle what they have done.
      const carriers = running.filter((one) => one === carrier);
      const others = running.filter((one) => one !== carrier).map((one) => one.stop());
      await Promise.race([Promise.all(others), sleep(stopMs, undefined, { ref: false })]);
      await Promise.all(carriers.map((one) => one.stop()));
      running.length = 0;
    },
    replay: async (name, fromSequence) => {
      if (await rewind(database, name, fromSequence)) return;
      throw new Error(`no event subscriber is called ${name}`);
    },
    lag: () => listLag(database),
  };
}

async function startSubscriber(
  subscription: Subscription,
  house: House,
  options: EventsOptions & { carrier: Carrier },
): Promise<Stoppable> {
  const { database, line, log, carrier, pollMs = 1000 } = options;
  const { name } = subscription;
  let current: Delivery | undefined;
  const unlisten = await line.listen(replayChannel, (rewound) => {
    if (rewound === name) current?.end();
  });
  const loop = ownedLoop({ name: `subscriber:${name}`, line, log, retryMs: pollMs }, async (owned) => {
    const feed = await carrier.open(subscription);
    const timeoutSeconds = options.handlerTimeoutSeconds ?? 60;
    const retry = options.retry ?? { firstMs: 1000, longestMs: 300_000 };
    try {
      current = new Delivery({ subscription, house, database, log, feed, retry, timeoutSeconds });
      await current.run(owned);
    } finally {
      current = undefined;
      await feed.close();
    }
  });
  return {
    stop: async () => {
      const ended = loop.stop();
      current?.end();
      await ended;
      await unlisten();
    },
  };
}
