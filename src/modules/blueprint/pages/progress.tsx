// The progress overview: counts by area as of a day, and all initiatives behind filters that stand in the address.

import { z } from 'zod';
import { page, type View } from '../../../core/module.ts';
import {
  type Column,
  DataTable,
  EmptyState,
  FilterForm,
  Notice,
  PageHeader,
  Pagination,
  Section,
  Select,
  StackedBar,
  TextField,
} from '../../../ui/index.ts';
import {
  filterInitiatives,
  filterOptions,
  type InitiativeAsOf,
  type Summary,
  type SummaryRow,
  statuses,
  statusText,
  summaryAsOf,
} from '../rules/index.ts';
import { getRegister } from '../store/index.ts';
import { phrases, texts } from '../texts.ts';
import { asOfParameter, dayOf, withAsOf } from './as-of.tsx';
import { InitiativeTable } from './initiative-table.tsx';
import { type Reader, readerOf, Sources, trail } from './reader.tsx';

const sortKeys = ['id', 'area', 'status', 'updated'] as const;
const perPage = 50;

const query = z.strictObject({
  area: z.string().max(40).optional(),
  status: z.enum(['announced', 'in-progress', 'completed-or-ongoing']).optional(),
  lead: z.string().max(80).optional(),
  technology: z.string().max(80).optional(),
  new: z.enum(['yes', 'no']).optional(),
  overdue: z.enum(['yes', 'no']).optional(),
  silentForDays: z.coerce.number().int().min(0).max(36_500).optional(),
  q: z.string().trim().max(200).optional(),
  asOf: asOfParameter,
  sort: z.enum(sortKeys).optional(),
  direction: z.enum(['ascending', 'descending']).optional(),
  page: z.coerce.number().int().min(1).max(100).optional(),
});
type Query = z.output<typeof query>;

export const progressPage = page({
  path: '/progress',
  audience: 'public',
  query,
  async render({ house, language, query }) {
    const reader = readerOf(await getRegister(house), language);
    return progressView(reader, query, dayOf(house, query.asOf));
  },
});

/** The sentence that answers how far the city is, and the one that says from when the answer is. */
export function answerOf(summary: Summary) {
  const { total } = summary;
  if (total.total === 0) return phrases.nothingYet();
  if (total.completedOrOngoing + total.inProgress === 0) return phrases.noStatusYet(total.total);
  return phrases.answer(total);
}

const segmentsOf = (reader: Reader, counts: SummaryRow['counts']) => [
  { tone: 'done' as const, value: counts.completedOrOngoing, label: reader.t(texts.completedOrOngoing) },
  { tone: 'going' as const, value: counts.inProgress, label: reader.t(texts.inProgress) },
  { tone: 'unknown' as const, value: counts.announced, label: reader.t(texts.notPublished) },
];

/** Counts by area as a table with bars; chapters that are counted apart follow the total. */
export function SummaryTable({
  reader,
  summary,
  asOf,
}: {
  reader: Reader;
  summary: Summary;
  asOf: string | undefined;
}) {
  const { t, href, language } = reader;
  const filed = summary.rows.filter((row) => row.counts.total > 0);
  const columns = (totals: Summary['total'] | undefined): Column<SummaryRow>[] => {
    const count = (key: keyof Summary['total'], header: string): Column<SummaryRow> => ({
      key,
      header,
      kind: 'number',
      render: (row) => row.counts[key],
      ...(totals ? { total: totals[key] } : {}),
    });
    const statusKnown = summary.total.completedOrOngoing + summary.total.inProgress > 0;
    return [
      {
        key: 'area',
        header: t(texts.area),
        rowHeader: true,
        render: (row) => <a href={withAsOf(href(`/areas/${row.area.id}`), asOf)}>{t(row.area.name)}</a>,
        ...(totals ? { total: t(texts.total) } : {}),
      },
      ...(statusKnown
        ? [count('completedOrOngoing', t(texts.completedOrOngoing)), count('inProgress', t(texts.inProgress))]
        : [count('announced', t(texts.notPublished))]),
      count('total', t(texts.total)),
      {
        key: 'share',
        header: t(texts.share),
        kind: 'bar',
        render: (row) => (
          <StackedBar
            segments={segmentsOf(reader, row.counts)}
            language={language}
            label={t(row.area.name)}
          />
        ),
        ...(totals ? { total: '' } : {}),
      },
    ];
  };
  const counted = filed.filter((row) => row.counted);
  const apart = filed.filter((row) => !row.counted);
  const when = reader.date(summary.tally?.asOf ?? summary.asOf);
  return (
    <>
      <DataTable
        caption={t(phrases.countedCaption(when))}
        language={language}
        rows={counted}
        columns={columns(summary.total)}
      />
      {apart.length > 0 ? (
        <DataTable
          caption={t(texts.countedApart)}
          language={language}
          rows={apart}
          columns={columns(undefined)}
        />
      ) : null}
      {summary.tally ? (
        <>
          <p class="small quiet">{t(summary.tally.note)}</p>
          <Sources reader={reader} sources={[summary.tally.source]} />
        </>
      ) : null}
    </>
  );
}

