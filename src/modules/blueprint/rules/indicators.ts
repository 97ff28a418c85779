// Reads the series of an indicator: its latest value, and where the documents do not say the same.

import type { Text } from '../../../core/texts.ts';
import {
  type Day,
  daysBetween,
  firstDay,
  type Indicator,
  lastDay,
  type Point,
  type Register,
  type Source,
} from '../schema/index.ts';
import { rememberedByDay } from './remembered.ts';
import { dateText, figureText } from './words.ts';

/** Bounds within which the true value must lie when the point is right; `Open` excludes the bound itself. */
type Range = { low: number; high: number; lowOpen: boolean; highOpen: boolean };

/** `about` allows half a unit of the last digit that is not zero: about 5,400 is 5,350 to 5,450. */
function aboutMargin(value: number): number {
  if (value === 0) return 0;
  const [mantissa, exponent] = Math.abs(value).toExponential().split('e') as [string, string];
  const decimals = mantissa.split('.')[1]?.length ?? 0;
  return 0.5 * 10 ** (Number(exponent) - decimals);
}

function rangeOf(value: number, qualifier: Point['qualifier']): Range {
  const closed = { lowOpen: false, highOpen: false };
  if (qualifier === 'over')
    return { low: value, high: Number.POSITIVE_INFINITY, lowOpen: true, highOpen: false };
  if (qualifier === 'under')
    return { low: Number.NEGATIVE_INFINITY, high: value, lowOpen: false, highOpen: true };
  if (qualifier === 'at-most') return { low: Number.NEGATIVE_INFINITY, high: value, ...closed };
  const margin = qualifier === 'about' ? aboutMargin(value) : 0;
  return { low: value - margin, high: value + margin, ...closed };
}

/** Whether both points can be true of the same moment. */
export function areCompatible(a: Point, b: Point): boolean {
  if (typeof a.value !== 'number' || typeof b.value !== 'number') return a.value === b.value;
  const one = rangeOf(a.value, a.qualifier);
  const other = rangeOf(b.value, b.qualifier);
  const low = Math.max(one.low, other.low);
  const high = Math.min(one.high, other.high);
  if (low !== high) return low < high;
  const isLowOpen = [one, other].some((range) => range.low === low && range.lowOpen);
  const isHighOpen = [one, other].some((range) => range.high === high && range.highOpen);
  return !isLowOpen && !isHighOpen;
}

const longestMomentDays = 31;

/** The same period, or two that overlap and are no longer than a month. */
function areSameMoment(a: Point, b: Point): boolean {
  const [aFirst, aLast, bFirst, bLast] = [
    firstDay(a.asOf),
    lastDay(a.asOf),
    firstDay(b.asOf),
    lastDay(b.asOf),
  ];
  if (aFirst === bFirst && aLast === bLast) return true;
  const isShort =
    daysBetween(aFirst, aLast) < longestMomentDays && daysBetween(bFirst, bLast) < longestMomentDays;
  return isShort && aFirst <= bLast && bFirst <= aLast;
}

const isSamePlace = (a: Source, b: Source) =>
  'document' in a && 'document' in b && a.document === b.document && a.line === b.line;

/** `disagree`: not all can be true. `worded-apart`: the figures differ, and all can be true. */
export type Difference = { kind: 'disagree' | 'worded-apart'; asOf: string; points: Point[]; sentence: Text };

/**
 * Where points of the same kind and moment, from different places, differ. Points of one line of one document
 * are the ends of a range and are not compared. Only points known on the day count.
 */
export function differencesOf(register: Register, indicator: Indicator, asOf: Day): Difference[] {
  const known = new Set(pointsAsOf(register, indicator, asOf));
  return momentsOf(indicator.series.filter((point) => known.has(point))).flatMap((points) => {
    const pairs = points.flatMap((a, index) => points.slice(index + 1).map((b) => [a, b] as const));
    const apart = pairs.filter(([a, b]) => !isSamePlace(a.source, b.source));
    const differing = apart.filter(([a, b]) => a.value !== b.value || a.qualifier !== b.qualifier);
    if (differing.length === 0) return [];
    const kind = differing.some(([a, b]) => !areCompatible(a, b)) ? 'disagree' : 'worded-apart';
    const asOf = points[0]!.asOf;
    return [
      { kind, asOf, points, sentence: sentenceOf(register, indicator, { kind, asOf, points }) } as const,
    ];
  });
}

