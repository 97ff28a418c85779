// Proves that readings of many callers are all answered, each caller alone, and none past the limit.

import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  type ObservationsHouse,
  openObservationsHouse,
  testNow,
} from '../../../../test/kit/observations-house.ts';
import { type Ingest, openIngest } from './index.ts';

let city: ObservationsHouse;
let id: number;
beforeEach(async () => {
  city = await openObservationsHouse();
  id = await city.addDatastream();
});
afterEach(() => city.close());

const reading = (second: number, datastreamId = id) => ({
  ...{ datastreamId, at: testNow + second * 1000, value: second },
});
const count = async () =>
  (await city.rows<{ n: number }>('select count(*) as n from observations.observation'))[0]!.n;

it('gathers single readings into few batches and answers each when it is committed', async () => {
  const way = openIngest(city.house, { waitMs: 20 });
  const pushed = Array.from({ length: 300 }, async (_, second) => {
    const [outcome] = await way.push([reading(second % 200)]);
    return outcome;
  });
  const outcomes = await Promise.all(pushed);
  expect(outcomes.filter((one) => one === 'stored')).toHaveLength(200);
  expect(outcomes.filter((one) => one === 'duplicate')).toHaveLength(100);
  expect(await count()).toBe(200);
  const [batches] = await city.rows<{ n: number }>('select count(*) as n from observations.batch');
  expect(batches!.n).toBeLessThan(20);
  expect(way.waiting).toBe(0);
});

it('answers too-many when it is full, and keeps all that it took', async () => {
  const way = openIngest(city.house, { queueLimit: 10, waitMs: 1 });
  const settled = await Promise.allSettled(
    Array.from({ length: 50 }, (_, second) => way.push([reading(second)])),
  );
  const kept = settled.filter(({ status }) => status === 'fulfilled');
  const refused = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  expect(kept).toHaveLength(10);
  expect(refused[0]).toMatchObject({
    kind: 'too-many',
    code: 'ingest-queue-full',
    headers: { 'Retry-After': '1' },
  });
  expect(await count()).toBe(10);
  expect(await way.push([reading(99)])).toEqual(['stored']);
});

it('lets nobody suffer for the faults of another', async () => {
  const way = openIngest(city.house, { waitMs: 20 });
  const [good, lost, broken] = await Promise.allSettled([
    way.push([reading(1)]),
    way.push([reading(2, id + 1000)]),
    way.push([{ ...reading(3), value: Number.NaN }]),
  ]);
  expect(good).toEqual({ status: 'fulfilled', value: ['stored'] });
  expect(lost).toMatchObject({ reason: { code: 'unknown-datastream' } });
  expect(broken).toMatchObject({ reason: { code: 'reading-refused' } });
});

it('finishes what it took before it closes, and takes no more', async () => {
  const way: Ingest = openIngest(city.house, { waitMs: 5000 });
  const pushed = way.push([reading(1)]);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await way.close();
  expect(await pushed).toEqual(['stored']);
  await expect(way.push([reading(2)])).rejects.toMatchObject({ code: 'ingest-queue-full' });
});
