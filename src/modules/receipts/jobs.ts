// The loop that gives acts their places in the log.

import type { Loop } from '../../core/loops.ts';
import { batchSize, pendingChannel, sequenceBatch } from './store/index.ts';

export const loops: Loop[] = [
  {
    name: 'receipts',
    channel: pendingChannel,
    step: async (house) => (await sequenceBatch(house)) === batchSize,
  },
];
