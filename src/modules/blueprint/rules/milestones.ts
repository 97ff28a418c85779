// The milestones that hold for a day.

import { type Day, lastDay, type Milestone, publishedDay, type Register } from '../schema/index.ts';

/** One that was only expected counts from the day of the document that expects it. */
const countsFrom = (register: Register, { date, expected, source }: Milestone): Day =>
  (expected ? publishedDay(register.documentById, source) : undefined) ?? lastDay(date);

/** Milestones that count by a day, the earliest first. */
export const milestonesAsOf = (register: Register, asOf: Day): Milestone[] =>
  register.milestones
    .filter((milestone) => countsFrom(register, milestone) <= asOf)
    .toSorted((a, b) => (lastDay(a.date) < lastDay(b.date) ? -1 : lastDay(a.date) > lastDay(b.date) ? 1 : 0));
