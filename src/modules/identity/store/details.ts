// What people change of their own details.

import { inTransaction } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';
import { recordOwn } from './acts.ts';
import { countAttempt } from './attempts.ts';
import { getPerson, updatePerson } from './people.ts';

/** Name and language as the person wants them; a name of null is removed. */
export type Details = { id: string; name: string | null; language: string };

/**
 * Changes name and language, with the act `identity.details-changed`. A name that was verified stays as it
 * is: only a desk may change it. Throws too-many after twenty in a day: each leaves an act that stays.
 */
export async function changeDetails(house: House, { id, name, language }: Details): Promise<void> {
  await countAttempt(house, { scope: 'details', key: id, limit: 20, windowSeconds: 86_400 });
  const { assurance } = await getPerson(house, id);
  const change = assurance === 'self-asserted' ? { id, name, language } : { id, language };
  await inTransaction(house.database, async (transaction) => {
    await updatePerson(transaction, house, change);
    await recordOwn(transaction, house, { topic: 'identity.details-changed', personId: id });
  });
}
