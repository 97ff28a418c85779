// Counts by area as of a day, as a table with bars; chapters that are counted apart follow the total.

import { rememberedPart } from '../../../core/markup.ts';
import { type Column, DataTable, StackedBar } from '../../../ui/index.ts';
import type { Counts, Summary, SummaryRow } from '../rules/index.ts';
import { phrases, texts } from '../texts/index.ts';
import { withAsOf } from './as-of.tsx';
import { type Reader, Sources } from './reader.tsx';

/** The sentence that answers how far the city is. */
export function answerOf({ total }: Summary) {
  if (total.total === 0) return phrases.nothingYet();
  return isStatusKnown(total) ? phrases.answer(total) : phrases.noStatusYet(total.total);
}

/** From when the counts are: the latest table that was printed, not the day on which they are read. */
export const statusNoteOf = (reader: Reader, { tally, asOf }: Summary): string =>
  reader.t(phrases.statusAsOf(reader.date(tally?.asOf ?? asOf)));

/** Whether any document had published a status. */
export const isStatusKnown = (counts: Counts): boolean => counts.completedOrOngoing + counts.inProgress > 0;

/** The parts of a bar of initiatives. */
export const segmentsOf = ({ t }: Reader, counts: Counts) => [
  { tone: 'done' as const, value: counts.completedOrOngoing, label: t(texts.completedOrOngoing) },
  { tone: 'going' as const, value: counts.inProgress, label: t(texts.inProgress) },
  { tone: 'unknown' as const, value: counts.announced, label: t(texts.notPublished) },
];

type Props = { reader: Reader; summary: Summary; asOf: string | undefined };

function columnsOf({ reader, summary, asOf }: Props, totals?: Counts): Column<SummaryRow>[] {
  const { t, href, language } = reader;
  const total = (value: string | number) => (totals ? { total: value } : {});
  const count = (key: keyof Counts, header: string): Column<SummaryRow> => ({
    key,
    header,
    kind: 'number',
    render: (row) => row.counts[key],
    ...total(totals?.[key] ?? 0),
  });
  const byStatus = isStatusKnown(summary.total)
    ? [count('completedOrOngoing', t(texts.completedOrOngoing)), count('inProgress', t(texts.inProgress))]
    : [count('announced', t(texts.notPublished))];
  return [
    {
      key: 'area',
      header: t(texts.area),
      rowHeader: true,
      render: (row) => <a href={withAsOf(href(`/areas/${row.area.id}`), asOf)}>{t(row.area.name)}</a>,
      ...total(t(texts.total)),
    },
    ...byStatus,
    count('total', t(texts.total)),
    {
      key: 'share',
      header: t(texts.share),
      kind: 'bar',
      render: (row) => (
        <StackedBar segments={segmentsOf(reader, row.counts)} language={language} label={t(row.area.name)} />
      ),
      ...total(''),
    },
  ];
}

/** The same on the home page and on the overview, whatever is filtered there. */
export const SummaryTable = (props: Props) =>
  rememberedPart(props.summary, `${props.reader.language} ${props.asOf}`, () => <Tables {...props} />);

function Tables(props: Props) {
  const { reader, summary } = props;
  const { t, language } = reader;
  const filed = summary.rows.filter((row) => row.counts.total > 0);
  const apart = filed.filter((row) => !row.counted);
  return (
    <>
      <DataTable
        caption={t(phrases.countedCaption(reader.date(summary.tally?.asOf ?? summary.asOf)))}
        language={language}
        rows={filed.filter((row) => row.counted)}
        columns={columnsOf(props, summary.total)}
      />
      {apart.length > 0 ? (
        <DataTable
          caption={t(texts.countedApart)}
          language={language}
          rows={apart}
          columns={columnsOf(props)}
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
