// Work in batches that goes on as long as the process lives, done by one process at a time.

import { errorCode } from './events/error-code.ts';
import { type Line, ownedLoop } from './events/index.ts';
import { Signal } from './events/signal.ts';
import type { House } from './house.ts';

/** Work that never ends: it is woken by a notification, and looks by itself now and then. */
export type Loop = {
  /** Unique in the house; the lease bears it. */
  name: string;
  /** PostgreSQL channel whose notifications say that there is work. */
  channel: string;
  /** Does one batch; true when there may be more at once. What it throws is logged; it is called again. */
  step(house: House): Promise<boolean>;
};

const pollMs = 1000;

/** Starts the loops; each works only while this process holds its lease. */
export async function startLoops(
  loops: readonly Loop[],
  { house, line }: { house: House; line: Line },
): Promise<{ stop(): Promise<void> }> {
  const running = await Promise.all(loops.map((loop) => startLoop(loop, house, line)));
  return { stop: async () => void (await Promise.all(running.map((one) => one.stop()))) };
}

async function startLoop({ name, channel, step }: Loop, house: House, line: Line) {
  const { log } = house;
  const signal = new Signal();
  const wake = () => signal.wake();
  const unlisten = await line.listen(channel, wake, wake);
  const loop = ownedLoop({ name: `loop:${name}`, line, log, retryMs: pollMs }, async (owned) => {
    while (owned()) {
      const hasMore = await step(house).catch((error: unknown) => {
        log.error('loop-failed', { loop: name, error: errorCode(error) });
        return false;
      });
      if (!hasMore && owned()) await signal.wait(pollMs);
    }
  });
  return {
    stop: async () => {
      const ended = loop.stop();
      wake();
      await ended;
      await unlisten();
    },
  };
}
