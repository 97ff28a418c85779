// A table: typed columns, sortable by link, head that stays, cards on a phone, a sentence when it is empty.

import type { ComponentChildren } from 'preact';
import { rememberedPart } from '../../core/markup.ts';
import type { Language } from '../../core/texts.ts';
import { word } from '../texts.ts';
import { EmptyState } from './notice.tsx';

export type Column<Row> = {
  key: string;
  header: string;
  /** Default `text`. Numbers stand right, dates and statuses do not wrap. */
  kind?: 'text' | 'number' | 'date' | 'status' | 'bar';
  render(row: Row): ComponentChildren;
  /** This cell names the row; one column, the first, should. */
  rowHeader?: boolean;
  /** Link that sorts by this column; `direction` is set on the one column that is sorted now. */
  sort?: { href: string; direction?: 'ascending' | 'descending' | undefined };
  /** Cell of the totals row. */
  total?: ComponentChildren;
};

export type DataTableProps<Row> = {
  caption: ComponentChildren;
  columns: Column<Row>[];
  rows: Row[];
  language: Language;
  /** Shown instead of the table when there are no rows. */
  empty?: ComponentChildren;
  /** Many narrow columns: scrolls sideways instead of becoming cards. */
  scroll?: boolean;
  id?: string;
  /**
   * What the cells depend on beside the row, in words: language, day, which columns. Rows that are the same
   * objects on many pages are then rendered once. Leave out when a cell depends on anything else.
   */
  rowKey?: string;
};

export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { caption, columns, rows, language, empty, scroll, id, rowKey } = props;
  if (rows.length === 0) return <EmptyState>{empty ?? word('noRows', language)}</EmptyState>;
  const table = (
    <table class={scroll ? undefined : 'cards'} id={id}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <HeadCell {...column} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) =>
          rowKey === undefined ? (
            <TableRow columns={columns} row={row} />
          ) : (
            rememberedPart(row, rowKey, () => <TableRow columns={columns} row={row} />)
          ),
        )}
      </tbody>
      {columns.some((column) => column.total !== undefined) ? <Totals columns={columns} /> : null}
    </table>
  );
  return scroll ? (
    // A region that scrolls must be reachable by keyboard.
    <section class="table-scroll" tabindex={0} aria-label={String(caption)}>
      {table}
    </section>
  ) : (
    table
  );
}

const classOf = (kind: Column<unknown>['kind']): string =>
  kind === 'status' || kind === 'bar' ? `${kind}-cell` : (kind ?? 'text');

/** Where the last word begins, or the last two characters of Chinese: the mark stays with them. */
const tailStart = (header: string): number =>
  /[^ ] [^ ]/.test(header) ? header.lastIndexOf(' ') + 1 : Math.max(0, header.length - 2);

function HeadCell<Row>({ header, kind, sort }: Column<Row>) {
  const name = [classOf(kind), sort ? 'sortable' : ''].filter(Boolean).join(' ');
  return (
    <th scope="col" class={name || undefined} aria-sort={sort?.direction}>
      {sort ? (
        <a href={sort.href}>
          {header.slice(0, tailStart(header))}
          <span class="sort-end">
            {header.slice(tailStart(header))}
            <SortMark direction={sort.direction} />
          </span>
        </a>
      ) : (
        header
      )}
    </th>
  );
}

const marks = { ascending: 'M0 10h8L4 4z', descending: 'M0 5h8l-4 6z' };

const SortMark = ({ direction }: { direction?: 'ascending' | 'descending' | undefined }) => (
  <svg class="sort-mark" viewBox="0 0 8 12" aria-hidden="true">
    <path d={direction ? marks[direction] : 'M1 5h6L4 1zM1 7h6l-3 4z'} />
  </svg>
);

const TableRow = <Row,>({ columns, row }: { columns: Column<Row>[]; row: Row }) => (
  <tr>
    {columns.map((column) => (
      <Cell column={column} row={row} />
    ))}
  </tr>
);

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const content = column.render(row);
  return column.rowHeader ? (
    <th scope="row">{content}</th>
  ) : (
    <td class={classOf(column.kind)} data-label={column.header}>
      {content}
    </td>
  );
}

function Totals<Row>({ columns }: { columns: Column<Row>[] }) {
  return (
    <tfoot>
      <tr>
        {columns.map((column) =>
          column.rowHeader ? (
            <th scope="row">{column.total}</th>
          ) : (
            <td class={classOf(column.kind)} data-label={column.header}>
              {column.total}
            </td>
          ),
        )}
      </tr>
    </tfoot>
  );
}
