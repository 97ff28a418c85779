// The register as the rest of the house reads it: every record at hand by its id, dated facts in order.

import type { Area, Document, InitiativeData, Named, Source } from './data.ts';
import type { Indicator, System, Table } from './figures.ts';
import type { BlueprintData } from './files.ts';
import { type Day, firstDay, lastDay } from './written-date.ts';

/** When the register itself learned of a fact (ISO 8601 instant); absent in data that was never stored. */
type Recorded = { recordedAt?: string | undefined };

export type StatusFact = InitiativeData['statuses'][number] & Recorded;
export type ClassificationFact = InitiativeData['classifications'][number] & Recorded;
export type TargetRevision = InitiativeData['targets'][number]['revisions'][number] & Recorded;
export type Target = Omit<InitiativeData['targets'][number], 'revisions'> & {
  revisions: TargetRevision[];
} & Recorded;
/** `knownFrom` is the day from which the step counts: its own, else what the order in its document allows. */
export type ProgressStep = InitiativeData['progress'][number] & Recorded & { knownFrom: Day };

/** One promise with all that is known of it at any time; `asOf` rules read it for a day. */
export type Initiative = Omit<InitiativeData, 'statuses' | 'classifications' | 'targets' | 'progress'> & {
  statuses: StatusFact[];
  classifications: ClassificationFact[];
  targets: Target[];
  progress: ProgressStep[];
  /** Ids of indicators that measure it. */
  indicators: string[];
} & Recorded;

/** The bodies named for an initiative, from an instant until the next version. */
export type BodiesVersion = { initiative: string; bodies: InitiativeData['bodies']; recordedAt: string };

export const systemStates = ['works', 'partly', 'not-yet'] as const;

/** State of a system of the programme in this house. */
export type SystemState = {
  id: string;
  state: (typeof systemStates)[number];
  /** What proves it, e.g. the name of a test. */
  proof: string | null;
  /** What is still to come. */
  missing: string | null;
};

export type RegisterData = Omit<BlueprintData, 'initiatives'> & { initiatives: StoredInitiative[] };
/** An initiative as stored, before undated steps are placed. */
export type StoredInitiative = Omit<Initiative, 'progress' | 'indicators'> & {
  progress: (InitiativeData['progress'][number] & Recorded)[];
};

/** Everything of the blueprint in memory. Read only. */
export type Register = Omit<RegisterData, 'initiatives'> & {
  initiatives: Initiative[];
  initiativeById: ReadonlyMap<string, Initiative>;
  areaById: ReadonlyMap<string, Area>;
  indicatorById: ReadonlyMap<string, Indicator>;
  tableById: ReadonlyMap<string, Table>;
  systemById: ReadonlyMap<string, System>;
  technologyById: ReadonlyMap<string, Named>;
  bodyById: ReadonlyMap<string, Named>;
  unitById: ReadonlyMap<string, Named>;
  engineById: ReadonlyMap<string, Named>;
  documentById: ReadonlyMap<string, Document>;
  /** One for every system, `not-yet` where nothing else is known. */
  systemStates: ReadonlyMap<string, SystemState>;
  /** Of each initiative that was stored, oldest first. */
  bodiesVersions: ReadonlyMap<string, BodiesVersion[]>;
  /** Instant of the latest recording it holds (ISO 8601, UTC); null for data that was never stored. */
  recordedAt: string | null;
};

/** What the register knows besides the data of its edition. */
export type RegisterHistory = {
  states?: SystemState[];
  bodies?: BodiesVersion[];
  recordedAt?: string | null;
};

const byId = <T extends { id: string }>(records: T[]): ReadonlyMap<string, T> =>
  new Map(records.map((record) => [record.id, record]));

/** Last day on which the document can have been published, or undefined for other sources. */
export function publishedDay(documents: ReadonlyMap<string, Document>, source: Source): Day | undefined {
  const document = 'document' in source ? documents.get(source.document) : undefined;
  return document && lastDay(document.published);
}

const sameDocument = (a: Source, b: Source) =>
  'document' in a && 'document' in b && a.document === b.document;

/** The last day of the date; where the document came out before that, its own day within the date. */
function countsFrom(date: string, published: Day | undefined): Day {
  const [first, last] = [firstDay(date), lastDay(date)];
  if (published === undefined || published >= last) return last;
  return published > first ? published : first;
}

/** An undated step is not later than the next dated step of its document, nor than the document itself. */
function placeSteps(
  steps: StoredInitiative['progress'],
  documents: ReadonlyMap<string, Document>,
): ProgressStep[] {
  const placed: ProgressStep[] = steps.map((step, index) => {
    const published = publishedDay(documents, step.source);
    if (step.date !== null) return { ...step, knownFrom: countsFrom(step.date, published) };
    const next = steps
      .slice(index + 1)
      .find((later) => later.date !== null && sameDocument(later.source, step.source));
    const nextDay = next?.date ? countsFrom(next.date, published) : published;
    return { ...step, knownFrom: nextDay ?? '9999-12-31' };
  });
  return placed;
}

/** Joins the data into a register. */
export function buildRegister(data: RegisterData, history: RegisterHistory = {}): Register {
  const { states = [], bodies = [], recordedAt = null } = history;
  const documents = byId(data.documents);
  const measuredBy = new Map<string, string[]>();
  for (const indicator of data.indicators) {
    for (const id of indicator.initiatives) measuredBy.set(id, [...(measuredBy.get(id) ?? []), indicator.id]);
  }
  const initiatives = data.initiatives.map((initiative) => ({
    ...initiative,
    progress: placeSteps(initiative.progress, documents),
    indicators: measuredBy.get(initiative.id) ?? [],
  }));
  const known = byId(states);
  const notYet = (id: string): SystemState => ({ id, state: 'not-yet', proof: null, missing: null });
  return {
    ...data,
    initiatives,
    initiativeById: byId(initiatives),
    areaById: byId(data.areas),
    indicatorById: byId(data.indicators),
    tableById: byId(data.tables),
    systemById: byId(data.systems),
    technologyById: byId(data.technologies),
    bodyById: byId(data.bodies),
    unitById: byId(data.units),
    engineById: byId(data.engines),
    documentById: documents,
    systemStates: new Map(data.systems.map(({ id }) => [id, known.get(id) ?? notYet(id)])),
    bodiesVersions: Map.groupBy(bodies, ({ initiative }) => initiative),
    recordedAt,
  };
}