function wanted(query: Query) {
  const flag = (value: 'yes' | 'no' | undefined) => (value === undefined ? undefined : value === 'yes');
  return {
    area: query.area,
    status: query.status,
    lead: query.lead,
    technology: query.technology,
    isNew: flag(query.new),
    overdue: flag(query.overdue),
    silentForDays: query.silentForDays,
    words: query.q,
  };
}

function sorted(reader: Reader, rows: InitiativeAsOf[], { sort, direction }: Query): InitiativeAsOf[] {
  if (sort === undefined) return rows;
  const areaOrder = new Map(reader.register.areas.map((area, index) => [area.id, index]));
  const keyOf: Record<(typeof sortKeys)[number], (one: InitiativeAsOf) => string | number> = {
    id: ({ initiative }) => initiative.id,
    area: ({ area }) => areaOrder.get(area ?? '') ?? 99,
    status: ({ status }) => statuses.indexOf(status),
    updated: ({ updatedAt }) => updatedAt,
  };
  const key = keyOf[sort];
  const sign = direction === 'descending' ? -1 : 1;
  return rows.toSorted((a, b) => sign * (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

/** Address of this page with some parameters changed; absent ones are left out. */
function address(reader: Reader, query: Query, change: Partial<Query>): string {
  const pairs = Object.entries({ ...query, ...change })
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`);
  return reader.href('/progress') + (pairs.length > 0 ? `?${pairs.join('&')}` : '');
}

function FilterFields({ reader, query, day }: { reader: Reader; query: Query; day: string }) {
  const { t, register, language } = reader;
  const options = filterOptions(register, day);
  const any = { value: '', label: t(texts.any) };
  const choices = (counts: Map<string, number>, nameOf: (id: string) => string) =>
    [...counts].map(([value, n]) => ({ value, label: `${nameOf(value)} (${n})` }));
  const named = (counts: Map<string, number>, nameOf: (id: string) => string) =>
    choices(counts, nameOf).toSorted((a, b) =>
      a.label.localeCompare(b.label, language === 'en' ? 'en' : 'zh-HK'),
    );
  const yesNo = [any, { value: 'yes', label: t(texts.yes) }, { value: 'no', label: t(texts.no) }];
  const field = { language, optional: false };
  const areaName = (id: string) => t(register.areaById.get(id)!.name);
  return (
    <>
      <TextField
        name="q"
        id="filter-words"
        {...field}
        label={t(texts.words)}
        value={query.q}
        maxLength={200}
      />
      <Select
        name="area"
        {...field}
        label={t(texts.area)}
        value={query.area}
        options={[any, ...choices(options.areas, areaName)]}
      />
      <Select
        name="status"
        {...field}
        label={t(texts.status)}
        value={query.status}
        options={[any, ...choices(options.statuses, (id) => t(statusText[id as InitiativeAsOf['status']]))]}
      />
      <Select
        name="lead"
        {...field}
        label={t(texts.lead)}
        value={query.lead}
        options={[any, ...named(options.leads, (id) => t(register.bodyById.get(id)!.name))]}
      />
      <Select
        name="technology"
        {...field}
        label={t(texts.technology)}
        value={query.technology}
        options={[any, ...named(options.technologies, (id) => t(register.technologyById.get(id)!.name))]}
      />
      <Select name="new" {...field} label={t(texts.newMark)} value={query.new} options={yesNo} />
      <Select name="overdue" {...field} label={t(texts.overdue)} value={query.overdue} options={yesNo} />
      <TextField
        name="silentForDays"
        {...field}
        label={t(texts.silentField)}
        type="number"
        value={query.silentForDays?.toString()}
        short
      />
      <TextField
        name="asOf"
        {...field}
        label={t(texts.asOf)}
        hint={t(texts.asOfShortHint)}
        value={query.asOf}
        maxLength={10}
        short
      />
    </>
  );
}

function Results({ reader, query, rows }: { reader: Reader; query: Query; rows: InitiativeAsOf[] }) {
  const { t, href, language } = reader;
  const pageNumber = Math.min(query.page ?? 1, Math.max(1, Math.ceil(rows.length / perPage)));
  const start = (pageNumber - 1) * perPage;
  const shown = rows.slice(start, start + perPage);
  if (rows.length === 0) {
    return (
      <EmptyState
        title={t(texts.nothingFits)}
        action={<a href={href('/progress')}>{t(texts.clearFilters)}</a>}
      >
        {t(texts.nothingFitsHint)}
      </EmptyState>
    );
  }
  const direction = query.direction ?? 'ascending';
  const turned = (key: string) =>
    key === query.sort && direction === 'ascending' ? ('descending' as const) : ('ascending' as const);
  return (
    <>
      <InitiativeTable
        reader={reader}
        rows={shown}
        caption={t(phrases.found(rows.length))}
        asOf={query.asOf}
        showArea
        sorting={{
          key: query.sort ?? '',
          direction,
          href: (key) =>
            address(reader, query, { sort: key as Query['sort'], direction: turned(key), page: undefined }),
        }}
      />
      {rows.length > perPage ? (
        <Pagination
          language={language}
          previousHref={pageNumber > 1 ? address(reader, query, { page: pageNumber - 1 }) : undefined}
          nextHref={
            start + perPage < rows.length ? address(reader, query, { page: pageNumber + 1 }) : undefined
          }
          summary={t(phrases.range(start + 1, start + shown.length, rows.length))}
        />
      ) : null}
    </>
  );
}

function progressView(reader: Reader, query: Query, day: string): View {
  const { register, t, language } = reader;
  const summary = summaryAsOf(register, day);
  const rows = sorted(reader, filterInitiatives(register, wanted(query), day), query);
  const isFiltered = Object.keys(query).some((key) => query[key as keyof Query] !== undefined);
  const title = t(answerOf(summary));
  return {
    title: t(texts.progress),
    description: title,
    breadcrumbs: trail(reader),
    alternates: [
      { type: 'text/csv', href: withAsOf('/api/v1/register.csv', query.asOf), title: t(texts.registerCsv) },
    ],
    main: (
      <>
        <PageHeader kicker={t(texts.progress)} title={title} />
        {query.asOf ? (
          <Notice
            kind="information"
            language={language}
            title={t(phrases.asOfNotice(reader.date(query.asOf)))}
          >
            <p>
              <a href={address(reader, query, { asOf: undefined })}>{t(texts.backToToday)}</a>
            </p>
          </Notice>
        ) : null}
        <Section id="areas" title={t(texts.byArea)}>
          <SummaryTable reader={reader} summary={summary} asOf={query.asOf} />
        </Section>
        <Section
          id="initiatives"
          title={t(texts.allInitiatives)}
          margin={
            <FilterForm
              action={`${reader.href('/progress')}#initiatives`}
              language={language}
              label={t(texts.filterLegend)}
              clearHref={isFiltered ? reader.href('/progress') : undefined}
            >
              <FilterFields reader={reader} query={query} day={day} />
            </FilterForm>
          }
        >
          <Results reader={reader} query={query} rows={rows} />
        </Section>
      </>
    ),
  };
}
