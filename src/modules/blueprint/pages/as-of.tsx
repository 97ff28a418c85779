// The day as of which a page is asked: its parameter, its form, and the words that say so.

import { z } from 'zod';
import { calendarDay } from '../../../core/clock.ts';
import type { House } from '../../../core/house.ts';
import { FilterForm, TextField } from '../../../ui/index.ts';
import { type Day, isWrittenDate, lastDay } from '../schema/index.ts';
import { texts } from '../texts.ts';
import type { Reader } from './reader.tsx';

/** `2024`, `2024-06` or `2024-06-30`; a year or month means its last day. */
export const asOfParameter = z
  .string()
  .refine((text) => isWrittenDate(text) && !text.includes('/'), { params: { format: 'date' } })
  .optional()
  .describe('Show what was known on this day: 2024, 2024-06 or 2024-06-30.');

/** The day asked for, else the city's today. */
export function dayOf(house: House, asOf: string | undefined): Day {
  return asOf === undefined ? calendarDay(house.clock.now(), house.edition.timeZone) : lastDay(asOf);
}

/** Adds `asOf` to an address when the reader looks at an earlier day. */
export const withAsOf = (path: string, asOf: string | undefined): string =>
  asOf === undefined ? path : `${path}${path.includes('?') ? '&' : '?'}asOf=${encodeURIComponent(asOf)}`;

/** Lets the reader choose the day. */
export const AsOfForm = (props: { reader: Reader; path: string; asOf: string | undefined }) => {
  const { reader, path, asOf } = props;
  return (
    <FilterForm
      action={reader.href(path)}
      language={reader.language}
      label={reader.t(texts.asOf)}
      clearHref={asOf === undefined ? undefined : reader.href(path)}
    >
      <TextField
        name="asOf"
        id="as-of"
        label={reader.t(texts.asOf)}
        language={reader.language}
        value={asOf}
        hint={reader.t(texts.asOfHint)}
        placeholder="2024-06-30"
        maxLength={10}
        short
      />
    </FilterForm>
  );
};
