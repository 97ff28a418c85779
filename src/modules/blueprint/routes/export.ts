// The whole register to take away: as JSON with every dated fact, as CSV as of a day.

import { z } from 'zod';
import { csvContentType, csvText } from '../../../core/csv.ts';
import { route } from '../../../core/module.ts';
import { say, type Text } from '../../../core/texts.ts';
import { filterInitiatives, type InitiativeAsOf, sourceText, statusText } from '../rules/index.ts';
import {
  areaSchema,
  documentSchema,
  governanceSchema,
  indicatorSchema,
  initiativeSchema,
  milestoneSchema,
  namedSchema,
  programmeSchema,
  type Register,
  systemSchema,
  tableSchema,
  technologiesProgrammeSchema,
} from '../schema/index.ts';
import { readAsOf } from '../store/index.ts';
import { filterShape, filtersOf } from './initiatives.ts';
import { csvResponse } from './shapes.ts';

const named = z.array(namedSchema);

const registerShape = z.object({
  programme: programmeSchema.describe('Blueprints and the tables of counts that documents printed.'),
  documents: z.array(documentSchema),
  areas: z.array(areaSchema),
  governance: z.array(governanceSchema),
  bodies: named,
  units: named,
  technologies: named,
  initiatives: z.array(initiativeSchema).describe('With every dated fact, oldest first.'),
  topics: named,
  indicators: z.array(indicatorSchema),
  milestones: z.array(milestoneSchema),
  tables: z.array(tableSchema),
  technologiesProgramme: technologiesProgrammeSchema,
  engines: named,
  systems: z.array(systemSchema),
});

/** Adds Simplified Chinese to every text, and leaves out what the register keeps for itself. */
function exported(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(exported);
  if (value === null || typeof value !== 'object') return value;
  if ('en' in value && 'tc' in value) return { ...value, sc: say(value as Text, 'sc') };
  const entries = Object.entries(value).filter(([key]) => key !== 'recordedAt' && key !== 'knownFrom');
  return Object.fromEntries(entries.map(([key, inner]) => [key, exported(inner)]));
}

const registerJson = route({
  method: 'GET',
  path: '/api/v1/register.json',
  summary: 'The whole register with every dated fact',
  description: 'The same shapes as the files of an edition, so that it can be read back as one.',
  audience: 'public',
  cache: 'change',
  response: registerShape,
  async handle({ house }) {
    const { register } = await readAsOf(house);
    const parts = Object.keys(registerShape.shape) as (keyof typeof registerShape.shape)[];
    const initiatives = register.initiatives.map(({ indicators: _indicators, ...initiative }) => initiative);
    const all: Record<string, unknown> = { ...register, initiatives };
    return Object.fromEntries(parts.map((part) => [part, exported(all[part])]));
  },
});

const csvColumns = [
  ...['id', 'area', 'area_en', 'area_tc', 'group_en', 'group_tc', 'title_en', 'title_tc', 'title_sc'],
  ...[
    'summary_en',
    'summary_tc',
    'summary_sc',
    'blueprint',
    'announced',
    'new',
    'status',
    'status_en',
    'status_tc',
  ],
  ...['status_as_of', 'lead', 'technologies', 'systems', 'targets', 'target_dates', 'overdue', 'last_update'],
  ...['silent_days', 'sources'],
];

function csvRow(register: Register, one: InitiativeAsOf) {
  const { initiative, status, statusFact } = one;
  const { id, title, summary, blueprint, announced, newMark } = initiative;
  const area = one.area === null ? undefined : register.areaById.get(one.area);
  const groups = register.areas.flatMap(({ groups }) => groups);
  const group = groups.find((candidate) => candidate.id === initiative.group);
  const leads = initiative.bodies.filter(({ role }) => role === 'lead');
  return [
    ...[id, area?.id, area?.name.en, area?.name.tc, group?.name.en, group?.name.tc],
    ...[title.en, title.tc, say(title, 'sc'), summary.en, summary.tc, say(summary, 'sc')],
    ...[blueprint, announced.date, newMark !== null, status, statusText[status].en, statusText[status].tc],
    statusFact?.from,
    leads.map(({ body }) => register.bodyById.get(body)!.name.en).join('; '),
    initiative.technologies
      .map((technology) => register.technologyById.get(technology.id)!.name.en)
      .join('; '),
    initiative.systems.join('; '),
    one.targets.map(({ target }) => target.what.en).join('; '),
    one.targets.map(({ by }) => by?.latest ?? by?.from ?? '').join('; '),
    ...[one.overdue, one.updatedAt, one.silentDays],
    initiative.sources.map((source) => sourceText(source).en).join('; '),
  ];
}

const registerCsv = route({
  method: 'GET',
  path: '/api/v1/register.csv',
  summary: 'Initiatives as of a day as CSV, one line each',
  description: 'Takes the filters of /api/v1/initiatives. Lists within a cell are separated by semicolons.',
  audience: 'public',
  cache: 'change',
  query: z.object(filterShape),
  response: csvResponse,
  async handle({ house, query }) {
    const { register, day } = await readAsOf(house, query.asOf);
    const found = filterInitiatives(register, filtersOf(register, query), day);
    const body = csvText(
      csvColumns,
      found.map((one) => csvRow(register, one)),
    );
    return { contentType: csvContentType, body, fileName: `register-${day}.csv` };
  },
});

export const exportRoutes = [registerJson, registerCsv];
