// A line through dated points: irregular dates, gaps, qualifiers, disagreeing sources, targets drawn hollow.

import { line } from 'd3-shape';
import { formatCompact, formatShortDate } from '../format.ts';
import { word } from '../texts.ts';
import { placeLabels } from './line-labels.ts';
import {
  at,
  type ChartProps,
  Drawing,
  dateMs,
  dateScale,
  type Qualifier,
  qualified,
  valueScale,
  yearTicks,
} from './parts.tsx';

export type LinePoint = {
  /**
   * `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; year and month mean their end.
   * Several points of one date: the sources differ.
   */
  date: string;
  /** Words of the date where they are less exact than its place on the axis. */
  dateLabel?: string;
  /** `null` leaves a gap in the line. */
  value: number | null;
  qualifier?: Qualifier | undefined;
};

export type LineChartProps = ChartProps & {
  points: LinePoint[];
  /** Drawn hollow and joined by a dotted line. */
  targets?: LinePoint[];
  /** Words of a value; default: compact number. */
  format?: (value: number) => string;
  /** Unit, written once at the top of the scale. */
  unit?: string;
  /** The last point is alive now. */
  live?: boolean;
  /** Start the scale near the lowest value; the chart then says so. */
  cut?: boolean;
};

const plot = { top: 34, height: 200, left: 14, right: 97 };
const bottom = plot.top + plot.height;

export type PlacedPoint = {
  x: number;
  y: number;
  value: number;
  label: string;
  title: string;
  qualifier: Qualifier | undefined;
  target: boolean;
};

export function LineChart(props: LineChartProps) {
  const { language, points, targets = [], unit, cut = false } = props;
  const format = props.format ?? ((value: number) => formatCompact(value, language));
  const scales = scalesOf(props);
  const place = (point: LinePoint & { value: number }, target: boolean): PlacedPoint => {
    const words = qualified(format(point.value), point.qualifier, language);
    return {
      x: scales.x(dateMs(point.date)),
      y: scales.y(point.value),
      value: point.value,
      label: target ? `${word('target', language)} ${words}` : words,
      title: `${point.dateLabel ?? formatShortDate(point.date, language)}: ${words}`,
      qualifier: point.qualifier,
      target,
    };
  };
  const actual = byDate(points)
    .filter(hasValue)
    .map((point) => place(point, false));
  const aims = byDate(targets)
    .filter(hasValue)
    .map((point) => place(point, true));
  const last = actual.at(-1);
  const top = scales.yTicks.at(-1);
  const tickFormat = props.format ?? ((value: number) => formatCompact(value, language, top));
  return (
    <Drawing {...props} height={bottom + (cut ? 44 : 26)}>
      <ValueAxis ticks={scales.yTicks} y={scales.y} format={tickFormat} unit={unit} cut={cut} />
      <YearAxis ticks={scales.xTicks} x={scales.x} />
      <Path d={pathOf(byDate(points), scales)} />
      {last && aims.length > 0 ? <Path d={joined([last, ...aims])} dashed /> : null}
      <Disagreements points={actual} />
      {actual.map((point) => (
        <Dot point={point} look={point === last ? (props.live ? 'dot live' : 'dot last') : 'dot'} />
      ))}
      {aims.map((point) => (
        <Dot point={point} look="hollow" />
      ))}
      {placeLabels(actual, aims).map((label) => (
        <text
          class={label.wide ? 'value halo wide' : 'value halo'}
          x={at(label.x)}
          y={label.y}
          dx={label.dx}
          text-anchor={label.anchor}
        >
          {label.text}
        </text>
      ))}
      {cut ? (
        <text x="0" y={bottom + 42}>
          {word('axisNotZero', language)}
        </text>
      ) : null}
    </Drawing>
  );
}

type Known = LinePoint & { value: number };
const hasValue = (point: LinePoint): point is Known => point.value !== null;
const byDate = (points: LinePoint[]) => [...points].sort((a, b) => dateMs(a.date) - dateMs(b.date));

function scalesOf({ points, targets = [], cut = false }: LineChartProps) {
  const all = [...points, ...targets];
  const values = all.filter(hasValue).map((point) => point.value);
  const dates = all.map((point) => dateMs(point.date));
  const low = Math.min(...values);
  const high = Math.max(...values, cut ? low : 0);
  const floor = cut ? low - (high - low) * 0.15 : Math.min(0, low);
  const y = valueScale([floor, high === floor ? floor + 1 : high], [bottom, plot.top]).nice(4);
  const [from, to] = [Math.min(...dates), Math.max(...dates)];
  const x = dateScale(from, to, [plot.left, plot.right]);
  return { x, y, yTicks: y.ticks(4), xTicks: yearTicks(from, to, 5) };
}

