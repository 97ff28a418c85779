// One PostgreSQL server process: its pid file, its start, and its end.

import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import type { Placement } from './placement.ts';
import { isPostgresIn, listPostgresIn, signal, waitUntil } from './processes.ts';

export type Postmaster = { pid: number; socketFolder: string };

/** For a small machine; whoever needs more has an external server. */
const serverSettings: Record<string, string> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  shared_buffers: '128MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  max_wal_size: '1GB',
  max_parallel_workers_per_gather: '1',
  jit: 'off',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Failed statements are logged by us, without what people entered.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
};

const leastConnections = 60;
/** Leases and notifications, whoever looks in with psql, a backup, what is kept for the superuser. */
const spareConnections = 20;

export type ServerOptions = {
  cluster: string;
  socketFolder: string;
  /** Connections that the program's pool may open. */
  poolConnections?: number | undefined;
};

/**
 * Program and arguments of the server; the same text in /proc tells that a running one is what we would
 * start.
 */
export function commandLine(binaries: Binaries, options: ServerOptions): string[] {
  const { cluster, socketFolder, poolConnections = 0 } = options;
  const connections = Math.max(leastConnections, poolConnections + spareConnections);
  const settings = Object.entries({
    ...serverSettings,
    max_connections: String(connections),
    unix_socket_directories: socketFolder,
  });
  return [
    join(binaries.folder, 'bin', 'postgres'),
    '-D',
    cluster,
    ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}

type PidFile = { pid: number; socketFolder: string; state: string };

/** Lines of `postmaster.pid` (PostgreSQL, src/include/utils/pidfile.h): 1 pid, 5 socket folder, 8 state. */
export function readPidFile(cluster: string): PidFile | undefined {
  let lines: string[];
  try {
    lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return undefined;
  }
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid < 2) return undefined;
  return { pid, socketFolder: lines[4] ?? '', state: lines[7]?.trim() ?? '' };
}

/**
 * Waits until the server lets people in; crash recovery takes as long as it takes. Returns whether it does.
 */
export async function waitUntilReady(cluster: string, alive: () => boolean): Promise<boolean> {
  for (let pauseMs = 10; alive(); pauseMs = Math.min(pauseMs * 1.2, 200)) {
    if (readPidFile(cluster)?.state === 'ready') return true;
    await sleep(pauseMs);
  }
  return false;
}

const largestLogBytes = 5_000_000;

function openServerLog(path: string): number {
  try {
    if (statSync(path).size > largestLogBytes) renameSync(path, `${path}.old`);
  } catch {
    // There is none yet.
  }
  return openSync(path, 'a', 0o600);
}

/** The end of the server's log, for an error message. */
function lastWords(path: string): string {
  return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-5).join('\n');
}

/** Starts the server and waits until it lets people in. `onExit` is called when it ends, whoever ended it. */
export async function startPostmaster(
  placement: Placement,
  command: string[],
  onExit: (how: string) => void,
): Promise<number> {
  const { account, cluster, home } = placement;
  const logPath = join(home, 'postgres.log');
  const log = openServerLog(logPath);
  const [program = '', ...rest] = command;
  const identity = process.geteuid?.() === 0 ? account : {};
  const child = spawn(program, rest, {
    ...identity,
    cwd: cluster,
    // In a session of its own: Ctrl-C is for us, and we stop the server after our own work has ended.
    detached: true,
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.unref();
  let ended: string | undefined;
  child.on('error', (error) => {
    ended = error.message;
  });
  child.on('exit', (code, name) => {
    ended = code === null ? `ended by ${name}` : `ended with ${code}`;
    onExit(ended);
  });
  const ready = await waitUntilReady(cluster, () => ended === undefined);
  if (!ready || child.pid === undefined) {
    throw new Error(`PostgreSQL did not start (${ended}). The end of ${logPath}:\n${lastWords(logPath)}`);
  }
  return child.pid;
}

/** Fast shutdown, then immediate, then none at all; PostgreSQL is safe against each. */
export async function stopPostmaster(cluster: string, pid: number): Promise<void> {
  const gone = () => !isPostgresIn(cluster, pid);
  for (const [name, limitMs] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 10_000],
  ] as const) {
    if (gone()) break;
    signal(pid, name);
    if (await waitUntil(gone, limitMs)) break;
  }
  await endOrphans(cluster);
}

/** Children of a server that is gone: they end by themselves; two servers on one cluster would destroy it. */
export async function endOrphans(cluster: string): Promise<void> {
  const none = () => listPostgresIn(cluster).length === 0;
  if (await waitUntil(none, 5_000)) return;
  for (const pid of listPostgresIn(cluster)) signal(pid, 'SIGKILL');
  if (await waitUntil(none, 10_000)) return;
  throw new Error(
    `Processes ${listPostgresIn(cluster).join(', ')} still use ${cluster} and cannot be ended.`,
  );
}

/** Takes away the marks of a server that is gone; call it only when no process works in the cluster. */
export function clearMarks(cluster: string, socketFolder: string): void {
  rmSync(join(cluster, 'postmaster.pid'), { force: true });
  rmSync(join(socketFolder, '.s.PGSQL.5432'), { force: true });
  rmSync(join(socketFolder, '.s.PGSQL.5432.lock'), { force: true });
}
