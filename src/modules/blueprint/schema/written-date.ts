// Dates as documents write them: a year, a month, a day, or two of these as a range; the precision is kept.

import { z } from 'zod';

const part = /^([1-9]\d{3})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?$/;

/** `2020`, `2020-12`, `2020-12-10`, or two joined by `/` (ISO 8601-1 reduced precision, interval). */
export type WrittenDate = string;

/** A calendar day, `YYYY-MM-DD`. */
export type Day = string;

const pad = (value: number, length: number) => String(value).padStart(length, '0');

const daysInMonth = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();

type Bounds = { first: Day; last: Day };

function boundsOfPart(text: string): Bounds | undefined {
  const match = part.exec(text);
  if (!match) return undefined;
  const year = Number(match[1]);
  const month = match[2] === undefined ? undefined : Number(match[2]);
  const day = match[3] === undefined ? undefined : Number(match[3]);
  const lastMonth = month ?? 12;
  if (day !== undefined && day > daysInMonth(year, lastMonth)) return undefined;
  const dayOf = (m: number, d: number) => `${pad(year, 4)}-${pad(m, 2)}-${pad(d, 2)}`;
  return {
    first: dayOf(month ?? 1, day ?? 1),
    last: dayOf(lastMonth, day ?? daysInMonth(year, lastMonth)),
  };
}

function boundsOf(text: string): Bounds | undefined {
  const parts = text.split('/');
  if (parts.length > 2) return undefined;
  const start = boundsOfPart(parts[0]!);
  const end = boundsOfPart(parts.at(-1)!);
  if (!start || !end || start.first > end.last) return undefined;
  return { first: start.first, last: end.last };
}

export const isWrittenDate = (text: string): boolean => boundsOf(text) !== undefined;

/** First day that the date can mean. Throws RangeError when it is no date. */
export function firstDay(date: WrittenDate): Day {
  return boundsOrThrow(date).first;
}

/** Last day that the date can mean: a fact counts from then on. Throws RangeError when it is no date. */
export function lastDay(date: WrittenDate): Day {
  return boundsOrThrow(date).last;
}

/** The register holds a few hundred different dates and asks for each of them thousands of times. */
const known = new Map<WrittenDate, Bounds>();
const mostKnown = 5000;

function boundsOrThrow(date: WrittenDate): Bounds {
  const seen = known.get(date);
  if (seen) return seen;
  const bounds = boundsOf(date);
  if (!bounds)
    throw new RangeError(`"${date}" is not a date such as 2020, 2020-12, 2020-12-10 or 2020-07/2020-12.`);
  if (known.size >= mostKnown) known.clear();
  known.set(date, bounds);
  return bounds;
}

/** Whole days from one day to another; negative when the second is earlier. */
export const daysBetween = (from: Day, to: Day): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

/** Completed calendar months from one day to another; negative when the second is earlier. */
export function monthsBetween(from: Day, to: Day): number {
  if (to < from) return 0 - monthsBetween(to, from);
  const [fromYear, fromMonth, fromDay] = from.split('-').map(Number) as [number, number, number];
  const [toYear, toMonth, toDay] = to.split('-').map(Number) as [number, number, number];
  const months = (toYear - fromYear) * 12 + (toMonth - fromMonth);
  const reached = toDay >= fromDay || toDay === daysInMonth(toYear, toMonth);
  return reached ? months : months - 1;
}

/** A date as documents write it. */
export const writtenDateSchema = z.string().refine(isWrittenDate, {
  error: 'must be a date such as 2020, 2020-12, 2020-12-10 or 2020-07/2020-12',
});

/** One calendar day. */
export const daySchema = z.string().refine((text) => text.length === 10 && isWrittenDate(text), {
  error: 'must be a day such as 2020-12-10',
});

/** A date that one can ask about: `2024`, `2024-06` or `2024-06-30`, no range. */
export const isAskedDate = (text: string): boolean => isWrittenDate(text) && !text.includes('/');

export const noAskedDate = {
  en: 'Must be a date such as 2024, 2024-06 or 2024-06-30.',
  tc: '必須是日期，例如2024、2024-06或2024-06-30。',
};

/** The day as of which something is asked; a year or month means its last day. */
export const asOfParameter = z
  .string()
  .refine(isAskedDate, { params: { message: noAskedDate } })
  .optional()
  .describe(
    'What holds for this day, by all papers since: 2024, 2024-06 or 2024-06-30; a year or month means its last day.',
  );
