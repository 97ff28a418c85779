// Credentials of whoever may send: the secret is shown once, and kept only as its digest.

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { type Database, query, sql } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';

/** Who sends. */
export type Credential = {
  id: string;
  name: string;
  department: string;
  patterns: string[];
  createdBy: string | null;
  createdAt: Date;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
};

type CredentialHouse = Pick<House, 'database' | 'clock'>;
type Known = { credential: Credential; digest: Buffer; readAt: number };

/** A revoked credential is refused this soon everywhere; and its last use is written no more often. */
const trustMs = 5000;
const noteUseMs = 60_000;
/** Made-up names are not remembered, and of real ones no more than these at a time. */
const mostKnown = 100_000;
const knownOf = new WeakMap<Database, Map<string, Known>>();

/** The secret has 192 random bits, so a fast digest hides it as well as a slow one. */
const digestOf = (secret: string) => createHash('sha256').update(secret).digest();

const columns = `id, name, department, patterns, created_by as "createdBy", created_at as "createdAt",
  revoked_at as "revokedAt", last_used_at as "lastUsedAt"`;

export type NewCredential = {
  name: string;
  department: string;
  /** Keys of datastreams that it may write; `*` stands for any letters. */
  patterns: readonly string[];
  createdBy?: string;
};

/** Makes a credential. The secret is in this answer and nowhere else. */
export async function createCredential(
  { database, clock }: CredentialHouse,
  { name, department, patterns, createdBy }: NewCredential,
): Promise<{ id: string; secret: string }> {
  const id = randomBytes(9).toString('base64url').replace(/[-_]/g, 'x').toLowerCase();
  const secret = randomBytes(24).toString('base64url');
  await sql`insert into observations.credential
      (id, name, department, secret_digest, patterns, created_by, created_at)
    values (${id}, ${name}, ${department}, ${digestOf(secret)}, ${[...patterns]}::text[],
      ${createdBy ?? null},      ${clock.now()})`.execute(database);
  return { id, secret };
}

async function find(database: Database, id: string): Promise<Known | undefined> {
  const [row] = await query<Credential & { digest: Buffer }>(database, {
    name: 'observations-credential',
    text: `select ${columns}, secret_digest as digest from observations.credential where id = $1`,
    values: [id],
  });
  if (row === undefined) return undefined;
  const { digest, ...credential } = row;
  return { credential, digest, readAt: 0 };
}

async function noteUse(database: Database, { credential }: Known, now: Date): Promise<void> {
  const last = credential.lastUsedAt?.getTime() ?? 0;
  if (now.getTime() - last < noteUseMs) return;
  credential.lastUsedAt = now;
  await sql`update observations.credential set last_used_at = ${now} where id = ${credential.id}`.execute(
    database,
  );
}

/** The credential that this secret proves; undefined when there is none, or it was revoked. */
export async function checkCredential(
  { database, clock }: CredentialHouse,
  id: string,
  secret: string,
): Promise<Credential | undefined> {
  let all = knownOf.get(database);
  if (all === undefined) {
    all = new Map();
    knownOf.set(database, all);
  }
  const now = clock.now();
  let known = all.get(id);
  if (known === undefined || Math.abs(now.getTime() - known.readAt) > trustMs) {
    known = id.length <= 100 && !id.includes('\0') ? await find(database, id) : undefined;
    if (known === undefined) return void all.delete(id);
    known.readAt = now.getTime();
    if (all.size >= mostKnown) all.clear();
    all.set(id, known);
  }
  const isProven = timingSafeEqual(known.digest, digestOf(secret));
  if (!isProven || known.credential.revokedAt !== null) return undefined;
  await noteUse(database, known, now);
  return known.credential;
}

/** All of some departments, or of all, newest first; at most 1000. */
export async function listCredentials(
  database: Database,
  departments?: readonly string[],
): Promise<Credential[]> {
  return query<Credential>(database, {
    text: `select ${columns} from observations.credential
      where $1::text[] is null or department = any($1::text[]) order by created_at desc, id limit 1000`,
    values: [departments === undefined ? null : [...departments]],
  });
}

/** Takes a credential out of use, in this process at once; false when there is none in use. */
export async function revokeCredential({ database, clock }: CredentialHouse, id: string): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`update observations.credential set revoked_at = ${clock.now()}
    where id = ${id} and revoked_at is null`.execute(database);
  knownOf.get(database)?.delete(id);
  return numAffectedRows > 0n;
}
