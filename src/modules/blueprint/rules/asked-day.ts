// The day as of which somebody asks, from what they wrote and the city's today.

import { invalid } from '../../../core/errors.ts';
import { type Day, firstDay, isWrittenDate, lastDay } from '../schema/index.ts';

/**
 * A year or month means its last day, but never a day after today; nothing written means today. Throws
 * invalid, naming the field `asOf`, for what is no date and for what has not begun.
 */
export function askedDay(asOf: string | undefined, today: Day): Day {
  if (asOf === undefined) return today;
  if (!isWrittenDate(asOf) || asOf.includes('/')) {
    throw wrong({
      en: 'Must be a day, month or year such as 2024-06-30, 2024-06 or 2024.',
      tc: '必須是日期、月份或年份，例如2024-06-30、2024-06或2024。',
    });
  }
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
