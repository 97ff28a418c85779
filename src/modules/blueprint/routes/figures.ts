// Endpoints of figures: indicators, tables and the programme by technology, as JSON and as CSV.

import { z } from 'zod';
import { csvContentType, csvDescription, csvText } from '../../../core/csv.ts';
import { invalid, notFound } from '../../../core/errors.ts';
import { route } from '../../../core/module.ts';
import { say } from '../../../core/texts.ts';
import {
  differencesOf,
  figureText,
  inAllLanguages,
  latestPoint,
  pointsAsOf,
  sourceText,
} from '../rules/index.ts';
import {
  type Cell,
  type Day,
  type Indicator,
  type Point,
  pointKinds,
  qualifiers,
  type Register,
} from '../schema/index.ts';
import {
  asOfQuery,
  dateShape,
  dayShape,
  named,
  namedShape,
  reading,
  sourceShape,
  textShape,
} from './shapes.ts';

function checkTopic(register: Register, topic: string | undefined): void {
  const known = [...register.topics, ...register.areas].some(({ id }) => id === topic);
  if (topic === undefined || known) return;
  const message = { en: 'There is none of this id.', tc: '沒有這個編號。' };
  throw invalid(
    'unknown-topic',
    { en: 'The topic is not known.', tc: '沒有這個主題。' },
    { fields: [{ field: 'topic', message }] },
  );
}

const get = { method: 'GET', audience: 'public', cache: 'change' } as const;
const idParameter = z.object({ id: z.string().max(80) });
const csvResponse = {
  contentType: csvContentType,
  description: csvDescription,
};

const pointShape = z.object({
  value: z.union([z.number(), z.string()]),
  qualifier: z.enum(qualifiers).describe("The document's own caution."),
  text: textShape.describe('Value with caution and unit.'),
  asOf: dateShape,
  basis: z.enum(['printed', 'context', 'inferred']).describe('Where the date comes from.'),
  kind: z.enum(pointKinds),
  source: sourceShape,
  note: textShape.nullable(),
});

const pointOf = (register: Register, indicator: Indicator, point: Point) => ({
  ...point,
  text: inAllLanguages(figureText(register, indicator, point)),
  note: point.note ? inAllLanguages(point.note) : null,
});

const briefIndicatorShape = z.object({
  id: z.string(),
  label: textShape,
  unit: namedShape,
  topic: z.string().describe('Id of an area, or of a topic of its own.'),
  initiatives: z.array(z.string()),
  latest: pointShape.nullable().describe('The latest actual value known on the day.'),
  points: z.int().describe('How many points are known on the day.'),
  disagree: z.boolean().describe('The documents contradict one another somewhere.'),
  page: z.string(),
});

function briefIndicatorOf(register: Register, indicator: Indicator, day: Day) {
  const latest = latestPoint(register, indicator, day);
  return {
    id: indicator.id,
    label: inAllLanguages(indicator.label),
    unit: named(register.unitById.get(indicator.unit)!),
    topic: indicator.topic,
    initiatives: indicator.initiatives,
    latest: latest ? pointOf(register, indicator, latest) : null,
    points: pointsAsOf(register, indicator, day).length,
    disagree: differencesOf(register, indicator).some(({ kind }) => kind === 'disagree'),
    page: `/indicators/${indicator.id}`,
  };
}

const indicators = route({
  ...get,
  path: '/api/v1/indicators',
  summary: 'Indicators with their latest value as of a day',
  query: asOfQuery.extend({ topic: z.string().max(60).optional().describe('Id of an area or topic.') }),
  response: z.object({ asOf: dayShape, topics: z.array(namedShape), items: z.array(briefIndicatorShape) }),
  async handle({ house, query }) {
    const { register, day } = await readAsOf(house, query.asOf);
    checkTopic(register, query.topic);
    const items = register.indicators
      .filter(({ topic }) => query.topic === undefined || topic === query.topic)
      .map((indicator) => briefIndicatorOf(register, indicator, day));
    return { asOf: day, topics: [...register.topics, ...register.areas].map(named), items };
  },
});

function findIndicator(register: Register, id: string): Indicator {
  const indicator = register.indicatorById.get(id);
  if (indicator) return indicator;
  throw notFound('unknown-indicator', {
    en: 'There is no indicator of this id.',
    tc: '沒有這個編號的指標。',
  });
}

const indicator = route({
  ...get,
  path: '/api/v1/indicators/:id',
  summary: 'One indicator with its series, and where the documents differ',
  params: idParameter,
  query: asOfQuery,
  response: briefIndicatorShape.extend({
    asOf: dayShape,
    series: z.array(pointShape).describe('Known on the day, earliest first.'),
    differences: z.array(
      z.object({
        kind: z.enum(['disagree', 'worded-apart']).describe('Not all can be true, or all can.'),
        asOf: dateShape,
        sentence: textShape,
        points: z.array(pointShape),
      }),
    ),
  }),
  async handle({ house, params, query }) {
    const { register, day } = await readAsOf(house, query.asOf);
    const found = findIndicator(register, params.id);
    return {
      ...briefIndicatorOf(register, found, day),
      asOf: day,
      series: pointsAsOf(register, found, day).map((point) => pointOf(register, found, point)),
      differences: differencesOf(register, found).map((difference) => ({
        ...difference,
        sentence: inAllLanguages(difference.sentence),
        points: difference.points.map((point) => pointOf(register, found, point)),
      })),
    };
  },
});

const indicatorColumns = [
  ...['indicator', 'label_en', 'label_tc', 'unit', 'as_of', 'as_of_basis', 'kind', 'qualifier', 'value'],
  ...['source', 'note_en', 'note_tc'],
];

const indicatorCsv = route({
  ...get,
  path: '/api/v1/indicators/:id.csv',
  summary: 'The series of one indicator as CSV',
  params: idParameter,
  query: asOfQuery,
  response: csvResponse,
  async handle({ house, params, query }) {
    const { register, day } = await readAsOf(house, query.asOf);
    const { id, label, unit, ...found } = findIndicator(register, params.id);
    const rows = pointsAsOf(register, { id, label, unit, ...found }, day).map((point) => [
      ...[id, label.en, label.tc, unit, point.asOf, point.basis, point.kind, point.qualifier, point.value],
      ...[sourceText(point.source).en, point.note?.en, point.note?.tc],
    ]);
    return { contentType: csvContentType, body: csvText(indicatorColumns, rows), fileName: `${id}.csv` };
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

export const figureRoutes = [indicators, indicatorCsv, indicator, tableCsv, table, technologiesProgramme];
