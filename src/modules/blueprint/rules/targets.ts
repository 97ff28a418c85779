// What became of a target as of a day: its date after revisions, its slip, and whether a result is published.

import {
  type Day,
  daysBetween,
  lastDay,
  monthsBetween,
  type StatusFact,
  type Target,
  type TargetDate,
  type TargetRevision,
} from '../schema/index.ts';

/**
 * `undated`: no date was promised. `open-ended`: only a beginning was. `ahead`: the date has not passed.
 * `met`: a status printed on or after the date says completed or ongoing. `not-listed`: a list of what is
 * unfinished,
 * published on or after the date, leaves it out; nothing says more. `overdue`: the date passed and
 * the last status says in progress. `passed-no-status`: it has passed and no status was ever published.
 * `passed-unconfirmed`: it has passed, and the last status, completed or ongoing, is older than the date.
 */
export const targetStates = [
  'undated',
  'open-ended',
  'ahead',
  'met',
  'not-listed',
  'overdue',
  'passed-no-status',
  'passed-unconfirmed',
] as const;
export type TargetState = (typeof targetStates)[number];

/** How much later than first promised; negative when brought forward. `atLeast`: the new date has no end. */
export type Slip = { days: number; months: number; atLeast: boolean };

export type TargetAsOf = {
  target: Target;
  /** As first promised; never changes. */
  baseline: TargetDate | null;
  /** After the revisions known on the day. */
  by: TargetDate | null;
  /** Revisions known on the day, oldest first. */
  revisions: TargetRevision[];
  slip: Slip | null;
  state: TargetState;
};

const isKnown = (date: string, asOf: Day) => lastDay(date) <= asOf;

/** Null where no earlier date stands to compare with. */
export function slipBetween(baseline: TargetDate | null, by: TargetDate | null): Slip | null {
  if (!baseline || !by) return null;
  const between = (from: Day, to: Day, atLeast: boolean): Slip => ({
    days: daysBetween(from, to),
    months: monthsBetween(from, to),
    atLeast,
  });
  if (baseline.latest && by.latest) return between(baseline.latest, by.latest, false);
  if (baseline.latest && by.from) return between(baseline.latest, by.from, true);
  if (baseline.from && by.from) return between(baseline.from, by.from, false);
  return null;
}

function stateOf(by: TargetDate | null, status: StatusFact | undefined, asOf: Day): TargetState {
  if (!by) return 'undated';
  if (!by.latest) return 'open-ended';
  const isDone = status?.status === 'completed-or-ongoing';
  if (isDone && lastDay(status.from) >= by.latest) return status.basis === 'printed' ? 'met' : 'not-listed';
  if (asOf <= by.latest) return 'ahead';
  if (!status) return 'passed-no-status';
  return isDone ? 'passed-unconfirmed' : 'overdue';
}

/** Undefined when the target had not been announced yet. `status` is the last one known on the day. */
export function targetAsOf(
  target: Target,
  status: StatusFact | undefined,
  asOf: Day,
): TargetAsOf | undefined {
  if (!isKnown(target.announced, asOf)) return undefined;
  const revisions = target.revisions.filter((revision) => isKnown(revision.announced, asOf));
  const by = revisions.at(-1)?.by ?? target.by;
  return {
    target,
    baseline: target.by,
    by,
    revisions,
    slip: revisions.length > 0 ? slipBetween(target.by, by) : null,
    state: stateOf(by, status, asOf),
  };
}

/** Its date has passed and no document published since then says that it was kept. */
export const isOverdue = ({ state }: TargetAsOf): boolean =>
  state === 'overdue' || state === 'passed-no-status' || state === 'passed-unconfirmed';
