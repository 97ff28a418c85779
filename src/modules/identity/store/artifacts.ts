// State of the OpenID Provider: sessions, codes, tokens, grants; each question one named statement.

import { type Database, query } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';

/** One row to be written. */
export type Artifact = {
  model: string;
  /** As it is written: of most models a digest of what a client or browser holds. */
  id: string;
  /** JSON text, written as it is. */
  payload: string;
  grantId?: string | undefined;
  /** Of a session its uid, of a grant the uid of its session. */
  uid?: string | undefined;
  userCode?: string | undefined;
  accountId?: string | undefined;
  expiresAt?: Date | undefined;
};

type Row = { payload: Record<string, unknown>; consumed: number | null; key?: string };

const columns = 'model, id, payload, grant_id, uid, user_code, account_id, expires_at';
const given = '$1, $2, $3::json, $4, $5, $6, $7, $8::timestamptz';
const overwrite = `on conflict (model, id) do update set payload = excluded.payload,
  grant_id = excluded.grant_id, uid = excluded.uid, user_code = excluded.user_code,
  account_id = excluded.account_id, expires_at = excluded.expires_at`;

// What depends on a grant or a login is written only while that exists: the lock makes whoever ends it wait,
// and then see this row.
const writing = {
  free: {
    name: 'artifact-put',
    text: `insert into identity.artifact (${columns}) values (${given}) ${overwrite} returning true as put`,
  },
  ofGrant: {
    name: 'artifact-put-of-grant',
    text: `insert into identity.artifact (${columns}) select ${given}
      from (select true from identity.artifact
        where model = 'Grant' and id = $4 for key share) as grant_there
      ${overwrite} returning true as put`,
  },
  ofLogin: {
    name: 'artifact-put-of-login',
    text: `insert into identity.artifact (${columns}) select ${given}
      from (select true from identity.provider_session where uid = $5 for key share) as login_there
      ${overwrite} returning true as put`,
  },
  ofItself: {
    name: 'artifact-put-again',
    text: `update identity.artifact as old set (${columns}) = (select ${given})
      where old.model = $1 and old.id = $2 returning true as put`,
  },
};

/** What a row depends on, if anything; `ofItself` when it must be there already. */
export type Dependence = keyof typeof writing;

/** Writes a row; false when what it depends on is no longer there, and then nothing is written. */
export async function putArtifact(
  database: Database,
  artifact: Artifact,
  dependence: Dependence,
): Promise<boolean> {
  const { model, id, payload, grantId, uid, userCode, accountId, expiresAt } = artifact;
  const values = [model, id, payload, grantId, uid, userCode, accountId, expiresAt].map((one) => one ?? null);
  return (await query(database, { ...writing[dependence], values })).length > 0;
}

const finding = {
  id: {
    name: 'artifact-by-id',
    text: `select payload, consumed_at as consumed from identity.artifact where model = $1 and id = $2`,
  },
  uid: {
    name: 'artifact-by-uid',
    text: `select payload, consumed_at as consumed from identity.artifact
      where model = $1 and model = 'Session' and uid = $2`,
  },
  userCode: {
    name: 'artifact-by-user-code',
    text: `select payload, consumed_at as consumed, id as key from identity.artifact
      where model = $1 and user_code = $2`,
  },
};

/** Every key that the provider makes; anything else is not asked of the database. */
const keyPattern = /^[\w~-]{1,200}$/;

/** What was written, with `consumed` as the provider expects it; found by user code also with its key. */
export async function findArtifact(
  database: Database,
  by: keyof typeof finding,
  [model, key]: readonly [model: string, key: string],
): Promise<Record<string, unknown> | undefined> {
  if (!keyPattern.test(key)) return undefined;
  const [row] = await query<Row>(database, { ...finding[by], values: [model, key] });
  if (row === undefined) return undefined;
  if (row.consumed !== null) row.payload.consumed = row.consumed;
  if (row.key !== undefined) row.payload.key = row.key;
  return row.payload;
}

type RowOfGrant = Row & { grant: Record<string, unknown> | null };

/** What was written, and the grant on which it hangs. */
export async function findWithGrant(
  database: Database,
  model: string,
  id: string,
): Promise<{ payload: Record<string, unknown>; grant: Record<string, unknown> | null } | undefined> {
  if (!keyPattern.test(id)) return undefined;
  const [row] = await query<RowOfGrant>(database, {
    name: 'artifact-with-grant',
    text: `select own.payload, own.consumed_at as consumed, given.payload as grant
      from identity.artifact as own
      left join identity.artifact as given on given.model = 'Grant' and given.id = own.grant_id
      where own.model = $1 and own.id = $2`,
    values: [model, id],
  });
  if (row === undefined) return undefined;
  if (row.consumed !== null) row.payload.consumed = row.consumed;
  return row;
}

/** Marks as used; false when it was used before, in whichever process. */
export async function consumeArtifact(
  { database, clock }: Pick<House, 'database' | 'clock'>,
  model: string,
  id: string,
): Promise<boolean> {
  const rows = await query(database, {
    name: 'artifact-consume',
    text: `update identity.artifact set consumed_at = $3
      where model = $1 and id = $2 and consumed_at is null returning true as done`,
    values: [model, id, Math.floor(clock.now().getTime() / 1000)],
  });
  return rows.length > 0;
}

export async function removeArtifact(database: Database, model: string, id: string): Promise<void> {
  await query(database, {
    name: 'artifact-remove',
    text: 'delete from identity.artifact where model = $1 and id = $2',
    values: [model, id],
  });
}

/** Removes everything of a model that hangs on a grant. */
export async function removeOfGrant(database: Database, model: string, grantId: string): Promise<void> {
  await query(database, {
    name: 'artifact-remove-of-grant',
    text: 'delete from identity.artifact where grant_id = $2 and model = $1',
    values: [model, grantId],
  });
}

/** Remembers a token that may be used once; false when it is known, in whichever process it was used. */
export async function noteOnce(database: Database, id: string, expiresAt: Date): Promise<boolean> {
  const rows = await query(database, {
    name: 'artifact-note-once',
    text: `insert into identity.artifact (model, id, payload, expires_at)
      values ('ReplayDetection', $1, '{}', $2) on conflict (model, id) do nothing returning true as noted`,
    values: [id, expiresAt],
  });
  return rows.length > 0;
}
