// The one door to the `oidc-provider` package, and its additions: replay detection, acr and clients of ours.

import { createHash } from 'node:crypto';
import {
  type Client,
  type Configuration,
  errors,
  interactionPolicy,
  type KoaContextWithOIDC,
  Provider,
} from 'oidc-provider';
import type { Language } from '../../../../core/texts.ts';

export type { Configuration, KoaContextWithOIDC };
export { errors, interactionPolicy, Provider };

type TellLogout = (this: unknown, subject: string, sid?: string) => Promise<void>;

/** What the engine reaches inside the provider where its types say nothing. */
type Insides = {
  ReplayDetection: { unique(issuer: string, id: string, expires: number): Promise<boolean> };
  Client: {
    find(id: unknown): Promise<unknown>;
    prototype: { clientId: string; backchannelLogout: TellLogout };
  };
  OIDCContext: { prototype: object };
};

export type Additions = {
  /** Notes a token used once; false when it was used before. `expires` in seconds since 1970. */
  noteOnce(id: string, expires: number): Promise<boolean>;
  /** The client, checked and kept. */
  findClient(id: string): Promise<unknown>;
  /** What the acr of a response is, from that of the session and what was asked for. */
  acrFor(own: string | undefined, asked: unknown): string | undefined;
  /** A client is to hear that a person has signed out; `sid` is that of the session. */
  noteLogout(due: { clientId: string; personId: string; sid?: string | undefined }): void;
};

const tellLogouts = new WeakMap<Provider, TellLogout>();

/** Sends a client its logout token; throws when it does not take it. */
export const sendLogout = (provider: Provider, client: Client, ...who: Parameters<TellLogout>) =>
  tellLogouts.get(provider)!.call(client, ...who);

/** A provider in which one statement tells whether a token was used before, and clients are kept. */
export function createProvider(issuer: string, configuration: Configuration, additions: Additions): Provider {
  const provider = new Provider(issuer, configuration);
  // The site stands where the configuration says, whatever a request claims.
  provider.proxy = true;
  const insides = provider as unknown as Insides;
  insides.ReplayDetection.unique = (issuedBy, id, expires) =>
    additions.noteOnce(createHash('sha256').update(`${issuedBy}\0${id}`).digest('base64url'), expires);
  insides.Client.find = async (id) =>
    typeof id === 'string' && id !== '' ? additions.findClient(id) : undefined;
  const { prototype } = insides.Client;
  tellLogouts.set(provider, prototype.backchannelLogout);
  // The provider would tell each client once, while the person waits.
  prototype.backchannelLogout = async function note(this: unknown, personId, sid) {
    additions.noteLogout({ clientId: (this as { clientId: string }).clientId, personId, sid });
  };
  Object.defineProperty(insides.OIDCContext.prototype, 'acr', {
    get(this: { session?: { acr?: string }; claims?: { id_token?: { acr?: unknown } } }) {
      return additions.acrFor(this.session?.acr, this.claims?.id_token?.acr);
    },
  });
  return provider;
}

/** A page of the provider, in the language of the person who sees it. */
export type PageContext = KoaContextWithOIDC & { language?: Language };
