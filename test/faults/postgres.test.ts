// What the PostgreSQL brought along survives: kills at any moment, stale files, other users.

import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { getInstalledBinaries, prepareBinaries } from '../../src/core/database/binaries.ts';
import {
  connect,
  type Embedded,
  type EmbeddedOptions,
  query,
  startEmbedded,
} from '../../src/core/database/index.ts';
import { claimSocketFolder, placeCluster } from '../../src/core/database/placement.ts';
import { commandLine, startPostmaster } from '../../src/core/database/postmaster.ts';
import { isPostgresIn, listPostgresIn, signal, waitUntil } from '../../src/core/database/processes.ts';
import { canReach } from '../../src/core/database/reach.ts';
import { launch } from './launcher-process.ts';

/** For a busy machine with a slow disk; nothing here waits so long otherwise. */
const patienceMs = 60_000;
vi.setConfig({ testTimeout: 2 * patienceMs });

const isRoot = process.getuid?.() === 0;
const log = { debug() {}, info() {}, warn() {}, error() {} };
const checkout = new URL('../..', import.meta.url).pathname;

let seed: string;
let folder: string;
let running: Embedded[];

function makeFolder(name: string): string {
  const made = mkdtempSync(join(tmpdir(), name));
  chmodSync(made, 0o755);
  return made;
}

/** Making a cluster takes longer than most tests here: it is made once, and copied. */
beforeAll(async () => {
  seed = makeFolder('faults-seed-');
  await (await startEmbedded({ folder: seed, log })).stop();
});

afterAll(() => rmSync(seed, { recursive: true, force: true }));

beforeEach(() => {
  folder = makeFolder('faults-');
  running = [];
});

