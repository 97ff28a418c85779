// The day as of which somebody asks, from what they wrote and the city's today.

import { invalid } from '../../../core/errors.ts';
import { type Day, firstDay, isAskedDate, lastDay, noAskedDate } from '../schema/index.ts';

/**
 * A year or month means its last day, but never a day after today; nothing written means today. Throws
 * invalid, naming the field `asOf`, for what is no date and for what has not begun.
 */
export function askedDay(asOf: string | undefined, today: Day): Day {
  if (asOf === undefined) return today;
  if (!isAskedDate(asOf)) throw wrong(noAskedDate);
  if (firstDay(asOf) > today) {
    throw wrong({
      en: `This day is still to come; today is ${today}.`,
      tc: `這一天尚未到；今日是${today}。`,
    });
  }
  const last = lastDay(asOf);
  return last > today ? today : last;
}

const wrong = (message: { en: string; tc: string }) =>
  invalid('wrong-as-of', message, { fields: [{ field: 'asOf', message }] });
