// Lists in pages: how many at most, and the cursor that leads on.

import { z } from 'zod';
import { invalid } from '../../../core/errors.ts';
import { wholeNumber } from '../../../core/numbers.ts';

/** Query of a list; `usual` items when no limit is given. */
export const pageQuery = ({ usual = 200, most = 500 } = {}) => ({
  limit: wholeNumber({ min: 1, max: most }).default(usual).describe('At most this many.'),
  cursor: z.string().max(80).optional().describe('`next` of the previous answer.'),
});

/** What an answer says of its list besides the items. */
export const pageShape = {
  total: z.int().describe('How many fit in all.'),
  next: z.string().nullable().describe('Cursor of the next page, or null at the end.'),
};

type Listed<Item> = {
  found: readonly Item[];
  idOf(item: Item): string;
  /** Every id there is in the order of the list; that of `found` when absent. */
  order?: readonly string[];
};

/** The page asked for. A cursor is the id of the last item: it leads on also after the list has changed. */
export function pageOf<Item>(
  { found, idOf, order = found.map(idOf) }: Listed<Item>,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): { total: number; items: Item[]; next: string | null } {
  const rest = cursor === undefined ? found : after(cursor, order, { found, idOf });
  const items = rest.slice(0, limit);
  return { total: found.length, items, next: rest.length > limit ? idOf(items.at(-1)!) : null };
}

function after<Item>(cursor: string, order: readonly string[], { found, idOf }: Listed<Item>) {
  const place = order.indexOf(cursor);
  if (place === -1) {
    const message = {
      en: 'This cursor was not given by a previous answer.',
      tc: '此游標並非由先前的回應提供。',
    };
    throw invalid('unknown-cursor', message, { fields: [{ field: 'cursor', message }] });
  }
  const later = new Set(order.slice(place + 1));
  const start = found.findIndex((item) => later.has(idOf(item)));
  return start === -1 ? [] : found.slice(start);
}