type Scales = ReturnType<typeof scalesOf>;

/** One path through the first point of each date; a point without value interrupts it. */
function pathOf(points: LinePoint[], scales: Scales): string {
  const first = points.filter((point, index) => point.date !== points[index - 1]?.date);
  const draw = line<LinePoint>()
    .defined(hasValue)
    .x((point) => scales.x(dateMs(point.date)) * 10)
    .y((point) => scales.y(point.value ?? 0))
    .digits(1);
  return draw(first) ?? '';
}

const joined = (points: PlacedPoint[]): string =>
  line<PlacedPoint>()
    .x((point) => point.x * 10)
    .y((point) => point.y)
    .digits(1)(points) ?? '';

/** Stretched sideways with the column while its stroke keeps its width. */
const Path = ({ d, dashed }: { d: string; dashed?: boolean }) => (
  <svg
    aria-hidden="true"
    width="100%"
    height={bottom}
    viewBox={`0 0 1000 ${bottom}`}
    preserveAspectRatio="none"
  >
    <path class={dashed ? 'line dashed' : 'line'} d={d} vector-effect="non-scaling-stroke" />
  </svg>
);

type ValueAxisProps = {
  ticks: number[];
  y: Scales['y'];
  format: (value: number) => string;
  unit: string | undefined;
  cut: boolean;
};

/** The highest tick carries the words, the others the figures only: `15 million`, `10`, `5`, `0`. */
function tickWords({ ticks, format, unit }: ValueAxisProps): string[] {
  const all = ticks.map(format);
  const suffix = /[^\d]*$/.exec(all.at(-1) ?? '')?.[0] ?? '';
  const shared = all.every((text, index) => ticks[index] === 0 || text.endsWith(suffix));
  return all.map((text, index) => {
    if (index === all.length - 1) return unit ? `${text} ${unit}` : text;
    return shared && suffix !== ''
      ? text.slice(0, text.length - (text.endsWith(suffix) ? suffix.length : 0))
      : text;
  });
}

function ValueAxis(props: ValueAxisProps) {
  const { ticks, y, cut } = props;
  const words = tickWords(props);
  return (
    <>
      {ticks.map((tick, index) => (
        <>
          <line
            class={tick === 0 || (cut && index === 0) ? 'axis' : 'grid'}
            x1="0"
            x2="100%"
            y1={y(tick)}
            y2={y(tick)}
            stroke-dasharray={cut && index === 0 ? '4 4' : undefined}
          />
          <text x="0" y={y(tick) - 5}>
            {words[index]}
          </text>
        </>
      ))}
    </>
  );
}

const YearAxis = ({ ticks, x }: { ticks: Scales['xTicks']; x: Scales['x'] }) => (
  <>
    {ticks.map((tick) => (
      <>
        <line class="axis" x1={at(x(tick.ms))} x2={at(x(tick.ms))} y1={bottom} y2={bottom + 5} />
        <text x={at(x(tick.ms))} y={bottom + 20} text-anchor="middle">
          {tick.label}
        </text>
      </>
    ))}
  </>
);

/** Sources that give different figures for one date are joined by an upright stroke. */
function Disagreements({ points }: { points: PlacedPoint[] }) {
  const dates = new Map<number, PlacedPoint[]>();
  for (const point of points) dates.set(point.x, [...(dates.get(point.x) ?? []), point]);
  return (
    <>
      {[...dates.values()]
        .filter((group) => new Set(group.map((point) => point.value)).size > 1)
        .map((group) => {
          const heights = group.map((point) => point.y);
          const x = at(group[0]?.x ?? 0);
          return <line class="spread" x1={x} x2={x} y1={Math.min(...heights)} y2={Math.max(...heights)} />;
        })}
    </>
  );
}

/** `over` has a stroke upward, `under` downward, `about` a ring around the dot. */
function Dot({ point, look }: { point: PlacedPoint; look: string }) {
  const x = at(point.x);
  const reach = point.qualifier === 'over' ? -13 : point.qualifier === 'under' ? 13 : 0;
  return (
    <>
      {reach !== 0 ? <line class="spread" x1={x} x2={x} y1={point.y} y2={point.y + reach} /> : null}
      {point.qualifier === 'about' ? <circle class="spread" cx={x} cy={point.y} r="8" /> : null}
      <circle class={look} cx={x} cy={point.y} r={look === 'dot' ? 4.5 : 5.5}>
        <title>{point.title}</title>
      </circle>
    </>
  );
}
