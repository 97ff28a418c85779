// Asks each witness to cosign each checkpoint (C2SP tlog-witness); one that is slow or dead delays no other.

import { getSetting } from '../../../core/config.ts';
import type { House } from '../../../core/house.ts';
import type { Loop } from '../../../core/loops.ts';
import {
  consistencyRecipe,
  findCosignature,
  parseWitnesses,
  type Witness,
  witnessRequest,
} from '../rules/index.ts';
import { settings } from '../schema.ts';
import { checkpointChannel, cook, findDue, keepCosignature } from '../store/index.ts';

/** What of the house is needed to ask witnesses. */
export type AskingHouse = Pick<House, 'config' | 'database' | 'revisions' | 'log'>;

/**
 * What came of asking: `nothing-due` when the latest checkpoint is cosigned; `other-size` when the witness
 * has seen more of the log than there is, or as much of another one; `refused` for any other refusal;
 * `not-true` for an answer without its true cosignature; `silent` when there was no answer.
 */
export type Outcome = 'cosigned' | 'nothing-due' | 'other-size' | 'refused' | 'not-true' | 'silent';

type Answer = { status: number; text: string };

const waitMs = 10_000;
const mostBytes = 64 * 1024;

async function readText(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > mostBytes) throw new Error('too long an answer');
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

async function send({ address }: Witness, body: string): Promise<Answer | undefined> {
  try {
    const response = await fetch(`${address}/add-checkpoint`, {
      method: 'POST',
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(waitMs),
    });
    return { status: response.status, text: await readText(response) };
  } catch {
    return undefined;
  }
}

/** The size that a witness names with 409: that of the checkpoint it has cosigned last. */
const namedSize = (text: string) => (/^(?:0|[1-9]\d{0,14})\n$/.test(text) ? Number(text) : undefined);

/** Asks a witness to cosign the latest checkpoint, and keeps the cosignature when it is true. */
export async function askWitness(house: AskingHouse, witness: Witness): Promise<Outcome> {
  const { database } = house;
  const due = await findDue(database, witness);
  if (due === undefined) return 'nothing-due';
  const ask = async (old: number) =>
    send(witness, witnessRequest(old, await cook(database, consistencyRecipe(old, due.size)), due.note));
  let answer = await ask(due.cosignedSize);
  if (answer?.status === 409) {
    // It may have cosigned what we never heard of, or have lost what it had.
    const size = namedSize(answer.text);
    if (size === undefined || size > due.size || size === due.cosignedSize) return 'other-size';
    answer = await ask(size);
    if (answer?.status === 409) return 'other-size';
  }
  if (answer === undefined) return 'silent';
  if (answer.status !== 200) return 'refused';
  const lines = answer.text.split('\n').filter((line) => line.startsWith(`\u2014 ${witness.key.name} `));
  const found = lines.map((line) => findCosignature(`${due.note}${line}\n`, witness.key));
  const cosignature = found.find((one) => one !== undefined);
  if (cosignature === undefined) return 'not-true';
  await keepCosignature(house, { due, witness, cosignature });
  return 'cosigned';
}

/** How it went with a witness lately, and whether it is being asked now. */
type Standing = { asking: boolean; failures: number; notBefore: number };

const standings = new WeakMap<object, Map<string, Standing>>();

function standingOf(house: AskingHouse, { key }: Witness): Standing {
  const all = standings.get(house.config) ?? new Map<string, Standing>();
  standings.set(house.config, all);
  const one = all.get(key.vkey) ?? { asking: false, failures: 0, notBefore: 0 };
  all.set(key.vkey, one);
  return one;
}

const longestPauseMs = 300_000;

async function tend(house: AskingHouse, witness: Witness): Promise<void> {
  const standing = standingOf(house, witness);
  if (standing.asking || performance.now() < standing.notBefore) return;
  standing.asking = true;
  const outcome = await askWitness(house, witness).catch((): Outcome => 'silent');
  standing.asking = false;
  if (outcome === 'cosigned' || outcome === 'nothing-due') {
    standing.failures = 0;
    return;
  }
  standing.failures += 1;
  standing.notBefore = performance.now() + Math.min(longestPauseMs, 500 * 2 ** standing.failures);
  house.log.warn('witness-failed', { witness: witness.key.name, outcome, failures: standing.failures });
}

/** The witnesses that the configuration names. Throws Error for a key that is not one. */
export function configuredWitnesses({ config }: Pick<House, 'config'>): Witness[] {
  const text = getSetting(config, settings, 'LAMPPOST_RECEIPTS_WITNESSES');
  return text === undefined ? [] : parseWitnesses(text);
}

/** Looks after every witness and waits for none: each has its own pace. */
export const witnessLoop: Loop = {
  name: 'receipts-witnesses',
  channel: checkpointChannel,
  step: async (house) => {
    for (const witness of configuredWitnesses(house)) void tend(house, witness);
    return false;
  },
};
