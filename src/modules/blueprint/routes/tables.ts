// Endpoints of the tables of the documents and of the programme by technology, as JSON and as CSV.

import { z } from 'zod';
import { csvContentType, csvText } from '../../../core/csv.ts';
import { notFound } from '../../../core/errors.ts';
import { route } from '../../../core/module.ts';
import { inAllLanguages, say } from '../../../core/texts.ts';
import type { Cell, Register } from '../schema/index.ts';
import { readAsOf } from '../store/index.ts';
import { pageOf, pageQuery, pageShape } from './paging.ts';
import { csvResponse, dateShape, named, namedShape, sourceShape, textShape } from './shapes.ts';

const get = { method: 'GET', audience: 'public', cache: 'change' } as const;
const idParameter = z.object({ id: z.string().max(80) });

const tables = route({
  ...get,
  path: '/api/v1/tables',
  summary: 'Tables of the documents',
  query: z.object(pageQuery()),
  response: z.object({
    ...pageShape,
    items: z.array(
      z.object({
        id: z.string(),
        title: textShape,
        asOf: dateShape,
        columns: z.array(namedShape),
        rows: z.int().describe('How many rows it has.'),
        source: sourceShape,
        page: z.string(),
      }),
    ),
  }),
  async handle({ house, query }) {
    const { register } = await readAsOf(house);
    const page = pageOf({ found: register.tables, idOf: ({ id }) => id }, query);
    const items = page.items.map(({ id, title, asOf, columns, rows, source }) => ({
      id,
      title: inAllLanguages(title),
      asOf,
      columns: columns.map(named),
      rows: rows.length,
      source,
      page: `/tables/${id}`,
    }));
    return { ...page, items };
  },
});

function findTable(register: Register, id: string) {
  const table = register.tableById.get(id);
  if (table) return table;
  throw notFound('unknown-table', { en: 'There is no table of this id.', tc: '沒有這個編號的列表。' });
}

const isText = (cell: Cell) => cell !== null && typeof cell === 'object';

const table = route({
  ...get,
  path: '/api/v1/tables/:id',
  summary: 'A table of the documents, row by row',
  params: idParameter,
  response: z.object({
    id: z.string(),
    title: textShape,
    asOf: dateShape,
    columns: z.array(namedShape),
    rows: z.array(z.array(z.union([z.number(), z.string(), textShape, z.null()]))),
    notes: z.array(
      z.object({ text: textShape, warning: z.boolean().describe('Must be shown with the table.') }),
    ),
    source: sourceShape,
  }),
  async handle({ house, params }) {
    const { register } = await readAsOf(house);
    const found = findTable(register, params.id);
    return {
      ...found,
      title: inAllLanguages(found.title),
      columns: found.columns.map(named),
      rows: found.rows.map((row) => row.map((cell) => (isText(cell) ? inAllLanguages(cell) : cell))),
      notes: found.notes.map(({ text, warning }) => ({ text: inAllLanguages(text), warning })),
    };
  },
});

const tableCsv = route({
  ...get,
  path: '/api/v1/tables/:id.csv',
  summary: 'A table as CSV',
  description: 'A column of texts comes twice: in English and in Traditional Chinese.',
  params: idParameter,
  response: csvResponse,
  async handle({ house, params }) {
    const { register } = await readAsOf(house);
    const { id, columns, rows } = findTable(register, params.id);
    const hasTexts = columns.map((_, index) => rows.some((row) => isText(row[index]!)));
    const names = columns.flatMap((column, index) =>
      hasTexts[index] ? [`${column.id}_en`, `${column.id}_tc`] : [column.id],
    );
    const cells = rows.map((row) =>
      row.flatMap((cell, index) => {
        const texts = isText(cell) ? [say(cell, 'en'), say(cell, 'tc')] : [cell, cell];
        return hasTexts[index] ? texts : texts.slice(0, 1);
      }),
    );
    return { contentType: csvContentType, body: csvText(names, cells), fileName: `${id}.csv` };
  },
});

const technologiesProgramme = route({
  ...get,
  path: '/api/v1/technologies-programme',
  summary: 'The digital-government programme by technology',
  response: z.object({
    title: textShape,
    asOf: dateShape,
    announced: textShape.describe('How many initiatives the document speaks of.'),
    announcedSource: sourceShape,
    sumOfCounts: z.int().describe('Sum of the rounded counts of the rows.'),
    reading: textShape,
    auditedBodies: z.int(),
    categories: z.array(
      z.object({
        id: z.string(),
        group: textShape,
        title: textShape,
        summary: textShape,
        count: z.int(),
        countAsPrinted: textShape,
        bodies: z.array(namedShape).describe('Examples of bureaux and departments.'),
        systems: z.array(z.string()),
        source: sourceShape,
        note: textShape.nullable(),
      }),
    ),
    examples: z.array(
      z.object({ text: textShape, categories: z.array(z.string()), note: textShape.nullable() }),
    ),
  }),
  async handle({ house }) {
    const { register } = await readAsOf(house);
    const programme = register.technologiesProgramme;
    return {
      ...programme,
      title: inAllLanguages(programme.title),
      announced: inAllLanguages(programme.announced),
      reading: inAllLanguages(programme.reading),
      categories: programme.categories.map((category) => ({
        ...category,
        group: inAllLanguages(category.group),
        title: inAllLanguages(category.title),
        summary: inAllLanguages(category.summary),
        countAsPrinted: inAllLanguages(category.countAsPrinted),
        bodies: category.bodies.map((id) => named(register.bodyById.get(id)!)),
        note: category.note && inAllLanguages(category.note),
      })),
      examples: programme.examples.map((example) => ({
        ...example,
        text: inAllLanguages(example.text),
        note: example.note && inAllLanguages(example.note),
      })),
    };
  },
});

export const tableRoutes = [tables, tableCsv, table, technologiesProgramme];
