// Rows of a chart: words in one or more lines, and room for what is drawn under them.

import { narrowPx, textWidthPx, wrapText } from './text-width.ts';

const lineHeight = 18;
const drawingHeight = 12;
const gap = 16;

export type RowTop = {
  lines: string[];
  /** Baseline of the first line. */
  words: number;
  /** Top of the drawing. */
  drawing: number;
};

/** Tops of all rows, with labels wrapped so that label and value fit side by side on a phone. */
export function rowsLayout(rows: { label: string; value: string }[], start = 0) {
  let y = start;
  const tops = rows.map((row): RowTop => {
    const lines = wrapText(row.label, narrowPx - textWidthPx(row.value) - 20);
    const top = { lines, words: y + 14, drawing: y + lines.length * lineHeight + 2 };
    y = top.drawing + drawingHeight + gap;
    return top;
  });
  return { tops, height: y - gap + 2 };
}

export const rowIndent = 8;

/** Label at the left, value at the right end of its first line. */
export const RowWords = ({ lines, y, value }: { lines: string[]; y: number; value?: string }) => (
  <>
    {lines.map((line, index) => (
      <text class="label halo" x={rowIndent} y={y + index * lineHeight}>
        {line}
      </text>
    ))}
    {value ? (
      <text class="value halo" x="98%" y={y} text-anchor="end">
        {value}
      </text>
    ) : null}
  </>
);
