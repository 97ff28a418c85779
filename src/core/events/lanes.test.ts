// Tests of lanes: in order within a key, never more at once than the width.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Lanes } from './lanes.ts';

test('work of a key runs in its order and never overlaps, and no more runs at once than the width', async () => {
  const jobs = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.integer({ min: 0, max: 3 })));
  const property = fc.asyncProperty(jobs, fc.integer({ min: 1, max: 4 }), async (given, width) => {
    const lanes = new Lanes(width);
    const done: { key: string; place: number }[] = [];
    const running: string[] = [];
    given.forEach(([key, turns], place) => {
      void lanes.run(key, async () => {
        expect(running).not.toContain(key);
        running.push(key);
        expect(running.length).toBeLessThanOrEqual(width);
        for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
        running.splice(running.indexOf(key), 1);
        done.push({ key, place });
      });
    });
    await lanes.drained();
    expect(done.length).toBe(given.length);
    for (const key of new Set(given.map(([one]) => one))) {
      const places = done.filter((one) => one.key === key).map((one) => one.place);
      expect(places).toEqual([...places].sort((a, b) => a - b));
    }
  });
  await fc.assert(property);
});

test('work that hangs holds up its own key and one place, no more', async () => {
  const lanes = new Lanes(2);
  const done: string[] = [];
  void lanes.run('stuck', () => new Promise(() => {}));
  void lanes.run('stuck', async () => void done.push('stuck'));
  await Promise.all(['a', 'b', 'c'].map((key) => lanes.run(key, async () => void done.push(key))));
  expect(done).toEqual(['a', 'b', 'c']);
});
