// A series of figures as a chart with the sentence above it.

import { rememberedPart } from '../../../core/markup.ts';
import { Figure, LineChart, type LinePoint } from '../../../ui/index.ts';
import { figureText, kindText } from '../rules/index.ts';
import { daysBetween, firstDay, type Indicator, lastDay, type Point } from '../schema/index.ts';
import { phrases } from '../texts/index.ts';
import { withAsOf } from './as-of.tsx';
import { type Reader, Sources } from './reader.tsx';

const isNumber = ({ value }: Point) => typeof value === 'number';

/** In the middle of the time that the figure stands for; a year has no last day of its own. */
function middleOf({ asOf }: Point): string {
  const days = daysBetween(firstDay(asOf), lastDay(asOf));
  const middle = new Date(Date.parse(`${firstDay(asOf)}T00:00:00Z`) + Math.floor(days / 2) * 86_400_000);
  return middle.toISOString().slice(0, 10);
}

/** The days at which points are drawn. */
export const drawnDates = (points: Point[]): string[] => points.filter(isNumber).map(middleOf);

function linePoint(reader: Reader, point: Point): LinePoint {
  return {
    date: middleOf(point),
    dateLabel: reader.date(point.asOf),
    value: point.value as number,
    qualifier: point.qualifier === 'at-most' ? 'under' : point.qualifier,
  };
}

/** One point a day and value, so that the same figure in five documents is drawn once. */
function drawnPoints(reader: Reader, points: Point[]): LinePoint[] {
  const seen = new Set<string>();
  return points
    .filter(isNumber)
    .map((point) => linePoint(reader, point))
    .filter((point) => {
      const key = `${point.date} ${point.value} ${point.qualifier}`;
      return !seen.has(key) && seen.add(key);
    });
}

/** From the first to the last value, and what is aimed at. */
function seriesSummary(reader: Reader, indicator: Indicator, points: Point[]): string {
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

type SeriesFigureProps = {
  reader: Reader;
  indicator: Indicator;
  /** The same list for the same series and day: what is drawn of it is kept with it. */
  points: Point[];
  /** Names the source of the last point. */
  showSource?: boolean;
  /** The day asked for, as the reader wrote it. */
  asOf?: string | undefined;
};

/** The chart with its sentence; nothing when there is only one date to draw. */
export const SeriesFigure = (props: SeriesFigureProps) =>
  rememberedPart(props.points, `${props.reader.language} ${props.showSource} ${props.asOf}`, () => (
    <Drawn {...props} />
  ));

function Drawn({ reader, indicator, points, showSource, asOf }: SeriesFigureProps) {
  const { register, t, language } = reader;
  const ofKinds = (...kinds: Point['kind'][]) =>
    drawnPoints(
      reader,
      points.filter(({ kind }) => kinds.includes(kind)),
    );
  const actual = ofKinds('actual');
  const targets = ofKinds('target', 'projection');
  if (new Set([...actual, ...targets].map(({ date }) => date)).size < 2) return null;
  const summary = seriesSummary(reader, indicator, points);
  return (
    <Figure
      id="series-figure"
      language={language}
      summary={summary}
      source={showSource ? <Sources reader={reader} sources={[points.at(-1)!.source]} /> : undefined}
      download={{ href: withAsOf(`/api/v1/indicators/${indicator.id}.csv`, asOf) }}
    >
      <LineChart
        id="series-chart"
        language={language}
        title={t(indicator.label)}
        description={summary}
        points={actual}
        targets={targets}
        unit={t(register.unitById.get(indicator.unit)!.name)}
        {...(indicator.unit === 'year' ? { format: String, cut: true } : {})}
      />
    </Figure>
  );
}
