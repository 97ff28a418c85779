// Changes of a registered service: its name and settings, and a new secret; its identifier stays.

import { sql, type Transaction } from '../../../core/database/index.ts';
import { notFound } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import type { Text } from '../../../core/texts.ts';
import { record } from '../../receipts/index.ts';
import { seal } from '../rules/sealing.ts';
import { serviceTexts } from '../texts/services.ts';
import { type ClientMetadata, clientSecretContext, clientsRevision, portalId } from './clients.ts';
import { getKeys } from './secrets.ts';

const unknown = () => notFound('unknown-service', serviceTexts.unknown);

/** What a service is now, kept from other changes until the transaction ends. Throws not-found. */
export async function lockClient(
  tx: Transaction,
  id: string,
): Promise<{ name: Text; metadata: ClientMetadata; hasSecret: boolean }> {
  const { rows } = await sql<{ en: string; tc: string; metadata: ClientMetadata; hasSecret: boolean }>`
    select name_en as en, name_tc as tc, metadata, secret_sealed is not null as "hasSecret"
    from identity.client where id = ${id} and id <> ${portalId} and disabled_at is null
    for update`.execute(tx);
  if (rows[0] === undefined) throw unknown();
  const { en, tc, ...rest } = rows[0];
  return { name: { en, tc }, ...rest };
}

/** A service as it shall be; `secret` null takes it away, absent leaves it as it is. */
export type ClientChange = {
  id: string;
  name: Text;
  metadata: ClientMetadata;
  secret?: string | null;
  by: string;
  /** Names of what changes, for the act. */
  fields: readonly string[];
};

/** Writes a changed service, with the act `identity.service-changed`. */
export async function updateClient(tx: Transaction, house: House, change: ClientChange): Promise<void> {
  const { id, name, metadata, secret, by, fields } = change;
  const sealed =
    typeof secret === 'string' ? seal(await getKeys(house), secret, clientSecretContext(id)) : null;
  await sql`update identity.client set name_en = ${name.en}, name_tc = ${name.tc},
      metadata = ${JSON.stringify(metadata)}::jsonb,
      secret_sealed = case when ${secret === undefined} then secret_sealed else ${sealed}::bytea end
    where id = ${id}`.execute(tx);
  await record(tx, {
    topic: 'identity.service-changed',
    subject: id,
    actor: by,
    details: { fields: [...fields] },
    occurredAt: house.clock.now(),
  });
  await house.revisions.bump(tx, clientsRevision);
}
