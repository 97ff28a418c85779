// Readings committed a second in batches of 5,000, beside COPY into a table of the same shape.

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
// @ts-expect-error the package has no types, and what is used of it is one function
import { from as copyFrom } from 'pg-copy-streams';
import { systemClock } from '../../src/core/clock.ts';
import { type Connection, connect, migrate, sql } from '../../src/core/database/index.ts';
import type { House } from '../../src/core/house.ts';
import type { Reading } from '../../src/modules/observations/schema.ts';
import { foldBatches, ingest, readRollups } from '../../src/modules/observations/store/index.ts';
import { inWords, median, type Row, type Table } from '../figures.ts';
import type { Setting } from '../setting.ts';

const datastreams = 1200;
const inBatch = 5000;
const columns = '(datastream_id, at, value, received_at, flags, feature_id)';
const migrations = new URL('../../src/modules/observations/migrations', import.meta.url).pathname;

/** Each datastream says something every second, one after the other. */
function makeBatches(ids: readonly number[], first: number, batches: number): Reading[][] {
  const start = Date.UTC(2026, 10, 1);
  return Array.from({ length: batches }, (_, batch) =>
    Array.from({ length: inBatch }, (_one, index) => {
      const number = (first + batch) * inBatch + index;
      const at = start + Math.floor(number / datastreams) * 1000 + (number % 977);
      return { datastreamId: ids[number % datastreams]!, at, value: (number % 1013) / 10 };
    }),
  );
}

async function copy({ pool }: Connection, batch: Reading[]): Promise<void> {
  const received = new Date().toISOString();
  const lines = batch.map(({ datastreamId, at, value }) => {
    return `${datastreamId}\t${new Date(at).toISOString()}\t${value}\t${received}\t0\t1\n`;
  });
  const client = await pool.connect();
  try {
    await pipeline(
      Readable.from([lines.join('')]),
      client.query(copyFrom(`copy bench_history ${columns} from stdin`)),
    );
  } finally {
    client.release();
  }
}

/** Two batches are on their way at any time. */
async function perSecond(
  batches: Reading[][],
  write: (batch: Reading[]) => Promise<unknown>,
): Promise<number> {
  let next = 0;
  const started = performance.now();
  const writer = async () => {
    while (next < batches.length) {
      next += 1;
      await write(batches[next - 1]!);
    }
  };
  await Promise.all([writer(), writer()]);
  return (batches.length * inBatch) / ((performance.now() - started) / 1000);
}

async function prepare({ database }: Connection): Promise<number[]> {
  await migrate(database, [{ module: 'observations', folder: migrations }]);
  await sql`create table bench_history (like observations.observation including all)
    partition by range (at)`.execute(database);
  await sql`create table bench_history_month partition of bench_history
    for values from ('2026-11-01Z') to ('2026-12-01Z')`.execute(database);
  await sql`with thing as (
      insert into observations.thing (name, description) values ('Mast', '') returning id
    ), sensor as (
      insert into observations.sensor (name, description, encoding_type, metadata)
      values ('Thermometer', '', '', '""') returning id
    ), place as (
      insert into observations.feature (name, description, encoding_type, feature)
      values ('Here', '', '', '{}') returning id
    )
    insert into observations.datastream (name, description, observation_type, unit, thing_id, sensor_id,
      feature_id, source_kind, valid_from, valid_to, cadence_seconds)
    select 'd', '', '', '{}', thing.id, sensor.id, place.id, 'simulated', -50, 150, 1
    from thing, sensor, place, generate_series(1, ${datastreams})`.execute(database);
  const { rows } = await sql<{ id: number }>`select id from observations.datastream order by id`.execute(
    database,
  );
  return rows.map(({ id }) => id);
}

async function foldAll(house: House): Promise<number> {
  const started = performance.now();
  let all = 0;
  for (let more = true; more; ) {
    const done = await foldBatches(house);
    all += done.readings;
    more = done.more;
  }
  return all / ((performance.now() - started) / 1000);
}

async function hourlyMs({ database }: Connection, datastreamId: number): Promise<number> {
  await sql`insert into observations.rollup (step, datastream_id, bucket, count, sum, min, max, last, last_at)
    select 3600, ${datastreamId}, hour, 60, 60, 1, 1, 1, hour
    from generate_series('2026-09-01Z'::timestamptz, '2026-10-15Z', '1 hour') as hour`.execute(database);
  const asked = { from: new Date('2026-09-02Z'), to: new Date('2026-10-02Z') };
  const times: number[] = [];
  for (let turn = 0; turn < 30; turn += 1) {
    const started = performance.now();
    await readRollups(database, { datastreamId, step: 3600, ...asked });
    times.push(performance.now() - started);
  }
  return median(times);
}

/** Measures ingest and COPY in turn, then the fold of all that was ingested. */
export async function measureIngest({ databaseUrl, quick }: Setting): Promise<Table> {
  const connection = connect(await freshDatabase(databaseUrl));
  const { database } = connection;
  const house = {
    ...{ database, clock: systemClock, revisions: { of: () => 0 } },
    edition: { timeZone: 'Asia/Hong_Kong' },
  } as unknown as House;
  const [ours, peer]: [number[], number[]] = [[], []];
  try {
    const ids = await prepare(connection);
    const batches = quick ? 4 : 60;
    for (let round = 0; round < (quick ? 1 : 5); round += 1) {
      const some = makeBatches(ids, round * batches, batches);
      peer.push(await perSecond(some, (batch) => copy(connection, batch)));
      ours.push(await perSecond(some, (batch) => ingest(house, batch)));
    }
    const folded = await foldAll(house);
    const ms = await hourlyMs(connection, ids[0]!);
    const ratio = median(ours.map((rate, index) => rate / peer[index]!));
    const rows: Row[] = [
      { cells: ['raw COPY, readings/s', inWords(median(peer)), ''] },
      {
        cells: ['ingested and committed, readings/s', inWords(median(ours)), ratio.toFixed(2)],
        met: ratio >= 0.5,
      },
      { cells: ['folded, readings/s', inWords(folded), ''], met: folded > 20_000 },
      { cells: ['30 days by the hour of one series, ms', inWords(ms), ''], met: ms < 20 },
    ];
    return {
      title: 'Readings: batches of 5,000 from 1,200 datastreams',
      columns: ['what', 'median', 'ratio'],
      rows,
    };
  } finally {
    await connection.close();
  }
}

async function freshDatabase(url: string): Promise<string> {
  const connection = connect(url);
  await sql`create database bench_readings`.execute(connection.database);
  await connection.close();
  return url.replace(/^(\w+:\/\/[^/]*)\/[^?]*/, '$1/bench_readings');
}
