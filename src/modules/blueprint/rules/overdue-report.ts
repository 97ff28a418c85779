// The report for a committee: what was late on a day, as the register knew it at an instant.

import type { Day, Initiative, Register } from '../schema/index.ts';
import { daysBetween } from '../schema/index.ts';
import { initiativesAsOf } from './as-of.ts';
import { isOverdue, type TargetAsOf } from './targets.ts';

type Recorded = { recordedAt?: string | undefined };

const isKnownAt =
  (instant: string) =>
  ({ recordedAt }: Recorded): boolean =>
    recordedAt === undefined || Date.parse(recordedAt) <= Date.parse(instant);

function initiativeKnownAt(initiative: Initiative, instant: string): Initiative {
  const isKnown = isKnownAt(instant);
  return {
    ...initiative,
    statuses: initiative.statuses.filter(isKnown),
    classifications: initiative.classifications.filter(isKnown),
    progress: initiative.progress.filter(isKnown),
    targets: initiative.targets
      .filter(isKnown)
      .map((target) => ({ ...target, revisions: target.revisions.filter(isKnown) })),
  };
}

/**
 * The register with no more facts than were recorded by an instant (ISO 8601). What is recorded later, even
 * of an
 * earlier day, is left out; so a report of then can be made again, identical.
 */
export function registerKnownAt(register: Register, instant: string): Register {
  const initiatives = register.initiatives.map((initiative) => initiativeKnownAt(initiative, instant));
  return {
    ...register,
    initiatives,
    initiativeById: new Map(initiatives.map((initiative) => [initiative.id, initiative])),
  };
}

export type OverdueRow = {
  initiative: Initiative;
  target: TargetAsOf;
  /** Last day by which it was promised. */
  due: Day;
  daysLate: number;
  /** Days since anything was published of the initiative. */
  silentDays: number;
};

/** Targets past their date without a later report that they were kept, the longest overdue first. */
export function overdueReport(register: Register, asOf: Day): OverdueRow[] {
  return initiativesAsOf(register, asOf)
    .flatMap(({ initiative, targets, silentDays }) =>
      targets.filter(isOverdue).map((target) => {
        const due = target.by!.latest!;
        return { initiative, target, due, daysLate: daysBetween(due, asOf), silentDays };
      }),
    )
    .toSorted((a, b) => b.daysLate - a.daysLate || (a.initiative.id < b.initiative.id ? -1 : 1));
}
