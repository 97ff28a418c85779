// Tests of charts: positions, labels, gaps, honesty of scales.

import fc from 'fast-check';
import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { BarChart } from './bar-chart.tsx';
import { LineChart, type LinePoint } from './line-chart.tsx';
import { dateMs, yearTicks } from './parts.tsx';
import { textWidthPx, wrapText } from './text-width.ts';
import { TimelineChart } from './timeline-chart.tsx';

const words = { id: 'c', language: 'en' as const, title: 'Title', description: 'Description' };
const lineOf = (points: LinePoint[], more = {}) =>
  renderToString(<LineChart {...words} points={points} {...more} />);

describe('LineChart', () => {
  it('starts its scale at zero unless it is cut, and says so when it is', () => {
    const points = [
      { date: '2022', value: 700 },
      { date: '2023', value: 640 },
    ];
    expect(lineOf(points)).toContain('>0</text>');
    const cut = lineOf(points, { cut: true });
    expect(cut).not.toContain('>0</text>');
    expect(cut).toContain('The scale does not start at zero');
  });

  it('leaves a gap where a value is missing', () => {
    const svg = lineOf([
      { date: '2020', value: 1 },
      { date: '2021', value: 2 },
      { date: '2022', value: null },
      { date: '2023', value: 3 },
      { date: '2024', value: 4 },
    ]);
    const path = /class="line" d="([^"]*)"/.exec(svg)?.[1] ?? '';
    expect(path.match(/M/g)).toHaveLength(2);
  });

  it('writes qualifiers in words and draws them', () => {
    const svg = lineOf([
      { date: '2020', value: 1, qualifier: 'about' },
      { date: '2024', value: 9, qualifier: 'over' },
    ]);
    expect(svg).toContain('about 1');
    expect(svg).toContain('over 9');
    expect(svg.match(/class="spread"/g)).toHaveLength(2);
  });

  it('lights the lamp only for a value that is alive', () => {
    const points = [{ date: '2024', value: 1 }];
    expect(lineOf(points)).not.toContain('live');
    expect(lineOf(points, { live: true })).toContain('dot live');
  });

  it('draws any points within its frame, whatever their order', () => {
    const point = fc.record({
      date: fc.integer({ min: 1990, max: 2060 }).map(String),
      value: fc.integer({ min: -1e6, max: 1e9 }),
    });
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 12 }), (points) => {
        const svg = lineOf(points);
        expect(svg).not.toMatch(/NaN|Infinity|undefined/);
        for (const [, x] of svg.matchAll(/<circle[^>]*cx="([\d.-]+)%"/g)) {
          expect(Number(x)).toBeGreaterThanOrEqual(0);
          expect(Number(x)).toBeLessThanOrEqual(100);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('BarChart', () => {
  it('draws bars in proportion from zero, and none for a missing value', () => {
    const svg = renderToString(
      <BarChart
        {...words}
        rows={[
          { label: 'a', value: 50 },
          { label: 'b', value: 25 },
          { label: 'c', value: null },
        ]}
      />,
    );
    const widths = [...svg.matchAll(/<rect[^>]*width="([\d.]+)%"/g)].map((match) => Number(match[1]));
    expect(widths).toEqual([98, 49]);
  });
});

describe('TimelineChart', () => {
  it('joins the first target to its revision and marks today', () => {
    const svg = renderToString(
      <TimelineChart
        {...words}
        today="2024-11-21"
        rows={[{ label: 'a', baseline: '2022', revised: ['2024'], tone: 'trouble' }]}
      />,
    );
    expect(svg).toContain('First target: 2022');
    expect(svg).toContain('Revised: 2024');
    expect(svg).toContain('class="slip"');
    expect(svg).toContain('Today');
  });
});

describe('scales and words', () => {
  it('takes a year or a month at its end', () => {
    expect(dateMs('2024')).toBe(Date.UTC(2024, 11, 31));
    expect(dateMs('2024-02')).toBe(Date.UTC(2024, 1, 29));
    expect(dateMs('2024-02-03')).toBe(Date.UTC(2024, 1, 3));
  });

  it('never draws more ticks than asked for', () => {
    const year = fc.integer({ min: 1950, max: 2100 });
    fc.assert(
      fc.property(year, year, fc.integer({ min: 1, max: 8 }), (a, b, most) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        expect(yearTicks(Date.UTC(from, 3, 1), Date.UTC(to, 9, 1), most).length).toBeLessThanOrEqual(most);
      }),
    );
  });

  it('wraps words into lines that fit, and loses no letter', () => {
    const text = 'Big data analytics and artificial intelligence 大數據分析及人工智能';
    const lines = wrapText(text, 150);
    expect(lines.every((line) => textWidthPx(line) <= 150)).toBe(true);
    expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
  });
});
