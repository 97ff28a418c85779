// The machine's processes as /proc shows them (proc(5)): who works in a folder, started with what.

import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

function readOr<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    // The process is gone, or belongs to somebody else.
    return undefined;
  }
}

/** A PostgreSQL process that works in `folder`. A process that has ended, even unreaped, has no folder. */
export function isPostgresIn(folder: string, pid: number): boolean {
  if (readOr(() => readlinkSync(`/proc/${pid}/cwd`)) !== folder) return false;
  const program = readOr(() => readlinkSync(`/proc/${pid}/exe`))?.replace(/ \(deleted\)$/, '');
  return program?.endsWith('/postgres') ?? false;
}

const listProcesses = (): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

/** Every PostgreSQL process that works in `folder` (a real path): the server and its children. */
export const listPostgresIn = (folder: string): number[] =>
  listProcesses().filter((pid) => isPostgresIn(folder, pid));

/** Every process of an initdb that makes a cluster in `folder`. */
export function listMakersOf(folder: string): number[] {
  const isMaker = (pid: number) =>
    isPostgresIn(folder, pid) ||
    (readOr(() => readlinkSync(`/proc/${pid}/exe`))?.includes('/initdb') &&
      findCommandLine(pid)?.includes(`--pgdata=${folder}`));
  return listProcesses().filter(isMaker);
}

/** Program and arguments with which a process was started. */
export function findCommandLine(pid: number): string[] | undefined {
  return readOr(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1));
}

/** Whether the program file of a process is still the file at `path`, not one that replaced it. */
export function runsProgram(pid: number, path: string): boolean {
  return readOr(() => readlinkSync(`/proc/${pid}/exe`)) === path;
}

/** Sends a signal; a process that is gone already is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Looks until `done` says yes, or the time is up; returns whether it did. */
export async function waitUntil(done: () => boolean, limitMs: number): Promise<boolean> {
  const end = Date.now() + limitMs;
  for (let pauseMs = 5; !done(); pauseMs = Math.min(pauseMs * 1.5, 100)) {
    if (Date.now() >= end) return false;
    await sleep(pauseMs);
  }
  return true;
}
