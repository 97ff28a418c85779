// The indicator pages: every published series, and where the documents disagree.

import { z } from 'zod';
import { notFound } from '../../../core/errors.ts';
import { page, type View } from '../../../core/module.ts';
import { type Column, DataTable, LinkList, Notice, PageHeader, Section } from '../../../ui/index.ts';
import {
  type Difference,
  dateBasisText,
  differencesOf,
  figureText,
  kindText,
  latestPoint,
  pointsAsOf,
} from '../rules/index.ts';
import { firstDay, type Indicator, lastDay, type Point, type Register } from '../schema/index.ts';
import { getRegister } from '../store/index.ts';
import { phrases, texts } from '../texts/index.ts';
import { asOfParameter, dayOf, withAsOf } from './as-of.tsx';
import { type Reader, readerOf, Sources, trail } from './reader.tsx';
import { SeriesFigure } from './series.tsx';

export const indicatorsPage = page({
  path: '/indicators',
  audience: 'public',
  cache: 'change',
  async render({ house, language }) {
    return indicatorsView(readerOf(await getRegister(house), language), dayOf(house, undefined));
  },
});

export const indicatorPage = page({
  path: '/indicators/:id',
  audience: 'public',
  cache: 'change',
  params: z.strictObject({ id: z.string().max(80) }),
  query: z.strictObject({ asOf: asOfParameter }),
  async render({ house, language, params, query, origin }) {
    const reader = readerOf(await getRegister(house), language);
    const indicator = reader.register.indicatorById.get(params.id);
    if (!indicator) throw notFound('unknown-indicator', phrases.unknownIndicator(params.id));
    return indicatorView(reader, indicator, { asOf: query.asOf, day: dayOf(house, query.asOf), origin });
  },
});

/** Topics that are areas have the area's name; the others their own. */
const topicsOf = (register: Register) => [
  ...register.topics,
  ...register.areas.map(({ id, name }) => ({ id, name })),
];

function indicatorColumns({ register, t, href, date }: Reader, day: string): Column<Indicator>[] {
  return [
    {
      key: 'label',
      header: t(texts.indicator),
      rowHeader: true,
      render: (one) => <a href={href(`/indicators/${one.id}`)}>{t(one.label)}</a>,
    },
    {
      key: 'value',
      header: t(texts.latestValue),
      render: (one) => {
        const point = latestPoint(register, one, day) ?? one.series.at(-1)!;
        const kind = point.kind === 'actual' ? '' : ` (${t(kindText[point.kind])})`;
        return t(figureText(register, one, point)) + kind;
      },
    },
    {
      key: 'asOf',
      header: t(texts.asOf),
      kind: 'date',
      render: (one) => date((latestPoint(register, one, day) ?? one.series.at(-1)!).asOf),
    },
    { key: 'points', header: t(texts.points), kind: 'number', render: (one) => one.series.length },
  ];
}

function indicatorsView(reader: Reader, day: string): View {
  const { register, t, href, language } = reader;
  const differing = register.indicators.filter((one) => differencesOf(register, one, day).length > 0);
  const columns = indicatorColumns(reader, day);
  const title = t(phrases.indicatorsTitle(register.indicators.length, differing.length));
  return {
    title: t(texts.indicators),
    description: title,
    breadcrumbs: trail(reader),
    main: (
      <>
        <PageHeader kicker={t(texts.indicators)} title={title} lede={t(texts.indicatorsLede)} />
        {topicsOf(register).map((topic) => {
          const rows = register.indicators.filter((one) => one.topic === topic.id);
          return rows.length > 0 ? (
            <Section id={`topic-${topic.id}`} title={t(topic.name)}>
              <DataTable
                caption={t(phrases.indicators(rows.length))}
                language={language}
                rows={rows}
                columns={columns}
              />
            </Section>
          ) : null;
        })}
        <Section id="tables" title={t(texts.tables)}>
          <LinkList
            items={register.tables.map((table) => ({
              label: t(table.title),
              href: href(`/tables/${table.id}`),
            }))}
          />
        </Section>
        {differing.length > 0 ? (
          <Section id="differences" title={t(texts.disagree)}>
            <LinkList
              items={differing.map((one) => ({
                label: t(one.label),
                href: href(`/indicators/${one.id}`),
                note: differencesOf(register, one, day)
                  .map((difference) => t(difference.sentence))
                  .join(' '),
              }))}
            />
          </Section>
        ) : null}
      </>
    ),
  };
}

