// The register of services: checked by the provider itself before they are written.

import { randomBytes, randomUUID } from 'node:crypto';
import type { Actor } from '../../../../core/access.ts';
import { inTransaction } from '../../../../core/database/index.ts';
import { conflict, invalid } from '../../../../core/errors.ts';
import type { House } from '../../../../core/house.ts';
import { sameText, type Text } from '../../../../core/texts.ts';
import { lockClient, updateClient } from '../../store/client-changes.ts';
import { type Client, type ClientMetadata, insertClient, stopClient } from '../../store/clients.ts';
import { serviceTexts } from '../../texts/services.ts';
import type { Clients } from './clients.ts';
import { errors } from './engine.ts';
import { openProvider } from './provider.ts';

/** A service to be registered. */
export type NewService = {
  name: Text;
  /** Id of the department that answers for it. */
  department?: string | undefined;
  /** Client identifier; drawn by chance when absent. */
  id?: string | undefined;
  /** OpenID Connect Dynamic Client Registration 1.0, section 2, in snake case. */
  metadata: ClientMetadata;
};

/** What the house decides itself. */
const ours = new Set(['client_id', 'client_name', 'client_secret', 'subject_type', 'sector_identifier_uri']);

const wrong = (field: string, detail: string) =>
  invalid('wrong-service-metadata', serviceTexts.wrongMetadata, {
    fields: [{ field, message: sameText(detail) }],
  });

const fieldPattern = /\b([a-z]+(?:_[a-z]+)+|jwks)\b/;

const loopbacks = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Answers go over TLS, to this machine, or to an app by a scheme of its own with a dot (RFC 8252, 7.1). */
function isSafe(address: unknown): boolean {
  const url = typeof address === 'string' ? URL.parse(address) : null;
  if (url === null || url.username !== '' || url.password !== '') return false;
  if (url.protocol === 'https:') return true;
  if (url.protocol === 'http:') return loopbacks.has(url.hostname);
  return url.protocol.includes('.');
}

function checkAddresses({ metadata }: Client): void {
  for (const field of ['redirect_uris', 'post_logout_redirect_uris']) {
    const addresses = metadata[field] ?? [];
    if (Array.isArray(addresses) && addresses.every(isSafe)) continue;
    throw wrong(field, `${field} must be https, or http on a loopback, or an app's own scheme with a dot`);
  }
}

async function check(house: House, client: Client): Promise<void> {
  const fields = Object.keys(client.metadata);
  const taken = fields.find((field) => ours.has(field));
  if (taken !== undefined) throw wrong(taken, `${taken} is chosen by the city`);
  checkAddresses(client);
  const { clients } = await openProvider(house);
  const known = checkedBy(clients, client);
  const unknown = fields.find((field) => !known.has(field));
  if (unknown !== undefined) throw wrong(unknown, `${unknown} is not known here, or has no value`);
}

function checkedBy(clients: Clients, client: Client): Set<string> {
  try {
    return clients.check(client);
  } catch (error) {
    if (error instanceof errors.InvalidClientMetadata || error instanceof errors.InvalidRedirectUri) {
      const detail = (error as { error_description?: string }).error_description ?? 'invalid';
      throw wrong(fieldPattern.exec(detail)?.[1] ?? 'metadata', detail);
    }
    throw wrong('metadata', 'a value has the wrong type');
  }
}

const needsSecret = ({ token_endpoint_auth_method: method }: ClientMetadata) =>
  method === 'client_secret_basic';
const drawSecret = () => randomBytes(32).toString('base64url');

/**
 * Registers a service, with the act `identity.service-registered`; a secret is given once, and only to a
 * client that asks for client_secret_basic. Throws invalid `wrong-service-metadata`, conflict
 * `service-exists`.
 */
export async function createService(
  house: House,
  actor: Pick<Actor, 'id'>,
  service: NewService,
): Promise<{ id: string; secret?: string }> {
  const { name, department, id = randomUUID(), metadata } = service;
  const secret = needsSecret(metadata) ? drawSecret() : undefined;
  const client: Client = { id, name, metadata, ...(secret === undefined ? {} : { secret }) };
  await check(house, client);
  await inTransaction(house.database, (tx) =>
    insertClient(tx, house, { ...client, department, createdBy: actor.id }),
  );
  // Whoever registers a service may use it with the next request.
  await house.revisions.refresh();
  return { id, ...(secret === undefined ? {} : { secret }) };
}

/** What shall be different; of the metadata only what is named, null takes away (RFC 7396). */
export type ServiceChange = { name?: Text | undefined; metadata?: ClientMetadata | undefined };

/**
 * Changes a service under the same identifier, so that people stay who they are there, with the act
 * `identity.service-changed`. A secret is given when the service needs one from now on and had none. Throws
 * invalid `wrong-service-metadata`, not-found `unknown-service`.
 */
export async function changeService(
  house: House,
  actor: Pick<Actor, 'id'>,
  { id, ...change }: ServiceChange & { id: string },
): Promise<{ secret?: string }> {
  // Opened before the transaction: it may have to ask the database itself.
  await openProvider(house);
  const secret = await inTransaction(house.database, async (tx) => {
    const old = await lockClient(tx, id);
    const { name = old.name } = change;
    const merged = Object.entries({ ...old.metadata, ...change.metadata });
    const metadata = Object.fromEntries(merged.filter(([, value]) => value !== null));
    const needs = needsSecret(metadata);
    const drawn = needs && !old.hasSecret ? drawSecret() : undefined;
    await check(house, { id, name, metadata, ...(needs ? { secret: drawn ?? drawSecret() } : {}) });
    const fields = [
      ...(change.name === undefined ? [] : ['client_name']),
      ...Object.keys(change.metadata ?? {}),
    ];
    const kept = needs ? drawn : null;
    await updateClient(tx, house, {
      ...{ id, name, metadata, fields, by: actor.id },
      ...(kept === undefined ? {} : { secret: kept }),
    });
    return drawn;
  });
  await house.revisions.refresh();
  return secret === undefined ? {} : { secret };
}

/**
 * Gives a service a new secret; the one before is no good any more, with the act `identity.service-changed`.
 * Throws conflict `no-secret-used` when it proves itself otherwise, not-found `unknown-service`.
 */
export async function renewSecret(house: House, actor: Pick<Actor, 'id'>, id: string): Promise<string> {
  const secret = drawSecret();
  await inTransaction(house.database, async (tx) => {
    const { name, metadata } = await lockClient(tx, id);
    if (!needsSecret(metadata)) throw conflict('no-secret-used', serviceTexts.noSecretUsed);
    await updateClient(tx, house, { id, name, metadata, secret, by: actor.id, fields: ['client_secret'] });
  });
  await house.revisions.refresh();
  return secret;
}

/**
 * Stops a service at once: its tokens end and nobody signs in to it, with the act
 * `identity.service-disabled`. Throws not-found `unknown-service`.
 */
export async function disableService(house: House, actor: Pick<Actor, 'id'>, id: string): Promise<void> {
  await inTransaction(house.database, (tx) => stopClient(tx, house, { id, by: actor.id }));
  await house.revisions.refresh();
}
