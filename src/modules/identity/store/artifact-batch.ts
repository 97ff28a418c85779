// Everything one request of the provider changes, in one statement: written together or not at all.

import { type Database, query } from '../../../core/database/index.ts';
import type { Artifact, Dependence } from './artifacts.ts';
import { portalId } from './clients.ts';

/** What a request changes. */
export type Batch = {
  /** By model and id; the last of each counts. */
  puts: Map<string, { artifact: Artifact; dependence: Dependence }>;
  /** What is used up; if one was used before, nothing is written. */
  consumed: { model: string; id: string }[];
  /** What goes on once and is gone then; if one was gone or changed before, nothing is written. */
  removed: { model: string; id: string; payload?: string | undefined }[];
  /** Grants that were read with what hangs on them, by id. */
  grants: Map<string, Record<string, unknown>>;
  /** What was read without asking the database, by id. */
  asRead: Map<string, string>;
};

export const emptyBatch = (): Batch => ({
  puts: new Map(),
  consumed: [],
  removed: [],
  grants: new Map(),
  asRead: new Map(),
});

export const isEmpty = ({ puts, consumed, removed }: Batch): boolean =>
  puts.size === 0 && consumed.length === 0 && removed.length === 0;

// What depends on a grant or a login is written only while that exists: the locks make whoever ends it wait,
// and then see these rows. A grant that is written here counts as there when its login is.
const statementWith = (more: string) => `
  with given as (
    select * from json_to_recordset($1::json) as given (model text, id text, payload json, grant_id text,
      uid text, user_code text, account_id text, expires_at timestamptz, dependence text)
  ), login_there as (
    select uid from identity.provider_session where uid = any($2::text[]) for key share
  ), grant_there as (
    select id from identity.artifact where model = 'Grant' and id = any($3::text[]) for key share
  ), used as (
    update identity.artifact as one set consumed_at = $5
    from json_to_recordset($4::json) as asked (model text, id text)
    where one.model = asked.model and one.id = asked.id and one.consumed_at is null returning true
  ), gone as (
    delete from identity.artifact as one
    using json_to_recordset($6::json) as asked (model text, id text, payload text)
    where one.model = asked.model and one.id = asked.id
      and (asked.payload is null or one.payload::text = asked.payload) returning true
  ), fresh as (
    select (select count(*) from used) = $7 and (select count(*) from gone) = $8 as fresh
  ), put as (
    insert into identity.artifact
      (model, id, payload, grant_id, uid, user_code, account_id, expires_at)
    select model, id, payload, grant_id, uid, user_code, account_id, expires_at from given
    where (select fresh from fresh) and (dependence = 'free'
      or dependence = 'ofLogin' and uid in (select uid from login_there)
      or dependence = 'ofGrant' and (grant_id in (select id from grant_there) or grant_id in (
        select own.id from given as own where own.model = 'Grant' and own.uid in (select uid from login_there))))
    on conflict (model, id) do update set payload = excluded.payload, grant_id = excluded.grant_id,
      uid = excluded.uid, user_code = excluded.user_code, account_id = excluded.account_id,
      expires_at = excluded.expires_at
    returning model
  )${more}
  select (select fresh from fresh) as fresh,
    (select count(*) from put where model <> 'Session') as written`;

/** What a service gets when somebody signs in to it; a device code only once a person has allowed it. */
const ofSignIn = new Set(['AuthorizationCode', 'DeviceCode']);

// Each sign-in at a service is to become an act, with or without a new proof; at the portal its session is.
const signIn = `, signed as (
    insert into identity.sign_in_due (person_id, client_id, acr, signed_in_at)
    select account_id::uuid, payload->>'clientId', coalesce((select acr from identity.provider_session
      where uid = given.payload->>'sessionUid'), payload->>'acr', 'phr'), $9::timestamptz
    from given where model in ('AuthorizationCode', 'DeviceCode') and account_id is not null
      and payload->>'clientId' <> '${portalId}' and model in (select model from put)
    returning person_id, client_id
  ), touched as (
    update identity.service_use as one set last_at = $9::timestamptz from signed
    where one.person_id = signed.person_id and one.client_id = signed.client_id
  )`;

const statement = statementWith('');
const statementOfSignIn = statementWith(signIn);

/** What became of a batch: written; or what it depends on has ended; or something was used before. */
export type BatchEnd = 'written' | 'gone' | 'used-before';

/** Writes a batch, as of now. */
export async function writeBatch(database: Database, batch: Batch, now: Date): Promise<BatchEnd> {
  const { consumed, removed } = batch;
  const puts = [...batch.puts.values()];
  const of = (dependence: Dependence) => puts.filter((put) => put.dependence === dependence);
  const rows = puts.map(({ artifact, dependence }) => {
    const { payload, grantId, uid, userCode, accountId, expiresAt, ...key } = artifact;
    const columns = { ...key, grant_id: grantId, uid, user_code: userCode, account_id: accountId };
    const head = JSON.stringify({ ...columns, expires_at: expiresAt, dependence });
    // The payload is JSON text already.
    return `${head.slice(0, -1)},"payload":${payload}}`;
  });
  const isSignIn = puts.some(
    ({ artifact: { model, accountId } }) => ofSignIn.has(model) && accountId !== undefined,
  );
  const [end] = await query<{ fresh: boolean; written: number }>(database, {
    name: isSignIn ? 'artifact-batch-sign-in' : 'artifact-batch',
    text: isSignIn ? statementOfSignIn : statement,
    values: [
      `[${rows.join(',')}]`,
      of('ofLogin').map(({ artifact }) => artifact.uid),
      of('ofGrant').map(({ artifact }) => artifact.grantId),
      JSON.stringify(consumed),
      Math.floor(now.getTime() / 1000),
      JSON.stringify(removed),
      consumed.length,
      removed.length,
      ...(isSignIn ? [now] : []),
    ],
  });
  if (!end!.fresh) return 'used-before';
  const expected = puts.filter(({ artifact }) => artifact.model !== 'Session').length;
  return end!.written === expected ? 'written' : 'gone';
}
