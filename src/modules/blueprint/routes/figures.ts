// Endpoints of the indicators, as JSON and as CSV.

import { z } from 'zod';
import { csvContentType, csvText } from '../../../core/csv.ts';
import { invalid, notFound } from '../../../core/errors.ts';
import { route } from '../../../core/module.ts';
import { inAllLanguages } from '../../../core/texts.ts';
import { differencesOf, figureText, latestPoint, pointsAsOf, sourceText } from '../rules/index.ts';
import {
  type Day,
  type Indicator,
  type Point,
  pointKinds,
  qualifiers,
  type Register,
} from '../schema/index.ts';
import { readAsOf } from '../store/index.ts';
import { pageOf, pageQuery, pageShape } from './paging.ts';
import {
  asOfQuery,
  csvResponse,
  dateShape,
  dayShape,
  named,
  namedShape,
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
  disagree: z.boolean().describe('Points known on the day contradict one another.'),
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
    disagree: differencesOf(register, indicator, day).some(({ kind }) => kind === 'disagree'),
    page: `/indicators/${indicator.id}`,
  };
}

const indicators = route({
  ...get,
  path: '/api/v1/indicators',
  summary: 'Indicators with their latest value as of a day',
  query: asOfQuery.extend({
    topic: z.string().max(60).optional().describe('Id of an area or topic.'),
    ...pageQuery(),
  }),
  response: z.object({
    asOf: dayShape,
    topics: z.array(namedShape),
    ...pageShape,
    items: z.array(briefIndicatorShape),
  }),
  async handle({ house, query }) {
    const { register, day } = await readAsOf(house, query.asOf);
    checkTopic(register, query.topic);
    const found = register.indicators.filter(
      ({ topic }) => query.topic === undefined || topic === query.topic,
    );
    const order = register.indicators.map(({ id }) => id);
    const page = pageOf({ found, idOf: ({ id }) => id, order }, query);
    return {
      asOf: day,
      topics: [...register.topics, ...register.areas].map(named),
      ...page,
      items: page.items.map((indicator) => briefIndicatorOf(register, indicator, day)),
    };
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
      differences: differencesOf(register, found, day).map((difference) => ({
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

export const figureRoutes = [indicators, indicatorCsv, indicator];
