// The provider's state in PostgreSQL: its adapter, and what makes single use hold across processes.

import { AsyncLocalStorage } from 'node:async_hooks';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { House } from '../../../../core/house.ts';
import { type Batch, isEmpty, writeBatch } from '../../store/artifact-batch.ts';
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
export type AdapterErrors = { gone(): Error; usedBefore(model: string): Error };

function dependenceOf(model: string, { grantId, accountId }: AdapterPayload): Dependence {
  if (grantId !== undefined && grantable.has(model)) return 'ofGrant';
  return (model === 'Session' && accountId !== undefined) || model === 'Grant' ? 'ofLogin' : 'free';
}

/** What the request in hand changes; written at its end, before it is answered. */
export const requestBatch = new AsyncLocalStorage<Batch>();

const keyOf = (model: string, id: string) => `${model} ${id}`;

/** What a request would read is what it has written, else what the database holds. */
async function findIn(batch: Batch, house: House, [model, id]: readonly [string, string]) {
  const put = batch.puts.get(keyOf(model, id));
  if (put !== undefined) return JSON.parse(put.artifact.payload) as AdapterPayload;
  if (model === 'Grant' && batch.grants.has(id)) return batch.grants.get(id);
  if (!grantable.has(model)) return findArtifact(house.database, 'id', [model, id]);
  const found = await findWithGrant(house.database, model, id);
  const grantId = found?.payload.grantId;
  if (found?.grant && typeof grantId === 'string') batch.grants.set(grantId, found.grant);
  return found?.payload;
}

/** Two used it at the same moment, and nobody knows which of them is honest: neither keeps anything. */
async function endTwiceUsed({ database }: House, model: string, id: string): Promise<void> {
  const payload = await findArtifact(database, 'id', [model, id]);
  if (typeof payload?.grantId === 'string') await removeArtifact(database, 'Grant', payload.grantId);
}

/** Writes what a request changes; gives an error when that cannot be. */
export async function flush(house: House, batch: Batch, errors: AdapterErrors): Promise<Error | undefined> {
  if (isEmpty(batch)) return undefined;
  const end = await writeBatch(house.database, batch, Math.floor(house.clock.now().getTime() / 1000));
  if (end === 'written') return undefined;
  if (end === 'gone') return errors.gone();
  for (const { model, id } of batch.consumed) await endTwiceUsed(house, model, id);
  return errors.usedBefore(batch.consumed[0]?.model ?? 'it');
}

/** The adapter of one model. */
export function openAdapter(house: House, model: string, errors: AdapterErrors): Adapter {
  const { database, clock } = house;
  const isGrantable = grantable.has(model);
  const uidOf = (payload: AdapterPayload) =>
    model === 'Grant' ? grantSession.getStore() : model === 'Session' ? payload.uid : undefined;
  const artifactOf = (id: string, payload: AdapterPayload, expiresIn: number): Artifact => ({
    model,
    id,
    payload: JSON.stringify(payload),
    grantId: isGrantable ? payload.grantId : undefined,
    uid: uidOf(payload),
    userCode: payload.userCode,
    accountId: payload.accountId,
    expiresAt: Number.isFinite(expiresIn) ? new Date(clock.now().getTime() + expiresIn * 1000) : undefined,
  });
  const find = (by: Parameters<typeof findArtifact>[1], key: string) =>
    findArtifact(database, by, [model, key]) as Promise<AdapterPayload | undefined>;

  return {
    async upsert(id: string, payload: AdapterPayload, expiresIn: number) {
      const dependence = dependenceOf(model, payload);
      const artifact = artifactOf(id, payload, expiresIn);
      const batch = requestBatch.getStore();
      if (batch !== undefined) return void batch.puts.set(keyOf(model, id), { artifact, dependence });
      const written = await putArtifact(database, artifact, dependence);
      // A session that ended meanwhile is not written again; its cookie leads nowhere.
      if (!written && model !== 'Session') throw errors.gone();
    },
    find: async (id) => {
      const batch = requestBatch.getStore();
      return batch === undefined
        ? find('id', id)
        : (findIn(batch, house, [model, id]) as Promise<AdapterPayload | undefined>);
    },
    findByUid: (uid) => find('uid', uid),
    findByUserCode: (code) => find('userCode', code),
    async consume(id: string) {
      const batch = requestBatch.getStore();
      if (batch !== undefined) return void batch.consumed.push({ model, id });
      if (await consumeArtifact(house, model, id)) return;
      await endTwiceUsed(house, model, id);
      throw errors.usedBefore(model);
    },
    async destroy(id) {
      const batch = requestBatch.getStore();
      if (batch?.puts.delete(keyOf(model, id)) === undefined || model !== 'Interaction') {
        return removeArtifact(database, model, id);
      }
      batch.removed.push({ model, id });
    },
    revokeByGrantId: (grantId) => removeOfGrant(database, model, grantId),
  };
}
