// The table of initiatives that areas, the progress overview and the home page share.

import { type Column, DataTable, Status, Tag } from '../../../ui/index.ts';
import type { InitiativeAsOf } from '../rules/index.ts';
import { statusText } from '../rules/index.ts';
import { phrases, texts } from '../texts/index.ts';
import { type Reader, statusKind } from './reader.tsx';

/** The status as of a day in word, shape and colour; a passed target date comes first. */
export const StatusOf = ({ reader, one }: { reader: Reader; one: InitiativeAsOf }) => (
  <>
    {one.overdue ? (
      <>
        <Status kind="overdue" language={reader.language} label={reader.t(texts.overdueShort)} />{' '}
      </>
    ) : null}
    <Status
      kind={statusKind[one.status]!}
      language={reader.language}
      label={reader.t(statusText[one.status])}
    />
  </>
);

type Sorting = { href(key: string): string; key: string; direction: 'ascending' | 'descending' };

export type InitiativeTableProps = {
  reader: Reader;
  rows: InitiativeAsOf[];
  caption: string;
  asOf: string | undefined;
  showArea?: boolean;
  sorting?: Sorting;
};

export function InitiativeTable(props: InitiativeTableProps) {
  const { reader, rows, caption, asOf, showArea } = props;
  const { language } = reader;
  return (
    <DataTable
      caption={caption}
      language={language}
      rows={rows}
      columns={columnsOf(props)}
      rowKey={`${language} ${asOf} ${showArea}`}
    />
  );
}

function columnsOf({ reader, asOf, showArea, sorting }: InitiativeTableProps): Column<InitiativeAsOf>[] {
  const { t, href, register } = reader;
  const sort = (key: string) =>
    sorting
      ? { sort: { href: sorting.href(key), direction: sorting.key === key ? sorting.direction : undefined } }
      : {};
  const query = asOf === undefined ? '' : `?asOf=${encodeURIComponent(asOf)}`;
  const columns: (Column<InitiativeAsOf> | undefined)[] = [
    {
      key: 'title',
      header: t(texts.initiative),
      rowHeader: true,
      ...sort('id'),
      render: ({ initiative }) => (
        <>
          <a href={`${href(`/initiatives/${initiative.id}`)}${query}`}>{t(initiative.title)}</a>{' '}
          <span class="quiet small">{initiative.id}</span>{' '}
          {initiative.newMark ? <Tag label={t(texts.newTag)} /> : null}
        </>
      ),
    },
    showArea
      ? {
          key: 'area',
          header: t(texts.area),
          ...sort('area'),
          render: ({ area }) => (area ? t(register.areaById.get(area)!.name) : '–'),
        }
      : undefined,
    {
      key: 'status',
      header: t(texts.status),
      kind: 'status',
      ...sort('status'),
      render: (one) => <StatusOf reader={reader} one={one} />,
    },
    {
      key: 'updated',
      header: t(texts.latestEvidence),
      kind: 'date',
      ...sort('updated'),
      render: ({ updatedAt, silentDays }) => (
        <>
          {reader.date(updatedAt)} <span class="quiet small">{t(phrases.daysAgo(silentDays))}</span>
        </>
      ),
    },
  ];
  return columns.filter((column) => column !== undefined);
}
