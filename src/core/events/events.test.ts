// Tests of events in one process: order, isolation of failures, replay.

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cloneTestDatabase } from '../../../test/kit/database.ts';
import { openProgram, type Program, until } from '../../../test/kit/events.ts';
import { inTransaction } from '../database/index.ts';
import type { Event, Subscription } from './index.ts';

let source: { url: string; drop(): Promise<void> };
let program: Program;

beforeEach(async () => {
  source = await cloneTestDatabase();
  program = await openProgram(source.url);
});

afterEach(async () => {
  await program.stop();
  await source.drop();
});

function recorder(name: string, handle: (event: Event) => Promise<void> = async () => {}) {
  const seen: Event[] = [];
  const subscription: Subscription = {
    name,
    topics: ['*'],
    handle: async (event) => {
      await handle(event);
      seen.push(event);
    },
  };
  return { seen, subscription };
}

const ofKey = (events: Event[], key: string) =>
  events.filter((event) => event.key === key).map((one) => one.payload);
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('writing', () => {
  test('events of a transaction that is rolled back never appear', async () => {
    const { seen, subscription } = recorder('all');
    await program.start(subscription);
    const attempt = program.database.transaction().execute(async (transaction) => {
      await program.events.emit(transaction, { topic: 'test.undone', key: 'a', payload: 1 });
      throw new Error('changed my mind');
    });
    await expect(attempt).rejects.toThrow('changed my mind');
    await program.emit({ topic: 'test.done', key: 'a', payload: 2 });
    await until(() => seen.length > 0);
    expect(seen.map((event) => event.topic)).toEqual(['test.done']);
    expect(seen[0]!.sequence).toBe(1);
  });

  test('a topic or key that nobody could subscribe to is refused', async () => {
    await expect(program.emit({ topic: 'Test Topic', key: 'a', payload: 1 })).rejects.toThrow('kebab-case');
    await expect(program.emit({ topic: 'test', key: '', payload: 1 })).rejects.toThrow('empty key');
  });

  test('writers of the same keys in opposite order do not block each other', async () => {
    const pair = (first: string, second: string) =>
      [first, second].map((key) => ({ topic: 'test.pair', key, payload: 1 }));
    const writes = numbers(40).map((n) => program.emit(...(n % 2 ? pair('a', 'b') : pair('b', 'a'))));
    await Promise.all(writes);
    await program.start();
    await until(async () => (await program.events.read({ after: 0, limit: 100 })).length === 80);
  });

  test('within a key, concurrent writers are numbered and delivered in the order of their commits', async () => {
    await program.database.schema
      .createTable('counter')
      .addColumn('key', 'text')
      .addColumn('n', 'integer')
      .execute();
    const { seen, subscription } = recorder('all');
    await program.start(subscription);
    let total = 0;
    const property = fc.asyncProperty(
      fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 25 }),
      async (keys) => {
        total += keys.length;
        await Promise.all(
          keys.map((key) => inTransaction(program.database, (transaction) => count(transaction, key))),
        );
        await until(() => seen.length === total);
      },
    );
    await fc.assert(property, { numRuns: 12 });
    for (const key of ['a', 'b', 'c']) {
      const delivered = ofKey(seen, key);
      expect(delivered).toEqual(numbers(delivered.length));
    }
    const read = await program.events.read({ after: 0, limit: 1000 });
    expect(read.map((event) => event.sequence)).toEqual(numbers(total));

    async function count(transaction: Parameters<typeof program.events.emit>[0], key: string) {
      // The count is read after the key's place is taken, so it grows in the order of commit.
      await program.events.emit(transaction, { topic: 'test.lock', key: `${key}-lock`, payload: 0 });
      total += 1;
      const { n } = await transaction
        .selectFrom('counter')
        .select((of) => of.fn.countAll<number>().as('n'))
        .where('key', '=', key)
        .executeTakeFirstOrThrow();
      await transaction
        .insertInto('counter')
        .values({ key, n: n + 1 })
        .execute();
      await program.events.emit(transaction, { topic: 'test.counted', key, payload: n + 1 });
    }
  });
});

