// A loop that one process at a time runs, while it holds a lease; it starts again after errors.

import type { Log } from '../log.ts';
import { errorCode } from './error-code.ts';
import type { Line } from './line.ts';
import { Signal } from './signal.ts';

type Options = {
  name: string;
  line: Line;
  log: Log /** Pause before the lease is asked for again. */;
  retryMs: number;
};

/** `work` returns when `owned()` is false; what it throws is logged by its code and it is called again. */
export function ownedLoop(
  { name, line, log, retryMs }: Options,
  work: (owned: () => boolean) => Promise<void>,
): { stop(): Promise<void> } {
  let stopped = false;
  const pause = new Signal();
  const run = async () => {
    while (!stopped) {
      const lease = await line.tryLease(name);
      if (!lease) {
        await pause.wait(retryMs);
        continue;
      }
      try {
        await work(() => !stopped && lease.held);
      } catch (error) {
        log.warn('event-loop-interrupted', { loop: name, error: errorCode(error) });
        if (!stopped) await pause.wait(retryMs);
      } finally {
        await lease.release();
      }
    }
  };
  const ended = run();
  return {
    stop: () => {
      stopped = true;
      pause.wake();
      return ended;
    },
  };
}
