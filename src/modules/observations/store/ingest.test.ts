// Proves on a real PostgreSQL what becomes of readings: new, again, corrected, late, from wrong clocks.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type ObservationsHouse,
  openObservationsHouse,
  testNow,
} from '../../../../test/kit/observations-house.ts';
import { flag, type Reading } from '../schema.ts';
import { findLatest, foldBatches, ingest, openPosition, readBatches, readRollups } from './index.ts';

let city: ObservationsHouse;
let id: number;
beforeEach(async () => {
  city = await openObservationsHouse();
  id = await city.addDatastream({ cadenceSeconds: 60, validFrom: -20, validTo: 60 });
});
afterEach(() => city.close());

const minute = 60_000;
const at = (minutes: number) => testNow + minutes * minute;
const reading = (minutes: number, value: number, more: Partial<Reading> = {}): Reading => ({
  ...{ datastreamId: id, at: at(minutes), value },
  ...more,
});
type Kept = { at: Date; revision: number; value: number | null; flags: number };
const history = () =>
  city.rows<Kept>('select at, revision, value, flags from observations.observation order by at, revision');
const latest = () => findLatest(city.house.database, id);
const hours = () =>
  readRollups(city.house.database, {
    ...{ datastreamId: id, step: 3600 },
    ...{ from: new Date(at(-100_000)), to: new Date(at(100_000)) },
  });

describe('the same reading again', () => {
  it('is a duplicate, in the same batch and in a later one, and nothing is kept of it', async () => {
    expect(await ingest(city.house, [reading(-1, 20), reading(-1, 20), reading(0, 21)])).toEqual([
      ...['stored', 'duplicate', 'stored'],
    ]);
    expect(await ingest(city.house, [reading(-1, 20), reading(0, 21)])).toEqual(['duplicate', 'duplicate']);
    expect(await history()).toMatchObject([{ value: 20 }, { value: 21 }]);
    expect(await city.fold()).toBe(2);
    expect(await latest()).toMatchObject({ count: 2, value: 21 });
  });

  it('does not number an empty batch', async () => {
    await ingest(city.house, [reading(0, 20)]);
    for (let turn = 0; turn < 10; turn += 1) await ingest(city.house, [reading(0, 20)]);
    await ingest(city.house, [reading(1, 20)]);
    expect(await city.rows('select sequence from observations.batch order by 1')).toEqual([
      { sequence: 1 },
      { sequence: 2 },
    ]);
  });

  it('is recognised among new ones when a batch is sent again in part', async () => {
    const first = Array.from({ length: 50 }, (_, index) => reading(index - 50, index));
    const second = Array.from({ length: 50 }, (_, index) => reading(index - 25, index + 25));
    await ingest(city.house, first);
    const outcomes = await ingest(city.house, second);
    expect(outcomes.filter((one) => one === 'duplicate')).toHaveLength(25);
    expect(outcomes.slice(0, 25).every((one) => one === 'duplicate')).toBe(true);
    await city.fold();
    expect(await latest()).toMatchObject({ count: 75 });
  });
});

describe('another value for the same time', () => {
  it('is a revision that counts, and the former one stays, marked', async () => {
    await ingest(city.house, [reading(-1, 20), reading(0, 30)]);
    await city.fold();
    expect(await ingest(city.house, [reading(0, 25)])).toEqual(['revised']);
    await city.fold();
    expect(await history()).toMatchObject([
      { value: 20, revision: 0, flags: 0 },
      { value: 30, revision: 0, flags: flag.superseded },
      { value: 25, revision: 1, flags: 0 },
    ]);
    expect(await latest()).toMatchObject({ value: 25, revision: 1, count: 2 });
    expect((await hours()).map(({ count, max, last }) => ({ count, max, last }))).toEqual([
      { count: 1, max: 20, last: 20 },
      { count: 1, max: 25, last: 25 },
    ]);
  });

  it('leads to the same end when both are sent again', async () => {
    const both = [reading(0, 30), reading(0, 25)];
    expect(await ingest(city.house, both)).toEqual(['stored', 'revised']);
    const before = await history();
    expect(await ingest(city.house, both)).toEqual(['duplicate', 'duplicate']);
    expect(await history()).toEqual(before);
  });

  it('is compared as JSON where the result is no number', async () => {
    const open = { ...reading(0, 0), value: undefined, result: { door: 'open', since: 3 } };
    const same = { ...open, result: { since: 3, door: 'open' } };
    const shut = { ...open, result: { door: 'shut', since: 4 } };
    expect(await ingest(city.house, [open])).toEqual(['stored']);
    expect(await ingest(city.house, [same, shut, reading(0, 3)])).toEqual([
      'duplicate',
      'revised',
      'revised',
    ]);
    await city.fold();
    expect(await latest()).toMatchObject({ value: 3, revision: 2, count: 1 });
  });
});

