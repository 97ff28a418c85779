// Dots on one scale: the values of a row are joined, so that change is seen as length.

import { formatNumber } from '../format.ts';
import { at, type ChartProps, Drawing, valueScale } from './parts.tsx';
import { RowWords, rowsLayout } from './rows.tsx';

export type DotRow = {
  label: string;
  /** Oldest first; the last is drawn solid, earlier ones hollow. */
  values: { value: number; label: string }[];
};

export type DotChartProps = ChartProps & {
  rows: DotRow[];
  format?: (value: number) => string;
  /** Ends of the scale; default: zero, or the lowest value if below, to the highest. */
  domain?: [number, number];
};

const axisHeight = 30;

export function DotChart(props: DotChartProps) {
  const { rows, format = (value: number) => formatNumber(value) } = props;
  const values = rows.flatMap((row) => row.values.map((item) => item.value));
  const x = valueScale(props.domain ?? [Math.min(0, ...values), Math.max(1, ...values)], [0, 97]);
  const words = rows.map((row) => row.values.map((item) => format(item.value)).join(' → '));
  const { tops, height } = rowsLayout(
    rows.map((row, index) => ({ label: row.label, value: words[index] ?? '' })),
    axisHeight,
  );
  return (
    <Drawing {...props} height={height}>
      {x.ticks(4).map((tick) => (
        <>
          <line class={tick === 0 ? 'axis' : 'grid'} x1={at(x(tick))} x2={at(x(tick))} y1="20" y2={height} />
          <text x={at(x(tick))} y="13" text-anchor={x(tick) < 1 ? 'start' : 'middle'}>
            {format(tick)}
          </text>
        </>
      ))}
      {rows.map((row, index) => {
        const top = tops[index] ?? { words: 0, drawing: 0, lines: [] };
        return (
          <>
            <RowWords lines={top.lines} y={top.words} value={words[index] ?? ''} />
            <Dots row={row} y={top.drawing + 6} x={x} />
          </>
        );
      })}
    </Drawing>
  );
}

function Dots({ row, y, x }: { row: DotRow; y: number; x: (value: number) => number }) {
  const first = row.values[0];
  const last = row.values.at(-1);
  return (
    <>
      <line class="grid" x1="0" x2="100%" y1={y} y2={y} />
      {first && last ? (
        <line class="spread" x1={at(x(first.value))} x2={at(x(last.value))} y1={y} y2={y} />
      ) : null}
      {row.values.map((item) => (
        <circle
          class={item === last ? 'dot' : 'hollow'}
          cx={at(x(item.value))}
          cy={y}
          r={item === last ? 6 : 4.5}
        >
          <title>{item.label}</title>
        </circle>
      ))}
    </>
  );
}
