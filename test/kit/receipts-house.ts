// The log of receipts on a database of its own, numbered by hand, for tests of that module.

import { fixedClock } from '../../src/core/clock.ts';
import { parseConfig } from '../../src/core/config.ts';
import { connect, inTransaction, sql } from '../../src/core/database/index.ts';
import type { House } from '../../src/core/house.ts';
import { receipts, record } from '../../src/modules/receipts/index.ts';
import { cloneTestDatabase } from './database.ts';
import { testReceiptsKey } from './house.ts';

export type ReceiptsHouse = {
  house: House;
  url: string;
  /** Records public acts that say their number, each in a transaction of its own; gives their ids. */
  recordActs(count: number): Promise<string[]>;
  /** Runs statements past the triggers, as somebody with all rights over the database could. */
  tamper(...statements: string[]): Promise<void>;
  close(): Promise<void>;
};

/** Nothing numbers by itself. Close it at the end. */
export async function openReceiptsHouse(env: Record<string, string> = {}): Promise<ReceiptsHouse> {
  const source = await cloneTestDatabase();
  const { database, close } = connect(source.url);
  const config = parseConfig({ LAMPPOST_RECEIPTS_KEY: testReceiptsKey, ...env }, [receipts.config ?? {}]);
  const revisions = { bump: async () => {}, of: () => 0 };
  const clock = fixedClock('2026-11-21T12:00:00Z');
  const house = { database, config, revisions, clock } as unknown as House;
  let recorded = 0;
  return {
    house,
    url: source.url,
    recordActs: async (count) => {
      const ids: string[] = [];
      for (let left = count; left > 0; left -= 1) {
        recorded += 1;
        const act = { topic: 'test.done', subject: `S-${recorded}`, details: { n: recorded }, public: true };
        ids.push((await inTransaction(database, (transaction) => record(transaction, act))).actId);
      }
      return ids;
    },
    tamper: (...statements) =>
      inTransaction(database, async (transaction) => {
        await sql`set local session_replication_role = replica`.execute(transaction);
        for (const statement of statements) await sql.raw(statement).execute(transaction);
      }),
    close: async () => {
      await close();
      await source.drop();
    },
  };
}
