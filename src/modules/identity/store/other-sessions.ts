// Ends all sessions of a person but the one in which they ask for it.

import type { Actor } from '../../../core/access.ts';
import { inTransaction } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';
import { recordOwn } from './acts.ts';
import { endSessions } from './ending.ts';

/** Ends all others, everywhere, with one act `identity.session-ended`. */
export async function endOtherSessions(house: House, { id, sessionId }: Actor): Promise<void> {
  const kept = sessionId === undefined ? {} : { keepSessionId: sessionId };
  await inTransaction(house.database, async (transaction) => {
    await endSessions(transaction, { personId: id, at: house.clock.now(), ...kept });
    const details = { all: true };
    await recordOwn(transaction, house, { topic: 'identity.session-ended', personId: id, details });
  });
}