function pointColumns(reader: Reader, indicator: Indicator): Column<Point>[] {
  const { register, t } = reader;
  return [
    {
      key: 'date',
      header: t(texts.asOf),
      rowHeader: true,
      render: (point) => (
        <>
          {reader.date(point.asOf)}
          <br />
          <span class="quiet small">{t(dateBasisText[point.basis])}</span>
        </>
      ),
    },
    { key: 'value', header: t(texts.value), render: (point) => t(figureText(register, indicator, point)) },
    { key: 'kind', header: t(texts.kind), render: (point) => t(kindText[point.kind]) },
    {
      key: 'source',
      header: t(texts.source),
      render: (point) => (
        <>
          <Sources reader={reader} sources={[point.source]} />
          {point.note ? <p class="small quiet">{t(point.note)}</p> : null}
        </>
      ),
    },
  ];
}

const DifferenceNotice = ({ reader, difference }: { reader: Reader; difference: Difference }) => (
  <Notice
    kind={difference.kind === 'disagree' ? 'warning' : 'information'}
    language={reader.language}
    title={reader.t(difference.kind === 'disagree' ? texts.disagree : texts.wordedApart)}
  >
    {reader.t(difference.sentence)}
  </Notice>
);

type Asked = { asOf: string | undefined; day: string; origin: string };

/** The series as schema.org describes data to search engines. */
const datasetOf = (reader: Reader, { label, id }: Indicator, points: Point[]) => ({
  ...{ '@context': 'https://schema.org', '@type': 'Dataset' },
  name: reader.t(label),
  identifier: id,
  license: 'https://www.apache.org/licenses/LICENSE-2.0',
  ...(points.length > 0
    ? { temporalCoverage: `${firstDay(points[0]!.asOf)}/${lastDay(points.at(-1)!.asOf)}` }
    : {}),
});

function indicatorView(reader: Reader, indicator: Indicator, { asOf, day, origin }: Asked): View {
  const { register, t, href, language } = reader;
  const points = pointsAsOf(register, indicator, day);
  const latest = latestPoint(register, indicator, day) ?? points.at(-1);
  const answer = latest
    ? t(phrases.latestFigure(figureText(register, indicator, latest), reader.date(latest.asOf)))
    : t(texts.nothingOnThatDay);
  const csv = withAsOf(`/api/v1/indicators/${indicator.id}.csv`, asOf);
  const topic = topicsOf(register).find(({ id }) => id === indicator.topic);
  return {
    title: t(indicator.label),
    description: answer,
    breadcrumbs: trail(reader, [texts.indicators, '/indicators']),
    alternates: [{ type: 'text/csv', href: csv, title: 'CSV' }],
    structuredData: [
      {
        ...datasetOf(reader, indicator, points),
        description: answer,
        url: origin + href(`/indicators/${indicator.id}`),
        distribution: [{ '@type': 'DataDownload', encodingFormat: 'text/csv', contentUrl: origin + csv }],
      },
    ],
    main: (
      <>
        <PageHeader
          kicker={topic ? t(topic.name) : t(texts.indicator)}
          title={t(indicator.label)}
          lede={answer}
        />
        <Section id="series" title={t(texts.series)} note={<a href={csv}>CSV</a>}>
          {differencesOf(register, indicator, day).map((difference) => (
            <DifferenceNotice reader={reader} difference={difference} />
          ))}
          <SeriesFigure reader={reader} indicator={indicator} points={points} asOf={asOf} />
          <DataTable
            caption={t(phrases.pointsCaption(points.length))}
            language={language}
            rows={points}
            columns={pointColumns(reader, indicator)}
          />
        </Section>
        {indicator.initiatives.length > 0 ? (
          <Section id="initiatives" title={t(texts.initiatives)}>
            <LinkList
              items={indicator.initiatives.map((id) => ({
                label: t(register.initiativeById.get(id)!.title),
                href: href(`/initiatives/${id}`),
                note: t(register.initiativeById.get(id)!.summary),
              }))}
            />
          </Section>
        ) : null}
      </>
    ),
  };
}
