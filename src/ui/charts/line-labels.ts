// Where the values of a line chart are written: beside their points, never over one another.

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

type Box = { from: number; to: number; top: number; bottom: number };

/** Last, first, highest and lowest come first; others are written where they fit. */
export function placeLabels(actual: PlacedPoint[], targets: PlacedPoint[]): PlacedLabel[] {
  const points = [...actual, ...targets];
  const placed: PlacedLabel[] = [];
  for (const point of byImportance(actual, targets)) {
    const others = points.filter((other) => other !== point);
    const usual = labelOf(point, points);
    const sides = [usual, { ...usual, y: usual.y < point.y ? point.y + 22 : point.y - 12 }];
    const onPhone = placed.filter((other) => !other.wide);
    const wide = sides.filter((side) => isFree(side, placed, { others, widthPx: widePx }));
    const both = wide.find((side) => isFree(side, onPhone, { others, widthPx: narrowPx }));
    const chosen = both ?? wide[0];
    if (chosen) placed.push({ ...chosen, wide: !both });
  }
  return placed;
}

type Room = { others: PlacedPoint[]; widthPx: number };

function isFree(label: PlacedLabel, labels: PlacedLabel[], { others, widthPx }: Room): boolean {
  const box = labelBox(label, widthPx);
  const taken = [
    ...labels.map((other) => labelBox(other, widthPx)),
    ...others.map((other) => pointBox(other, widthPx)),
  ];
  return box.from >= -4 && box.to <= widthPx + 8 && !taken.some((other) => overlap(box, other));
}

function byImportance(actual: PlacedPoint[], targets: PlacedPoint[]): PlacedPoint[] {
  const sorted = [...actual].sort((a, b) => b.value - a.value);
  const first = [actual.at(-1), targets.at(-1), actual[0], sorted[0], sorted.at(-1), ...actual, ...targets];
  return [...new Set(first)].filter((point) => point !== undefined);
}

/** Above-left or below-right of a rising line, above-right or below-left of a falling one. */
function labelOf(point: PlacedPoint, all: PlacedPoint[]): PlacedLabel {
  const base = { text: point.label, x: point.x, wide: false };
  const above = point.y - (point.qualifier === 'over' ? 20 : 12);
  const below = point.y + 22;
  const rival = all.find((other) => other !== point && other.x === point.x);
  if (rival) return { ...base, y: point.y < rival.y ? above : below, dx: 0, anchor: sideAnchor(point.x) };
  const before = all.findLast((other) => other.x < point.x);
  const after = all.find((other) => other.x > point.x);
  const rise = (before ? before.y - point.y : 0) + (after ? point.y - after.y : 0);
  if (before && after && before.y < point.y && after.y < point.y)
    return { ...base, y: below, dx: 0, anchor: sideAnchor(point.x) };
  if (before && after && before.y > point.y && after.y > point.y)
    return { ...base, y: above, dx: 0, anchor: sideAnchor(point.x) };
  if (!before) return { ...base, y: rise > 0 ? below : above, dx: -2, anchor: 'start' };
  if (!after || point.x > 80) return { ...base, y: rise >= 0 ? above : below, dx: 6, anchor: 'end' };
  return { ...base, y: above, dx: rise >= 0 ? 4 : -4, anchor: rise >= 0 ? 'end' : 'start' };
}

const sideAnchor = (x: number): PlacedLabel['anchor'] => (x < 20 ? 'start' : x > 80 ? 'end' : 'middle');

function labelBox(label: PlacedLabel, widthPx: number): Box {
  const x = (label.x / 100) * widthPx + label.dx;
  const width = textWidthPx(label.text);
  const from = label.anchor === 'start' ? x : label.anchor === 'end' ? x - width : x - width / 2;
  return { from, to: from + width, top: label.y - 12, bottom: label.y + 4 };
}

const pointBox = (point: PlacedPoint, widthPx: number): Box => {
  const x = (point.x / 100) * widthPx;
  return { from: x - 5, to: x + 5, top: point.y - 5, bottom: point.y + 5 };
};

const overlap = (a: Box, b: Box): boolean =>
  a.from < b.to && b.from < a.to && a.top < b.bottom && b.top < a.bottom;
