// Cosignatures under a checkpoint and how witnesses are asked: C2SP tlog-cosignature and tlog-witness.

import { verify } from 'node:crypto';
import { parseNote, parseWitnessKey, type Verifier } from './note.ts';

/** Somebody else who watches the log grow, and where to ask. */
export type Witness = { key: Verifier; address: string };

/** A cosignature as it stands under a note, and when it was given. */
export type Cosignature = { line: string; cosignedAt: Date };

const timeBytes = 8;
/** The last second that a Date can tell. */
const lastSecond = 8_640_000_000_000n;

/** The cosignature of this witness under a note; undefined when there is none, or it is not true. */
export function findCosignature(note: string, { name, id, key }: Verifier): Cosignature | undefined {
  const parsed = parseNote(note);
  for (const one of parsed?.signatures ?? []) {
    if (one.name !== name || !one.id.equals(id) || one.bytes.length !== timeBytes + 64) continue;
    const seconds = one.bytes.readBigUInt64BE();
    const message = Buffer.from(`cosignature/v1\ntime ${seconds}\n${parsed!.text}`);
    if (seconds > lastSecond || !verify(null, message, key, one.bytes.subarray(timeBytes))) continue;
    return { line: `${one.line}\n`, cosignedAt: new Date(Number(seconds) * 1000) };
  }
  return undefined;
}

/** What a witness is asked: to cosign this checkpoint, with the proof that it continues one of size `old`. */
export const witnessRequest = (old: number, proof: readonly Buffer[], note: string): string =>
  [`old ${old}`, ...proof.map((hash) => hash.toString('base64')), '', note].join('\n');

/** Witnesses as the setting names them. Throws Error for a key that is not one. */
export function parseWitnesses(text: string): Witness[] {
  return text.split(',').map((pair) => {
    const [vkey = '', address = ''] = pair.trim().split(/\s+/);
    const key = parseWitnessKey(vkey);
    if (key === undefined)
      throw new Error(`LAMPPOST_RECEIPTS_WITNESSES: ${vkey} is not the key of a witness.`);
    return { key, address: address.replace(/\/+$/, '') };
  });
}
