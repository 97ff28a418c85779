// Writes tables as CSV (RFC 4180), in UTF-8 with a byte order mark, so that spreadsheets read Chinese.

export type CsvCell = string | number | boolean | null | undefined;

/** Media type of what `csvText` writes. */
export const csvContentType = 'text/csv; charset=utf-8; header=present';

const byteOrderMark = '\uFEFF';

function written(cell: CsvCell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell !== 'string') return String(cell);
  // A spreadsheet would run a text that looks like a formula; an apostrophe makes it a text.
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line for the names and one for each row, each ended by CR LF; empty for what is not known. */
export const csvText = (columns: readonly string[], rows: readonly (readonly CsvCell[])[]): string =>
  byteOrderMark + [columns, ...rows].map((row) => `${row.map(written).join(',')}\r\n`).join('');
