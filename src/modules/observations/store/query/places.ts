// Functions of places without an extension of the database: stored points against points, lines and areas.

import { sql } from '../../../../core/database/index.ts';
import type { Geometry, Position } from '../../rules/odata/geometry.ts';
import { badQuery, notSupported, type Spot } from '../../rules/odata/query-error.ts';
import { type Asked, endsOf, isPattern, type Standing, standingsFor } from '../../rules/odata/relations.ts';
import { both, type PlaceSql, type ScalarSql, type Sql, scalar, type Typed } from './typed.ts';

type Point = { longitude: Sql; latitude: Sql };
/** `isNegated`: under a `not`, where unknown must not become true. */
export type PlaceCall = { name: string; spot: Spot; isNegated: boolean };

const words = {
  pair: {
    en: 'It compares a location or feature with a geometry that is written out.',
    tc: '此函數把location或feature與所寫的幾何作比較。',
  },
  pattern: {
    en: 'The third value is a pattern of nine marks out of T, F, 0, 1, 2 and *.',
    tc: '第三個數值須為九個符號的樣式，可用T、F、0、1、2及*。',
  },
  not: {
    en: 'This function of places is not supported for this geometry.',
    tc: '此空間函數不支援這種幾何。',
  },
};

type Edges = { x1: number[]; y1: number[]; x2: number[]; y2: number[] };

function edgesOf(lines: readonly (readonly Position[])[]): Edges {
  const edges: Edges = { x1: [], y1: [], x2: [], y2: [] };
  for (const line of lines) {
    for (let index = 1; index < line.length; index += 1) {
      const [start, end] = [line[index - 1]!, line[index]!];
      edges.x1.push(start[0]);
      edges.y1.push(start[1]);
      edges.x2.push(end[0]);
      edges.y2.push(end[1]);
    }
  }
  return edges;
}

const edgeRows = ({ x1, y1, x2, y2 }: Edges): Sql => sql`unnest(${x1}::float8[], ${y1}::float8[],
  ${x2}::float8[], ${y2}::float8[]) as edge (x1, y1, x2, y2)`;

/** A ray to the east crosses the border an odd number of times; holes are borders too. */
const isInside = ({ longitude, latitude }: Point, edges: Edges): Sql => sql`(
  select count(*) % 2 = 1 from ${edgeRows(edges)} where (edge.y1 > ${latitude}) <> (edge.y2 > ${latitude})
    and ${longitude} < (edge.x2 - edge.x1) * (${latitude} - edge.y1) / (edge.y2 - edge.y1) + edge.x1)`;

const isOnLine = ({ longitude, latitude }: Point, edges: Edges): Sql => sql`exists (
  select 1 from ${edgeRows(edges)}
  where (edge.x2 - edge.x1) * (${latitude} - edge.y1) = (edge.y2 - edge.y1) * (${longitude} - edge.x1)
    and ${longitude} between least(edge.x1, edge.x2) and greatest(edge.x1, edge.x2)
    and ${latitude} between least(edge.y1, edge.y2) and greatest(edge.y1, edge.y2))`;

/** In the box around the edges; an index finds it. */
function isInBox({ longitude, latitude }: Point, { x1, y1, x2, y2 }: Edges): Sql {
  const [xs, ys] = [
    [...x1, ...x2],
    [...y1, ...y2],
  ];
  const least = (list: number[]) => list.reduce((a, b) => Math.min(a, b));
  const most = (list: number[]) => list.reduce((a, b) => Math.max(a, b));
  return sql`${longitude} between ${least(xs)}::float8 and ${most(xs)}::float8
    and ${latitude} between ${least(ys)}::float8 and ${most(ys)}::float8`;
}

const isAt = ({ longitude, latitude }: Point, points: readonly Position[]): Sql =>
  sql`(${longitude}, ${latitude}) in (${sql.join(points.map(([x, y]) => sql`(${x}::float8, ${y}::float8)`))})`;

type Standings = { box: Sql; inside: Sql; border: Sql };

/** What tells where a stored point stands to a geometry. On a border `inside` may be either. */
function standingsOf(point: Point, geometry: Geometry): Standings {
  const nowhere = sql`(1 = 0)`;
  if ('polygons' in geometry) {
    const edges = edgesOf(geometry.polygons.flat());
    return { box: isInBox(point, edges), inside: isInside(point, edges), border: isOnLine(point, edges) };
  }
  if ('lines' in geometry) {
    const edges = edgesOf(geometry.lines);
    const ends = endsOf(geometry.lines);
    const border = ends.length === 0 ? nowhere : isAt(point, ends);
    return { box: isInBox(point, edges), inside: isOnLine(point, edges), border };
  }
  const points = geometry.type === 'Point' ? [geometry.at] : geometry.points;
  return { box: sql`(1 = 1)`, inside: isAt(point, points), border: nowhere };
}

