// What a desk and a remote service share: putting on record that an account belongs to who the card says.

import { inTransaction, type Transaction } from '../../../core/database/index.ts';
import { conflict, LamppostError } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import { record } from '../../receipts/index.ts';
import { problemWords } from '../texts/officers.ts';
import { peopleTexts } from '../texts/people.ts';
import { findPersonByCard, getPerson, setVerified, updatePerson, type Verification } from './people.ts';

/** A verification with the name that goes with it. */
export type Verifying = Omit<Verification, 'at'> & { name: string };

/** Throws conflict when the card is not the one with which the account was verified before. */
async function requireSameCard(house: House, personId: string, card: string): Promise<void> {
  const { maskedCard } = await getPerson(house, personId);
  const holder = await findPersonByCard(house, card);
  if (holder !== undefined && holder.id !== personId) {
    throw conflict('card-known', problemWords.cardKnown);
  }
  if (maskedCard !== undefined && holder === undefined) {
    throw conflict('card-differs', problemWords.cardDiffers);
  }
}

/** A refusal because of the card stays in the log: two accounts may belong to one person, or one is false. */
async function recordRefusal(house: House, { id, by, department }: Verifying, reason: string): Promise<void> {
  await inTransaction(house.database, (transaction) =>
    record(transaction, {
      topic: 'identity.verification-refused',
      subject: id,
      actor: by ?? id,
      details: { reason, ...(department === undefined ? {} : { department }) },
      occurredAt: house.clock.now(),
    }),
  );
}

/**
 * Verifies a person together with `also`, in one transaction. Throws conflict for the card of another account
 * (`card-known`) or another card than before (`card-differs`): each is an act, too.
 */
export async function verifyPerson(
  house: House,
  verifying: Verifying,
  also: (transaction: Transaction) => Promise<void> = async () => {},
): Promise<void> {
  const { name, ...verified } = verifying;
  const { id, card } = verified;
  try {
    if (card !== undefined) await requireSameCard(house, id, card);
    await inTransaction(house.database, async (transaction) => {
      await also(transaction);
      await setVerified(transaction, house, { ...verified, at: house.clock.now() });
      await updatePerson(transaction, house, { id, name });
    });
  } catch (error) {
    const code = error instanceof LamppostError ? error.code : '';
    if (code !== 'card-known' && code !== 'card-differs') throw error;
    await recordRefusal(house, verifying, code);
    const known = verifying.by === undefined ? peopleTexts.cardKnown : problemWords.cardKnown;
    throw conflict(code, code === 'card-known' ? known : problemWords.cardDiffers);
  }
}
