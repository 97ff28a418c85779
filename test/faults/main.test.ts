// The whole program when its own database cannot be kept running.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { readPidFile } from '../../src/core/database/postmaster.ts';
import { findCommandLine, signal, waitUntil } from '../../src/core/database/processes.ts';

/** For a busy machine with a slow disk; nothing here waits so long otherwise. */
const patienceMs = 60_000;
const checkout = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'faults-main-'));
chmodSync(folder, 0o755);
const cluster = join(folder, 'postgres');

const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
  cwd: checkout,
  env: {
    PATH: process.env.PATH,
    PORT: '0',
    LAMPPOST_EDITION: 'harbour-test',
    LAMPPOST_DATA: folder,
    LAMPPOST_DATABASE_CONNECTIONS: '90',
  },
  stdio: ['ignore', 'pipe', 'pipe'],
});
let said = '';
for (const stream of [child.stdout, child.stderr]) {
  stream.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
}
const ended = once(child, 'close');

afterEach(async () => {
  child.kill('SIGTERM');
  await ended;
  rmSync(folder, { recursive: true, force: true });
});

it(
  'ends with an error when its PostgreSQL dies again and again, so that a supervisor notices',
  async () => {
    expect(await waitUntil(() => said.includes('is open'), patienceMs)).toBe(true);
    let before = 0;
    const isReady = () => {
      const found = readPidFile(cluster);
      return found !== undefined && found.state === 'ready' && found.pid !== before;
    };
    for (let deaths = 1; deaths <= 6; deaths += 1) {
      expect(await waitUntil(isReady, patienceMs)).toBe(true);
      before = readPidFile(cluster)?.pid ?? 0;
      expect(findCommandLine(before)).toContain('max_connections=110');
      signal(before, 'SIGKILL');
    }
    expect(await ended).toEqual([1, null]);
    expect(said).toContain('its database cannot be kept running');
  },
  3 * patienceMs,
);
