// Reports for those who steer the programme; each can be made again later, identical.

import { z } from 'zod';
import { calendarDay } from '../../../core/clock.ts';
import { invalid } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import { type Route, route } from '../../../core/module.ts';
import {
  askedDay,
  type OverdueRow,
  overdueReport,
  registerKnownAt,
  type Slip,
  targetStates,
} from '../rules/index.ts';
import { type Day, daySchema, type Register, type TargetDate } from '../schema/index.ts';
import { getRegister } from '../store/index.ts';
import { dateShape, dayShape, slipShape } from './shapes.ts';

const overdueQuery = z.object({
  asOf: daySchema
    .optional()
    .describe('Day of the meeting, YYYY-MM-DD; the calendar day of `knownAt` when absent.'),
  knownAt: z.iso
    .datetime({ offset: true })
    .optional()
    .describe('Leave out what was recorded after this instant (ISO 8601 with zone). Usual: the latest one.'),
});

const promisedShape = z.object({ from: dayShape.nullable(), latest: dayShape.nullable() });
const promisedOf = (by: TargetDate | null) => by && { from: by.from ?? null, latest: by.latest ?? null };

const rowShape = z.object({
  initiative: z.string().describe('Id; words at /api/v1/initiatives/{id}.'),
  bodies: z
    .array(z.object({ id: z.string(), role: z.enum(['lead', 'contributor']) }))
    .describe('As named at `knownAt`; names at /api/v1/governance.'),
  target: z.object({
    id: z.string(),
    announced: dateShape,
    low: z.number().nullable(),
    high: z.number().nullable(),
    unit: z.string().nullable(),
    baseline: promisedShape.nullable().describe('As first promised; never changes.'),
    by: promisedShape.nullable().describe('After the revisions known on the day.'),
    state: z.enum(targetStates),
    slip: slipShape.nullable(),
    revisions: z.array(promisedShape.extend({ announced: dateShape })),
  }),
  due: dayShape,
  daysLate: z.int(),
});

function rowOf({ initiative, target: one, due, daysLate }: OverdueRow): z.output<typeof rowShape> {
  const { id, announced, value, unit } = one.target;
  return {
    initiative: initiative.id,
    bodies: initiative.bodies.map(({ body, role }) => ({ id: body, role })),
    target: {
      id,
      announced,
      low: value?.low ?? null,
      high: value?.high ?? null,
      unit,
      baseline: promisedOf(one.baseline),
      by: promisedOf(one.by),
      state: one.state,
      slip: one.slip as Slip | null,
      revisions: one.revisions.map((revision) => ({
        announced: revision.announced,
        ...promisedOf(revision.by)!,
      })),
    },
    due,
    daysLate,
  };
}

const isAfter = (a: string, b: string | null) => b === null || Date.parse(a) > Date.parse(b);

/** What the register knew at an instant, by default all it holds, and that instant. */
async function readKnownAt(house: House, asked: string | undefined) {
  let register = await getRegister(house);
  if (asked !== undefined && isAfter(asked, register.recordedAt)) {
    // Another process may have told of a recording that this one has not heard of yet.
    await house.revisions.refresh();
    register = await getRegister(house);
  }
  const now = house.clock.now().toISOString();
  const latest = register.recordedAt ?? now;
  if (asked === undefined) return { register, knownAt: latest };
  if (isAfter(asked, latest) && isAfter(asked, now)) {
    const message = { en: 'This instant is still to come.', tc: '這個時刻尚未到。' };
    throw invalid('future-instant', message, { fields: [{ field: 'knownAt', message }] });
  }
  // A recording under way may still get an instant before the one asked for, but never before the latest.
  const knownAt = isAfter(asked, latest) ? latest : new Date(asked).toISOString();
  return { register, knownAt };
}

function dayOfMeeting(house: House, asOf: Day | undefined, knownAt: string): Day {
  const dayIn = (instant: Date) => calendarDay(instant, house.edition.timeZone);
  return asOf === undefined ? dayIn(new Date(knownAt)) : askedDay(asOf, dayIn(house.clock.now()));
}

const reportOf = (register: Register, asOf: Day, knownAt: string) =>
  overdueReport(registerKnownAt(register, knownAt), asOf).map(rowOf);

const overdue = route({
  method: 'GET',
  path: '/api/v1/reports/overdue',
  summary: 'Targets past their date, for a committee',
  description:
    'As of the day of a meeting, with the bodies named for each initiative. The answer names `knownAt`, the ' +
    'latest recording it takes in; asked again with it, the report is identical to the letter, whatever was ' +
    'recorded since. For that it holds ids, dates and figures only: titles and other wording may be corrected ' +
    'later and stand at the addresses of the records.',
  audience: 'public',
  cache: 'change',
  query: overdueQuery,
  response: z.object({
    asOf: dayShape,
    knownAt: z.string().describe('Instant up to which recorded facts are taken in.'),
    total: z.int(),
    items: z.array(rowShape),
  }),
  async handle({ house, query }) {
    const { register, knownAt } = await readKnownAt(house, query.knownAt);
    const asOf = dayOfMeeting(house, query.asOf, knownAt);
    const items = reportOf(register, asOf, knownAt);
    return { asOf, knownAt, total: items.length, items };
  },
});

export const reportRoutes: Route[] = [overdue];
