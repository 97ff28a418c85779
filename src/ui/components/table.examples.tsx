// Examples of tables.

import type { Language } from '../../core/texts.ts';
import type { ExampleSet } from '../examples.ts';
import { formatShortDate } from '../format.ts';
import { StackedBar } from './bars.tsx';
import { Status, type StatusKind, statusWord } from './status.tsx';
import { type Column, DataTable } from './table.tsx';

type Row = { en: string; tc: string; done: number; going: number; updated: string; status: StatusKind };

const rows: Row[] = [
  { en: 'Smart Mobility', tc: '智慧出行', done: 28, going: 4, updated: '2024-06-30', status: 'in-progress' },
  { en: 'Smart Living', tc: '智慧生活', done: 15, going: 1, updated: '2024-06-30', status: 'in-progress' },
  { en: 'Smart Environment', tc: '智慧環境', done: 20, going: 0, updated: '2024-05', status: 'done' },
  { en: 'Smart People', tc: '智慧市民', done: 12, going: 0, updated: '2023', status: 'silent' },
];

const columns = (language: Language): Column<Row>[] => [
  {
    key: 'area',
    header: language === 'en' ? 'Area' : '範疇',
    rowHeader: true,
    render: (row) => <a href="#content">{language === 'en' ? row.en : row.tc}</a>,
    sort: { href: '#content' },
    total: language === 'en' ? 'All' : '合計',
  },
  {
    key: 'done',
    header: statusWord('done', language),
    kind: 'number',
    render: (row) => row.done,
    sort: { href: '#content', direction: 'descending' },
    total: 75,
  },
  {
    key: 'going',
    header: statusWord('in-progress', language),
    kind: 'number',
    render: (row) => row.going,
    total: 5,
  },
  {
    key: 'share',
    header: language === 'en' ? 'Share' : '比例',
    kind: 'bar',
    render: (row) => (
      <StackedBar
        language={language}
        label={language === 'en' ? row.en : row.tc}
        segments={[
          { tone: 'done', value: row.done, label: statusWord('done', language) },
          { tone: 'going', value: row.going, label: statusWord('in-progress', language) },
        ]}
      />
    ),
  },
  {
    key: 'updated',
    header: language === 'en' ? 'Updated' : '更新日期',
    kind: 'date',
    render: (row) => <time datetime={row.updated}>{formatShortDate(row.updated, language)}</time>,
  },
  {
    key: 'status',
    header: language === 'en' ? 'Status' : '狀態',
    kind: 'status',
    render: (row) => <Status kind={row.status} language={language} />,
  },
];

const caption = (language: Language) =>
  language === 'en' ? 'Initiatives at 30 June 2024' : '截至2024年6月30日的措施';

export const tableExamples: ExampleSet = {
  name: 'DataTable',
  about: {
    en: 'The pride of the house: aligned, sorted by link, with a head that stays; each row is a card on a phone.',
    tc: '數字對齊、可按連結排序、表頭固定；在手機上每行成為一張卡片。',
  },
  examples: [
    {
      name: 'sorted, with totals',
      render: (language) => (
        <DataTable caption={caption(language)} language={language} columns={columns(language)} rows={rows} />
      ),
    },
    {
      name: 'scrolling sideways',
      render: (language) => (
        <DataTable
          caption={language === 'en' ? 'The same, kept as a table on a phone' : '同一表格，在手機上保持原狀'}
          language={language}
          columns={columns(language)}
          rows={rows.slice(0, 2)}
          scroll
        />
      ),
    },
    {
      name: 'empty',
      render: (language) => (
        <DataTable caption={caption(language)} language={language} columns={columns(language)} rows={[]} />
      ),
    },
  ],
};
