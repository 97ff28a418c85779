// The provider's state in PostgreSQL: its adapter, and what makes single use hold across processes.

import { AsyncLocalStorage } from 'node:async_hooks';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { House } from '../../../../core/house.ts';
import { keyOfArtifact } from '../../rules/bearer-values.ts';
import { type Batch, emptyBatch, isEmpty, writeBatch } from '../../store/artifact-batch.ts';
import {
  type Artifact,
  consumeArtifact,
  type Dependence,
  findArtifact,
  findWithGrant,
  putArtifact,
  removeArtifact,
  removeOfGrant,
} from '../../store/artifacts.ts';
import { closePayload, openPayload, writtenUserCode } from '../../store/bearer-values.ts';

import { type RecentRow, rememberBatch, rememberRow, takeRecent } from './recent.ts';

/** The session in which a grant that is being saved is given. */
export const grantSession = new AsyncLocalStorage<string>();

/** What becomes invalid with its grant. */
const grantable = new Set([
  'AccessToken',
  'AuthorizationCode',
  'RefreshToken',
  'DeviceCode',
  'BackchannelAuthenticationRequest',
]);

/** Errors of the provider that the adapter answers with. */
export type AdapterErrors = { gone(): Error; usedBefore(model: string): Error; unwritable(): Error };

function dependenceOf(model: string, { grantId, accountId }: AdapterPayload): Dependence {
  // Outside of a request of the provider a person decides about what must still be waiting.
  if (model === 'Interaction' && requestBatch.getStore() === undefined) return 'ofItself';
  if (grantId !== undefined && grantable.has(model)) return 'ofGrant';
  return (model === 'Session' && accountId !== undefined) || model === 'Grant' ? 'ofLogin' : 'free';
}

/** What the request in hand changes; written at its end, before it is answered. */
export const requestBatch = new AsyncLocalStorage<Batch>();

const placeOf = (model: string, key: string) => `${model} ${key}`;

function readRecent(batch: Batch, key: string, { payload, grant }: RecentRow): AdapterPayload {
  const read = JSON.parse(payload) as AdapterPayload;
  if (grant === undefined) batch.asRead.set(key, payload);
  else batch.grants.set(read.grantId!, JSON.parse(grant) as AdapterPayload);
  return read;
}

/** What a request would read is what it has written, else what the database holds. */
async function findWritten(batch: Batch, house: House, [model, key]: readonly [string, string]) {
  const put = batch.puts.get(placeOf(model, key));
  if (put !== undefined) return JSON.parse(put.artifact.payload) as AdapterPayload;
  if (model === 'Grant' && batch.grants.has(key)) return batch.grants.get(key);
  const recent = takeRecent(house, model, key);
  if (recent !== undefined) return readRecent(batch, key, recent);
  if (!grantable.has(model)) return findArtifact(house.database, 'id', [model, key]);
  const found = await findWithGrant(house.database, model, key);
  const grantId = found?.payload.grantId;
  if (found?.grant && typeof grantId === 'string') batch.grants.set(grantId, found.grant);
  return found?.payload;
}

/** Two used it at the same moment, and nobody knows which of them is honest: neither keeps anything. */
async function endTwiceUsed({ database }: House, model: string, key: string): Promise<void> {
  const payload = await findArtifact(database, 'id', [model, key]);
  if (typeof payload?.grantId === 'string') await removeArtifact(database, 'Grant', payload.grantId);
}

/** Writes what a request changes; gives an error when that cannot be. */
export async function flush(house: House, batch: Batch, errors: AdapterErrors): Promise<Error | undefined> {
  if (isEmpty(batch)) return undefined;
  const end = await writeBatch(house.database, batch, house.clock.now());
  if (end === 'written') return void rememberBatch(house, batch);
  if (end === 'gone') return errors.gone();
  for (const { model, id } of batch.consumed) await endTwiceUsed(house, model, id);
  return errors.usedBefore(batch.consumed[0]?.model ?? 'it');
}

/** The character zero, which PostgreSQL does not take in a text; not a backslash that was written out. */
const hasZero = /(?<!\\)(?:\\\\)*\\u0000/;

/** The adapter of one model. */
export function openAdapter(house: House, model: string, errors: AdapterErrors): Adapter {
  const { database, clock } = house;
  const isGrantable = grantable.has(model);
  const uidOf = (payload: AdapterPayload) =>
    model === 'Grant' ? grantSession.getStore() : model === 'Session' ? payload.uid : undefined;
  const artifactOf = async (id: string, payload: AdapterPayload, expiresIn: number): Promise<Artifact> => {
    const { userCode } = payload;
    const lifeMs = expiresIn * 1000;
    return {
      model,
      id: keyOfArtifact(model, id),
      payload: JSON.stringify(await closePayload(house, [model, id], payload)),
      grantId: isGrantable ? payload.grantId : undefined,
      uid: uidOf(payload),
      userCode: userCode === undefined ? undefined : await writtenUserCode(house, userCode),
      accountId: payload.accountId,
      expiresAt: Number.isFinite(lifeMs) ? new Date(clock.now().getTime() + lifeMs) : undefined,
    };
  };

  return {
    async upsert(id: string, payload: AdapterPayload, expiresIn: number) {
      const dependence = dependenceOf(model, payload);
      const artifact = await artifactOf(id, payload, expiresIn);
      if (hasZero.test(artifact.payload)) throw errors.unwritable();
      const batch = requestBatch.getStore();
      if (batch !== undefined)
        return void batch.puts.set(placeOf(model, artifact.id), { artifact, dependence });
      const written = await putArtifact(database, artifact, dependence);
      // A session that ended meanwhile is not written again; its cookie leads nowhere.
      if (!written && model !== 'Session') throw errors.gone();
      rememberRow(house, model, artifact);
    },
    async find(id) {
      const batch = requestBatch.getStore();
      const key = keyOfArtifact(model, id);
      const written = await findWritten(batch ?? emptyBatch(), house, [model, key]);
      return written && openPayload(house, { model, id }, written);
    },
    // Asked only for whose session it is; its own id is known to the browser alone.
    findByUid: (uid) => findArtifact(database, 'uid', [model, uid]),
    async findByUserCode(code) {
      const written = await findArtifact(database, 'userCode', [model, await writtenUserCode(house, code)]);
      return written && openPayload(house, { model, key: String(written.key) }, written);
    },
    async consume(id: string) {
      const batch = requestBatch.getStore();
      const key = keyOfArtifact(model, id);
      if (batch !== undefined) return void batch.consumed.push({ model, id: key });
      if (await consumeArtifact(house, model, key)) return;
      await endTwiceUsed(house, model, key);
      throw errors.usedBefore(model);
    },
    async destroy(id) {
      const batch = requestBatch.getStore();
      const key = keyOfArtifact(model, id);
      if (batch?.puts.delete(placeOf(model, key)) === undefined || model !== 'Interaction') {
        return removeArtifact(database, model, key);
      }
      batch.removed.push({ model, id: key, payload: batch.asRead.get(key) });
    },
    revokeByGrantId: (grantId) => removeOfGrant(database, model, grantId),
  };
}
