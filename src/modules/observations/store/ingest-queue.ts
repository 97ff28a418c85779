// Readings that come one by one, gathered into batches: each caller is answered when its own are committed.

import { LamppostError } from '../../../core/errors.ts';
import type { Outcome, Reading } from '../schema.ts';
import { ingest } from './ingest.ts';
import { checkReadings, type IngestHouse } from './ingest-columns.ts';

/** Gathers readings of many callers into few batches. */
export type Ingest = {
  /**
   * Keeps readings; committed when it resolves, with what became of each. Throws what `ingest` throws, and
   * too-many `ingest-queue-full`: then nothing of it was taken, and it may be sent again.
   */
  push(readings: readonly Reading[]): Promise<Outcome[]>;
  /** Readings taken and not yet committed. */
  readonly waiting: number;
  /** Resolves when all that was taken is answered; nothing more is taken. */
  close(): Promise<void>;
};

export type IngestOptions = {
  /** Readings written at once; default 5000. */
  batchSize?: number;
  /** How long the first of a batch waits for others, in milliseconds; default 4. */
  waitMs?: number;
  /** Readings that may wait; default 100 000. */
  queueLimit?: number;
  /** Batches written at the same time; default 2. */
  writers?: number;
};

const queueFull = () =>
  new LamppostError(
    'too-many',
    'ingest-queue-full',
    {
      en: 'More readings arrive than can be kept at the moment. Send these again in a second.',
      tc: '現時收到的讀數超出可處理的數量，請於一秒後再傳送。',
    },
    { headers: { 'Retry-After': '1' } },
  );

type Caller = {
  readings: readonly Reading[];
  resolve(outcomes: Outcome[]): void;
  reject(error: unknown): void;
};

class Queue implements Ingest {
  readonly #house: IngestHouse;
  readonly #options: Required<IngestOptions>;
  #callers: Caller[] = [];
  #queued = 0;
  #writing = 0;
  #writers = 0;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  #idle: (() => void)[] = [];

  constructor(house: IngestHouse, options: IngestOptions) {
    this.#house = house;
    this.#options = { batchSize: 5000, waitMs: 4, queueLimit: 100_000, writers: 2, ...options };
  }

  get waiting(): number {
    return this.#queued + this.#writing;
  }

  async push(readings: readonly Reading[]): Promise<Outcome[]> {
    if (readings.length === 0) return [];
    // Each caller's own faults are found before its readings meet those of others.
    this.#admit(readings.length);
    await checkReadings(this.#house, readings);
    this.#admit(readings.length);
    return new Promise((resolve, reject) => {
      this.#callers.push({ readings, resolve, reject });
      this.#queued += readings.length;
      this.#wake();
    });
  }

  #admit(count: number): void {
    const isFull = this.waiting > 0 && this.waiting + count > this.#options.queueLimit;
    if (this.#closed || isFull) throw queueFull();
  }

  #wake(): void {
    const { batchSize, waitMs, writers } = this.#options;
    if (this.#writers >= writers || this.#callers.length === 0) return;
    if (this.#queued >= batchSize || this.#closed) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      void this.#write();
    } else this.#timer ??= setTimeout(() => this.#ring(), waitMs);
  }

  #ring(): void {
    this.#timer = undefined;
    if (this.#writers < this.#options.writers && this.#callers.length > 0) void this.#write();
  }

  #take(): Caller[] {
    const { batchSize } = this.#options;
    let [count, callers] = [0, 0];
    for (const { readings } of this.#callers) {
      if (callers > 0 && count + readings.length > batchSize) break;
      count += readings.length;
      callers += 1;
    }
    this.#queued -= count;
    this.#writing += count;
    return this.#callers.splice(0, callers);
  }

  async #write(): Promise<void> {
    const callers = this.#take();
    this.#writers += 1;
    const all = callers.length === 1 ? callers[0]!.readings : callers.flatMap(({ readings }) => readings);
    try {
      await this.#answer(callers, all);
    } finally {
      this.#writers -= 1;
      this.#writing -= all.length;
      this.#wake();
      if (this.waiting === 0) for (const done of this.#idle.splice(0)) done();
    }
  }

  async #answer(callers: Caller[], all: readonly Reading[]): Promise<void> {
    try {
      const outcomes = await ingest(this.#house, all);
      let from = 0;
      for (const { readings, resolve } of callers) {
        resolve(callers.length === 1 ? outcomes : outcomes.slice(from, from + readings.length));
        from += readings.length;
      }
    } catch (error) {
      if (callers.length === 1 || !(error instanceof LamppostError)) {
        for (const { reject } of callers) reject(error);
        return;
      }
      // Somebody's datastream has gone meanwhile: nobody else suffers for it.
      for (const { readings, resolve, reject } of callers) {
        await ingest(this.#house, readings).then(resolve, reject);
      }
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#wake();
    if (this.waiting > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }
}

/** Opens a way in for readings that come in small numbers. Close it at the end. */
export const openIngest = (house: IngestHouse, options: IngestOptions = {}): Ingest =>
  new Queue(house, options);

const sharedOf = new WeakMap<object, Ingest>();

/** The one way in of this process for a house: all protocols and routes share its batches. */
export function sharedIngest(house: IngestHouse): Ingest {
  let shared = sharedOf.get(house.database);
  if (shared === undefined) {
    shared = openIngest(house);
    sharedOf.set(house.database, shared);
  }
  return shared;
}
