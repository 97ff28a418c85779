// The sequencer: the one process that gives committed events their numbers.

import type { Database } from '../database/index.ts';
import type { Log } from '../log.ts';
import type { Line } from './line.ts';
import { ownedLoop } from './owned-loop.ts';
import { Signal } from './signal.ts';
import { outboxChannel, sequenceOutbox } from './store.ts';

const batch = 1000;

type Options = { database: Database; line: Line; log: Log; pollMs: number };

/** Starts the loop; it works only while this process holds the lease. */
export async function startSequencer({
  database,
  line,
  log,
  pollMs,
}: Options): Promise<{ stop(): Promise<void> }> {
  const signal = new Signal();
  const wake = () => signal.wake();
  const unlisten = await line.listen(outboxChannel, wake, wake);
  const loop = ownedLoop({ name: 'sequencer', line, log, retryMs: pollMs }, async (owned) => {
    while (owned()) {
      const moved = await sequenceOutbox(database, batch);
      if (moved < batch) await signal.wait(pollMs);
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