/** That the point is at one of these places. */
function isStanding(at: readonly Standing[], standings: Standings): Sql {
  const { box, inside, border } = standings;
  if (at.includes('outside')) {
    const others = (['inside', 'border'] as const).filter((one) => !at.includes(one));
    return others.length === 0 ? sql`(1 = 1)` : sql`(not ${isStanding(others, standings)})`;
  }
  const [isIn, isOn] = [at.includes('inside'), at.includes('border')];
  if (isIn)
    return isOn ? sql`(${box} and (${inside} or ${border}))` : sql`(${box} and ${inside} and not ${border})`;
  return isOn ? sql`(${box} and ${border})` : sql`(1 = 0)`;
}

function pairOf(given: readonly Typed[], spot: Spot): { stored: PlaceSql; other: Typed; isTurned: boolean } {
  const [left, right] = given as [Typed, Typed];
  if (left.type === 'place') return { stored: left, other: right, isTurned: false };
  if (right.type === 'place') return { stored: right, other: left, isTurned: true };
  throw notSupported(spot, words.pair);
}

/** Unknown, neither true nor false, for what is stored and is no point. */
function onlyPoints(condition: Sql, { isPoint }: PlaceSql, isNegated: boolean): Sql {
  return isNegated ? sql`(case when ${isPoint} then ${condition} end)` : both([condition, isPoint]);
}

function distance(given: readonly Typed[], { spot }: PlaceCall): ScalarSql {
  const { stored, other } = pairOf(given, spot);
  const isWritten = other.type === 'geometry' && other.value.type === 'Point';
  if (!isWritten && other.type !== 'place') throw notSupported(spot, words.not);
  const [x, y] =
    other.type === 'geometry' && other.value.type === 'Point'
      ? other.value.at.map((degrees) => sql`${degrees}::float8`)
      : [(other as PlaceSql).longitude, (other as PlaceSql).latitude];
  const apart = sql`sqrt((${stored.longitude} - ${x}) ^ 2 + (${stored.latitude} - ${y}) ^ 2)`;
  const arePoints = other.type === 'place' ? both([stored.isPoint, other.isPoint]) : stored.isPoint;
  return scalar('number', sql`(case when ${arePoints} then ${apart} end)`);
}

function lengthOf(given: readonly Typed[], spot: Spot): ScalarSql {
  const [line] = given;
  if (line?.type !== 'geometry' || !('lines' in line.value)) throw notSupported(spot, words.not);
  let degrees = 0;
  const { x1, y1, x2, y2 } = edgesOf(line.value.lines);
  for (const [index, x] of x1.entries()) degrees += Math.hypot(x2[index]! - x, y2[index]! - y1[index]!);
  return scalar('number', sql`${degrees}::float8`);
}

function askedFor(name: string, given: readonly Typed[], spot: Spot): Asked {
  if (name !== 'st_relate') return { relation: name.replace(/^(?:st_|geo\.)/, '') };
  const [, , pattern] = given;
  const text = pattern?.type === 'text' ? pattern.value : undefined;
  if (typeof text !== 'string' || !isPattern(text)) throw badQuery(spot, words.pattern);
  return { pattern: text };
}

/** A function of places. Distances and lengths are in degrees, the unit of the reference system. */
export function placeFunction(given: readonly Typed[], call: PlaceCall): ScalarSql {
  const { name, spot, isNegated } = call;
  if (name === 'geo.distance' || name === 'st_distance') return distance(given, call);
  if (name === 'geo.length') return lengthOf(given, spot);
  const asked = askedFor(name, given, spot);
  const { stored, other, isTurned } = pairOf(given, spot);
  if (other.type !== 'geometry') throw notSupported(spot, words.pair);
  const at = standingsFor(asked, other.value, isTurned);
  const condition = isStanding(at, standingsOf(stored, other.value));
  // Outside is where most are: what is unknown must not be among them.
  const isExact = isNegated || at.includes('outside');
  return scalar('boolean', sql`(${onlyPoints(condition, stored, isExact)})`);
}
