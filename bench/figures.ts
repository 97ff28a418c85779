// What a measurement hands back, and the small sums every measurement needs.

/** One line of a table. */
export type Row = { cells: (string | number)[]; met?: boolean | undefined };

/** One table of the report. */
export type Table = { title: string; columns: string[]; rows: Row[]; note?: string };

/** The value below which `share` of the others lie. */
export function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}

export const median = (values: number[]): number => quantile(values, 0.5);

/** Three figures that count, as a person writes them. */
export function inWords(value: number): string {
  if (!Number.isFinite(value)) return '?';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits });
}
