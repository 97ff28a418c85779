// The progress overview: counts by area as of a day, and all initiatives behind filters that stand in the
// address.

import { page, type View } from '../../../core/module.ts';
import { EmptyState, FilterForm, PageHeader, Pagination, Section } from '../../../ui/index.ts';
import { checkFilters, filterInitiatives, type InitiativeAsOf, summaryAsOf } from '../rules/index.ts';
import { getRegister } from '../store/index.ts';
import { phrases, texts } from '../texts/index.ts';
import { AsOfNotice, dayOf } from './as-of.tsx';
import { InitiativeTable } from './initiative-table.tsx';
import {
  ActiveFilters,
  csvAddress,
  FilterFields,
  filtersOf,
  type ProgressQuery,
  progressAddress,
  progressQuery,
  sortInitiatives,
} from './progress-query.tsx';
import { type Reader, readerOf, trail } from './reader.tsx';
import { answerOf, SummaryTable, statusNoteOf } from './summary-table.tsx';

const perPage = 50;

export const progressPage = page({
  path: '/progress',
  audience: 'public',
  cache: 'change',
  query: progressQuery,
  async render({ house, language, query }) {
    const reader = readerOf(await getRegister(house), language);
    return progressView(reader, query, dayOf(house, query.asOf));
  },
});

type ResultsProps = { reader: Reader; query: ProgressQuery; rows: InitiativeAsOf[] };

function Results({ reader, query, rows }: ResultsProps) {
  const { t, href, language } = reader;
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
  const pageNumber = Math.min(query.page ?? 1, Math.ceil(rows.length / perPage));
  const start = (pageNumber - 1) * perPage;
  const shown = rows.slice(start, start + perPage);
  const address = (change: Partial<ProgressQuery>) => `${progressAddress(reader, query, change)}#results`;
  const direction = query.direction ?? 'ascending';
  const turned = (key: string) =>
    key === query.sort && direction === 'ascending' ? 'descending' : 'ascending';
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
            address({ sort: key as ProgressQuery['sort'], direction: turned(key), page: undefined }),
        }}
      />
      {rows.length > perPage ? (
        <Pagination
          language={language}
          previousHref={pageNumber > 1 ? address({ page: pageNumber - 1 }) : undefined}
          nextHref={start + perPage < rows.length ? address({ page: pageNumber + 1 }) : undefined}
          summary={t(phrases.range(start + 1, start + shown.length, rows.length))}
        />
      ) : null}
    </>
  );
}

function progressView(reader: Reader, query: ProgressQuery, day: string): View {
  const { register, t, language } = reader;
  const summary = summaryAsOf(register, day);
  const filters = filtersOf(query);
  checkFilters(register, filters);
  const rows = sortInitiatives(reader, filterInitiatives(register, filters, day), query);
  const isFiltered = Object.values(query).some((value) => value !== undefined);
  const title = t(answerOf(summary));
  const csv = csvAddress(query);
  return {
    title: t(texts.progress),
    description: title,
    breadcrumbs: trail(reader),
    alternates: [{ type: 'text/csv', href: csv, title: t(texts.registerCsv) }],
    main: (
      <>
        <PageHeader
          kicker={t(texts.progress)}
          title={title}
          meta={<p class="quiet">{statusNoteOf(reader, summary)}</p>}
        />
        <AsOfNotice
          reader={reader}
          asOf={query.asOf}
          todayHref={progressAddress(reader, query, { asOf: undefined })}
        />
        <Section id="areas" title={t(texts.byArea)}>
          <SummaryTable reader={reader} summary={summary} asOf={query.asOf} />
        </Section>
        <Section
          id="initiatives"
          title={t(texts.allInitiatives)}
          margin={
            <FilterForm
              action={`${reader.href('/progress')}#results`}
              language={language}
              label={t(texts.filterLegend)}
              clearHref={isFiltered ? reader.href('/progress') : undefined}
              folded
            >
              <FilterFields reader={reader} query={query} day={day} />
            </FilterForm>
          }
        >
          <div id="results" class="prose">
            <ActiveFilters reader={reader} query={query} />
            <Results reader={reader} query={query} rows={rows} />
          </div>
        </Section>
      </>
    ),
  };
}
