// Receipts of acts, and the acts that everybody may see.

import { type Database, sql, type Transaction } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';
import { inclusionRecipe, type Json, logName } from '../rules/index.ts';
import type { PendingReceipt, PublicAct, Receipt } from '../schema.ts';
import { cook } from './read.ts';
import { getCosignedCheckpoint } from './witness.ts';

type Reader = Database | Transaction;

type ActRow = {
  id: string;
  subject: string | null;
  actor: string | null;
  details: string;
  salt: Buffer;
  leaf: string;
  public: boolean;
  index: number | null;
};

/** Whom a receipt is for: who holds it sees all of it, everybody what is public. */
export type Reading = { for: 'holder' | 'everybody' };

/**
 * The receipt of an act against a late checkpoint, a cosigned one if there is; a pending one while the act
 * waits for its place; undefined when there is no such act. `everybody` is told subject, actor, details and
 * salt of public acts only.
 */
export async function findReceipt(
  { database, config }: Pick<House, 'database' | 'config'>,
  actId: string,
  reading: Reading = { for: 'holder' },
): Promise<Receipt | PendingReceipt | undefined> {
  const { rows } = await sql<ActRow>`select id, subject, actor, details, salt, leaf, public, index
    from receipts.act where id = ${actId}
    and not exists (select from receipts.erasure where act_id = act.id)`.execute(database);
  const act = rows[0];
  if (act === undefined) return undefined;
  const { leaf, index } = act;
  const start = { version: 1 as const, actId, leaf };
  if (index === null) return { ...start, state: 'pending', origin: logName(config.origin) };
  const { size, note } = await getCosignedCheckpoint(database, index);
  const proof = await cook(database, inclusionRecipe(index, size));
  return {
    ...start,
    state: 'recorded',
    origin: note.slice(0, note.indexOf('\n')),
    ...(act.public || reading.for === 'holder' ? openingOf(act) : {}),
    index,
    treeSize: size,
    proof: proof.map((hash) => hash.toString('base64')),
    checkpoint: note,
  };
}

const openingOf = ({ salt, subject, actor, details }: ActRow) => ({
  salt: salt.toString('base64'),
  ...(subject === null ? {} : { subject }),
  ...(actor === null ? {} : { actor }),
  details: JSON.parse(details) as Json,
});

export type ActListing = { subject?: string | undefined; before?: number | undefined; limit: number };

/** Acts that may be shown to everybody, the latest first. */
export async function listPublicActs(
  database: Reader,
  { subject = null as never, before = Number.MAX_SAFE_INTEGER, limit }: ActListing,
): Promise<PublicAct[]> {
  const { rows } = await sql<PublicAct & { occurredAt: Date }>`
    select id as "actId", topic, subject, occurred_at as "occurredAt", index from receipts.act
    where public and index < ${before} and (${subject}::text is null or subject = ${subject})
    order by index desc limit ${limit}`.execute(database);
  return rows.map((row) => ({ ...row, occurredAt: row.occurredAt.toISOString() }));
}
