// Targets on an axis of dates: first target hollow, revisions joined to it, today in amber.

import type { ComponentChildren } from 'preact';
import type { Tone } from '../components/status.tsx';
import { formatShortDate } from '../format.ts';
import { word } from '../texts.ts';
import { at, type ChartProps, Drawing, dateMs, dateScale, yearTicks } from './parts.tsx';
import { RowWords, rowsLayout } from './rows.tsx';

export type TargetRow = {
  label: string;
  /** First promised date: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  baseline: string;
  /** Later promises, oldest first; the last one holds now. */
  revised?: string[];
  /** When it was reached. */
  reached?: string | undefined;
  tone: Tone;
};

export type TimelineChartProps = ChartProps & {
  rows: TargetRow[];
  /** `YYYY-MM-DD`. */
  today: string;
};

const axisHeight = 40;

export function TimelineChart(props: TimelineChartProps) {
  const { rows, today, language } = props;
  const dates = rows.flatMap(datesOf).concat(today).map(dateMs);
  const [from, to] = [Math.min(...dates), Math.max(...dates)];
  const x = dateScale(from, to, [4, 96]);
  const layout = rowsLayout(
    rows.map((row) => ({ label: row.label, value: '' })),
    axisHeight,
  );
  const todayX = x(dateMs(today));
  return (
    <Drawing {...props} height={layout.height + 6}>
      {yearTicks(from, to, 6).map((tick) => (
        <>
          <line class="grid" x1={at(x(tick.ms))} x2={at(x(tick.ms))} y1="22" y2={layout.height} />
          <text x={at(x(tick.ms))} y="14" text-anchor="middle">
            {tick.label}
          </text>
        </>
      ))}
      <line class="axis" x1="0" x2="100%" y1="22" y2="22" />
      <line class="today" x1={at(todayX)} x2={at(todayX)} y1="22" y2={layout.height} />
      <text
        class="today-word halo"
        x={at(todayX)}
        y="37"
        dx={todayX > 50 ? -6 : 6}
        text-anchor={todayX > 50 ? 'end' : 'start'}
      >
        {word('today', language)}
      </text>
      {rows.map((row, index) => {
        const top = layout.tops[index] ?? { words: 0, drawing: 0, lines: [] };
        return (
          <>
            <RowWords lines={top.lines} y={top.words} />
            <Target row={row} y={top.drawing + 6} x={(date) => at(x(dateMs(date)))} language={language} />
          </>
        );
      })}
    </Drawing>
  );
}

const datesOf = (row: TargetRow): string[] => [
  row.baseline,
  ...(row.revised ?? []),
  ...(row.reached ? [row.reached] : []),
];

type TargetProps = {
  row: TargetRow;
  y: number;
  x: (date: string) => string;
  language: ChartProps['language'];
};

function Target({ row, y, x, language }: TargetProps) {
  const latest = row.revised?.at(-1);
  const title = (key: 'baseline' | 'revised' | 'reached', date: string) => (
    <title>{`${word(key, language)}: ${formatShortDate(date, language)}`}</title>
  );
  return (
    <>
      <line class="grid" x1="0" x2="100%" y1={y} y2={y} />
      {latest ? <line class="slip" x1={x(row.baseline)} x2={x(latest)} y1={y} y2={y} /> : null}
      <circle class="mark-baseline" cx={x(row.baseline)} cy={y} r="5">
        {title('baseline', row.baseline)}
      </circle>
      {(row.revised ?? []).map((date) => (
        <Diamond x={x(date)} y={y} look={`mark-${row.tone}`}>
          {title('revised', date)}
        </Diamond>
      ))}
      {row.reached ? (
        <circle class="mark-done" cx={x(row.reached)} cy={y} r="5.5">
          {title('reached', row.reached)}
        </circle>
      ) : null}
    </>
  );
}

type DiamondProps = { x: string; y: number; look: string; children: ComponentChildren };

const Diamond = ({ x, y, look, children }: DiamondProps) => (
  <svg aria-hidden="true" x={x} y={y} width="1" height="1">
    <path class={look} d="M0-7 7 0 0 7-7 0z">
      {children}
    </path>
  </svg>
);
