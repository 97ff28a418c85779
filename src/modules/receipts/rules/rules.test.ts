// Proves notes, leaves and the check of a receipt: what is right is found right, all else is found wrong.

import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalJson,
  checkReceipt,
  hashLeaf,
  isOpenedBy,
  isSignedBy,
  type Json,
  leafOf,
  logName,
  parseCheckpoint,
  parseLeaf,
  parseSigner,
  parseVerifierKey,
  signCheckpoint,
} from './index.ts';

const seed = Buffer.alloc(32, 5).toString('base64');
const signer = parseSigner('city.example/receipts', seed)!;
const salt = Buffer.alloc(32, 9);
const occurredAt = new Date('2026-11-21T04:00:00Z');

describe('a signed checkpoint', () => {
  const state = { origin: signer.name, size: 7, root: Buffer.alloc(32, 3) };
  const note = signCheckpoint(state, signer);

  it('is a text of three lines, a blank one and a signature', () => {
    const root = Buffer.alloc(32, 3).toString('base64');
    const start = `city.example/receipts\n7\n${root}\n\n\u2014 city.example/receipts `;
    expect(note.startsWith(start)).toBe(true);
    expect(parseCheckpoint(note)).toEqual(state);
    expect(isSignedBy(note, parseVerifierKey(signer.vkey)!)).toBe(true);
  });

  it('reads the public key that the specification of signed notes gives as an example', () => {
    const vkey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
    expect(parseVerifierKey(vkey)?.name).toBe('PeterNeumann');
    expect(parseVerifierKey(vkey.replace('c74f20a3', 'c74f20a4'))).toBeUndefined();
  });

  it('is not believed when a byte of text or signature is another, or the key is', () => {
    const other = parseSigner(signer.name, Buffer.alloc(32, 6).toString('base64'))!;
    const renamed = parseSigner('other.example/receipts', seed)!;
    const wrong = [note.replace('\n7\n', '\n8\n'), note.replace(/.{6}\n$/, 'AAAA==\n'), note.trimEnd(), ''];
    expect(wrong.map((one) => isSignedBy(one, signer))).toEqual([false, false, false, false]);
    expect([isSignedBy(note, other), isSignedBy(note, renamed)]).toEqual([false, false]);
  });

  it('takes a key as PEM, whether its line breaks are real or written', () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
    expect(parseSigner('a', pem)?.vkey).toBe(parseSigner('a', pem.replaceAll('\n', '\\n'))?.vkey);
    expect(parseSigner('a', 'no key')).toBeUndefined();
    expect(parseSigner('a b', seed)).toBeUndefined();
  });

  it('names the log by the address of the site without its scheme', () => {
    expect(logName('https://city.example')).toBe('city.example/receipts');
  });
});

describe('canonical JSON', () => {
  it('is one spelling whatever the order of names, and reads back the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = JSON.parse(JSON.stringify(value)) as Json;
        const turned = JSON.parse(JSON.stringify(json), (_key, inner: Json) =>
          inner !== null && typeof inner === 'object' && !Array.isArray(inner)
            ? Object.fromEntries(Object.entries(inner).reverse())
            : inner,
        ) as Json;
        expect(canonicalJson(turned)).toBe(canonicalJson(json));
        expect(JSON.parse(canonicalJson(json))).toEqual(json);
      }),
    );
    expect(canonicalJson({ b: [1, 1e21, '\u20ac'], a: null })).toBe('{"a":null,"b":[1,1e+21,"\u20ac"]}');
  });

  it('refuses what JSON cannot hold', () => {
    for (const value of [Number.NaN, undefined, '\ud800', { a: undefined }]) {
      expect(() => canonicalJson(value as Json)).toThrow(TypeError);
    }
  });
});

describe('a leaf', () => {
  const act = { topic: 'desk.opened', subject: 'person-7', actor: 'officer-3', occurredAt };
  const details = { name: 'Chan Tai Man', purpose: 'renewal' };
  const text = leafOf({ ...act, details }, salt);

  it('holds topic and time, and not a word of subject, actor or details', () => {
    for (const word of ['person-7', 'officer-3', 'Chan', 'renewal']) expect(text).not.toContain(word);
    expect(parseLeaf(text)).toMatchObject({
      version: 1,
      act: 'desk.opened',
      occurredAt: occurredAt.toISOString(),
    });
  });

  it('differs for the same act with another salt, so that nobody can guess what it hides', () => {
    expect(leafOf({ ...act, details }, Buffer.alloc(32, 1))).not.toBe(text);
  });

  it('is opened by its own facts only', () => {
    const leaf = parseLeaf(text)!;
    const own = { salt, subject: act.subject, actor: act.actor, details };
    expect(isOpenedBy(leaf, own)).toBe(true);
    const wrong = [
      { ...own, salt: Buffer.alloc(32, 1) },
      { ...own, subject: 'person-8' },
      { ...own, actor: act.subject },
      { ...own, details: { ...details, purpose: 'other' } },
    ];
    expect(wrong.map((one) => isOpenedBy(leaf, one))).toEqual([false, false, false, false]);
  });
});

describe('the check of a receipt', () => {
  const leaf = leafOf({ topic: 'desk.opened', subject: 'a', details: { n: 1 }, occurredAt }, salt);
  const checkpoint = signCheckpoint(
    { origin: signer.name, size: 1, root: hashLeaf(Buffer.from(leaf)) },
    signer,
  );
  const receipt = {
    version: 1,
    state: 'recorded',
    actId: '5b6f3c1e-8f27-4f0e-9d3a-0a2f6a6f1c11',
    origin: signer.name,
    leaf,
    salt: salt.toString('base64'),
    subject: 'a',
    details: { n: 1 },
    index: 0,
    treeSize: 1,
    proof: [],
    checkpoint,
  };
  const wrongSteps = (changes: object) =>
    checkReceipt(JSON.stringify({ ...receipt, ...changes }), [signer])
      .steps.filter(({ outcome }) => outcome === 'wrong')
      .map(({ name }) => name);

  it('finds a true receipt right in every step', () => {
    const { valid, steps } = checkReceipt(JSON.stringify(receipt), [signer]);
    expect([valid, steps.map(({ outcome }) => outcome)]).toEqual([
      true,
      ['right', 'right', 'right', 'right'],
    ]);
  });

  it.each([
    ['other details', { details: { n: 2 } }, ['leaf']],
    ['another subject', { subject: 'b' }, ['leaf']],
    ['details without the salt', { salt: undefined }, ['leaf']],
    ['another leaf', { leaf: leaf.replace('desk', 'disk') }, ['included']],
    ['another place', { index: 1 }, ['included']],
    ['another size', { treeSize: 2 }, ['included']],
    ['another log', { origin: 'other' }, ['included']],
    ['another checkpoint', { checkpoint: checkpoint.replace('\n1\n', '\n2\n') }, ['included', 'signed']],
    ['an unknown field', { more: 1 }, ['written']],
  ])('finds %s', (_title, changes, steps) => {
    expect(wrongSteps(changes)).toEqual(steps);
    expect(checkReceipt(JSON.stringify({ ...receipt, ...changes }), [signer]).valid).toBe(false);
  });

  it('does not call a receipt valid while the key of the log is not known', () => {
    const { valid, steps } = checkReceipt(JSON.stringify(receipt), []);
    expect([valid, steps.at(-1)]).toEqual([false, { name: 'signed', outcome: 'unknown' }]);
  });

  it('answers whatever text it is given', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(checkReceipt(text, [signer]).valid).toBe(false);
      }),
    );
  });
});
