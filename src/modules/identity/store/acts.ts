// Records acts of identity with the clock of the house.

import type { Transaction } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';
import { type Act, record } from '../../receipts/index.ts';

/** An act about one's own account: the person is subject and actor. Details never hold personal data. */
export type OwnAct = { topic: string; personId: string; details?: Act['details'] };

/** Records an act of a person about themselves. */
export const recordOwn = (tx: Transaction, { clock }: Pick<House, 'clock'>, act: OwnAct) =>
  record(tx, {
    topic: act.topic,
    subject: act.personId,
    actor: act.personId,
    details: act.details ?? {},
    occurredAt: clock.now(),
  });
