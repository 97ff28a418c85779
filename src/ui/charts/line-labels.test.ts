// Tests of labels in line charts: they never cover one another or another point.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlacedPoint } from './line-chart.tsx';
import { placeLabels } from './line-labels.ts';

const point = (x: number, y: number, label = String(1000 - y)): PlacedPoint => ({
  x,
  y,
  value: 1000 - y,
  label,
  title: label,
  qualifier: undefined,
  target: false,
});

describe('placeLabels', () => {
  it('writes the last value of a single line, wherever the points are', () => {
    const x = fc.integer({ min: 14, max: 90 });
    const y = fc.integer({ min: 34, max: 234 });
    fc.assert(
      fc.property(fc.array(fc.tuple(x, y), { maxLength: 1 }), y, (before, last) => {
        const points = [...before.map(([at, height]) => point(at, height)), point(97, last)];
        expect(placeLabels(points, []).some((label) => label.x === 97)).toBe(true);
      }),
    );
  });

  it('keeps two close values apart, one on each side', () => {
    const labels = placeLabels([point(50, 100), point(50, 112)], []);
    expect(labels.map((label) => label.y).sort((a, b) => a - b)).toEqual([88, 134]);
  });

  it('leaves out on a phone what fits only on a wide screen', () => {
    const points = [14, 30, 46, 62, 78, 97].map((x) => point(x, 100, 'over 1,000,000'));
    const labels = placeLabels(points, []);
    expect(labels.some((label) => label.wide)).toBe(true);
    expect(labels.filter((label) => !label.wide).length).toBeGreaterThan(0);
  });

  it('writes a rising line above its points and a falling start above, away from the line', () => {
    const rising = placeLabels([point(14, 200), point(97, 60)], []);
    expect(rising.find((label) => label.x === 14)?.y).toBeGreaterThan(200);
    expect(rising.find((label) => label.x === 97)?.y).toBeLessThan(60);
    const falling = placeLabels([point(14, 60), point(97, 200)], []);
    expect(falling.find((label) => label.x === 14)?.y).toBeLessThan(60);
    expect(falling.find((label) => label.x === 97)?.y).toBeGreaterThan(200);
  });
});