describe('a late reading', () => {
  it('is kept, marked when older than two cadences, rolled up, and never the latest', async () => {
    await ingest(city.house, [reading(0, 20)]);
    await ingest(city.house, [reading(-2, 18), reading(-3, 17)]);
    await city.fold();
    expect(await history()).toMatchObject([
      { value: 17, flags: flag.late },
      { value: 18, flags: 0 },
      { value: 20, flags: 0 },
    ]);
    expect(await latest()).toMatchObject({ value: 20, count: 3, firstAt: new Date(at(-3)) });
    expect((await hours())[0]).toMatchObject({ count: 2, sum: 35 });
    const marked = (await readBatches(city.house.database, { after: 1, limit: 10 })).flatMap(
      ({ stored }) => stored,
    );
    expect(marked.map(({ flags }) => flags)).toEqual([0, flag.late]);
  });

  it('is marked alike however many batches are folded at once', async () => {
    for (const minutes of [0, -5, 3, -1, 0.5]) await ingest(city.house, [reading(minutes, minutes)]);
    while ((await foldBatches(city.house, 1)).more);
    expect((await history()).map(({ value, flags }) => [value, flags])).toEqual([
      ...[
        [-5, flag.late],
        [-1, flag.late],
        [0, 0],
        [0.5, flag.late],
        [3, 0],
      ],
    ]);
  });

  it('is not one where a device sends in order what it gathered while it was away', async () => {
    await ingest(
      city.house,
      Array.from({ length: 30 }, (_, index) => reading(index - 300, index)),
    );
    await city.fold();
    expect((await history()).every(({ flags }) => flags === 0)).toBe(true);
  });
});

describe('a reading from the future', () => {
  it('within five minutes is taken as it is', async () => {
    await ingest(city.house, [reading(5, 20)]);
    await city.fold();
    expect(await latest()).toMatchObject({ value: 20, flags: 0 });
  });

  it('is suspected, kept out of the roll-ups, and the latest only when its time has come', async () => {
    await ingest(city.house, [reading(0, 20), reading(90, 40)]);
    await city.fold();
    expect(await latest()).toMatchObject({ value: 20, count: 2 });
    expect((await hours()).map(({ count }) => count)).toEqual([1]);
    city.clock.set(new Date(at(91)));
    await city.fold();
    expect(await latest()).toMatchObject({ value: 40, flags: flag.suspectClock, count: 2 });
  });
});

describe('a value', () => {
  it('that the instrument cannot mean is kept, marked, and not rolled up', async () => {
    await ingest(city.house, [reading(-2, -20), reading(-1, 60), reading(0, 60.5)]);
    await city.fold();
    expect((await history()).map(({ flags }) => flags)).toEqual([0, 0, flag.outOfRange]);
    expect(await latest()).toMatchObject({ value: 60.5, flags: flag.outOfRange });
    expect((await hours()).map(({ count }) => count)).toEqual([2]);
  });

  it.each([1, 3, 100])('that stays the same too long is marked as stuck, folded by %i', async (limit) => {
    id = await city.addDatastream({ stuckSeconds: 180 });
    const values = [1, 7, 7, 7, 7, 7, 8, 8];
    for (const [index, value] of values.entries()) await ingest(city.house, [reading(index - 8, value)]);
    await city.fold(limit);
    expect((await history()).map(({ flags }) => flags)).toEqual([0, 0, 0, 0, flag.stuck, flag.stuck, 0, 0]);
    expect(await latest()).toMatchObject({ value: 8, sameSince: new Date(at(-2)) });
  });

  it.each([
    ['without a number or result', { value: undefined }, '0.value'],
    ['that is no number', { value: Number.NaN }, '0.value'],
    ['before 1970', { at: -1 }, '0.at'],
    ['after 2100', { at: Date.UTC(2101, 0) }, '0.at'],
    ['that ends before it begins', { until: testNow - 1 }, '0.until'],
  ])('%s is refused before anything is written', async (_title, wrong, field) => {
    const refused = ingest(city.house, [reading(0, 1, wrong), reading(1, 1)]);
    await expect(refused).rejects.toMatchObject({ code: 'reading-refused', fields: [{ field }] });
    expect(await history()).toEqual([]);
  });
});

describe('the history', () => {
  it('takes readings of any month, and only of datastreams that are there', async () => {
    const old = [reading(0, 1, { at: 0 }), reading(0, 2, { at: Date.UTC(2030, 5, 1) }), reading(0, 3)];
    expect(await ingest(city.house, old)).toEqual(['stored', 'stored', 'stored']);
    const lost = ingest(city.house, [reading(0, 1), reading(0, 1, { datastreamId: id + 1000 })]);
    await expect(lost).rejects.toMatchObject({
      ...{ kind: 'not-found', code: 'unknown-datastream', fields: [{ field: '1.datastreamId' }] },
    });
  });

  it('makes the partition of a month once when many need it', async () => {
    const each = [0, 1, 2, 3].map((which) => {
      const readings = [reading(0, which, { at: Date.UTC(1999, 3, 1) + which })];
      return ingest(city.another().house, readings);
    });
    expect((await Promise.all(each)).flat()).toEqual(['stored', 'stored', 'stored', 'stored']);
  });

  it('tells readers of folded batches all that was stored', async () => {
    const position = await openPosition(city.house.database, 'test');
    await ingest(city.house, [reading(0, 1.5), { ...reading(1, 0), value: undefined, result: 'on' }]);
    expect(await readBatches(city.house.database, { after: position, limit: 10 })).toEqual([]);
    await city.fold();
    const [batch] = await readBatches(city.house.database, { after: position, limit: 10 });
    expect(batch).toMatchObject({ sequence: 1, storedAt: new Date(testNow) });
    expect(batch?.stored).toEqual([
      { sequence: 1, datastreamId: id, at: at(0), revision: 0, value: 1.5, result: null, flags: 0 },
      { sequence: 1, datastreamId: id, at: at(1), revision: 0, value: null, result: 'on', flags: 0 },
    ]);
  });
});
