// How a point stands to a geometry: the nine intersections of both (OGC 06-103r4, clause 6.1.15.2).

import type { Geometry, Position } from './geometry.ts';

/** Where the point is, seen from the geometry. */
export const standings = ['inside', 'border', 'outside'] as const;
export type Standing = (typeof standings)[number];

/** The ends of lines at which an odd number of them end: their border. */
export function endsOf(lines: readonly (readonly Position[])[]): Position[] {
  const odd = new Map<string, Position>();
  for (const end of lines.flatMap((line) => [line[0]!, line.at(-1)!])) {
    const key = end.join(' ');
    if (!odd.delete(key)) odd.set(key, end);
  }
  return [...odd.values()];
}

/**
 * Dimensions of the nine intersections of the point's interior, border and exterior with those of the
 * geometry, row by row; F where there is none. A point has no border.
 */
function matrixOf(geometry: Geometry, standing: Standing): string {
  const own = { inside: '0FF', border: 'F0F', outside: 'FF0' }[standing];
  if ('polygons' in geometry) return `${own}FFF212`;
  if ('lines' in geometry) return `${own}FFF1${endsOf(geometry.lines).length > 0 ? '0' : 'F'}2`;
  const points = geometry.type === 'Point' ? [geometry.at] : geometry.points;
  const isAlone = new Set(points.map((one) => one.join(' '))).size === 1;
  return `${own}FFF${standing === 'inside' && isAlone ? 'F' : '0'}F2`;
}

/** Patterns of the named relations, seen from the first geometry. */
const patterns: Readonly<Record<string, readonly string[]>> = {
  equals: ['T*F**FFF*'],
  disjoint: ['FF*FF****'],
  touches: ['FT*******', 'F**T*****', 'F***T****'],
  within: ['T*F**F***'],
  contains: ['T*****FF*'],
  overlaps: ['T*T***T**'],
  crosses: ['T*T******'],
  intersects: ['T********', '*T*******', '***T*****', '****T****'],
};

const turned: Readonly<Record<string, string>> = { within: 'contains', contains: 'within' };

const matches = (pattern: string, matrix: string) =>
  [...pattern].every((mark, index) => {
    const found = matrix[index]!;
    return mark === '*' || mark === found || (mark === 'T' && found !== 'F');
  });

export const isPattern = (text: string): boolean => /^[TF012*]{9}$/.test(text);

/** The pattern as it is when both geometries change places. */
const transposed = (pattern: string) => [0, 3, 6, 1, 4, 7, 2, 5, 8].map((place) => pattern[place]).join('');

export type Asked = { relation: string } | { pattern: string };

/** Where the point must be for the relation to hold; `isTurned` when the geometry is named first. */
export function standingsFor(asked: Asked, geometry: Geometry, isTurned: boolean): Standing[] {
  let wanted: readonly string[];
  if ('pattern' in asked) wanted = [isTurned ? transposed(asked.pattern) : asked.pattern];
  else wanted = patterns[isTurned ? (turned[asked.relation] ?? asked.relation) : asked.relation]!;
  return standings.filter((standing) => wanted.some((one) => matches(one, matrixOf(geometry, standing))));
}
