// A leaf of the log: what is made public of an act, with salted digests in place of whom and what.

import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';

/** A JSON value. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** An act as a module records it. The details may name persons: none of them gets into the log. */
export type ActFacts = {
  /** Dotted, module first: `blueprint.progress-recorded`. */
  topic: string;
  /** Id of what the act is about. */
  subject?: string | undefined;
  /** Opaque id of who acted. */
  actor?: string | undefined;
  details: Json;
  occurredAt: Date;
};

/** What of an act its receipt opens: with the salt, the digests of the leaf can be made again. */
export type Opening = { salt: Buffer; subject?: string; actor?: string; details?: Json };

/** What a leaf says. */
export type Leaf = {
  version: 1;
  act: string;
  occurredAt: string;
  detailsDigest: string;
  subjectDigest?: string;
  actorDigest?: string;
};

export const saltBytes = 32;

/** JSON in one spelling: names sorted by UTF-16, no blanks (RFC 8785). Throws for what JSON cannot hold. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const names = Object.keys(value).sort();
    return `{${names.map((name) => `${canonicalJson(name)}:${canonicalJson(value[name]!)}`).join(',')}}`;
  }
  const isWritable =
    value === null ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value)) ||
    (typeof value === 'string' && value.isWellFormed());
  if (!isWritable) throw new TypeError('the details of an act must be JSON');
  return JSON.stringify(value);
}

/** HMAC-SHA-256 keyed with the salt; the label keeps one kind of digest from being shown as another. */
const digestOf = (key: KeyObject, label: string, text: string) =>
  createHmac('sha256', key).update(`${label}\n${text}`).digest('base64');

/** The leaf of an act, as it stands in the log. */
export function leafOf({ topic, subject, actor, details, occurredAt }: ActFacts, salt: Buffer): string {
  // Made once for all three: it costs more than the digests.
  const key = createSecretKey(salt);
  return canonicalJson({
    version: 1,
    act: topic,
    occurredAt: occurredAt.toISOString(),
    detailsDigest: digestOf(key, 'details', canonicalJson(details)),
    ...(subject === undefined ? {} : { subjectDigest: digestOf(key, 'subject', subject) }),
    ...(actor === undefined ? {} : { actorDigest: digestOf(key, 'actor', actor) }),
  });
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isTextOrAbsent = (value: unknown) => value === undefined || isText(value);

/** Reads a leaf; undefined when it is not one, or not in its one spelling. */
export function parseLeaf(text: string): Leaf | undefined {
  try {
    const leaf = JSON.parse(text) as Leaf & { [name: string]: Json };
    if (typeof leaf !== 'object' || leaf === null || canonicalJson(leaf) !== text) return undefined;
    const isSound =
      leaf.version === 1 &&
      [leaf.act, leaf.occurredAt, leaf.detailsDigest].every(isText) &&
      [leaf.subjectDigest, leaf.actorDigest].every(isTextOrAbsent);
    return isSound ? leaf : undefined;
  } catch {
    return undefined;
  }
}

/** Whether what is opened is what the leaf was made from. Details that are not opened are not compared. */
export function isOpenedBy(leaf: Leaf, { salt, subject, actor, details }: Opening): boolean {
  const key = createSecretKey(salt);
  const isSame = (label: string, text: string | undefined, digest: string | undefined) =>
    text === undefined || digestOf(key, label, text) === digest;
  return (
    isSame('subject', subject, leaf.subjectDigest) &&
    isSame('actor', actor, leaf.actorDigest) &&
    isSame('details', details === undefined ? undefined : canonicalJson(details), leaf.detailsDigest)
  );
}
