// The report for a committee: what was late on a day, as the register knew it at an instant.

import type { Day, Initiative, Register } from '../schema/index.ts';
import { daysBetween, lastDay } from '../schema/index.ts';
import { isOverdue, type TargetAsOf, targetAsOf } from './targets.ts';

type Recorded = { recordedAt?: string | undefined };

const isKnownAt =
  (instant: string) =>
  ({ recordedAt }: Recorded): boolean =>
    recordedAt === undefined || Date.parse(recordedAt) <= Date.parse(instant);

function initiativeKnownAt(register: Register, initiative: Initiative, instant: string): Initiative {
  const isKnown = isKnownAt(instant);
  const versions = register.bodiesVersions.get(initiative.id) ?? [];
  return {
    ...initiative,
    bodies: versions.length === 0 ? initiative.bodies : (versions.filter(isKnown).at(-1)?.bodies ?? []),
    statuses: initiative.statuses.filter(isKnown),
    classifications: initiative.classifications.filter(isKnown),
    progress: initiative.progress.filter(isKnown),
    targets: initiative.targets
      .filter(isKnown)
      .map((target) => ({ ...target, revisions: target.revisions.filter(isKnown) })),
  };
}

/**
 * The register with no more facts, and the bodies as named, than were recorded by an instant (ISO 8601). What
 * is recorded later, even of an earlier day, is left out; so a report of then can be made again, identical.
 * Words are not dated and are those of now.
 */
export function registerKnownAt(register: Register, instant: string): Register {
  const initiatives = register.initiatives.map((one) => initiativeKnownAt(register, one, instant));
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
};

const isBefore = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Targets past their date without a later report that they were kept, the longest overdue first. It rests on
 * recorded facts alone, of which none is ever changed.
 */
export function overdueReport(register: Register, asOf: Day): OverdueRow[] {
  return register.initiatives
    .flatMap((initiative) => {
      const status = initiative.statuses.filter(({ from }) => lastDay(from) <= asOf).at(-1);
      return initiative.targets.flatMap((promised) => {
        const target = targetAsOf(promised, status, asOf);
        if (target === undefined || !isOverdue(target)) return [];
        const due = target.by!.latest!;
        return [{ initiative, target, due, daysLate: daysBetween(due, asOf) }];
      });
    })
    .toSorted((a, b) => b.daysLate - a.daysLate || isBefore(a.target.target.id, b.target.target.id));
}
