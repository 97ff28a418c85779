// Checks a receipt step by step, with nothing but the receipt and the public keys one trusts.

import { type Receipt, receiptSchema, type Step } from '../schema.ts';
import { findCosignature } from './cosignature.ts';
import { hashLeaf } from './hash.ts';
import { isOpenedBy, type Json, parseLeaf } from './leaf.ts';
import { type Checkpoint, isSignedBy, parseBase64, parseCheckpoint, type Verifier } from './note.ts';
import { isIncluded } from './proof.ts';

/** What came of a check, and the receipt when it could be read. */
export type Verdict = {
  /** No step is wrong, and both the proof and the signature were checked. */
  valid: boolean;
  steps: Step[];
  receipt?: Receipt;
  checkpoint?: Checkpoint;
};

const longestText = 64 * 1024;

/** A verdict from its steps. */
export function judge(steps: Step[], found: Pick<Verdict, 'receipt' | 'checkpoint'> = {}): Verdict {
  const isRight = (name: Step['name']) =>
    steps.some((step) => step.name === name && step.outcome === 'right');
  const valid =
    steps.every(({ outcome }) => outcome !== 'wrong') &&
    (['written', 'included', 'signed'] as const).every(isRight);
  return { valid, steps, ...found };
}

const stepOf = (name: Step['name'], isRight: boolean): Step => ({
  name,
  outcome: isRight ? 'right' : 'wrong',
});

function readReceipt(text: string): Receipt | undefined {
  try {
    if (text.length > longestText) return undefined;
    return receiptSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function checkLeaf({ leaf, salt, subject, actor, details }: Receipt): Step {
  const parsed = parseLeaf(leaf);
  if (parsed === undefined) return { name: 'leaf', outcome: 'wrong' };
  const isShown = [subject, actor, details].some((one) => one !== undefined);
  if (salt === undefined) return { name: 'leaf', outcome: isShown ? 'wrong' : 'unknown' };
  const opening = {
    salt: Buffer.from(salt, 'base64'),
    ...(subject === undefined ? {} : { subject }),
    ...(actor === undefined ? {} : { actor }),
    ...(details === undefined ? {} : { details: details as Json }),
  };
  return isShown ? stepOf('leaf', isOpenedBy(parsed, opening)) : { name: 'leaf', outcome: 'unknown' };
}

function checkInclusion(receipt: Receipt, checkpoint: Checkpoint | undefined): Step {
  const proof = receipt.proof.map(parseBase64);
  const isRight =
    checkpoint !== undefined &&
    checkpoint.size === receipt.treeSize &&
    checkpoint.origin === receipt.origin &&
    proof.every((hash) => hash !== undefined) &&
    isIncluded({
      leafHash: hashLeaf(Buffer.from(receipt.leaf)),
      index: receipt.index,
      size: checkpoint.size,
      proof: proof as Buffer[],
      root: checkpoint.root,
    });
  return stepOf('included', isRight);
}

/**
 * Checks the text of a receipt. Without keys the signature stays unknown, and the verdict is not valid. When
 * witnesses are named, each of them must have cosigned.
 */
export function checkReceipt(
  text: string,
  keys: readonly Verifier[],
  witnesses: readonly Verifier[] = [],
): Verdict {
  const receipt = readReceipt(text);
  if (receipt === undefined) return judge([{ name: 'written', outcome: 'wrong' }]);
  const checkpoint = parseCheckpoint(receipt.checkpoint);
  const signed: Step =
    keys.length === 0
      ? { name: 'signed', outcome: 'unknown' }
      : stepOf(
          'signed',
          keys.some((key) => isSignedBy(receipt.checkpoint, key)),
        );
  const steps: Step[] = [
    { name: 'written', outcome: 'right' },
    checkLeaf(receipt),
    checkInclusion(receipt, checkpoint),
    signed,
    ...(witnesses.length === 0
      ? []
      : [
          stepOf(
            'witnessed',
            witnesses.every((one) => findCosignature(receipt.checkpoint, one) !== undefined),
          ),
        ]),
  ];
  return judge(steps, { receipt, ...(checkpoint === undefined ? {} : { checkpoint }) });
}
