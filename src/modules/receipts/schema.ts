// Shapes of the receipts: acts as modules record them, receipts, proofs, and what the endpoints take.

import { z } from 'zod';
import { setting } from '../../core/setting.ts';

const base64 = (bytes: number) =>
  z
    .string()
    .regex(/^[A-Za-z0-9+/]+={0,2}$/)
    .length(Math.ceil(bytes / 3) * 4)
    .describe(`${bytes} bytes in base64.`);
const proof = z.array(base64(32)).max(64);
const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** A proof that an act stands in the log; needs nothing but itself and the log's public key to be checked. */
export const receiptSchema = z.strictObject({
  version: z.literal(1),
  state: z.literal('recorded'),
  actId: z.uuid(),
  origin: z.string().min(1).max(300).describe('Name of the log.'),
  leaf: z.string().min(2).max(2000).describe('The leaf exactly as it stands in the log.'),
  salt: base64(32).optional().describe('Opens the digests of the leaf; absent when the act is not public.'),
  subject: z.string().max(200).optional(),
  actor: z.string().max(200).optional(),
  details: z.json().optional(),
  index: count.describe('Place of the leaf in the log, from 0.'),
  treeSize: count.describe('Leaves of the log when the receipt was written.'),
  proof: proof.describe('Inclusion proof (RFC 9162, 2.1.3): the neighbours from the leaf up to the root.'),
  checkpoint: z
    .string()
    .min(1)
    .max(10_000)
    .describe('Signed note (C2SP tlog-checkpoint), with cosignatures of witnesses if there are any.'),
});
/** A receipt as `receiptSchema` reads it. */
export type Receipt = z.output<typeof receiptSchema>;

/** An act that is recorded and not yet numbered: there is nothing to prove until it is, usually at once. */
export const pendingReceiptSchema = z.strictObject({
  version: z.literal(1),
  state: z.literal('pending'),
  actId: z.uuid(),
  origin: z.string(),
  leaf: z.string(),
});
/** What stands for a receipt until there is one. */
export type PendingReceipt = z.output<typeof pendingReceiptSchema>;

export const actIdSchema = z.object({ id: z.uuid().describe('Id of the act.') });

export const actListQuery = z.strictObject({
  subject: z.string().min(1).max(200).optional().describe('Only acts about this, e.g. `MOB-01`.'),
  limit: z.coerce.number().int().min(1).max(100).default(20).describe('At most this many.'),
  cursor: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional().describe('`next` before.'),
});

/** An act that may be shown to everybody. */
export const publicActSchema = z.object({
  actId: z.uuid(),
  topic: z.string(),
  subject: z.string().nullable(),
  occurredAt: z.iso.datetime(),
  index: count,
});
export type PublicAct = z.output<typeof publicActSchema>;

/** An act as its holder may see it. */
export type RecordedAct = {
  id: string;
  topic: string;
  subject: string | null;
  actor: string | null;
  details: z.output<ReturnType<typeof z.json>>;
  /** ISO 8601 in UTC, with milliseconds. */
  occurredAt: string;
  /** Place in the log; null while the act waits for it. */
  index: number | null;
};
/** Some acts, the latest first; `next` leads to those before, null at the end. */
export type ActPage = { items: RecordedAct[]; next: string | null };

export const actListSchema = z.object({ items: z.array(publicActSchema), next: z.string().nullable() });

const asked = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

export const inclusionQuery = z.strictObject({
  index: asked.describe('Place of the leaf, from 0.'),
  size: asked.min(1).describe('Size of the tree.'),
});
export const inclusionSchema = z.object({ index: count, size: count, leafHash: base64(32), proof });

export const consistencyQuery = z.strictObject({
  from: asked.describe('Size of the smaller tree.'),
  to: asked.describe('Size of the larger tree.'),
});
export const consistencySchema = z.object({ from: count, to: count, proof });

export const keysSchema = z.object({
  origin: z.string().describe('Name of the log.'),
  current: z.string().describe('Public key in the form of signed-note: name, id, key.'),
  earlier: z.array(z.string()).describe('Keys that signed before, the latest first.'),
});

/** The steps of checking a receipt, in their order. */
export const stepNames = ['written', 'leaf', 'included', 'signed', 'witnessed', 'continued'] as const;
export type StepName = (typeof stepNames)[number];
export const outcomes = ['right', 'wrong', 'unknown'] as const;
export type Step = { name: StepName; outcome: (typeof outcomes)[number] };

export const verdictSchema = z.object({
  valid: z.boolean().describe('True when no step is wrong and both proof and signature were checked.'),
  steps: z.array(
    z.object({
      name: z.enum(stepNames),
      outcome: z.enum(outcomes),
      words: z.object({ en: z.string(), tc: z.string(), sc: z.string() }),
    }),
  ),
});

/** Two segments and more of a tile's address; which of them make sense, `parseTilePath` decides. */
const segment = z.string().regex(/^(x?\d{3}(\.p)?|[1-9]\d{0,2})$/);
export const tileParams = [1, 2, 3, 4].map((depth) =>
  z.object({
    level: z
      .string()
      .regex(/^(entries|\d{1,2})$/)
      .describe('0 to 63, or `entries`.'),
    ...Object.fromEntries(['a', 'b', 'c', 'd'].slice(0, depth).map((name) => [name, segment])),
  }),
);

/** Settings of the receipts. */
export const settings = {
  LAMPPOST_RECEIPTS_KEY: setting.string({
    secret: true,
    pattern:
      /^(?:[A-Za-z0-9+/]{43}=|-----BEGIN PRIVATE KEY-----[\sA-Za-z0-9+/=\\]+-----END PRIVATE KEY-----\s*)$/,
    expected: 'an Ed25519 key: 32 bytes in base64, or PKCS #8 in PEM',
    defaultText: 'made once, kept as receipts-key.pem in LAMPPOST_DATA',
    about:
      'Key that signs the log of receipts. Set it for a real city, the same for all its processes, and keep a copy ' +
      'where the database is not.',
  }),
  LAMPPOST_RECEIPTS_WITNESSES: setting.string({
    pattern: /^[^\s,]+\s+https?:\/\/[^\s,]+(?:\s*,\s*[^\s,]+\s+https?:\/\/[^\s,]+){0,15}$/,
    expected: 'at most 16 pairs of public key and address (name+id+key https://...), with commas between',
    about:
      'Witnesses that are asked to cosign each checkpoint of the log of receipts (C2SP tlog-witness). ' +
      'The address is what stands before /add-checkpoint.',
  }),
};
