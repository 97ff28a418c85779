// The line: one dedicated database connection of a process, which hears notifications and holds leases.

import type { Log } from '../log.ts';
import { errorCode } from './error-code.ts';

/** What the line needs of a connection; a client of a `pg` pool fits. */
export type LineConnection = {
  query(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
  // biome-ignore lint/suspicious/noExplicitAny: what an emitter hands over differs by event
  on(event: string, heard: (...args: any[]) => void): unknown;
  release(destroy?: boolean | Error): void;
};
/** Where the line takes its connection from, such as a `pg` pool. */
export type LinePool = { connect(): Promise<LineConnection> };

/** Exclusive ownership of a name among all processes, until it is released or the connection breaks. */
export type Lease = { readonly held: boolean; release(): Promise<void> };

type Ear = { channel: string; heard: (payload: string) => void; reconnected?: (() => void) | undefined };
type Options = {
  pool: LinePool;
  log: Log /** How often silence is questioned, and how long it may last; default 5000. */;
  heartbeatMs?: number;
};

/**
 * Holds one connection open and reopens it when it breaks. Notifications sent while it was broken are lost,
 * so every listener is told when it is back. Needs session pooling: advisory locks do not survive a pooler
 * that hands each transaction to another connection.
 */
export class Line {
  readonly #options: Options;
  readonly #ears = new Set<Ear>();
  #connection: LineConnection | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #stopped = true;
  #timer: NodeJS.Timeout | undefined;
  #heartbeat: NodeJS.Timeout | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  get #beatMs(): number {
    return this.#options.heartbeatMs ?? 5000;
  }

  /** Connects; throws if the first attempt fails, later ones are repeated for ever. */
  async start(): Promise<void> {
    if (!this.#stopped) return;
    this.#stopped = false;
    await this.#connect();
    this.#heartbeat = setInterval(() => void this.#beat(), this.#beatMs);
  }

  /** Releases every lease and closes the connection. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    clearInterval(this.#heartbeat);
    const connection = this.#connection;
    if (!connection) return;
    await this.#query(connection, 'select pg_advisory_unlock_all()').catch(() => undefined);
    this.#connection = undefined;
    connection.release(true);
  }

  /** Calls `heard` for each notification, and `reconnected` when some may have been missed. */
  async listen(
    channel: string,
    heard: (payload: string) => void,
    reconnected?: () => void,
  ): Promise<() => Promise<void>> {
    const ear = { channel, heard, reconnected };
    this.#ears.add(ear);
    const connection = this.#connection;
    if (connection) await this.#query(connection, `listen "${channel}"`).catch(() => this.#lose(connection));
    return async () => {
      this.#ears.delete(ear);
      const now = this.#connection;
      if (!now || [...this.#ears].some((other) => other.channel === channel)) return;
      await this.#query(now, `unlisten "${channel}"`).catch(() => this.#lose(now));
    };
  }

  /** The lease of `name`, or undefined while somebody else holds it or the database is out of reach. */
  async tryLease(name: string): Promise<Lease | undefined> {
    const connection = this.#connection;
    if (!connection) return undefined;
    const locked = await this.#query(
      connection,
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as ok',
      [`lamppost.lease:${name}`],
    ).catch(() => this.#lose(connection));
    if (locked?.rows[0]?.ok !== true) return undefined;
    return this.#lease(name, connection);
  }

  #lease(name: string, connection: LineConnection): Lease {
    let released = false;
    const isCurrent = () => this.#connection === connection;
    return {
      get held() {
        return !released && isCurrent();
      },
      release: async () => {
        if (released || !isCurrent()) return;
        released = true;
        const unlock = 'select pg_advisory_unlock(hashtextextended($1, 0))';
        await this.#query(connection, unlock, [`lamppost.lease:${name}`]).catch(() => this.#lose(connection));
      },
    };
  }

  // One statement at a time: the driver refuses to queue them for us.
  #query(connection: LineConnection, text: string, values?: unknown[]) {
    const answer = this.#turn.then(() => connection.query(text, values));
    this.#turn = answer.catch(() => undefined);
    return answer;
  }

  async #connect(): Promise<void> {
    const connection = await this.#options.pool.connect();
    if (this.#stopped) return connection.release(true);
    this.#turn = Promise.resolve();
    connection.on('error', () => this.#lose(connection));
    connection.on('end', () => this.#lose(connection));
    connection.on('notification', (message: { channel: string; payload?: string }) => {
      for (const ear of this.#ears) if (ear.channel === message.channel) ear.heard(message.payload ?? '');
    });
    this.#connection = connection;
    const channels = new Set([...this.#ears].map((ear) => ear.channel));
    try {
      // When a machine vanishes the server must find out soon, or it would keep its leases for hours.
      const impatience =
        'set tcp_keepalives_idle = 15; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3';
      await this.#query(connection, impatience);
      for (const channel of channels) await this.#query(connection, `listen "${channel}"`);
    } catch {
      return this.#lose(connection);
    }
    for (const ear of this.#ears) ear.reconnected?.();
  }

  #lose(connection: LineConnection): undefined {
    if (this.#connection !== connection) return;
    this.#connection = undefined;
    connection.release(true);
    if (this.#stopped) return;
    this.#options.log.warn('database-line-lost');
    this.#again(100);
  }

  #again(delayMs: number): void {
    this.#timer = setTimeout(() => {
      this.#connect().catch((error: unknown) => {
        this.#options.log.debug('database-line-unreachable', { error: errorCode(error) });
        if (!this.#stopped) this.#again(Math.min(delayMs * 2, 2000));
      });
    }, delayMs);
  }

  // A machine that vanishes closes no socket: without a question now and then the silence would look like
  // peace.
  async #beat(): Promise<void> {
    const connection = this.#connection;
    if (!connection) return;
    const silence = setTimeout(() => this.#lose(connection), this.#beatMs);
    await this.#query(connection, 'select 1').catch(() => this.#lose(connection));
    clearTimeout(silence);
  }
}
