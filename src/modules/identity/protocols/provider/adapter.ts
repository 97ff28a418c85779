// The provider's state in PostgreSQL: its adapter, and what makes single use and revocation hold across processes.

import { AsyncLocalStorage } from 'node:async_hooks';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { House } from '../../../../core/house.ts';
import {
  consumeArtifact,
  type Dependence,
  findArtifact,
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

/** The adapter of one model. */
export function openAdapter(house: House, model: string, errors: AdapterErrors): Adapter {
  const { database, clock } = house;
  const isGrantable = grantable.has(model);
  const find = (by: Parameters<typeof findArtifact>[1], key: string) =>
    findArtifact(database, by, [model, key]);

  return {
    async upsert(id: string, payload: AdapterPayload, expiresIn: number) {
      const dependence = dependenceOf(model, payload);
      const isLife = Number.isFinite(expiresIn);
      const written = await putArtifact(
        database,
        {
          model,
          id,
          payload: JSON.stringify(payload),
          grantId: isGrantable ? payload.grantId : undefined,
          uid: model === 'Grant' ? grantSession.getStore() : model === 'Session' ? payload.uid : undefined,
          userCode: payload.userCode,
          accountId: payload.accountId,
          expiresAt: isLife ? new Date(clock.now().getTime() + expiresIn * 1000) : undefined,
        },
        dependence,
      );
      // A session that ended meanwhile is not written again; its cookie leads nowhere.
      if (!written && model !== 'Session') throw errors.gone();
    },
    find: (id) => find('id', id) as Promise<AdapterPayload | undefined>,
    findByUid: (uid) => find('uid', uid) as Promise<AdapterPayload | undefined>,
    findByUserCode: (code) => find('userCode', code) as Promise<AdapterPayload | undefined>,
    async consume(id: string) {
      if (await consumeArtifact(house, model, id)) return;
      // Two asked at the same moment: nobody knows which of them is honest.
      const payload = await findArtifact(database, 'id', [model, id]);
      if (typeof payload?.grantId === 'string') await removeArtifact(database, 'Grant', payload.grantId);
      throw errors.usedBefore(model);
    },
    destroy: (id) => removeArtifact(database, model, id),
    revokeByGrantId: (grantId) => removeOfGrant(database, model, grantId),
  };
}
