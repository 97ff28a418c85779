// Clients as the provider uses them: checked once, kept until any client changes.

import type { Client, ClientMetadata } from 'oidc-provider';
import type { House } from '../../../../core/house.ts';
import type { Text } from '../../../../core/texts.ts';
import { clientsRevision, findClient, type Client as StoredClient } from '../../store/clients.ts';
import type { Provider } from './engine.ts';

/** A client and its name in every language. */
export type KnownClient = { client: Client; name: Text };

export type Clients = {
  find(id: string): Promise<KnownClient | undefined>;
  /** Also one that is disabled; it is asked for each time. */
  findEver(id: string): Promise<Client | undefined>;
  /** Names of the metadata understood. Throws the provider's invalid_client_metadata when it cannot be. */
  check(stored: StoredClient): Set<string>;
};

const mostKept = 2_000;

const loopback = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** Whether the site itself stands on this machine only. */
export const isLocal = ({ config }: Pick<House, 'config'>): boolean => loopback.test(config.origin);

/** Metadata as the provider wants it. */
const metadataOf = ({ id, name, metadata, secret }: StoredClient): ClientMetadata => ({
  ...metadata,
  client_id: id,
  client_name: name.en,
  ...(secret === undefined ? {} : { client_secret: secret }),
});

/** Keeps clients while nobody changes one; every process hears of a change, and asks the database anew. */
export function openClients(house: House, provider: () => Provider): Clients {
  const kept = new Map<string, KnownClient>();
  let revision = -1;
  // A city on the machine of a developer tells services there, which have no TLS.
  const securedPing = ({ backchannel_client_notification_endpoint: ping }: ClientMetadata) =>
    typeof ping === 'string' && isLocal(house)
      ? { backchannel_client_notification_endpoint: ping.replace(/^http:/, 'https:') }
      : {};
  const make = (stored: StoredClient): Client => {
    const { Client: Maker } = provider() as unknown as { Client: new (metadata: ClientMetadata) => Client };
    const metadata = metadataOf(stored);
    // The provider asks pairwise clients for a sector; here each client is one, so it need not know.
    const client = new Maker({ ...metadata, subject_type: 'public', ...securedPing(metadata) });
    const ping = metadata.backchannel_client_notification_endpoint;
    return Object.assign(client, {
      subjectType: metadata.subject_type ?? 'pairwise',
      ...(ping !== undefined && isLocal(house) ? { backchannelClientNotificationEndpoint: ping } : {}),
    });
  };

  return {
    async find(id) {
      const current = house.revisions.of(clientsRevision);
      if (current !== revision || kept.size > mostKept) kept.clear();
      revision = current;
      const known = kept.get(id);
      if (known !== undefined) return known;
      const stored = await findClient(house, id);
      if (stored === undefined) return undefined;
      const made = { client: make(stored), name: stored.name };
      // What was read before a change that came meanwhile is not kept.
      if (house.revisions.of(clientsRevision) === current) kept.set(id, made);
      return made;
    },
    async findEver(id) {
      const stored = await findClient(house, id, { evenDisabled: true });
      return stored && make(stored);
    },
    check: (stored) => new Set(Object.keys(make(stored).metadata())),
  };
}
