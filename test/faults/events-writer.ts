// The program that the fault test kills: it writes events, records their deliveries, and says what was
// committed.

import { setTimeout as sleep } from 'node:timers/promises';
import { connect, inTransaction, migrate, sql, startEmbedded } from '../../src/core/database/index.ts';
import { createEvents, Line } from '../../src/core/events/index.ts';
import type { House } from '../../src/core/house.ts';
import { openLog } from '../../src/core/log.ts';

const [folder = '', task = 'write'] = process.argv.slice(2);
const keys = ['a', 'b', 'c', 'd', 'e'];
const say = (...words: unknown[]) => void process.stdout.write(`${words.join(' ')}\n`);

const log = openLog({ level: 'warn', plain: true, write: (line) => void process.stderr.write(`${line}\n`) });
const embedded = await startEmbedded({ folder, log });
const { database, pool, close } = connect(embedded.url);
await migrate(database, []);
await sql`create table if not exists public.counter (key text primary key, n integer not null)`.execute(
  database,
);
await sql`create table if not exists public.delivery
  (id bigint generated always as identity, key text, n integer, sequence bigint)`.execute(database);

const line = new Line({ pool, log });
await line.start();
const events = createEvents({ database, line, log, pollMs: 200 });
const record = {
  name: 'record',
  topics: ['*'],
  handle: async ({ key, payload, sequence }: { key: string; payload: unknown; sequence: number }) => {
    await sql`insert into public.delivery (key, n, sequence)
      values (${key}, ${payload}, ${sequence})`.execute(database);
  },
};
await events.start([record], { log } as House);

/** One event in a business transaction that counts them for each key. */
async function writeOne(key: string): Promise<void> {
  const n = await inTransaction(database, async (transaction) => {
    const { rows } = await sql<{ n: number }>`insert into public.counter as old (key, n) values (${key}, 1)
      on conflict (key) do update set n = old.n + 1 returning n`.execute(transaction);
    await events.emit(transaction, { topic: 'test.counted', key, payload: rows[0]!.n });
    return rows[0]!.n;
  });
  say('committed', key, n);
}

async function writeForEver(writer: number): Promise<void> {
  for (let turn = writer; ; turn += 1) {
    await writeOne(keys[turn % keys.length]!).catch(() => sleep(20));
  }
}

async function settle(): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ n: number }>`select count(*) as n from core.outbox`.execute(database);
    const lag = await events.lag();
    if (rows[0]!.n === 0 && lag.every((one) => one.pending === 0 && one.parked === 0)) break;
    await sleep(50);
  }
  const logged = await sql`select key, payload as n, sequence from core.event order by sequence`.execute(
    database,
  );
  const delivered = await sql`select key, n, sequence from public.delivery order by id`.execute(database);
  say('result', JSON.stringify({ logged: logged.rows, delivered: delivered.rows }));
  await end();
}

async function end(): Promise<void> {
  await events.stop();
  await line.stop();
  await close();
  await embedded.stop();
}

say('ready', embedded.pid());
if (task === 'settle') await settle();
else if (task === 'end') await end();
else await Promise.all([0, 1, 2, 3].map(writeForEver));
