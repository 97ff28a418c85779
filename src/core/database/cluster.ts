// Makes a new PostgreSQL cluster with initdb: complete, or not there at all.

import { spawn } from 'node:child_process';
import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Binaries } from './binaries.ts';
import type { Placement } from './placement.ts';
import { listMakersOf, signal, waitUntil } from './processes.ts';

const initdbArguments = [
  '--username=postgres',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  // Only the unix socket is ever opened, in a folder that nobody else can enter.
  '--auth-local=trust',
  '--auth-host=reject',
  '--no-instructions',
];

function runInitdb(binaries: Binaries, { account, home }: Placement, folder: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const program = join(binaries.folder, 'bin', 'initdb');
    const identity = process.geteuid?.() === 0 ? account : {};
    const child = spawn(program, [...initdbArguments, `--pgdata=${folder}`], {
      ...identity,
      cwd: home,
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-2000);
    });
    child.on('error', (error) => reject(new Error(`${program} cannot be run: ${error.message}`)));
    child.on('close', (code, name) => {
      if (code === 0) return resolve();
      const how = code === null ? `was ended by ${name}` : `ended with ${code}`;
      reject(new Error(`initdb ${how}: ${said.trim() || 'it said nothing'}`));
    });
  });
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

/** An initdb outlives the launcher that was killed, and would go on writing into the folder. */
async function clearUnfinished(folder: string): Promise<void> {
  const none = () => {
    const makers = listMakersOf(folder);
    for (const pid of makers) signal(pid, 'SIGKILL');
    return makers.length === 0;
  };
  if (!(await waitUntil(none, 10_000)))
    throw new Error(`initdb still writes into ${folder} and cannot be ended.`);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/**
 * Makes the cluster when it is absent; what a broken-off attempt left is cleared away. Returns whether it
 * made one.
 */
export async function createCluster(binaries: Binaries, placement: Placement): Promise<boolean> {
  const { home, cluster, account } = placement;
  for (const name of readdirSync(home).filter((entry) => entry.startsWith('postgres.new-'))) {
    await clearUnfinished(join(home, name));
  }
  if (existsSync(join(cluster, 'PG_VERSION'))) return false;
  if (existsSync(cluster) && readdirSync(cluster).length > 0) {
    throw new Error(`${cluster} is there but holds no database: move it away, and one is made.`);
  }
  const unfinished = join(home, `postgres.new-${process.pid}-${Date.now()}`);
  mkdirSync(unfinished, { mode: 0o700 });
  chownSync(unfinished, account.uid, account.gid);
  await runInitdb(binaries, placement, unfinished);
  renameSync(unfinished, cluster);
  syncFolder(home);
  return true;
}

/** Refuses a cluster of another major version: PostgreSQL cannot read it. */
export function checkMajorVersion(binaries: Binaries, cluster: string): void {
  const found = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  if (found === String(binaries.major)) return;
  throw new Error(
    `${cluster} was written by PostgreSQL ${found}, and this release brings PostgreSQL ${binaries.major}. ` +
      'Start the release that wrote it, save the data with pg_dump, move the folder away, start this release, ' +
      'and load the data; or set DATABASE_URL to a server that holds it.',
  );
}
