// The tables of dated facts: which columns are the fact itself, and which are words that may be corrected.

import { type BlueprintData, lastDay, type StoredInitiative } from '../schema/index.ts';

/** A row as PostgreSQL gives and takes it in JSON; dates are `YYYY-MM-DD`. */
export type Row = Record<string, unknown>;

export type FactTable = {
  name: FactName;
  /** Columns that say whose fact it is, for messages. */
  subject: string;
  /** Columns of which no two facts may share the values. */
  key: readonly string[];
  /** Never changed once recorded. */
  fixed: readonly string[];
  /** Words and order, which may be corrected. */
  open: readonly string[];
};

export type FactName =
  | 'status_fact'
  | 'classification_fact'
  | 'progress_fact'
  | 'target'
  | 'target_revision'
  | 'indicator_point';

const dayKey = ['initiative', 'valid_from_day'];
const dated = ['valid_from', 'valid_from_day', 'basis', 'source'];

/** Parents before children. */
export const factTables: readonly FactTable[] = [
  {
    name: 'status_fact',
    subject: 'initiative',
    key: dayKey,
    fixed: ['initiative', 'status', ...dated],
    open: [],
  },
  {
    name: 'classification_fact',
    subject: 'initiative',
    key: dayKey,
    fixed: ['initiative', 'area', ...dated],
    open: [],
  },
  {
    name: 'progress_fact',
    subject: 'initiative',
    key: ['initiative', 'written_date', 'source'],
    fixed: ['initiative', 'written_date', 'source'],
    open: ['position', 'text'],
  },
  {
    name: 'target',
    subject: 'id',
    key: ['id'],
    fixed: [
      ...['id', 'initiative', 'announced', 'baseline_from', 'baseline_latest'],
      ...['value_low', 'value_high', 'unit', 'source'],
    ],
    open: ['position', 'what', 'baseline_words', 'value_words'],
  },
  {
    name: 'target_revision',
    subject: 'target',
    key: ['target', 'announced_day'],
    fixed: ['target', 'announced', 'announced_day', 'due_from', 'due_latest', 'source'],
    open: ['due_words'],
  },
  {
    name: 'indicator_point',
    subject: 'indicator',
    key: ['indicator', 'as_of', 'kind', 'qualifier', 'value', 'source'],
    fixed: ['indicator', 'as_of', 'kind', 'qualifier', 'value', 'basis', 'source'],
    open: ['position', 'note'],
  },
];

type Facts = Record<FactName, Row[]>;

/** The facts of edition data as rows, without origin and time of recording. */
export function factRowsOf(data: BlueprintData): Facts {
  const facts: Facts = {
    status_fact: [],
    classification_fact: [],
    progress_fact: [],
    target: [],
    target_revision: [],
    indicator_point: [],
  };
  for (const one of data.initiatives) addInitiative(facts, one);
  for (const { id, series } of data.indicators) {
    series.forEach(({ value, qualifier, asOf, basis, kind, source, note }, position) => {
      const row = {
        indicator: id,
        position,
        as_of: asOf,
        kind,
        qualifier,
        value,
        basis,
        source,
        note: note ?? null,
      };
      facts.indicator_point.push(row);
    });
  }
  return facts;
}

function addInitiative(facts: Facts, { id, ...initiative }: BlueprintData['initiatives'][number]) {
  const dateColumns = ({ from, basis, source }: { from: string; basis: string; source: unknown }) => ({
    valid_from: from,
    valid_from_day: lastDay(from),
    basis,
    source,
  });
  for (const fact of initiative.statuses) {
    facts.status_fact.push({ initiative: id, status: fact.status, ...dateColumns(fact) });
  }
  for (const fact of initiative.classifications) {
    facts.classification_fact.push({ initiative: id, area: fact.area, ...dateColumns(fact) });
  }
  initiative.progress.forEach(({ date, source, text }, position) => {
    facts.progress_fact.push({ initiative: id, position, written_date: date, source, text });
  });
  initiative.targets.forEach((target, position) => {
    facts.target.push(targetRow(id, position, target));
    for (const revision of target.revisions) facts.target_revision.push(revisionRow(target.id, revision));
  });
}

function targetRow(
  initiative: string,
  position: number,
  target: BlueprintData['initiatives'][number]['targets'][number],
) {
  const { id, announced, by, value, unit, what, source } = target;
  return {
    id,
    initiative,
    position,
    announced,
    baseline_from: by?.from ?? null,
    baseline_latest: by?.latest ?? null,
    baseline_words: by?.words ?? null,
    value_low: value?.low ?? null,
    value_high: value?.high ?? null,
    value_words: value?.words ?? null,
    unit,
    what,
    source,
  };
}

type Revision = BlueprintData['initiatives'][number]['targets'][number]['revisions'][number];

/** A revision of a target as a row, without origin and time of recording. */
export const revisionRow = (target: string, { announced, by, source }: Revision): Row => ({
  target,
  announced,
  announced_day: lastDay(announced),
  due_from: by.from ?? null,
  due_latest: by.latest ?? null,
  due_words: by.words,
  source,
});

/** Text by which two rows are the same fact, whatever the order of keys in their JSON. */
export const fingerprintOf = (row: Row, columns: readonly string[]): string =>
  stableJson(columns.map((column) => row[column] ?? null));

/** JSON with the keys of objects in alphabetical order. */
export function stableJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

type Stored = { content: Row; facts: Record<FactName, Row[]>; id: string; recordedAt: string };

// biome-ignore lint/suspicious/noExplicitAny: rows come back as they were checked when they went in
type Loose = any;

const given = (entries: Row) =>
  Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== null));

/** An initiative put together again from its record and the rows of its facts. */
export function initiativeOf({ id, content, facts, recordedAt }: Stored): StoredInitiative {
  const own = (name: FactName, column = 'initiative') =>
    facts[name].filter((row) => row[column] === id) as Loose[];
  const dateFields = (row: Loose) => ({
    from: row.valid_from,
    basis: row.basis,
    source: row.source,
    recordedAt: row.recorded_at,
  });
  const dateOf = (from: Loose, latest: Loose, words: Loose) =>
    from === null && latest === null ? null : { words, ...given({ from, latest }) };
  const revisionsOf = (target: string) =>
    facts.target_revision
      .filter((row) => row.target === target)
      .map((row: Loose) => ({
        announced: row.announced,
        by: dateOf(row.due_from, row.due_latest, row.due_words),
        source: row.source,
        recordedAt: row.recorded_at,
      }));
  return {
    ...content,
    id,
    recordedAt,
    statuses: own('status_fact').map((row) => ({ status: row.status, ...dateFields(row) })),
    classifications: own('classification_fact').map((row) => ({ area: row.area, ...dateFields(row) })),
    progress: own('progress_fact').map((row) => ({
      date: row.written_date,
      text: row.text,
      source: row.source,
      recordedAt: row.recorded_at,
    })),
    targets: own('target').map((row) => ({
      id: row.id,
      what: row.what,
      announced: row.announced,
      by: dateOf(row.baseline_from, row.baseline_latest, row.baseline_words),
      value: row.value_words && { words: row.value_words, low: row.value_low, high: row.value_high },
      unit: row.unit,
      source: row.source,
      recordedAt: row.recorded_at,
      revisions: revisionsOf(row.id),
    })),
  } as unknown as StoredInitiative;
}