function momentsOf(series: Point[]): Point[][] {
  const moments: Point[][] = [];
  const sorted = series.toSorted((a, b) => (firstDay(a.asOf) < firstDay(b.asOf) ? -1 : 1));
  for (const point of sorted) {
    const moment = moments.find(([head]) => head!.kind === point.kind && areSameMoment(head!, point));
    if (moment) moment.push(point);
    else moments.push([point]);
  }
  return moments;
}

function sentenceOf(
  register: Register,
  indicator: Indicator,
  { kind, asOf, points }: Pick<Difference, 'kind' | 'asOf' | 'points'>,
): Text {
  const saying = new Map<string, { figure: Text; places: string[] }>();
  for (const point of points) {
    const figure = figureText(register, indicator, point);
    const entry = saying.get(figure.en) ?? { figure, places: [] };
    if ('document' in point.source) entry.places.push(`${point.source.document}:${point.source.line}`);
    saying.set(figure.en, entry);
  }
  const entries = [...saying.values()];
  const en = entries.map(({ figure, places }) => `${figure.en} (${places.join(', ')})`).join('; ');
  const tc = entries.map(({ figure, places }) => `${figure.tc}（${places.join('、')}）`).join('；');
  const date = dateText(asOf);
  return kind === 'disagree'
    ? { en: `For ${date.en} the documents disagree: ${en}.`, tc: `就${date.tc}，文件說法不一：${tc}。` }
    : {
        en: `For ${date.en} the documents word it differently, and all can be true: ${en}.`,
        tc: `就${date.tc}，文件寫法不同，但可以同時成立：${tc}。`,
      };
}

const seriesOfDay = rememberedByDay(() => new WeakMap<Indicator, Point[]>());
const actualOfDay = rememberedByDay(() => new WeakMap<Indicator, Point[]>());

/** Points known on a day, earliest first; targets and projections count by the day of their document. */
export function pointsAsOf(register: Register, indicator: Indicator, asOf: Day): Point[] {
  const known = seriesOfDay(register, asOf);
  const points = known.get(indicator) ?? findPoints(register, indicator, asOf);
  known.set(indicator, points);
  return points;
}

/** Actual values known on a day, earliest first. */
export function actualPointsAsOf(register: Register, indicator: Indicator, asOf: Day): Point[] {
  const known = actualOfDay(register, asOf);
  const points =
    known.get(indicator) ?? pointsAsOf(register, indicator, asOf).filter(({ kind }) => kind === 'actual');
  known.set(indicator, points);
  return points;
}

function findPoints(register: Register, indicator: Indicator, asOf: Day): Point[] {
  const knownFrom = (point: Point): Day => {
    if (point.kind === 'actual') return lastDay(point.asOf);
    const document =
      'document' in point.source ? register.documentById.get(point.source.document) : undefined;
    return document ? lastDay(document.published) : lastDay(point.asOf);
  };
  return indicator.series
    .filter((point) => knownFrom(point) <= asOf)
    .toSorted((a, b) => (lastDay(a.asOf) < lastDay(b.asOf) ? -1 : lastDay(a.asOf) > lastDay(b.asOf) ? 1 : 0));
}

/** From the most to the least exact. */
const exactness: Point['qualifier'][] = ['exact', 'about', 'over', 'at-most', 'under'];

/** The latest actual value known on a day, of several the most exact one; undefined when there is none. */
export function latestPoint(register: Register, indicator: Indicator, asOf: Day): Point | undefined {
  const actual = actualPointsAsOf(register, indicator, asOf);
  const last = actual.at(-1);
  return actual
    .filter((point) => last !== undefined && lastDay(point.asOf) === lastDay(last.asOf))
    .toSorted((a, b) => exactness.indexOf(a.qualifier) - exactness.indexOf(b.qualifier))[0];
}
