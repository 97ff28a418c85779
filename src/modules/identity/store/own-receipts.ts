// Receipts of acts about a person, for that person only.

import { notFound } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import {
  findReceipt,
  listActs,
  type PendingReceipt,
  type Receipt,
  type RecordedAct,
} from '../../receipts/index.ts';
import { accountProblems } from '../texts/account-problems.ts';

/** As far back as acts may wait for their place in the log. */
const mostWaiting = 500;

/** An act about a person with its receipt. */
export type OwnReceipt = { act: RecordedAct; receipt: Receipt | PendingReceipt };

const unknownAct = () => notFound('unknown-act', accountProblems.unknownAct);

/**
 * The receipt of an act, opened for the person it is about. Throws not-found `unknown-act` for every other
 * act, whether there is one or not.
 */
export async function getOwnReceipt(
  house: Pick<House, 'database' | 'config'>,
  { personId, actId }: { personId: string; actId: string },
): Promise<OwnReceipt> {
  const receipt = await findReceipt(house, actId, { for: 'holder' });
  if (receipt === undefined) throw unknownAct();
  if (receipt.state === 'recorded') {
    if (receipt.subject !== personId) throw unknownAct();
    return { receipt, act: actOf(receipt) };
  }
  // One that waits does not say whom it is about; it is among the latest of its person.
  const { items } = await listActs(house, { subject: personId, limit: mostWaiting });
  const act = items.find(({ id }) => id === actId);
  if (act === undefined) throw unknownAct();
  return { receipt, act };
}

function actOf({ actId, leaf, subject, actor, details, index }: Receipt): RecordedAct {
  const { act: topic, occurredAt } = JSON.parse(leaf) as { act: string; occurredAt: string };
  return {
    id: actId,
    topic,
    subject: subject ?? null,
    actor: actor ?? null,
    details: details ?? null,
    occurredAt,
    index,
  };
}
