// A series of figures as points of a chart, and as the sentence above it.

import type { LinePoint } from '../../../ui/index.ts';
import { figureText, kindText } from '../rules/index.ts';
import { daysBetween, firstDay, type Indicator, lastDay, type Point } from '../schema/index.ts';
import { phrases } from '../texts/index.ts';
import type { Reader } from './reader.tsx';

/** In the middle of the time that the figure stands for; a year has no last day of its own. */
function linePoint(reader: Reader, point: Point): LinePoint {
  const days = daysBetween(firstDay(point.asOf), lastDay(point.asOf));
  const middle = new Date(
    Date.parse(`${firstDay(point.asOf)}T00:00:00Z`) + Math.floor(days / 2) * 86_400_000,
  );
  return {
    date: middle.toISOString().slice(0, 10),
    dateLabel: reader.date(point.asOf),
    value: point.value as number,
    qualifier: point.qualifier === 'at-most' ? 'under' : point.qualifier,
  };
}

/** One point a day and value, so that the same figure in five documents is drawn once. */
export function drawnPoints(reader: Reader, points: Point[]): LinePoint[] {
  const seen = new Set<string>();
  return points
    .filter((point) => typeof point.value === 'number')
    .map((point) => linePoint(reader, point))
    .filter((point) => {
      const key = `${point.date} ${point.value} ${point.qualifier}`;
      return !seen.has(key) && seen.add(key);
    });
}

/** From the first to the last value, and what is aimed at. */
export function seriesSummary(reader: Reader, indicator: Indicator, points: Point[]): string {
  const { register, t } = reader;
  const actual = points.filter(({ kind }) => kind === 'actual');
  const aimed = points.filter(({ kind }) => kind === 'target' || kind === 'projection');
  const [first, last] = [actual[0], actual.at(-1)];
  const say = (point: Point) => figureText(register, indicator, point);
  const sentences = [
    first && last && first.asOf !== last.asOf
      ? t(
          phrases.fromTo({
            from: say(first),
            fromDate: reader.date(first.asOf),
            to: say(last),
            toDate: reader.date(last.asOf),
          }),
        )
      : last
        ? t(phrases.latestFigure(say(last), reader.date(last.asOf)))
        : '',
    ...aimed.map((point) => t(phrases.aimedAt(kindText[point.kind], say(point), reader.date(point.asOf)))),
  ];
  return sentences.filter((sentence) => sentence !== '').join(reader.language === 'en' ? ' ' : '');
}