describe('delivery', () => {
  test('a subscriber sees the topics it asked for and no others', async () => {
    const { seen, subscription } = recorder('some');
    await program.start({ ...subscription, topics: ['river.*', 'hill.fire'] });
    const topics = ['river.level', 'riverbank.level', 'hill.fire', 'hill.fire.out', 'river.level.high'];
    for (const topic of topics) await program.emit({ topic, key: 'a', payload: 1 });
    await until(() => seen.length === 3);
    expect(seen.map((event) => event.topic)).toEqual(['river.level', 'hill.fire', 'river.level.high']);
  });

  test('a subscriber goes on after a restart where it was, without a gap', async () => {
    const first = recorder('all');
    await program.start(first.subscription);
    await program.emit(...numbers(5).map((n) => ({ topic: 'test.n', key: 'a', payload: n })));
    await until(() => first.seen.length === 5);
    await program.stop();
    program = await openProgram(source.url);
    await program.emit({ topic: 'test.n', key: 'a', payload: 6 });
    const second = recorder('all');
    await program.start(second.subscription);
    await until(() => second.seen.length === 1);
    expect(second.seen[0]!.payload).toBe(6);
  });

  test('a new subscriber begins at the beginning, or now if it says so', async () => {
    await program.start();
    await program.emit({ topic: 'test.n', key: 'a', payload: 'old' });
    await until(async () => (await program.events.read({ after: 0, limit: 1 })).length === 1);
    await program.events.stop();
    const past = recorder('past');
    const present = recorder('present');
    await program.start(past.subscription, { ...present.subscription, from: 'now' });
    await program.emit({ topic: 'test.n', key: 'a', payload: 'new' });
    await until(() => past.seen.length === 2 && present.seen.length === 1);
    expect(present.seen[0]!.payload).toBe('new');
  });

  test('a key whose event fails waits in order while other keys go on', async () => {
    let broken = true;
    const { seen, subscription } = recorder('picky', async (event) => {
      if (broken && event.key === 'bad' && event.payload === 2) throw new Error('not today');
    });
    await program.start(subscription);
    for (const n of numbers(4)) {
      await program.emit(
        { topic: 'test.n', key: 'bad', payload: n },
        { topic: 'test.n', key: 'good', payload: n },
      );
    }
    await until(() => ofKey(seen, 'good').length === 4);
    expect(ofKey(seen, 'bad')).toEqual([1]);
    await until(async () => (await program.events.lag())[0]!.parked === 3);
    broken = false;
    await until(() => ofKey(seen, 'bad').length === 4);
    expect(ofKey(seen, 'bad')).toEqual([1, 2, 3, 4]);
    await until(async () => (await program.events.lag())[0]!.parked === 0);
    expect(await program.events.lag()).toEqual([{ subscriber: 'picky', pending: 0, parked: 0 }]);
  });

  test('events set aside are tried again after a restart, before later ones of their key', async () => {
    const broken = recorder('picky', async () => {
      throw new Error('down');
    });
    await program.start(broken.subscription);
    await program.emit(...numbers(3).map((n) => ({ topic: 'test.n', key: 'a', payload: n })));
    await until(async () => (await program.events.lag())[0]!.parked === 3);
    await program.stop();
    program = await openProgram(source.url);
    await program.emit({ topic: 'test.n', key: 'a', payload: 4 });
    const mended = recorder('picky');
    await program.start(mended.subscription);
    await until(() => mended.seen.length === 4);
    expect(ofKey(mended.seen, 'a')).toEqual([1, 2, 3, 4]);
  });

  test('a subscriber that hangs or throws delays no other, and its failure is logged without the payload', async () => {
    const hanging = recorder('hanging', () => new Promise(() => {}));
    const throwing = recorder('throwing', async (event) => {
      throw new Error(`cannot use ${String(event.payload)}`);
    });
    const healthy = recorder('healthy');
    await program.start(
      { ...hanging.subscription, timeoutSeconds: 0.05 },
      throwing.subscription,
      healthy.subscription,
    );
    await program.emit(
      ...numbers(30).map((n) => ({ topic: 'test.n', key: `k${n}`, payload: 'Chan Tai Man' })),
    );
    await until(() => healthy.seen.length === 30);
    await until(async () => (await program.events.lag()).every((lag) => lag.pending === 0));
    const lag = await program.events.lag();
    expect(lag.map((one) => [one.subscriber, one.parked])).toEqual([
      ['hanging', 30],
      ['healthy', 0],
      ['throwing', 30],
    ]);
    const codes = program.lines.filter((line) => line.message === 'event-parked');
    expect(codes.map((line) => (line.fields as { error: string }).error)).toContain('handler-timeout');
    expect(JSON.stringify(program.lines)).not.toContain('Chan Tai Man');
  });

  test('replay delivers again from a sequence number, to that subscriber only', async () => {
    const again = recorder('again');
    const other = recorder('other');
    await program.start(again.subscription, other.subscription);
    await program.emit(...numbers(5).map((n) => ({ topic: 'test.n', key: 'a', payload: n })));
    await until(() => again.seen.length === 5 && other.seen.length === 5);
    await program.events.replay('again', 3);
    await until(() => again.seen.length === 8);
    await program.emit({ topic: 'test.n', key: 'a', payload: 6 });
    await until(() => again.seen.length === 9 && other.seen.length === 6);
    expect(ofKey(again.seen, 'a')).toEqual([1, 2, 3, 4, 5, 3, 4, 5, 6]);
    await expect(program.events.replay('nobody', 1)).rejects.toThrow('nobody');
  });

  test('replay gives events that were set aside their turn again, without waiting for the next attempt', async () => {
    await program.stop();
    program = await openProgram(source.url, { retry: { firstMs: 3_600_000, longestMs: 3_600_000 } });
    let broken = true;
    const { seen, subscription } = recorder('picky', async (event) => {
      if (broken && event.payload === 2) throw new Error('not today');
    });
    await program.start(subscription);
    await program.emit(...numbers(3).map((n) => ({ topic: 'test.n', key: 'a', payload: n })));
    await until(async () => (await program.events.lag())[0]!.parked === 2);
    broken = false;
    await program.events.replay('picky', 2);
    await until(() => seen.length === 3);
    expect(ofKey(seen, 'a')).toEqual([1, 2, 3]);
    await until(async () => (await program.events.lag())[0]!.pending === 0);
    expect((await program.events.lag())[0]!.parked).toBe(0);
  });

  test('reading is bounded, by topic, from any sequence number', async () => {
    await program.start();
    for (const n of numbers(6))
      await program.emit({ topic: n % 2 ? 'odd.n' : 'even.n', key: 'a', payload: n });
    await until(async () => (await program.events.read({ after: 0, limit: 9 })).length === 6);
    const odd = await program.events.read({ after: 1, limit: 2, topics: ['odd.*'] });
    expect(odd.map((event) => event.sequence)).toEqual([3, 5]);
  });
});
