// Horizontal bars, each with its words above and its value at the right end of the line.

import { formatNumber } from '../format.ts';
import { at, type ChartProps, Drawing, type Qualifier, qualified } from './parts.tsx';
import { RowWords, rowsLayout } from './rows.tsx';

export type BarRow = {
  label: string;
  value: number | null;
  qualifier?: Qualifier | undefined;
  /** The one to look at. */
  strong?: boolean;
};

export type BarChartProps = ChartProps & {
  rows: BarRow[];
  format?: (value: number) => string;
  /** End of the scale; default: the largest value. */
  max?: number;
  /** Words for a row without value. */
  noValue?: string;
};

const barHeight = 10;

export function BarChart(props: BarChartProps) {
  const { rows, language, format = (value: number) => formatNumber(value), noValue = '–' } = props;
  const max = props.max ?? Math.max(...rows.map((row) => row.value ?? 0), 1);
  const words = rows.map((row) =>
    row.value === null ? noValue : qualified(format(row.value), row.qualifier, language),
  );
  const { tops, height } = rowsLayout(
    rows.map((row, index) => ({ label: row.label, value: words[index] ?? '' })),
  );
  return (
    <Drawing {...props} height={height}>
      <line class="axis" x1="0" x2="0" y1="0" y2={height} />
      {rows.map((row, index) => {
        const top = tops[index] ?? { words: 0, drawing: 0, lines: [] };
        return (
          <>
            <RowWords lines={top.lines} y={top.words} value={words[index] ?? ''} />
            <Bar row={row} y={top.drawing} widthPercent={((row.value ?? 0) / max) * 98} />
          </>
        );
      })}
    </Drawing>
  );
}

/** `over` ends in an arrow, `about` in a hollow piece: the end of the bar is not exact. */
function Bar({ row, y, widthPercent }: { row: BarRow; y: number; widthPercent: number }) {
  if (row.value === null)
    return <line class="grid" x1="0" x2="98%" y1={y + 5} y2={y + 5} stroke-dasharray="2 6" />;
  const end = at(widthPercent);
  return (
    <>
      <rect class={row.strong ? 'bar-strong' : 'bar-fill'} x="0" y={y} width={end} height={barHeight} />
      {row.qualifier === 'over' ? (
        <svg aria-hidden="true" x={end} y={y} width="10" height={barHeight}>
          <path class="spread" d="M3 0l5 5-5 5" />
        </svg>
      ) : null}
      {row.qualifier === 'about' || row.qualifier === 'under' ? (
        <svg aria-hidden="true" x={end} y={y} width="8" height={barHeight}>
          <path class="spread" d="M0 1h5v8H0" />
        </svg>
      ) : null}
    </>
  );
}
