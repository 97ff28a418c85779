// Tests of the line: leases are exclusive, silence is noticed, listeners hear what is theirs.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { cloneTestDatabase } from '../../../test/kit/database.ts';
import { recordingLog, until } from '../../../test/kit/events.ts';
import { type Connection, connect } from '../database/index.ts';
import { Line, type LineConnection } from './line.ts';

let source: { url: string; drop(): Promise<void> };
let connection: Connection;
const log = recordingLog([]);

beforeEach(async () => {
  source = await cloneTestDatabase();
  connection = connect(source.url);
});

afterEach(async () => {
  await connection.close();
  await source.drop();
});

test('a lease has one holder among all lines, and is free again when it is released or its line stops', async () => {
  const [one, two] = [new Line({ pool: connection.pool, log }), new Line({ pool: connection.pool, log })];
  await one.start();
  await two.start();
  const lease = await one.tryLease('work');
  expect(lease?.held).toBe(true);
  expect(await two.tryLease('work')).toBeUndefined();
  expect((await two.tryLease('other work'))?.held).toBe(true);
  await lease!.release();
  expect(lease!.held).toBe(false);
  const taken = await two.tryLease('work');
  expect(taken?.held).toBe(true);
  await two.stop();
  expect(taken!.held).toBe(false);
  expect((await one.tryLease('work'))?.held).toBe(true);
  await one.stop();
  expect(await one.tryLease('work')).toBeUndefined();
});

test('a listener hears its channel only, until it ends', async () => {
  const line = new Line({ pool: connection.pool, log });
  await line.start();
  const heard: string[] = [];
  const end = await line.listen('news', (payload) => heard.push(payload));
  await line.listen('gossip', (payload) => heard.push(`gossip ${payload}`));
  const tell = (channel: string, payload: string) =>
    connection.pool.query('select pg_notify($1, $2)', [channel, payload]);
  await tell('weather', 'rain');
  await tell('news', 'one');
  await until(() => heard.length === 1);
  await end();
  await tell('news', 'two');
  await tell('gossip', 'three');
  await until(() => heard.length === 2);
  await line.stop();
  expect(heard).toEqual(['one', 'gossip three']);
});

test('a connection that answers no more is given up, its leases with it, and a new one is made', async () => {
  const made: { released: boolean }[] = [];
  const pool = {
    connect: async (): Promise<LineConnection> => {
      const own = { released: false };
      const isFirst = made.push(own) === 1;
      let asked = 0;
      return {
        // The first falls silent after it has granted a lease.
        query: (text) => {
          asked += 1;
          if (isFirst && asked > 3) return new Promise(() => {});
          return Promise.resolve({ rows: text.includes('lock') ? [{ ok: true }] : [] });
        },
        on: () => {},
        release: () => {
          own.released = true;
        },
      };
    },
  };
  const line = new Line({ pool, log, heartbeatMs: 20 });
  await line.start();
  let reconnected = 0;
  await line.listen(
    'news',
    () => {},
    () => {
      reconnected += 1;
    },
  );
  const lease = await line.tryLease('work');
  expect(lease?.held).toBe(true);
  await until(() => reconnected === 1);
  expect(lease!.held).toBe(false);
  expect(made.map((one) => one.released)).toEqual([true, false]);
  await line.stop();
});
