// The one door to the `kysely` package: the typed query builder on top of a pool.

import { Kysely, type Transaction as KyselyTransaction, PostgresDialect, sql } from 'kysely';
import { type ConnectOptions, openPool, type Pool, queryPool, type Statement } from './connection.ts';

// biome-ignore lint/suspicious/noExplicitAny: each store names the tables of its own schema with withTables
type AllTables = any;

/** The query builder on a pool; also what `inTransaction` takes. */
export type Database = Kysely<AllTables>;

/** The query builder inside a transaction. */
export type Transaction = KyselyTransaction<AllTables>;

export { sql };

/** A query builder, the pool under it, and what ends both. */
export type Connection = { database: Database; pool: Pool; close(): Promise<void> };

const poolOf = new WeakMap<object, Pool>();

/** Opens a pool; nothing is sent before the first query. */
export function connect(options: string | ConnectOptions): Connection {
  const pool = openPool(typeof options === 'string' ? { url: options } : options);
  const database: Database = new Kysely({ dialect: new PostgresDialect({ pool }) });
  poolOf.set(database, pool);
  return { database, pool, close: () => database.destroy() };
}

/**
 * Rows of one statement, past the query builder. Give it a `name` on a hot path: the server then plans it
 * once for each connection. `database` is the one that `connect` returned, never a transaction.
 */
export function query<Row>(database: Database, statement: Statement): Promise<Row[]> {
  const pool = poolOf.get(database);
  if (pool === undefined) throw new Error('query() needs the database that connect() returned');
  return queryPool<Row>(pool, statement);
}
