// The loop that folds committed batches, and the jobs that clear away what need not be kept.

import { setTimeout as sleep } from 'node:timers/promises';
import type { JobDefinition } from '../../core/jobs.ts';
import type { Loop } from '../../core/loops.ts';
import {
  clearHistory,
  dropBatches,
  foldBatches,
  ingestedChannel,
  mostFolded,
  prepareMonths,
} from './store/index.ts';

/** Small batches are gathered for a moment: folding a thousand readings costs little more than ten. */
const gatherMs = 100;
const minuteMs = 60_000;

export const loops: Loop[] = [
  {
    name: 'observations.fold',
    channel: ingestedChannel,
    step: async (house) => {
      const { readings, more } = await foldBatches(house);
      if (more && readings < mostFolded / 10) await sleep(gatherMs);
      return more;
    },
  },
];

export const jobs: JobDefinition[] = [
  {
    name: 'observations.drop-batches',
    schedule: '* * * * *',
    retryLimit: 0,
    handle: async (_, house) => {
      const minutes = house.config.values.LAMPPOST_OBSERVATIONS_REPLAY_MINUTES as number;
      const before = new Date(house.clock.now().getTime() - minutes * minuteMs);
      await dropBatches(house.database, before);
    },
  },
  {
    name: 'observations.prepare-months',
    schedule: '7 0 * * *',
    handle: (_, house) => prepareMonths(house),
  },
  {
    name: 'observations.clear-history',
    schedule: '17 3 * * *',
    expireSeconds: 3 * 3600,
    handle: (_, house) => clearHistory(house),
  },
];
