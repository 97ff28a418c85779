// Delivery: one tenure of one subscriber in this process, from taking over its position until it loses it.

import type { Database } from '../database/index.ts';
import type { House } from '../house.ts';
import type { Log } from '../log.ts';
import type { Feed } from './carrier.ts';
import { errorCode } from './error-code.ts';
import type { Event, Subscription } from './event.ts';
import { Lanes } from './lanes.ts';
import {
  findParked,
  listParkedKeys,
  type Position,
  park,
  removeParked,
  saveCursor,
  saveFailure,
  type Tenure,
  takeSubscription,
} from './subscription-store.ts';

/** Pauses between attempts: `firstMs`, doubled each time, at most `longestMs`. */
export type Retry = { firstMs: number; longestMs: number };

export type DeliveryOptions = {
  subscription: Subscription;
  house: House;
  database: Database;
  log: Log;
  feed: Feed;
  retry: Retry;
  timeoutSeconds: number;
};

/** Events begun and not finished, at most; a crash delivers about as many again. */
const mostPending = 1000;

class TimeoutError extends Error {
  override readonly name = 'handler-timeout';
}

/** What is due of a key set aside: when its first event is tried again, and whether that is happening now. */
type Parked = { dueAt: number; busy: boolean };

export class Delivery {
  readonly #options: DeliveryOptions;
  readonly #name: string;
  readonly #lanes: Lanes;
  // Of its own, so that events which hang again and again leave the others their places.
  readonly #retryLanes: Lanes;
  readonly #pending = new Set<number>();
  readonly #parked = new Map<string, Parked>();
  #bookkeeping: Promise<unknown> = Promise.resolve();
  #position: Position = { cursor: 0, epoch: 0 };
  #read = 0;
  #failure: unknown;
  #over = false;

  constructor(options: DeliveryOptions) {
    this.#options = options;
    this.#name = options.subscription.name;
    this.#lanes = new Lanes(options.subscription.concurrency ?? 8);
    this.#retryLanes = new Lanes(4);
  }

  get #tenure(): Tenure {
    return { name: this.#name, epoch: this.#position.epoch };
  }

  /** Runs until `owned()` is false or the position was taken away; throws what the database throws. */
  async run(owned: () => boolean): Promise<void> {
    const { database, feed } = this.#options;
    this.#position = await takeSubscription(database, this.#name);
    this.#read = this.#position.cursor;
    for (const { key, delayMs } of await listParkedKeys(database, this.#name)) {
      this.#parked.set(key, { dueAt: Date.now() + delayMs, busy: false });
    }
    try {
      while (owned() && !this.#over) {
        const batch = await feed.next(this.#read);
        if (!owned() || this.#over) break;
        for (const event of batch.events) this.#deliver(event);
        this.#read = batch.upTo;
        this.#retryDue();
        await this.#save();
        while (this.#pending.size >= mostPending && owned() && !this.#over) {
          await Promise.race([this.#lanes.drained(), new Promise((resolve) => setTimeout(resolve, 50))]);
          await this.#save();
        }
      }
    } finally {
      await this.#end();
    }
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Ends the tenure after the events that are being handled now. */
  end(): void {
    this.#over = true;
    this.#options.feed.wake();
  }

  async #end(): Promise<void> {
    this.#over = true;
    await Promise.all([this.#lanes.drained(), this.#retryLanes.drained()]);
    await this.#save().catch((error: unknown) => {
      this.#failure ??= error;
    });
  }

  #deliver(event: Event): void {
    this.#pending.add(event.sequence);
    void this.#lanes.run(event.key, async () => {
      if (this.#over) return;
      try {
        await this.#handleOrPark(event);
        this.#pending.delete(event.sequence);
        // The loop may be waiting for news: let it store how far this came.
        if (this.#pending.size === 0) this.#options.feed.wake();
      } catch (error) {
        this.#failure ??= error;
        this.end();
      }
    });
  }

  async #handleOrPark(event: Event): Promise<void> {
    if (await this.#parkBehind(event)) return;
    const code = await this.#attempt(event);
    if (code === undefined) return;
    if (!(await this.#park(event))) return;
    this.#parked.set(event.key, { dueAt: 0, busy: true });
    await this.#postpone(event, 1, code);
  }

  /** True when the key is set aside: the event then waits behind the others of its key. */
  #parkBehind(event: Event): Promise<boolean> {
    return this.#alone(async () => {
      if (!this.#parked.has(event.key)) return false;
      await this.#park(event);
      return true;
    });
  }

  /** False when another process has taken over: the event is theirs, and this tenure ends. */
  async #park(event: Event): Promise<boolean> {
    const owned = await park(this.#options.database, this.#tenure, event);
    if (!owned) this.end();
    return owned;
  }

  #retryDue(): void {
    const now = Date.now();
    for (const [key, parked] of this.#parked) {
      if (parked.busy || parked.dueAt > now) continue;
      parked.busy = true;
      void this.#retryLanes.run(key, () =>
        this.#retryKey(key).catch((error: unknown) => {
          this.#failure ??= error;
          this.end();
        }),
      );
    }
  }

  async #retryKey(key: string): Promise<void> {
    const { database } = this.#options;
    while (!this.#over) {
      // Looking and forgetting go together: an event set aside in between would be overtaken by the next of
      // its key.
      const next = await this.#alone(async () => {
        const found = await findParked(database, this.#name, key);
        if (!found) this.#parked.delete(key);
        return found;
      });
      if (!next) return;
      const code = await this.#attempt(next.event);
      if (code !== undefined) return this.#postpone(next.event, next.attempts + 1, code);
      await removeParked(database, this.#tenure, next.event);
    }
  }

  async #postpone(event: Event, attempts: number, code: string): Promise<void> {
    const { firstMs, longestMs } = this.#options.retry;
    const delayMs = Math.min(longestMs, firstMs * 2 ** Math.min(attempts - 1, 30));
    await saveFailure(this.#options.database, this.#tenure, { ...event, attempts, delayMs, code });
    this.#parked.set(event.key, { dueAt: Date.now() + delayMs, busy: false });
    const { sequence, topic } = event;
    this.#options.log.warn('event-parked', {
      subscriber: this.#name,
      topic,
      sequence,
      attempts,
      error: code,
    });
  }

  /** The code of what went wrong, if anything did. */
  async #attempt(event: Event): Promise<string | undefined> {
    const { subscription, house, timeoutSeconds } = this.#options;
    let timer: NodeJS.Timeout | undefined;
    try {
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(
          () => reject(new TimeoutError()),
          (subscription.timeoutSeconds ?? timeoutSeconds) * 1000,
        );
      });
      await Promise.race([subscription.handle(event, house), late]);
      return undefined;
    } catch (error) {
      return error instanceof TimeoutError ? error.name : errorCode(error);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Moves the stored cursor to just before the first event that is not finished. */
  async #save(): Promise<void> {
    const [first] = this.#pending;
    const cursor = first === undefined ? this.#read : first - 1;
    if (cursor === this.#position.cursor) return;
    this.#position = { ...this.#position, cursor };
    if (await saveCursor(this.#options.database, this.#name, this.#position))
      this.#options.feed.settled(cursor);
    else this.end();
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#bookkeeping.then(work);
    this.#bookkeeping = result.catch(() => undefined);
    return result;
  }
}
