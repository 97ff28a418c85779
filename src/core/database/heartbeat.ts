// A file that a launcher writes every second beside its cluster: other containers and machines see it there.

import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

export type HeartbeatOptions = {
  path: string;
  /** Told once when another launcher writes the file. */
  onLost(): void;
  /** Where we are; by default this machine since it was started, and our namespaces in it. */
  place?: string;
  beatMs?: number;
};

export type Heartbeat = { stop(): Promise<void> };

/** Beats that may fail to come before the file counts as left behind. */
const beatsMissed = 10;

/**
 * Processes with the same text see each other in /proc and share their abstract sockets (namespaces(7),
 * random(4)), so that the lock there has already decided between them.
 */
const ownPlace = (): string =>
  [
    readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(),
    readlinkSync('/proc/self/ns/pid'),
    readlinkSync('/proc/self/ns/net'),
  ].join(' ');

type Beat = { host: string; place: string; launcher: string; count: number };

const read = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined);

function parse(text: string | undefined): Partial<Beat> {
  try {
    return JSON.parse(text ?? '{}') as Partial<Beat>;
  } catch {
    // Half-written: by a launcher that lives, or by one that was killed just then.
    return {};
  }
}

/** Whether the file changes while we look: no clock of another machine has to be right. */
async function isBeating(path: string, text: string, beatMs: number): Promise<boolean> {
  for (let looks = 0; looks < beatsMissed; looks += 1) {
    await sleep(beatMs);
    const now = await read(path);
    if (now !== text) return now !== undefined;
  }
  return false;
}

/** Begins to beat; or returns the words for who beats there already. */
export async function startHeartbeat(options: HeartbeatOptions): Promise<Heartbeat | string> {
  const { path, onLost, place = ownPlace(), beatMs = 1000 } = options;
  const mine: Beat = { host: hostname(), place, launcher: randomUUID(), count: 0 };
  const write = async () => {
    mine.count += 1;
    // A reader must never see half of it.
    const next = `${path}.${mine.launcher.slice(0, 8)}`;
    await writeFile(next, `${JSON.stringify(mine)}\n`);
    await rename(next, path);
  };
  const isTaken = (text: string | undefined) => (parse(text).launcher ?? mine.launcher) !== mine.launcher;
  const whoIn = (text: string | undefined) =>
    `a launcher on another machine or in another container (${parse(text).host})`;
  const found = await read(path);
  const isForeign = found !== undefined && parse(found).place !== place;
  if (isForeign && (await isBeating(path, found, beatMs))) return whoIn(await read(path));
  await write();
  if (isForeign) {
    // Of two that found the same file left behind, the one that wrote last has it.
    await sleep(2 * beatMs);
    const after = await read(path);
    if (isTaken(after)) return whoIn(after);
  }
  let stopped = false;
  const end = new AbortController();
  const beat = async () => {
    while (!stopped) {
      await sleep(beatMs, undefined, { ref: false, signal: end.signal }).catch(() => {});
      if (stopped) return;
      if (isTaken(await read(path))) {
        stopped = true;
        return onLost();
      }
      // A full disk stops the database first; the next beat may succeed.
      await write().catch(() => {});
    }
  };
  const beating = beat();
  return {
    stop: async () => {
      stopped = true;
      end.abort();
      await beating;
      if (!isTaken(await read(path))) await rm(path, { force: true });
    },
  };
}
