// Tests of how stream and log are joined: whatever the stream does, each number comes once, in order.

import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneTestDatabase } from '../../../test/kit/database.ts';
import { type Connection, connect } from '../database/index.ts';
import type { Event } from './event.ts';
import { StreamFeed } from './nats-carrier.ts';

const count = 30;
let source: { url: string; drop(): Promise<void> };
let connection: Connection;

beforeAll(async () => {
  source = await cloneTestDatabase();
  connection = connect(source.url);
  await connection.pool.query(`insert into core.event (sequence, id, topic, key, payload, occurred_at)
    select n, gen_random_uuid(), 'test.n', 'a', to_jsonb(n), now() from generate_series(1, ${count}) as n`);
  await connection.pool.query(`update core.event_head set sequence = ${count}`);
});

afterAll(async () => {
  await connection.close();
  await source.drop();
});

const eventOf = (sequence: number): Event => ({
  sequence,
  id: '',
  topic: 'test.n',
  key: 'a',
  payload: sequence,
  occurredAt: new Date(0),
});

test('messages that are missing, repeated or out of turn are put right from the log', async () => {
  const arrivals = fc.array(fc.integer({ min: 1, max: count }), { maxLength: 60 });
  const property = fc.asyncProperty(
    arrivals,
    fc.array(fc.boolean(), { maxLength: 20 }),
    async (sequences, weather) => {
      const stream = { up: true };
      const feed = new StreamFeed({ database: connection.database, stream, topics: ['*'], pollMs: 1 });
      const acknowledged: number[] = [];
      const seen: number[] = [];
      let position = 0;
      for (let step = 0; position < count; step += 1) {
        stream.up = weather[step] ?? true;
        if (!stream.up) feed.down();
        for (const sequence of sequences.splice(0, 4)) {
          feed.receive({ event: eventOf(sequence), acknowledge: () => void acknowledged.push(sequence) });
        }
        const batch = await feed.next(position);
        seen.push(...batch.events.map((event) => event.sequence));
        position = batch.upTo;
        feed.settled(position);
      }
      expect(seen).toEqual(Array.from({ length: count }, (_, index) => index + 1));
      expect(acknowledged.every((sequence) => sequence <= position)).toBe(true);
    },
  );
  await fc.assert(property, { numRuns: 40 });
});

test('an unbroken run is taken from the stream without asking the log', async () => {
  const stream = { up: true };
  const feed = new StreamFeed({ database: connection.database, stream, topics: ['*'], pollMs: 1 });
  expect(await feed.next(count)).toEqual({ events: [], upTo: count });
  const acknowledged: number[] = [];
  for (const sequence of [count + 2, count + 1, count]) {
    feed.receive({ event: eventOf(sequence), acknowledge: () => void acknowledged.push(sequence) });
  }
  const batch = await feed.next(count);
  // These are not in the log at all.
  expect(batch.events.map((event) => event.sequence)).toEqual([count + 1, count + 2]);
  expect(acknowledged).toEqual([count]);
  feed.settled(count + 1);
  expect(acknowledged).toEqual([count, count + 1]);
});
