// Writes tables as CSV (RFC 4180), in UTF-8 with a byte order mark, so that spreadsheets read Chinese.

export type CsvCell = string | number | boolean | null | undefined;

/** Media type of what `csvText` writes. */
export const csvContentType = 'text/csv; charset=utf-8; header=present';

/** What the description of an answer says of how `csvText` writes. */
export const csvDescription =
  'CSV (RFC 4180), UTF-8 with byte order mark; a text that begins with =, @, tab or carriage return has an ' +
  'apostrophe before it, so that no spreadsheet runs it.';

const byteOrderMark = '\uFEFF';

function written(cell: CsvCell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell !== 'string') return String(cell);
  // A spreadsheet would run a text that looks like a formula; an apostrophe makes it a text. Texts such as
  // `-5 %` and `+852 1234 5678` begin like values that people mean, and stay as they are.
  const text = /^[=@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line for the names and one for each row, each ended by CR LF; empty for what is not known. */
export const csvText = (columns: readonly string[], rows: readonly (readonly CsvCell[])[]): string =>
  byteOrderMark + [columns, ...rows].map((row) => `${row.map(written).join(',')}\r\n`).join('');
