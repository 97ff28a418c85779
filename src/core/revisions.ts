// Revisions: growing numbers, held in memory by every process, that tell when cached answers are old.

import { type Database, sql, type Transaction } from './database/index.ts';
import { errorCode } from './events/error-code.ts';
import type { Line } from './events/index.ts';
import type { Log } from './log.ts';

export type Revisions = {
  /** The number last heard of; 0 for a name that was never bumped. */
  of(name: string): number;
  /** Counts one up when the business transaction commits; writers of the same name wait for each other. */
  bump(transaction: Transaction, name: string): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Reads all numbers now, for who must see their own commit at once. */
  refresh(): Promise<void>;
  /** Called when a number has grown, in this process or another; returns what ends it. */
  onChange(changed: (name: string) => void): () => void;
};

const channel = 'lamppost_revision';

/**
 * Revisions kept in the database; `line` tells of changes at once, a poll every `pollMs` (5000) of missed
 * ones.
 */
export function createRevisions({
  database,
  line,
  log,
  pollMs = 5000,
}: {
  database: Database;
  line: Line;
  log: Log;
  pollMs?: number;
}): Revisions {
  const numbers = new Map<string, number>();
  const ears = new Set<(name: string) => void>();
  let timer: NodeJS.Timeout | undefined;
  let unlisten: (() => Promise<void>) | undefined;

  const note = (name: string, number: number) => {
    if (number <= (numbers.get(name) ?? 0)) return;
    numbers.set(name, number);
    for (const ear of ears) ear(name);
  };
  const refresh = async () => {
    const { rows } = await sql<{
      name: string;
      number: number;
    }>`select name, number from core.revision`.execute(database);
    for (const { name, number } of rows) note(name, number);
  };
  const refreshOrLog = () =>
    void refresh().catch((error: unknown) => log.warn('revisions-unread', { error: errorCode(error) }));
  const hear = (payload: string) => {
    const gap = payload.indexOf(' ');
    note(payload.slice(gap + 1), Number(payload.slice(0, gap)));
  };

  return {
    of: (name) => numbers.get(name) ?? 0,
    bump: async (transaction, name) => {
      await sql`with bumped as (
          insert into core.revision as old (name, number) values (${name}, 1)
          on conflict (name) do update set number = old.number + 1 returning number
        ) select pg_notify(${channel}, number || ' ' || ${name}::text) from bumped`.execute(transaction);
    },
    start: async () => {
      unlisten = await line.listen(channel, hear, refreshOrLog);
      await refresh();
      timer = setInterval(refreshOrLog, pollMs);
    },
    stop: async () => {
      clearInterval(timer);
      await unlisten?.();
    },
    refresh,
    onChange: (changed) => {
      ears.add(changed);
      return () => ears.delete(changed);
    },
  };
}