afterEach(async () => {
  for (const server of running) await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(more: Partial<EmbeddedOptions> = {}): Promise<Embedded> {
  const server = await startEmbedded({ folder, log, ...more });
  running.push(server);
  return server;
}

/** Puts the cluster that was made once into the folder. */
function useSeed(): void {
  execFileSync('cp', ['-a', join(seed, 'postgres'), folder]);
}

async function ask<Row>(url: string, text: string): Promise<Row[]> {
  const connection = connect({ url, maxConnections: 1 });
  try {
    return await query<Row>(connection.database, { text });
  } finally {
    await connection.close();
  }
}

async function listAcknowledged(url: string): Promise<Set<number>> {
  const rows = await ask<{ n: number }>(url, 'select n from acknowledged');
  return new Set(rows.map((row) => row.n));
}

const missingFrom = (kept: Set<number>, acknowledged: number[]) => acknowledged.filter((n) => !kept.has(n));

const killAll = (cluster: string) => {
  for (const pid of listPostgresIn(cluster)) signal(pid, 'SIGKILL');
};

describe('the PostgreSQL that is brought along', () => {
  beforeEach(useSeed);

  it('starts, stops and starts again with what was written', async () => {
    const first = await start();
    await ask(first.url, 'create table kept as select 42 as answer');
    await first.stop();
    expect(listPostgresIn(first.cluster)).toEqual([]);
    const second = await start();
    expect(second.adopted).toBe(false);
    expect(await ask(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('is durable, in UTF-8, and opens no port', async () => {
    const { url } = await start();
    const [settings] = await ask(
      url,
      `select current_setting('fsync') fsync, current_setting('full_page_writes') pages,
        current_setting('listen_addresses') ports, current_setting('server_encoding') encoding, lower('ÄÉ') lower`,
    );
    expect(settings).toEqual({ fsync: 'on', pages: 'on', ports: '', encoding: 'UTF8', lower: 'äé' });
  });

  it('allows as many connections as the pool may open, and some for others', async () => {
    const { url } = await start({ connections: 200 });
    expect(await ask(url, 'show max_connections')).toEqual([{ max_connections: '220' }]);
  });

  it('comes back by itself when it is killed, and the pool finds it again', async () => {
    const events: boolean[] = [];
    const server = await start({ onExit: ({ willRestart }) => events.push(willRestart) });
    const connection = connect(server.url);
    try {
      await query(connection.database, { text: 'create table kept as select 1 as answer' });
      const before = server.pid();
      signal(before, 'SIGKILL');
      expect(await waitUntil(() => server.pid() !== before, patienceMs)).toBe(true);
      expect(await query(connection.database, { text: 'select answer from kept' })).toEqual([{ answer: 1 }]);
      expect(events).toEqual([true]);
    } finally {
      await connection.close();
    }
  });

  it('is given up when it dies again and again', async () => {
    const events: boolean[] = [];
    const server = await start({ onExit: ({ willRestart }) => events.push(willRestart) });
    for (let deaths = 1; deaths <= 6; deaths += 1) {
      const before = server.pid();
      signal(before, 'SIGKILL');
      expect(await waitUntil(() => events.length === deaths, patienceMs)).toBe(true);
      if (deaths < 6) expect(await waitUntil(() => server.pid() !== before, patienceMs)).toBe(true);
    }
    expect(events).toEqual([true, true, true, true, true, false]);
  });

  it('refuses a second launcher on the same folder and names the first', async () => {
    await start();
    await expect(startEmbedded({ folder, log })).rejects.toThrow(`in use by process ${process.pid}`);
  });

  it('refuses a cluster of another major version and says what to do', async () => {
    const { cluster, stop } = await start();
    await stop();
    writeFileSync(join(cluster, 'PG_VERSION'), '17\n');
    await expect(start()).rejects.toThrow(
      /written by PostgreSQL 17, and this release brings PostgreSQL 18.*pg_dump/,
    );
  });
});

describe('a cluster that is being made', () => {
  it('after a kill -9 in the middle of initdb the next start begins anew and clears away the rest', async () => {
    const launcher = launch({ folder });
    const isMaking = () => readdirSync(folder).some((name) => name.startsWith('postgres.new-'));
    expect(await waitUntil(isMaking, patienceMs)).toBe(true);
    await launcher.kill();
    expect(existsSync(join(folder, 'postgres'))).toBe(false);
    const server = await start();
    expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(isMaking()).toBe(false);
  });
});

describe('after a kill -9', () => {
  beforeEach(useSeed);

  it('of the launcher while it writes, the server is taken over with every acknowledged row', async () => {
    const launcher = launch({ folder, task: 'write' });
    const { server: pid } = await launcher.ready;
    await launcher.until((numbers) => numbers.length >= 50);
    await launcher.kill();
    const server = await start();
    expect(server.adopted).toBe(true);
    expect(server.pid()).toBe(pid);
    expect(missingFrom(await listAcknowledged(server.url), launcher.acknowledged)).toEqual([]);
    await server.stop();
    expect(isPostgresIn(server.cluster, pid)).toBe(false);
  });

  it('of a server that was taken over, it is started again', async () => {
    const launcher = launch({ folder });
    const { server: pid } = await launcher.ready;
    await launcher.kill();
    const server = await start();
    signal(pid, 'SIGKILL');
    expect(await waitUntil(() => server.pid() !== pid, patienceMs)).toBe(true);
    expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('of both in the middle of writes, again and again, no acknowledged row is lost', async () => {
    const acknowledged: number[] = [];
    for (const enough of [20, 40, 60]) {
      const launcher = launch({ folder, task: 'write' });
      const { cluster, url } = await launcher.ready;
      await launcher.until((numbers) => numbers.length >= enough);
      killAll(cluster);
      await launcher.kill();
      acknowledged.push(...launcher.acknowledged);
      const server = await start();
      expect(server.url).toBe(url);
      expect(missingFrom(await listAcknowledged(url), launcher.acknowledged)).toEqual([]);
      await ask(url, 'truncate acknowledged');
      await server.stop();
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(120);
  });

  it.each([
    ['a process that is gone', 4_000_000],
    ['another process that has its number now', process.pid],
  ])('a pid file of %s is no obstacle', async (_whose, pid) => {
    const { cluster, url, stop } = await start();
    await stop();
    const socketFolder = decodeURIComponent(
      new URL(url.replace('@/', '@host/')).searchParams.get('host') ?? '',
    );
    writeFileSync(
      join(cluster, 'postmaster.pid'),
      `${pid}\n${cluster}\n1\n5432\n${socketFolder}\n\n1 1\nready\n`,
    );
    const server = await start();
    expect(server.adopted).toBe(false);
    expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('a server that runs with other settings is replaced', async () => {
    await (await start()).stop();
    const placement = placeCluster(folder);
    const needs = { account: placement.account, copyFolder: () => folder };
    const command = commandLine(prepareBinaries(getInstalledBinaries(), needs), {
      cluster: placement.cluster,
      socketFolder: claimSocketFolder(placement),
    });
    const other = await startPostmaster(placement, [...command, '-c', 'work_mem=1MB'], () => {});
    const server = await start();
    expect(server.adopted).toBe(false);
    expect(isPostgresIn(placement.cluster, other)).toBe(false);
    expect(await ask(server.url, 'show work_mem')).toEqual([{ work_mem: '8MB' }]);
  });
});

describe.runIf(isRoot)('as root', () => {
  const plainUser = 1000;

  it('runs the server as another user, who alone can enter the cluster', async () => {
    useSeed();
    const server = await start();
    const [user] = await ask<{ owner: string }>(
      server.url,
      `select (pg_stat_file('.')).isdir::text as owner, pg_read_file('/proc/self/status') as status`,
    );
    expect(JSON.stringify(user)).toMatch(/Uid:\\t65534\\t65534/);
  });

  it('keeps the database outside a folder that only root can enter, and finds it there again', async () => {
    chmodSync(folder, 0o700);
    const first = await start();
    expect(first.cluster.startsWith(folder)).toBe(false);
    try {
      await ask(first.url, 'create table kept as select 7 as answer');
      await first.stop();
      chmodSync(folder, 0o755);
      const second = await start();
      expect(await ask(second.url, 'select answer from kept')).toEqual([{ answer: 7 }]);
      await second.stop();
    } finally {
      await first.stop();
      rmSync(join(first.cluster, '..'), { recursive: true, force: true });
    }
  });

  it('refuses, rather than begin with an empty database, when the cluster cannot be reached any more', async () => {
    useSeed();
    chmodSync(folder, 0o700);
    await expect(start()).rejects.toThrow(/holds a database, but user 65534.*cannot reach it/);
  });

  it.runIf(canReach(checkout, { uid: plainUser, gid: plainUser }))(
    'runs for a plain user too, as that user',
    async () => {
      chownSync(folder, plainUser, plainUser);
      const launcher = launch({ folder, task: 'stop', uid: plainUser });
      expect(await launcher.ready).toMatchObject({ uid: plainUser, cluster: join(folder, 'postgres') });
      expect(await launcher.ended).toBe(0);
      const server = await start();
      expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    },
  );
});
