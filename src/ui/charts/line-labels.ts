// Where the values of a line chart are written: beside their points, never over each other or over the line.

import type { PlacedPoint } from './line-chart.tsx';
import { narrowPx, textWidthPx, widePx } from './text-width.ts';

export type PlacedLabel = {
  text: string;
  /** Per cent from the left. */
  x: number;
  y: number;
  dx: number;
  anchor: 'start' | 'middle' | 'end';
  /** Only where there is room. */
  wide: boolean;
};

/** Last, first, highest and lowest come first; others are written where they fit. */
export function placeLabels(actual: PlacedPoint[], targets: PlacedPoint[]): PlacedLabel[] {
  const points = [...actual, ...targets];
  const order = byImportance(actual, targets);
  const placed: PlacedLabel[] = [];
  for (const point of order) {
    const label = labelOf(point, points);
    const onPhone = fits(
      label,
      placed.filter((other) => !other.wide),
      narrowPx,
    );
    if (onPhone && fits(label, placed, widePx)) placed.push(label);
    else if (fits(label, placed, widePx)) placed.push({ ...label, wide: true });
  }
  return placed;
}

function byImportance(actual: PlacedPoint[], targets: PlacedPoint[]): PlacedPoint[] {
  const sorted = [...actual].sort((a, b) => b.value - a.value);
  const first = [actual.at(-1), targets.at(-1), actual[0], sorted[0], sorted.at(-1), ...actual, ...targets];
  return [...new Set(first)].filter((point) => point !== undefined);
}

/** Above-left or below-right of a rising line, above-right or below-left of a falling one. */
function labelOf(point: PlacedPoint, all: PlacedPoint[]): PlacedLabel {
  const index = all.indexOf(point);
  const before = all[index - 1];
  const after = all[index + 1];
  const slope = (before ? before.y - point.y : 0) + (after ? point.y - after.y : 0);
  const peak = before && after && before.y > point.y && after.y > point.y;
  const dip = before && after && before.y < point.y && after.y < point.y;
  const base = { text: point.label, x: point.x, wide: false };
  const gap = point.qualifier === 'over' ? 20 : 12;
  const above = point.y - gap;
  const below = point.y + 22;
  const middle = point.x > 20 && point.x < 80;
  if (dip) return { ...base, y: below, dx: 0, anchor: middle ? 'middle' : 'end' };
  if (peak && middle) return { ...base, y: above, dx: 0, anchor: 'middle' };
  if (!before) return { ...base, y: slope > 0 ? below : above, dx: slope > 0 ? 2 : -2, anchor: 'start' };
  if (!after || point.x > 80) return { ...base, y: slope >= 0 ? above : below, dx: 6, anchor: 'end' };
  return { ...base, y: above, dx: slope >= 0 ? 4 : -4, anchor: slope >= 0 ? 'end' : 'start' };
}

const lineHeight = 17;

function fits(label: PlacedLabel, others: PlacedLabel[], widthPx: number): boolean {
  const [from, to] = spanOf(label, widthPx);
  if (from < -4 || to > widthPx + 8) return false;
  return others.every((other) => {
    const [otherFrom, otherTo] = spanOf(other, widthPx);
    return Math.abs(other.y - label.y) >= lineHeight || otherTo + 6 < from || to + 6 < otherFrom;
  });
}

function spanOf(label: PlacedLabel, widthPx: number): [number, number] {
  const x = (label.x / 100) * widthPx + label.dx;
  const width = textWidthPx(label.text);
  const from = label.anchor === 'start' ? x : label.anchor === 'end' ? x - width : x - width / 2;
  return [from, from + width];
}
