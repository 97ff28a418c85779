// Tests of the heartbeat of launchers that cannot see each other.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Heartbeat, type HeartbeatOptions, startHeartbeat } from './heartbeat.ts';

let folder: string;
let path: string;
let open: Heartbeat[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'heartbeat-'));
  path = join(folder, 'postgres.launcher');
  open = [];
});

afterEach(async () => {
  for (const one of open) await one.stop();
  rmSync(folder, { recursive: true });
});

async function start(place: string, more: Partial<HeartbeatOptions> = {}): Promise<Heartbeat | string> {
  const started = await startHeartbeat({ path, place, beatMs: 40, onLost: () => {}, ...more });
  if (typeof started !== 'string') open.push(started);
  return started;
}

const left = (place: string) => JSON.stringify({ host: 'old', place, launcher: 'gone', count: 7 });
/** So long that a start which waited for it would run into the limit of the test. */
const forEverMs = 3_600_000;

describe('the heartbeat', () => {
  it('refuses a launcher from another place while one beats, and says where that is', async () => {
    await start('one');
    const words = await start('two');
    expect(words).toMatch(/another machine or in another container \(.+\)/);
    expect(JSON.parse(readFileSync(path, 'utf8')).place).toBe('one');
  });

  it.each([left('one'), '', '{"host":'])('is taken over where it has stopped: %j', async (text) => {
    writeFileSync(path, text);
    expect(typeof (await start('two'))).toBe('object');
    expect(JSON.parse(readFileSync(path, 'utf8')).place).toBe('two');
  });

  it('is taken over without waiting from our own place, where the lock has decided', async () => {
    writeFileSync(path, left('one'));
    expect(typeof (await start('one', { beatMs: forEverMs }))).toBe('object');
  });

  it('of two that find one left behind, one goes on', async () => {
    writeFileSync(path, left('one'));
    const both = await Promise.all([start('two'), start('three')]);
    expect(both.map((one) => typeof one).sort()).toEqual(['object', 'string']);
  });

  it('is gone after an orderly end, so that the next starts at once', async () => {
    const one = await start('one');
    if (typeof one !== 'string') await one.stop();
    expect(existsSync(path)).toBe(false);
    expect(typeof (await start('two', { beatMs: forEverMs }))).toBe('object');
  });

  it('tells a launcher that was held up that another took over, and leaves the file to that one', async () => {
    let one: Heartbeat | string = '';
    const lost = new Promise<void>((resolve) => {
      void start('one', { onLost: resolve }).then((started) => {
        one = started;
        writeFileSync(path, left('two'));
      });
    });
    await lost;
    expect(readFileSync(path, 'utf8')).toBe(left('two'));
    if (typeof one !== 'string') await (one as Heartbeat).stop();
    expect(existsSync(path)).toBe(true);
  });
});
