// Checks a receipt against the log: its own keys, and that it went on from the receipt's checkpoint.

import type { House } from '../../../core/house.ts';
import { checkReceipt, consistencyRecipe, isConsistent, judge, type Verdict } from '../rules/index.ts';
import { cook, getCheckpoint } from './read.ts';
import { listKeys } from './signing.ts';

/** The verdict on the text of a receipt, with one step more than can be taken without the log. */
export async function checkAgainstLog({ database }: Pick<House, 'database'>, text: string): Promise<Verdict> {
  const verdict = checkReceipt(text, await listKeys(database));
  const { steps, receipt, checkpoint } = verdict;
  if (receipt === undefined || checkpoint === undefined || !verdict.valid) return verdict;
  const now = await getCheckpoint(database);
  const isContinued =
    checkpoint.size <= now.size &&
    isConsistent({
      from: checkpoint.size,
      to: now.size,
      fromRoot: checkpoint.root,
      toRoot: now.root,
      proof: await cook(database, consistencyRecipe(checkpoint.size, now.size)),
    });
  return judge([...steps, { name: 'continued', outcome: isContinued ? 'right' : 'wrong' }], {
    receipt,
    checkpoint,
  });
}
