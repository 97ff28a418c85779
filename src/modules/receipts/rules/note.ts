// Checkpoints as signed notes: C2SP tlog-checkpoint and signed-note, signed with Ed25519 (RFC 8032).

import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { hashBytes } from './hash.ts';

/** State of a log: its name, how many leaves it has, and the root over them. */
export type Checkpoint = { origin: string; size: number; root: Buffer };

/** A public key with the name and the number by which notes call it. */
export type Verifier = { name: string; id: Buffer; key: KeyObject; vkey: string };

/** A key that signs notes. */
export type Signer = Verifier & { privateKey: KeyObject };

/** What a key is for, as its first byte says: notes (signed-note) or cosignatures (tlog-cosignature). */
const purposes = { note: 0x01, cosignature: 0x04 };
type Purpose = keyof typeof purposes;

/** What stands before the 32 bytes of a key in DER (RFC 8410). */
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex');
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex');

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The bytes of standard base64 in its one spelling; undefined for anything else. */
export function parseBase64(text: string): Buffer | undefined {
  if (!base64.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

const isName = (name: string) => name !== '' && !/[\s+\p{C}]/u.test(name);

function idOf(name: string, typed: Buffer): Buffer {
  return createHash('sha256').update(`${name}\n`).update(typed).digest().subarray(0, 4);
}

function verifierOf(name: string, raw: Buffer, purpose: Purpose): Verifier {
  const typed = Buffer.concat([Buffer.from([purposes[purpose]]), raw]);
  const id = idOf(name, typed);
  const key = createPublicKey({ key: Buffer.concat([publicPrefix, raw]), format: 'der', type: 'spki' });
  return { name, id, key, vkey: `${name}+${id.toString('hex')}+${typed.toString('base64')}` };
}

function parseKey(vkey: string, purpose: Purpose): Verifier | undefined {
  const [name = '', id = '', ...rest] = vkey.trim().split('+');
  const typed = parseBase64(rest.join('+'));
  if (!isName(name) || typed?.length !== 1 + hashBytes || typed[0] !== purposes[purpose]) return undefined;
  const verifier = verifierOf(name, typed.subarray(1), purpose);
  return verifier.id.toString('hex') === id ? verifier : undefined;
}

/** Reads `name+id+key`, the form in which public keys of notes are handed around. */
export const parseVerifierKey = (vkey: string): Verifier | undefined => parseKey(vkey, 'note');

/** Reads the public key of a witness (C2SP tlog-cosignature, Ed25519), in the same form. */
export const parseWitnessKey = (vkey: string): Verifier | undefined => parseKey(vkey, 'cosignature');

/** A signing key from PKCS #8 PEM or a base64 seed of 32 bytes; undefined when it is neither. */
export function parseSigner(name: string, text: string): Signer | undefined {
  const seed = parseBase64(text.trim());
  try {
    const privateKey =
      seed?.length === hashBytes
        ? createPrivateKey({ key: Buffer.concat([privatePrefix, seed]), format: 'der', type: 'pkcs8' })
        : createPrivateKey(text.replaceAll('\\n', '\n'));
    if (privateKey.asymmetricKeyType !== 'ed25519' || !isName(name)) return undefined;
    const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
    return { ...verifierOf(name, spki.subarray(publicPrefix.length), 'note'), privateKey };
  } catch {
    return undefined;
  }
}

/** The name of the log of a site: its address without the scheme, and where the log begins. */
export const logName = (siteOrigin: string) => `${siteOrigin.replace(/^https?:\/\//, '')}/receipts`;

/** The signed note of a checkpoint. */
export function signCheckpoint({ origin, size, root }: Checkpoint, signer: Signer): string {
  const text = `${origin}\n${size}\n${root.toString('base64')}\n`;
  const signature = sign(null, Buffer.from(text), signer.privateKey);
  return `${text}\n\u2014 ${signer.name} ${Buffer.concat([signer.id, signature]).toString('base64')}\n`;
}

type Signature = { name: string; id: Buffer; bytes: Buffer; line: string };
type Note = { text: string; signatures: Signature[] };

/** A note taken apart: what was signed, and the signatures under it; undefined when it is not one. */
export function parseNote(note: string): Note | undefined {
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n')) return undefined;
  const lines = note.slice(split + 2, -1).split('\n');
  const signatures = lines.map((line): Signature | undefined => {
    const [, name, written] = /^\u2014 (\S+) (\S+)$/.exec(line) ?? [];
    const bytes = written === undefined ? undefined : parseBase64(written);
    if (name === undefined || bytes === undefined || bytes.length < 5) return undefined;
    return { name, id: bytes.subarray(0, 4), bytes: bytes.subarray(4), line };
  });
  if (signatures.includes(undefined) || signatures.length > 100) return undefined;
  return { text: note.slice(0, split + 1), signatures: signatures as Signature[] };
}

/** What a checkpoint says, whoever signed it; undefined when it is not written as one. */
export function parseCheckpoint(note: string): Checkpoint | undefined {
  const lines = parseNote(note)?.text.split('\n') ?? [];
  const [origin = '', size = '', rootText = ''] = lines;
  const root = parseBase64(rootText);
  if (lines.length < 4 || origin === '' || root?.length !== hashBytes) return undefined;
  if (!/^(?:0|[1-9]\d{0,15})$/.test(size) || !Number.isSafeInteger(Number(size))) return undefined;
  return { origin, size: Number(size), root };
}

/** Whether the holder of the key signed this note for the log of the key's name. */
export function isSignedBy(note: string, { name, id, key }: Verifier): boolean {
  const parsed = parseNote(note);
  if (parsed === undefined || parseCheckpoint(note)?.origin !== name) return false;
  const own = parsed.signatures.filter((one) => one.name === name && one.id.equals(id));
  return own.length > 0 && own.every(({ bytes }) => verify(null, Buffer.from(parsed.text), key, bytes));
}
