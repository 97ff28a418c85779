// Clients of the provider: the services that people sign in to, and the portal itself.

import { inTransaction, query, sql, type Transaction } from '../../../core/database/index.ts';
import { conflict, notFound } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import type { Text } from '../../../core/texts.ts';
import { record } from '../../receipts/index.ts';
import { open, seal } from '../rules/sealing.ts';
import type { Service } from '../schema.ts';
import { serviceTexts } from '../texts/services.ts';
import { endClient } from './ending.ts';
import { getKeys } from './secrets.ts';

/** Revision that grows with every change of a client. */
export const clientsRevision = 'identity-clients';

/** The portal, a client like any other. */
export const portalId = 'portal';

/** Metadata of a client (OpenID Connect Dynamic Client Registration 1.0, section 2), in snake case. */
export type ClientMetadata = Record<string, unknown>;

/** A client that may be used. */
export type Client = { id: string; name: Text; metadata: ClientMetadata; secret?: string };

type ClientRow = { id: string; en: string; tc: string; metadata: ClientMetadata; sealed: Buffer | null };

/** Context in which the secret of a client is sealed. */
export const clientSecretContext = (id: string): string => `client.secret:${id}`;
const idPattern = /^[\w.~-]{1,100}$/;

/** The client, unless there is none or it is disabled. */
export async function findClient(
  house: House,
  id: string,
  { evenDisabled = false } = {},
): Promise<Client | undefined> {
  if (!idPattern.test(id)) return undefined;
  const [row] = await query<ClientRow>(house.database, {
    name: 'identity-client',
    text: `select id, name_en as en, name_tc as tc, metadata, secret_sealed as sealed
      from identity.client where id = $1 and ($2 or disabled_at is null)`,
    values: [id, evenDisabled],
  });
  if (row === undefined) return undefined;
  const { en, tc, metadata, sealed } = row;
  const secret = sealed && open(await getKeys(house), sealed, clientSecretContext(id)).toString();
  return { id, name: { en, tc }, metadata, ...(secret === null ? {} : { secret }) };
}

type ServiceRow = {
  id: string;
  en: string;
  tc: string;
  department: string | null;
  createdAt: Date;
  disabledAt: Date | null;
};

const serviceColumns = sql`client.id, name_en as en, name_tc as tc, department_id as department,
  client.created_at as "createdAt", client.disabled_at as "disabledAt"`;

const serviceOf = ({ en, tc, department, disabledAt, ...row }: ServiceRow): Service => ({
  id: row.id,
  name: { en, tc },
  createdAt: row.createdAt,
  ...(department === null ? {} : { department }),
  ...(disabledAt === null ? {} : { disabledAt }),
});

/** All services but the portal, also those that are disabled; at most 1000. */
export async function listServices({ database }: House): Promise<Service[]> {
  const { rows } = await sql<ServiceRow>`select ${serviceColumns} from identity.client
    where id <> ${portalId} order by name_en, id limit 1000`.execute(database);
  return rows.map(serviceOf);
}

export type ServicePage = { departments: readonly string[]; unowned: boolean; limit: number; after?: string };

/** Services of these departments, where `unowned` those of none too, by identifier; also disabled ones. */
export async function listServicesOf({ database }: House, page: ServicePage): Promise<Service[]> {
  const { departments, unowned, limit, after = '' } = page;
  const { rows } = await sql<ServiceRow>`select ${serviceColumns} from identity.client
    where id <> ${portalId} and id > ${after}
      and (department_id = any(${departments}::text[]) or (${unowned} and department_id is null))
    order by id limit ${limit}`.execute(database);
  return rows.map(serviceOf);
}

/** The service, disabled or not, with its metadata. Throws not-found `unknown-service`. */
export async function getService(
  { database }: House,
  id: string,
): Promise<Service & { metadata: ClientMetadata }> {
  const { rows } = await sql<ServiceRow & { metadata: ClientMetadata }>`
    select ${serviceColumns}, metadata from identity.client
    where id = ${id} and id <> ${portalId}`.execute(database);
  if (rows[0] === undefined) throw notFound('unknown-service', serviceTexts.unknown);
  return { ...serviceOf(rows[0]), metadata: rows[0].metadata };
}

/** A service to be written; who made it is an officer. */
export type NewClient = Client & { department?: string | undefined; createdBy: string };

/** Writes a service, with the act `identity.service-registered`. */
export async function insertClient(tx: Transaction, house: House, client: NewClient): Promise<void> {
  const { id, name, metadata, secret, department = null, createdBy } = client;
  const sealed = secret === undefined ? null : seal(await getKeys(house), secret, clientSecretContext(id));
  const { numAffectedRows } = await sql`
    insert into identity.client
      (id, name_en, name_tc, department_id, metadata, secret_sealed, created_by, created_at)
    values (${id}, ${name.en}, ${name.tc}, ${department}, ${JSON.stringify(metadata)}::jsonb, ${sealed},
      ${createdBy}, ${house.clock.now()}) on conflict (id) do nothing`.execute(tx);
  if (numAffectedRows === 0n) throw conflict('service-exists', serviceTexts.exists);
  await record(tx, {
    topic: 'identity.service-registered',
    subject: id,
    actor: createdBy,
    details: { name: name.en, ...(department === null ? {} : { department }) },
    occurredAt: house.clock.now(),
    public: false,
  });
  await house.revisions.bump(tx, clientsRevision);
}

/** Keeps the portal's own row as the program needs it; every process hears of a change. */
export async function putPortal(house: House, name: Text, metadata: ClientMetadata): Promise<void> {
  await inTransaction(house.database, async (tx) => {
    const { numAffectedRows } = await sql`
      insert into identity.client as old (id, name_en, name_tc, metadata, created_at)
      values (${portalId}, ${name.en}, ${name.tc}, ${JSON.stringify(metadata)}::jsonb, ${house.clock.now()})
      on conflict (id) do update set name_en = excluded.name_en, name_tc = excluded.name_tc,
        metadata = excluded.metadata, disabled_at = null
      where old.metadata <> excluded.metadata or old.name_en <> excluded.name_en
        or old.name_tc <> excluded.name_tc`.execute(tx);
    if (numAffectedRows !== 0n) await house.revisions.bump(tx, clientsRevision);
  });
}

/** Stops a service at once: nobody signs in to it, and what it was given no longer works. */
export async function stopClient(
  tx: Transaction,
  house: House,
  { id, by }: { id: string; by: string },
): Promise<void> {
  const { numAffectedRows } = await sql`update identity.client set disabled_at = ${house.clock.now()}
    where id = ${id} and id <> ${portalId} and disabled_at is null`.execute(tx);
  if (numAffectedRows === 0n) throw notFound('unknown-service', serviceTexts.unknown);
  await endClient(tx, id);
  await sql`delete from identity.artifact where payload->>'clientId' = ${id}
    and model in ('DeviceCode', 'BackchannelAuthenticationRequest', 'AuthorizationCode')`.execute(tx);
  await record(tx, {
    topic: 'identity.service-disabled',
    subject: id,
    actor: by,
    details: {},
    occurredAt: house.clock.now(),
  });
  await house.revisions.bump(tx, clientsRevision);
}
