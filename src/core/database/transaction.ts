// One business transaction, tried again when the server undid it only because of its neighbours.

import { setTimeout as sleep } from 'node:timers/promises';
import { sqlStateOf, withinTransaction } from './connection.ts';
import type { Database, Transaction } from './kysely.ts';

const serializationFailure = '40001';
const deadlockDetected = '40P01';
const attempts = 5;

/** How the transaction sees what its neighbours write; the server's default is read committed. */
export type TransactionOptions = {
  isolation?: 'read committed' | 'repeatable read' | 'serializable';
};

/**
 * Runs `work` in a transaction; up to five times in all when the server reports a serialization failure or a
 * deadlock (40001, 40P01). `work` must therefore do nothing outside the database.
 */
export async function inTransaction<Result>(
  database: Database,
  work: (transaction: Transaction) => Promise<Result>,
  options: TransactionOptions = {},
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const builder = database.transaction();
      const prepared = options.isolation ? builder.setIsolationLevel(options.isolation) : builder;
      return await prepared.execute((transaction) => withinTransaction(() => work(transaction)));
    } catch (error) {
      const state = sqlStateOf(error);
      if (attempt >= attempts || (state !== serializationFailure && state !== deadlockDetected)) throw error;
      await sleep(Math.random() * 10 * 2 ** attempt);
    }
  }
}
