// Where measurements take place: a database, a city on it in a process of its own, a folder for both.

import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '../src/core/database/index.ts';
import { silentLog } from '../src/core/log.ts';
import { type Child, startChild } from './child.ts';
import type { Doors } from './city-process.ts';

export type Setting = {
  /** A smoke run: everything once, figures worth nothing. */
  quick: boolean;
  /** Removed at the end. */
  folder: string;
  databaseUrl: string;
  city: Child;
  doors: Doors;
  close(): Promise<void>;
};

/** Opens everything that the measurements share. */
export async function openSetting(quick: boolean): Promise<Setting> {
  const folder = mkdtempSync(join(tmpdir(), 'lamppost-bench-'));
  // PostgreSQL runs as another user when we are root, and has to get in.
  chmodSync(folder, 0o755);
  const embedded = await startEmbedded({ folder: join(folder, 'data'), log: silentLog });
  const city = startChild('./city-process.ts', { DATABASE_URL: embedded.url });
  const close = async () => {
    await city.close();
    await embedded.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const doors = await city.ask<Doors>('doors');
    return { quick, folder, databaseUrl: embedded.url, city, doors, close };
  } catch (error) {
    await close();
    throw error;
  }
}
