// What holds of an initiative for a day, by all papers since; facts that count later never change the answer.

import {
  type ClassificationFact,
  type Day,
  daysBetween,
  type Initiative,
  lastDay,
  type ProgressStep,
  type PublishedStatus,
  publishedDay,
  type Register,
  type Source,
  type StatusFact,
} from '../schema/index.ts';
import { rememberedByDay } from './remembered.ts';
import { isOverdue, type TargetAsOf, targetAsOf } from './targets.ts';

/** `announced`: promised, but no document has published its status. */
export type Status = 'announced' | PublishedStatus;
export const statuses: readonly Status[] = ['announced', 'in-progress', 'completed-or-ongoing'];

export type InitiativeAsOf = {
  initiative: Initiative;
  asOf: Day;
  status: Status;
  /** The fact behind the status; null while only announced. */
  statusFact: StatusFact | null;
  /** Area under which it was filed; null before any document filed it. */
  area: string | null;
  classification: ClassificationFact | null;
  targets: TargetAsOf[];
  /** Steps known on the day, in the order of the documents, oldest first. */
  progress: ProgressStep[];
  /** Day of the latest dated fact, step or document. */
  updatedAt: Day;
  silentDays: number;
  overdue: boolean;
};

/** Documents that are out by the day, or that say something which holds for the day. */
function documentsBehind(register: Register, { initiative, asOf, ...one }: InitiativeAsOf): Set<string> {
  const cited: (Source | undefined)[] = [
    initiative.announced.source,
    one.statusFact?.source,
    one.classification?.source,
    ...one.progress.map(({ source }) => source),
    ...one.targets.flatMap(({ target, revisions }) => [target, ...revisions].map(({ source }) => source)),
    ...initiative.sources.filter((source) => (publishedDay(register.documentById, source) ?? asOf) <= asOf),
  ];
  return new Set(cited.flatMap((source) => (source && 'document' in source ? source.document : [])));
}

/** Places where the initiative stands, without documents that speak only of later days. */
export function sourcesAsOf(register: Register, one: InitiativeAsOf): Source[] {
  const behind = documentsBehind(register, one);
  return one.initiative.sources.filter((source) => !('document' in source) || behind.has(source.document));
}

/** A doubt compares all the places where the initiative stands, so it waits for the last of them. */
export const doubtAsOf = (register: Register, one: InitiativeAsOf): Initiative['doubt'] =>
  sourcesAsOf(register, one).length === one.initiative.sources.length ? one.initiative.doubt : null;

const latestKnown = <T extends { from: string }>(facts: T[], asOf: Day): T | undefined =>
  facts.filter((fact) => lastDay(fact.from) <= asOf).at(-1);

const ofDay = rememberedByDay(() => new WeakMap<Initiative, InitiativeAsOf | undefined>());

/** Undefined when it had not been announced on that day. The same object for the same question. */
export function initiativeAsOf(
  register: Register,
  initiative: Initiative,
  asOf: Day,
): InitiativeAsOf | undefined {
  const known = ofDay(register, asOf);
  if (!known.has(initiative)) known.set(initiative, findInitiativeAsOf(register, initiative, asOf));
  return known.get(initiative);
}

function findInitiativeAsOf(
  register: Register,
  initiative: Initiative,
  asOf: Day,
): InitiativeAsOf | undefined {
  if (lastDay(initiative.announced.date) > asOf) return undefined;
  const statusFact = latestKnown(initiative.statuses, asOf);
  const classification = latestKnown(initiative.classifications, asOf);
  const targets = initiative.targets
    .map((target) => targetAsOf(target, statusFact, asOf))
    .filter((target) => target !== undefined);
  const progress = initiative.progress.filter((step) => step.knownFrom <= asOf);
  const updatedAt = lastUpdate(register, initiative, asOf);
  return {
    initiative,
    asOf,
    status: statusFact?.status ?? 'announced',
    statusFact: statusFact ?? null,
    area: classification?.area ?? null,
    classification: classification ?? null,
    targets,
    progress,
    updatedAt,
    silentDays: daysBetween(updatedAt, asOf),
    overdue: targets.some(isOverdue),
  };
}

function lastUpdate(register: Register, initiative: Initiative, asOf: Day): Day {
  const days = [
    lastDay(initiative.announced.date),
    ...initiative.statuses.map((fact) => lastDay(fact.from)),
    ...initiative.classifications.map((fact) => lastDay(fact.from)),
    ...initiative.progress.map((step) => step.knownFrom),
    ...initiative.targets.flatMap((target) => [
      lastDay(target.announced),
      ...target.revisions.map((revision) => lastDay(revision.announced)),
    ]),
    ...initiative.sources.map((source) => publishedDay(register.documentById, source)),
  ];
  const known = days.filter((day) => day !== undefined && day <= asOf) as Day[];
  return known.toSorted().at(-1)!;
}

/** Every initiative announced by that day, in the order of the register. */
export const initiativesAsOf = rememberedByDay((register: Register, asOf: Day): InitiativeAsOf[] =>
  register.initiatives
    .map((initiative) => initiativeAsOf(register, initiative, asOf))
    .filter((one) => one !== undefined),
);
