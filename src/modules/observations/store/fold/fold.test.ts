// Proves by invented streams that what is kept equals what is gathered from the readings themselves.

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ObservationsHouse,
  openObservationsHouse,
  testNow,
} from '../../../../../test/kit/observations-house.ts';
import { observationId } from '../../rules/observation-id.ts';
import { removeObservation } from '../entities/observations.ts';
import { findLatest, foldBatches, ingest, readRollups } from '../index.ts';

let city: ObservationsHouse;
beforeAll(async () => {
  city = await openObservationsHouse();
});
afterAll(() => city.close());

const range = { validFrom: -10, validTo: 10 };
const minuteMs = 60_000;
/** Hong Kong has no summer time. */
const offsetMs = 8 * 3_600_000;

/** Times collide often, cross hours and days, and some lie in the future. Sums of quarters are exact. */
const readings = fc.record({
  stream: fc.constantFrom(0, 1),
  slot: fc.oneof(fc.integer({ min: -3, max: 0 }), fc.integer({ min: -4000, max: 30 })),
  second: fc.constantFrom(0, 10, 20, 30, 40, 50),
  quarters: fc.integer({ min: -48, max: 48 }),
});
const steps = fc.oneof(
  { weight: 6, arbitrary: fc.record({ ingest: fc.array(readings, { minLength: 1, maxLength: 12 }) }) },
  { weight: 2, arbitrary: fc.record({ fold: fc.integer({ min: 1, max: 30 }) }) },
  { weight: 1, arbitrary: fc.record({ remove: fc.nat() }) },
);
/** Readings folded at once at the end: a batch at a time, or all. */
const chunks = fc.constantFrom(1, 15, 1000);
type Step = { ingest?: Reading[]; fold?: number; remove?: number };
type Reading = { stream: number; slot: number; second: number; quarters: number };

/** What a datastream should hold, by time: all values it was given, and which counts; none when removed. */
type Model = Map<number, { values: Set<number>; current: number | undefined }>;

const timeOf = ({ slot, second }: Reading) => testNow + slot * minuteMs + second * 1000;

function tell(model: Model, at: number, value: number): string {
  const known = model.get(at);
  if (known?.values.has(value)) return 'duplicate';
  model.set(at, { values: new Set([...(known?.values ?? []), value]), current: value });
  return known === undefined ? 'stored' : 'revised';
}

const current = (model: Model) =>
  [...model].flatMap(([at, { current: value }]) => (value === undefined ? [] : [{ at, value }]));

const starts = {
  60: (at: number) => at - (at % minuteMs),
  3600: (at: number) => at - (at % 3_600_000),
  86400: (at: number) => at - ((at + offsetMs) % 86_400_000),
} as const;

function gather(model: Model, start: (at: number) => number) {
  const buckets = new Map<number, { at: number; value: number }[]>();
  for (const one of current(model)) {
    const counts = Math.abs(one.value) <= range.validTo && one.at <= testNow + 5 * minuteMs;
    if (counts) buckets.set(start(one.at), [...(buckets.get(start(one.at)) ?? []), one]);
  }
  return [...buckets]
    .sort(([a], [b]) => a - b)
    .map(([at, all]) => {
      const values = all.map(({ value }) => value);
      const last = all.toSorted((a, b) => a.at - b.at).at(-1)!;
      return {
        ...{ at: new Date(at), count: all.length, sum: values.reduce((sum, value) => sum + value, 0) },
        ...{ min: Math.min(...values), max: Math.max(...values), last: last.value },
        lastAt: new Date(last.at),
      };
    });
}

async function run(ids: number[], models: Model[], step: Step): Promise<void> {
  if (step.ingest !== undefined) {
    const given = step.ingest.map((one) => {
      return { datastreamId: ids[one.stream]!, at: timeOf(one), value: one.quarters / 4 };
    });
    const told = step.ingest.map((one) => tell(models[one.stream]!, timeOf(one), one.quarters / 4));
    expect(await ingest(city.house, given)).toEqual(told);
  }
  if (step.fold !== undefined) await foldBatches(city.house, step.fold);
  if (step.remove === undefined) return;
  const known = models.flatMap((model, stream) => current(model).map(({ at }) => ({ stream, at })));
  const chosen = known[step.remove % Math.max(1, known.length)];
  if (chosen === undefined) return;
  const { stream, at } = chosen;
  await removeObservation(city.house, observationId({ datastreamId: ids[stream]!, at, revision: 0 }));
  models[stream]!.get(at)!.current = undefined;
}

async function compare(datastreamId: number, model: Model): Promise<void> {
  const wide = { from: new Date(0), to: new Date(testNow + 10 * 86_400_000) };
  for (const step of [60, 3600, 86400] as const) {
    const kept = await readRollups(city.house.database, { datastreamId, step, ...wide });
    expect(kept.map(({ mean: _, ...rest }) => rest)).toEqual(gather(model, starts[step]));
  }
  const all = current(model).toSorted((a, b) => a.at - b.at);
  const newest = all.findLast(({ at }) => at <= testNow + 5 * minuteMs);
  const latest = await findLatest(city.house.database, datastreamId);
  expect(latest && { at: latest.at.getTime(), value: latest.value, count: latest.count }).toEqual(
    newest && { ...newest, count: all.length },
  );
}

describe('folding', () => {
  it('leaves what came after a correction, in its minute, to its own batch', async () => {
    const id = await city.addDatastream();
    const at = (second: number, value: number) => ({ datastreamId: id, at: testNow + second * 1000, value });
    for (const one of [at(0, 1), at(0, 2), at(30, 4)]) await ingest(city.house, [one]);
    await city.fold(1);
    const wide = { from: new Date(0), to: new Date(testNow + 86_400_000) };
    for (const step of [60, 3600, 86400] as const) {
      const [bucket] = await readRollups(city.house.database, { datastreamId: id, step, ...wide });
      expect(bucket).toMatchObject({ count: 2, sum: 6, min: 2, max: 4, last: 4 });
    }
  });

  it('keeps what gathering the readings themselves gives, whatever is late, doubled, corrected or removed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 1, maxLength: 25 }), chunks, async (all, chunk) => {
        const ids = [await city.addDatastream(range), await city.addDatastream(range)];
        const models: Model[] = [new Map(), new Map()];
        for (const step of all) await run(ids, models, step);
        await city.fold(chunk);
        for (const [stream, id] of ids.entries()) await compare(id, models[stream]!);
      }),
      { numRuns: 20 },
    );
  }, 240_000);
});
