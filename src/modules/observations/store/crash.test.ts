// Proves that sudden deaths lose nothing acknowledged and count nothing twice, with one writer or two.

import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../../../../test/kit/events.ts';
import {
  type ObservationsHouse,
  openObservationsHouse,
  testNow,
} from '../../../../test/kit/observations-house.ts';
import { sql } from '../../../core/database/index.ts';
import { findLatest, foldBatches, ingest, readRollups } from './index.ts';

const program = new URL('../../../../test/kit/observations-writer.ts', import.meta.url).pathname;

let city: ObservationsHouse;
let id: number;
let children: ChildProcess[] = [];
beforeEach(async () => {
  city = await openObservationsHouse();
  id = await city.addDatastream();
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  children = [];
  await city.close();
});

type Writer = { child: ChildProcess; ended: Promise<unknown>; kept: number[] };

function startWriter(writer: number, folds: boolean): Writer {
  const words = [city.url, String(id), String(writer), ...(folds ? ['folds'] : [])];
  const child = spawn(process.execPath, ['--import', 'tsx', program, ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const kept: number[] = [];
  const lines = createInterface({ input: child.stdout! });
  lines.on('line', (line) => kept.push(Number(line.slice('kept '.length))));
  return { child, ended: new Promise((resolve) => lines.once('close', resolve)), kept };
}

async function liveAndDie(writers: Writer[]): Promise<number[]> {
  await until(() => writers.every(({ kept }) => kept.length > 60));
  for (const { child } of writers) child.kill('SIGKILL');
  await Promise.all(writers.map(({ ended }) => ended));
  return writers.flatMap(({ kept }) => kept);
}

/** What the roll-ups and the latest say of all there is must be what there is. */
async function expectFoldedOnce(): Promise<void> {
  const [all] = await city.rows<{ n: number; sum: number }>(
    'select count(*) as n, sum(value) as sum from observations.observation',
  );
  const wide = { from: new Date(0), to: new Date(Date.UTC(2100, 0)) };
  for (const step of [60, 3600, 86400] as const) {
    const buckets = await readRollups(city.house.database, { datastreamId: id, step, ...wide });
    const total = buckets.reduce((so, { count, sum }) => ({ n: so.n + count, sum: so.sum + sum }), {
      n: 0,
      sum: 0,
    });
    expect(total).toEqual(all);
  }
  expect(await findLatest(city.house.database, id)).toMatchObject({ count: all!.n });
}

const sequences = async () =>
  (await city.rows<{ sequence: number }>('select sequence from observations.batch order by 1')).map(
    ({ sequence }) => sequence,
  );

describe('a process that is killed', () => {
  it('has lost nothing that it acknowledged, and what it folded counts once', async () => {
    const kept: number[] = [];
    for (let life = 0; life < 4; life += 1) kept.push(...(await liveAndDie([startWriter(life, true)])));
    const stored = await city.rows<{ value: number }>('select value from observations.observation');
    const there = new Set(stored.map(({ value }) => value));
    expect(kept.filter((value) => !there.has(value))).toEqual([]);
    await city.fold();
    await expectFoldedOnce();
  }, 120_000);

  it('leaves no gap in the sequence, nor does another that writes beside it', async () => {
    const kept = await liveAndDie([startWriter(0, true), startWriter(1, true)]);
    const found = await sequences();
    expect(found).toEqual(found.map((_, index) => index + 1));
    const [head] = await city.rows<{ sequence: number }>('select sequence from observations.batch_head');
    expect(head!.sequence).toBe(found.length);
    await city.fold();
    expect((await findLatest(city.house.database, id))!.count).toBeGreaterThanOrEqual(kept.length);
    await expectFoldedOnce();
  }, 120_000);
});

describe('a fold', () => {
  it('whose connection breaks before it commits has done nothing, and is done once after', async () => {
    await ingest(city.house, [{ datastreamId: id, at: testNow, value: 3 }]);
    await city.rows(`create function pg_temp_break() returns trigger language plpgsql as
      'begin perform pg_terminate_backend(pg_backend_pid()); return new; end'`);
    await city.rows(`create trigger break before update on observations.position
      for each row execute function pg_temp_break()`);
    const { house } = city.another();
    await expect(foldBatches(house)).rejects.toThrow();
    await city.rows('drop trigger break on observations.position');
    expect(await findLatest(city.house.database, id)).toBeUndefined();
    expect(await city.fold()).toBe(1);
    await expectFoldedOnce();
  });

  it('is done once when several processes fold at the same time', async () => {
    for (let turn = 0; turn < 20; turn += 1) {
      await ingest(city.house, [{ datastreamId: id, at: testNow + turn, value: turn }]);
    }
    const houses = Array.from({ length: 4 }, () => city.another().house);
    await Promise.all(houses.map((house) => foldBatches(house, 5)));
    await city.fold(3);
    await expectFoldedOnce();
  });

  it('passes over a datastream that was removed', async () => {
    const other = await city.addDatastream();
    await ingest(
      city.house,
      [id, other].map((datastreamId) => ({ datastreamId, at: testNow, value: 1 })),
    );
    await sql`delete from observations.datastream where id = ${other}`.execute(city.house.database);
    await city.fold();
    expect(await city.rows('select datastream_id as id from observations.latest')).toEqual([{ id }]);
  });
});
