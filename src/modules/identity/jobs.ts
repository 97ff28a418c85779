// Work in the background: services hear that a session has ended, and what has expired is removed.

import { inTransaction } from '../../core/database/index.ts';
import type { JobDefinition } from '../../core/jobs.ts';
import type { Loop } from '../../core/loops.ts';
import { logoutJob, tellLogout } from './protocols/provider/logout.ts';
import {
  logoutChannel,
  recordSignIns,
  removeExpired,
  removeExpiredState,
  reseal,
  takeLogouts,
} from './store/index.ts';

const batch = 100;
const mostActs = 1000;

export const jobs: JobDefinition[] = [
  {
    name: logoutJob,
    retryLimit: 14,
    expireSeconds: 30,
    concurrency: 4,
    handle: (data, house) => tellLogout(house, data),
  },
  {
    name: 'identity.remove-expired',
    schedule: '*/10 * * * *',
    handle: async (_data, house) => {
      await removeExpiredState(house);
      await removeExpired(house);
    },
  },
  {
    name: 'identity.reseal',
    schedule: '15 3 * * *',
    handle: async (_data, house) => house.log.info('identity-resealed', { values: await reseal(house) }),
  },
];

/**
 * Ends of sessions are written where they happen; here they become jobs, each tried until the service has
 * heard. Sign-ins become acts, many at once.
 */
export const loops: Loop[] = [
  {
    name: 'identity-sessions',
    channel: logoutChannel,
    step: (house) =>
      inTransaction(house.database, async (tx) => {
        const due = await takeLogouts(tx, batch);
        for (const one of due) await house.jobs.send(tx, logoutJob, one);
        const recorded = await recordSignIns(tx, mostActs);
        return due.length === batch || recorded === mostActs;
      }),
  },
];
