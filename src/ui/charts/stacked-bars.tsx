// One bar for each row, made of parts that are told apart by height as well as colour.

import { type Segment, SegmentRects, segmentWords } from '../components/bars.tsx';
import { formatNumber } from '../format.ts';
import { type ChartProps, Drawing } from './parts.tsx';
import { RowWords, rowsLayout } from './rows.tsx';

export type StackedBarsProps = ChartProps & {
  rows: { label: string; segments: Segment[] }[];
  /** Lengths in proportion to the totals; without it every bar is a full 100 %. */
  proportional?: boolean;
  /** Words at the right end of a row; default: the total. */
  words?: (segments: Segment[]) => string;
};

const totalOf = (segments: Segment[]): number => segments.reduce((sum, segment) => sum + segment.value, 0);

export function StackedBars(props: StackedBarsProps) {
  const { rows, language, proportional, words = (segments) => formatNumber(totalOf(segments)) } = props;
  const largest = Math.max(...rows.map((row) => totalOf(row.segments)), 1);
  const { tops, height } = rowsLayout(rows.map((row) => ({ label: row.label, value: words(row.segments) })));
  return (
    <Drawing {...props} height={height}>
      <line class="axis" x1="0" x2="0" y1="0" y2={height} />
      {rows.map((row, index) => {
        const top = tops[index] ?? { words: 0, drawing: 0, lines: [] };
        const width = proportional ? (totalOf(row.segments) / largest) * 98 : 98;
        return (
          <>
            <RowWords lines={top.lines} y={top.words} value={words(row.segments)} />
            <svg x="0" y={top.drawing} width={`${width}%`} height="12">
              <title>{`${row.label}: ${segmentWords(row.segments, language)}`}</title>
              <SegmentRects segments={row.segments} />
            </svg>
          </>
        );
      })}
    </Drawing>
  );
}
