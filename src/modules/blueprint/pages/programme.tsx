// The digital-government programme by technology, the tables of the documents, and the documents themselves.

import { z } from 'zod';
import { notFound } from '../../../core/errors.ts';
import { page, type View } from '../../../core/module.ts';
import {
  BarChart,
  type Column,
  DataTable,
  DocumentList,
  Figure,
  LinkList,
  Notice,
  PageHeader,
  Section,
} from '../../../ui/index.ts';
import type { Cell, Table, TechnologiesProgramme } from '../schema/index.ts';
import { getRegister } from '../store/index.ts';
import { basisOf, phrases, readingRules, texts } from '../texts/index.ts';
import { PlainLinks, type Reader, readerOf, Sources, trail } from './reader.tsx';

export const programmePage = page({
  path: '/technologies',
  audience: 'public',
  cache: 'change',
  async render({ house, language }) {
    return programmeView(readerOf(await getRegister(house), language));
  },
});

export const tablePage = page({
  path: '/tables/:id',
  audience: 'public',
  cache: 'change',
  params: z.strictObject({ id: z.string().max(80) }),
  async render({ house, language, params }) {
    const reader = readerOf(await getRegister(house), language);
    const table = reader.register.tableById.get(params.id);
    if (!table) throw notFound('unknown-table', phrases.unknownTable(params.id));
    return tableView(reader, table);
  },
});

export const documentsPage = page({
  path: '/sources',
  audience: 'public',
  cache: 'change',
  async render({ house, language }) {
    return documentsView(readerOf(await getRegister(house), language));
  },
});

type Category = TechnologiesProgramme['categories'][number];

function categoryColumns({ register, t, href }: Reader): Column<Category>[] {
  return [
    { key: 'title', header: t(texts.programme), rowHeader: true, render: (row) => t(row.title) },
    { key: 'group', header: t(texts.technology), render: (row) => t(row.group) },
    { key: 'count', header: t(texts.countAsPrinted), kind: 'number', render: (row) => t(row.countAsPrinted) },
    {
      key: 'bodies',
      header: t(texts.exampleBodies),
      render: (row) => row.bodies.map((id) => t(register.bodyById.get(id)!.name)).join(t(texts.listComma)),
    },
    {
      key: 'systems',
      header: t(texts.systems),
      render: (row) => (
        <PlainLinks
          items={row.systems.map((id) => ({
            label: t(register.systemById.get(id)!.name),
            href: href(`/systems/${id}`),
          }))}
        />
      ),
    },
  ];
}

function programmeView(reader: Reader): View {
  const { register, t, language } = reader;
  const programme = register.technologiesProgramme;
  const rows = [...programme.categories].sort((a, b) => b.count - a.count);
  const title = t(phrases.programmeTitle(programme.announced));
  return {
    title: t(texts.programme),
    description: title,
    breadcrumbs: trail(reader),
    main: (
      <>
        <PageHeader kicker={t(texts.programme)} title={title} lede={t(programme.reading)} />
        <Section id="categories" title={t(texts.byTechnology)} note={reader.date(programme.asOf)}>
          <Figure
            id="counts"
            language={language}
            summary={t(phrases.largestCategory(rows[0]!.title, rows[0]!.countAsPrinted))}
            source={<Sources reader={reader} sources={[programme.announcedSource]} />}
            download={{ href: '/api/v1/technologies-programme' }}
          >
            <BarChart
              id="counts-chart"
              language={language}
              title={t(programme.title)}
              description={t(phrases.largestCategory(rows[0]!.title, rows[0]!.countAsPrinted))}
              rows={rows.map((row) => ({ label: t(row.title), value: row.count, qualifier: 'about' }))}
            />
          </Figure>
          <DataTable
            caption={t(programme.title)}
            language={language}
            rows={programme.categories}
            columns={categoryColumns(reader)}
          />
          <ul>
            {programme.categories
              .filter((category) => category.note)
              .map((category) => (
                <li class="small quiet">
                  {t(category.title)}
                  {': '}
                  {t(category.note!)}
                </li>
              ))}
          </ul>
        </Section>
        <Section id="examples" title={t(texts.examples)} note={t(phrases.audited(programme.auditedBodies))}>
          <ul>
            {programme.examples.map((example) => (
              <li>
                {t(example.text)}
                {example.note ? <span class="quiet small"> ({t(example.note)})</span> : null}
              </li>
            ))}
          </ul>
        </Section>
      </>
    ),
  };
}

const cellText = (reader: Reader, cell: Cell | undefined): string | number =>
  cell === null || cell === undefined ? '–' : typeof cell === 'object' ? reader.t(cell) : cell;

function tableView(reader: Reader, table: Table): View {
  const { t, language, date } = reader;
  const columns: Column<Cell[]>[] = table.columns.map((column, index) => ({
    key: column.id,
    header: t(column.name),
    ...(index === (table.columns[0]!.id === 'rank' ? 1 : 0) ? { rowHeader: true } : {}),
    ...(table.rows.every((row) => row[index] === null || typeof row[index] === 'number')
      ? { kind: 'number' as const }
      : {}),
    render: (row) => cellText(reader, row[index]),
  }));
  const warnings = table.notes.filter((note) => note.warning);
  const notes = table.notes.filter((note) => !note.warning);
  return {
    title: t(table.title),
    breadcrumbs: trail(reader, [texts.indicators, '/indicators']),
    alternates: [{ type: 'text/csv', href: `/api/v1/tables/${table.id}.csv`, title: 'CSV' }],
    main: (
      <>
        <PageHeader kicker={date(table.asOf)} title={t(table.title)} />
        <Section id="table" title={t(texts.table)} note={<a href={`/api/v1/tables/${table.id}.csv`}>CSV</a>}>
          {warnings.map((note) => (
            <Notice kind="warning" language={language}>
              {t(note.text)}
            </Notice>
          ))}
          <DataTable
            caption={t(table.title)}
            language={language}
            rows={table.rows}
            columns={columns}
            id="rows"
          />
          <Sources reader={reader} sources={[table.source]} />
          {notes.map((note) => (
            <p class="small quiet">{t(note.text)}</p>
          ))}
        </Section>
      </>
    ),
  };
}

function documentsView(reader: Reader): View {
  const { register, t, language } = reader;
  return {
    title: t(texts.sources),
    description: t(texts.sourcesLede),
    breadcrumbs: trail(reader),
    main: (
      <>
        <PageHeader title={t(texts.sources)} lede={t(texts.sourcesLede)} />
        <Section id="documents" title={t(texts.documents)}>
          {register.documents.map((document) => (
            <div id={`document-${document.id}`}>
              <DocumentList
                language={language}
                items={[
                  {
                    title: t(document.title),
                    date: document.published,
                    note: t(basisOf[document.publishedBasis]),
                  },
                ]}
              />
            </div>
          ))}
        </Section>
        <Section id="reading" title={t(texts.readingNote)}>
          {readingRules.map((rule) => (
            <p>{t(rule)}</p>
          ))}
        </Section>
        <Section id="doubts" title={t(texts.doubts)} note={t(texts.doubtsNote)}>
          <LinkList
            items={register.initiatives
              .filter((initiative) => initiative.doubt)
              .map((initiative) => ({
                label: `${initiative.id} ${t(initiative.title)}`,
                href: reader.href(`/initiatives/${initiative.id}`),
                note: t(initiative.doubt!.note),
              }))}
          />
        </Section>
      </>
    ),
  };
}
