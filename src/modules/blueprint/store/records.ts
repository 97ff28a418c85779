// Records without dated facts: how the parts of the edition become rows and rows become the register again.

import type { BlueprintData, InitiativeData } from '../schema/index.ts';
import type { Row } from './facts.ts';

/** Lists of records and the kind under which they are stored. */
export const recordKinds = {
  documents: 'document',
  areas: 'area',
  governance: 'governance',
  bodies: 'body',
  units: 'unit',
  technologies: 'technology',
  topics: 'topic',
  indicators: 'indicator',
  milestones: 'milestone',
  tables: 'table',
  engines: 'engine',
  systems: 'system',
} as const;
type ListName = keyof typeof recordKinds;

export type RecordRow = { kind: string; id: string; position: number; content: Row };

/** Records as rows; an indicator without its series, which are facts. */
export function recordRowsOf(data: BlueprintData): RecordRow[] {
  const lists = (Object.entries(recordKinds) as [ListName, string][]).flatMap(([name, kind]) =>
    (data[name] as ({ id: string } & Row)[]).map((record, position) => {
      const { series: _series, ...content } = record;
      return { kind, id: record.id, position, content };
    }),
  );
  const single = (kind: string, content: Row) => ({ kind, id: kind, position: 0, content });
  return [
    ...lists,
    single('programme', data.programme),
    single('technologies-programme', data.technologiesProgramme),
  ];
}

/** What is stored of an initiative besides its facts. */
export function initiativeContentOf(initiative: InitiativeData): Row {
  const { id: _id, statuses: _s, classifications: _c, progress: _p, targets: _t, ...content } = initiative;
  return content;
}

/** The lists again, with the series of the indicators put back. */
export function recordsOf(rows: RecordRow[], points: Row[]): Omit<BlueprintData, 'initiatives'> {
  const contents = (kind: string) => rows.filter((row) => row.kind === kind).map((row) => row.content);
  const lists = Object.fromEntries(
    Object.entries(recordKinds).map(([name, kind]) => [name, contents(kind)]),
  ) as Record<ListName, Row[]>;
  const indicators = lists.indicators.map((indicator) => ({
    ...indicator,
    series: points.filter((point) => point.indicator === indicator.id).map(pointOf),
  }));
  return {
    ...lists,
    indicators,
    programme: contents('programme')[0],
    technologiesProgramme: contents('technologies-programme')[0],
  } as unknown as Omit<BlueprintData, 'initiatives'>;
}

const pointOf = ({ value, qualifier, as_of, basis, kind, source, note }: Row) => ({
  value,
  qualifier,
  asOf: as_of,
  basis,
  kind,
  source,
  ...(note === null ? {} : { note }),
});
