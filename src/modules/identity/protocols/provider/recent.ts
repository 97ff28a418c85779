// What this process wrote a moment ago and the next step of a sign-in reads: one question less each time.

import type { House } from '../../../../core/house.ts';
import type { Batch } from '../../store/artifact-batch.ts';

/** A row as it was written; `grant` on which it hangs. */
export type RecentRow = { payload: string; grant?: string | undefined };

/**
 * Each is read once here, and only where the database has the last word when it is used: a code is used up in
 * the statement that writes its tokens, an interaction removed, as it was read, in the one that goes on.
 */
const remembered = new Set(['Interaction', 'AuthorizationCode']);
const lifeMs = 60_000;
const most = 5_000;

type Kept = RecentRow & { until: number };

const rowsOf = new WeakMap<object, Map<string, Kept>>();

function keep({ database, clock }: House, id: string, row: RecentRow): void {
  const rows = rowsOf.get(database) ?? new Map<string, Kept>();
  rowsOf.set(database, rows);
  rows.delete(id);
  if (rows.size >= most) rows.delete(rows.keys().next().value!);
  rows.set(id, { ...row, until: clock.now().getTime() + lifeMs });
}

/** Takes note of an interaction that was written by itself. */
export function rememberRow(house: House, model: string, { id, payload }: { id: string; payload: string }) {
  if (model === 'Interaction') keep(house, id, { payload });
}

/** Takes note of what was written. */
export function rememberBatch(house: House, { puts, grants }: Batch): void {
  for (const { artifact } of puts.values()) {
    if (!remembered.has(artifact.model)) continue;
    const { id, payload, grantId } = artifact;
    const written = puts.get(`Grant ${grantId}`)?.artifact.payload;
    const read = grantId === undefined ? undefined : grants.get(grantId);
    keep(house, id, { payload, grant: written ?? (read && JSON.stringify(read)) });
  }
}

/** The row, if this process wrote it and has not read it since. */
export function takeRecent({ database, clock }: House, model: string, id: string): RecentRow | undefined {
  if (!remembered.has(model)) return undefined;
  const rows = rowsOf.get(database);
  const row = rows?.get(id);
  rows?.delete(id);
  return row !== undefined && row.until > clock.now().getTime() ? row : undefined;
}
