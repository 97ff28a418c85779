// The one door to the `pg` package: pools of connections, how values are read, single questions.

import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';

/** Connections of `pg` that are kept open and lent out. */
export type Pool = pg.Pool;

/** How to reach a server and how much to ask of it. */
export type ConnectOptions = {
  /** `postgres://user:password@host:port/name`, or with `?host=/folder` for a unix socket. */
  url: string;
  /** Most connections open at once; default 10. */
  maxConnections?: number;
  /** A statement that takes longer is cancelled; default 30 000; 0 is never. */
  statementTimeoutMs?: number;
  /** Shown in pg_stat_activity; default `lamppost`. */
  applicationName?: string;
  /** Told when an idle connection breaks (the server restarted); the pool makes a new one by itself. */
  onIdleError?: (error: Error) => void;
};

const int8 = 20;
const int8List = 1016;
const day = 1082;
const dayList = 1182;

/** A whole number as a JavaScript number; as text when a number would round it. */
function parseWholeNumber(text: string): number | string {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : text;
}

const listOfText = pg.types.getTypeParser(1009 as never) as (text: string) => (string | null)[];

const parsers = new Map<number, (text: string) => unknown>([
  [int8, parseWholeNumber],
  [int8List, (text) => listOfText(text).map((item) => (item === null ? null : parseWholeNumber(item)))],
  // A calendar day has no time zone: pg's own reading of it as a local midnight moves it by a day.
  [day, (text) => text],
  [dayList, (text) => listOfText(text)],
]);

const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers.get(oid)) || pg.types.getTypeParser(oid, format as 'text')) as never,
};

const insideTransaction = new AsyncLocalStorage<true>();
let isStrict = false;

/**
 * From now on, work in a transaction that asks the pool for a second connection fails at once. Otherwise it
 * fails only when the pool is empty: then all wait for each other. For tests.
 */
export function refuseSecondConnections(): void {
  isStrict = true;
}

/** Runs the work of a transaction. */
export const withinTransaction = <Result>(work: () => Promise<Result>): Promise<Result> =>
  isStrict ? insideTransaction.run(true, work) : work();

/** Makes the pool notice when a transaction asks for a connection beside its own. */
function watch(pool: Pool): void {
  const lend = pool.connect.bind(pool) as (...given: unknown[]) => unknown;
  const lendOnce = (...given: unknown[]) => {
    if (isStrict && insideTransaction.getStore()) {
      throw new Error('a transaction asks for a second connection: hand it on instead');
    }
    return lend(...given);
  };
  pool.connect = lendOnce as Pool['connect'];
}

export function openPool(options: ConnectOptions): Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.maxConnections ?? 10,
    statement_timeout: options.statementTimeoutMs ?? 30_000,
    application_name: options.applicationName ?? 'lamppost',
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    types,
  });
  watch(pool);
  // Without a listener a connection that breaks while idle would end the process.
  pool.on('error', (error) => options.onIdleError?.(error));
  // A connection that breaks while it is lent out rejects the query on it; its own event is not news.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** A statement; with a `name` the server plans it once for each connection. */
export type Statement = { name?: string; text: string; values?: readonly unknown[] };

/** Rows of one statement, past the query builder: for hot paths. */
export async function queryPool<Row>(pool: Pool, statement: Statement): Promise<Row[]> {
  const { name, text, values } = statement;
  const result = await pool.query({
    text,
    values: [...(values ?? [])],
    ...(name === undefined ? {} : { name }),
  });
  return result.rows as Row[];
}

/** Asks one thing over a connection of its own. */
export async function askOnce<Row>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    application_name: 'lamppost',
  });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(text)).rows as Row[];
  } finally {
    await client.end();
  }
}

/** SQLSTATE of an error of the server (ISO/IEC 9075, PostgreSQL appendix A), if it is one. */
export function sqlStateOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}
