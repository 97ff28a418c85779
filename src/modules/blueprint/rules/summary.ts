// The counts of the register as of a day, beside the counts that the documents printed.

import type { Area, Day, Register, Tally } from '../schema/index.ts';
import { lastDay } from '../schema/index.ts';
import { type InitiativeAsOf, initiativesAsOf, type Status } from './as-of.ts';
import { rememberedByDay } from './remembered.ts';

export type Counts = {
  total: number;
  completedOrOngoing: number;
  inProgress: number;
  /** Announced, status not published. */
  announced: number;
  overdue: number;
};

export type SummaryRow = {
  area: Area;
  counts: Counts;
  /** Whether the total of the day includes this area; chapters may stand apart. */
  counted: boolean;
  /** What the latest table printed by that day says of the area; null where it says nothing. */
  printed: Tally['total'] | null;
};

export type Summary = {
  asOf: Day;
  /** The latest table that a document printed for that day or before; null before the first one. */
  tally: Tally | null;
  /** Every area and chapter, in the edition's order. */
  rows: SummaryRow[];
  /** Sum of the counted rows and of what is not filed. */
  total: Counts;
  /** All that was announced, counted or apart. */
  everything: Counts;
  /** Announced, but filed under no area by any document of that day. */
  unfiled: Counts;
  /** Counts that differ from the printed ones, in words of the table. Empty when all agree. */
  differences: { area: string | null; field: keyof Tally['total']; printed: number; ours: number }[];
};

const fieldOf: Record<Status, 'announced' | 'inProgress' | 'completedOrOngoing'> = {
  announced: 'announced',
  'in-progress': 'inProgress',
  'completed-or-ongoing': 'completedOrOngoing',
};

/** Counts of a list of initiatives. */
export function countInitiatives(list: InitiativeAsOf[]): Counts {
  const counts: Counts = { total: 0, completedOrOngoing: 0, inProgress: 0, announced: 0, overdue: 0 };
  for (const one of list) {
    counts.total += 1;
    counts[fieldOf[one.status]] += 1;
    if (one.overdue) counts.overdue += 1;
  }
  return counts;
}

/** The latest printed table that applies on a day. */
export const tallyAsOf = (register: Register, asOf: Day): Tally | null =>
  register.programme.tallies.filter((tally) => lastDay(tally.appliesFrom) <= asOf).at(-1) ?? null;

/** The register's counts as of a day. */
export const summaryAsOf = rememberedByDay(findSummary);

function findSummary(register: Register, asOf: Day): Summary {
  const all = initiativesAsOf(register, asOf);
  const tally = tallyAsOf(register, asOf);
  const isCounted = (area: string | null) => area === null || (tally?.counted.includes(area) ?? true);
  const rows = register.areas.map((area) => ({
    area,
    counts: countInitiatives(all.filter((one) => one.area === area.id)),
    counted: isCounted(area.id),
    printed: tally?.rows[area.id] ?? null,
  }));
  const total = countInitiatives(all.filter((one) => isCounted(one.area)));
  return {
    asOf,
    tally,
    rows,
    total,
    everything: countInitiatives(all),
    unfiled: countInitiatives(all.filter((one) => one.area === null)),
    differences: [
      ...rows.flatMap((row) => differencesOf(row.area.id, row.printed, row.counts)),
      ...differencesOf(null, tally?.total ?? null, total),
    ],
  };
}

function differencesOf(
  area: string | null,
  printed: Tally['total'] | null,
  ours: Counts,
): Summary['differences'] {
  const fields = ['total', 'completedOrOngoing', 'inProgress'] as const;
  return fields.flatMap((field) => {
    const value = printed?.[field];
    return value === undefined || value === ours[field]
      ? []
      : [{ area, field, printed: value, ours: ours[field] }];
  });
}
