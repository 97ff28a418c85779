// The register of services: checked by the provider itself before they are written.

import { randomBytes, randomUUID } from 'node:crypto';
import type { Actor } from '../../../../core/access.ts';
import { inTransaction } from '../../../../core/database/index.ts';
import { invalid } from '../../../../core/errors.ts';
import type { House } from '../../../../core/house.ts';
import { sameText, type Text } from '../../../../core/texts.ts';
import { type Client, type ClientMetadata, insertClient, stopClient } from '../../store/clients.ts';
import { serviceTexts } from '../../texts/services.ts';
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
  checkAddresses(client);
  const { clients } = await openProvider(house);
  try {
    clients.check(client);
  } catch (error) {
    if (error instanceof errors.InvalidClientMetadata || error instanceof errors.InvalidRedirectUri) {
      const detail = (error as { error_description?: string }).error_description ?? 'invalid';
      throw wrong(fieldPattern.exec(detail)?.[1] ?? 'metadata', detail);
    }
    throw wrong('metadata', 'a value has the wrong type');
  }
}

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
  const taken = Object.keys(metadata).find((field) => ours.has(field));
  if (taken !== undefined) throw wrong(taken, `${taken} is chosen by the city`);
  const needsSecret = metadata.token_endpoint_auth_method === 'client_secret_basic';
  const secret = needsSecret ? randomBytes(32).toString('base64url') : undefined;
  const client: Client = { id, name, metadata, ...(secret === undefined ? {} : { secret }) };
  await check(house, client);
  await inTransaction(house.database, (tx) =>
    insertClient(tx, house, { ...client, department, createdBy: actor.id }),
  );
  // Whoever registers a service may use it with the next request.
  await house.revisions.refresh();
  return { id, ...(secret === undefined ? {} : { secret }) };
}

/**
 * Stops a service at once: its tokens end and nobody signs in to it, with the act
 * `identity.service-disabled`. Throws not-found `unknown-service`.
 */
export async function disableService(house: House, actor: Pick<Actor, 'id'>, id: string): Promise<void> {
  await inTransaction(house.database, (tx) => stopClient(tx, house, { id, by: actor.id }));
  await house.revisions.refresh();
}
