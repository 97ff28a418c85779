// The OpenID Provider of a house: one for each process, all on the same keys and the same state.

import { AsyncLocalStorage } from 'node:async_hooks';
import { inTransaction } from '../../../../core/database/index.ts';
import type { House } from '../../../../core/house.ts';
import { acrFor } from '../../rules/acr.ts';
import { recordOwn } from '../../store/acts.ts';
import { emptyBatch } from '../../store/artifact-batch.ts';
import { noteOnce } from '../../store/artifacts.ts';
import { portalId, putPortal } from '../../store/clients.ts';
import { endProviderSession, queueLogouts } from '../../store/ending.ts';
import { getClientKey, publicKeyOf } from '../../store/signing-keys.ts';
import { flush, requestBatch } from './adapter.ts';
import { adapterErrors } from './adapter-errors.ts';
import { type Clients, openClients } from './clients.ts';
import { configurationOf, issuerOf } from './configuration.ts';
import { createProvider, type KoaContextWithOIDC, type Provider } from './engine.ts';
import { answeredError, openPages } from './pages.ts';

type Pages = ReturnType<typeof openPages>;

/** The provider and its clients. */
export type OpenedProvider = {
  provider: Provider;
  clients: Clients;
  callback: ReturnType<Provider['callback']>;
};

/** Where the portal's own sign-in ends, by language. */
export const returnPath = (language: string) => `/${language}/sign-in/return`;

async function registerPortal(house: House): Promise<void> {
  const { config, edition } = house;
  const { jwk } = await getClientKey(house);
  const { en, tc } = edition.siteName;
  await putPortal(
    house,
    { en, tc },
    {
      redirect_uris: edition.languages.map((language) => `${config.origin}${returnPath(language)}`),
      token_endpoint_auth_method: 'private_key_jwt',
      require_pushed_authorization_requests: true,
      subject_type: 'public',
      jwks: { keys: [publicKeyOf(jwk)] },
    },
  );
}

const sessionOf = (ctx: KoaContextWithOIDC) =>
  ctx.oidc?.session as { uid: string; accountId?: string; destroyed?: boolean } | undefined;

type Logout = { clientId: string; personId: string; sid?: string | undefined };

/** What the request in hand has found that clients must be told. */
const requestLogouts = new AsyncLocalStorage<Logout[]>();

/** The person has left one client, or signed out; what must be told is written with it. */
async function endWith(house: House, ctx: KoaContextWithOIDC, due: Logout[]): Promise<void> {
  const session = sessionOf(ctx);
  const personId = session?.accountId;
  if (personId === undefined || !(session?.destroyed || due.length > 0)) return;
  await inTransaction(house.database, async (tx) => {
    if (due.length > 0) await queueLogouts(tx, personId, due);
    if (!session?.destroyed) return;
    await endProviderSession(tx, session.uid);
    await recordOwn(tx, house, { topic: 'identity.session-ended', personId });
  });
}

/** Ends what hangs on a session when the person signs out of the provider. */
function endWithSession(house: House, provider: Provider): void {
  provider.use(async (ctx, next) => {
    const due: Logout[] = [];
    await requestLogouts.run(due, next);
    const context = ctx as unknown as KoaContextWithOIDC;
    const { error } = (context.body ?? {}) as { error?: unknown };
    if (typeof error === 'string') answeredError.set(context.req, error);
    if (!String(context._matchedRouteName ?? '').startsWith('end_session_confirm')) return;
    await endWith(house, context, due);
  });
}

const forPrograms = new Set([
  'token',
  'pushed_authorization_request',
  'backchannel_authentication',
  'device_authorization',
  'userinfo',
]);

/** What a request changes is written at its end, in one statement, and then it is answered. */
function writeAtEnd(house: House, provider: Provider, pages: Pages): void {
  provider.use(async (ctx, next) => {
    const batch = emptyBatch();
    await requestBatch.run(batch, next);
    const failure = await flush(house, batch, adapterErrors);
    if (failure === undefined || ctx.status >= 400) return;
    const context = ctx as unknown as KoaContextWithOIDC;
    const { error, statusCode = 400 } = failure as { error?: string; statusCode?: number };
    context.remove('Location');
    context.status = statusCode;
    if (forPrograms.has(context.oidc?.route)) context.body = { error };
    else await pages.renderError(context, { error: 'access_denied' });
  });
}

/** What breaks is told to the log by name and place; never what was sent. */
function logTrouble(house: House, provider: Provider): void {
  provider.on('server_error', (ctx, error) => {
    house.log.error('provider-failed', { route: ctx._matchedRouteName ?? 'none', error });
  });
  for (const event of ['grant.error', 'authorization.error', 'pushed_authorization_request.error'] as const) {
    provider.on(event as 'grant.error', (ctx, error: { error?: string }) => {
      const client = ctx.oidc?.client?.clientId ?? 'unknown';
      house.log.debug('provider-refused', { event, client, error: error.error ?? 'unknown' });
    });
  }
}

async function open(house: House): Promise<OpenedProvider> {
  await registerPortal(house);
  let provider: Provider;
  const clients = openClients(house, () => provider);
  const pages = openPages(house, clients);
  const configuration = await configurationOf(house, pages);
  provider = createProvider(issuerOf(house), configuration, {
    noteOnce: (id, expires) => noteOnce(house.database, id, new Date(expires * 1000)),
    findClient: async (id) => (await clients.find(id))?.client,
    acrFor,
    noteLogout: (due) => requestLogouts.getStore()?.push(due),
  });
  endWithSession(house, provider);
  writeAtEnd(house, provider, pages);
  logTrouble(house, provider);
  return { provider, clients, callback: provider.callback() };
}

const opened = new WeakMap<House, Promise<OpenedProvider>>();

/** The provider with its clients, opened once. */
export function openProvider(house: House): Promise<OpenedProvider> {
  const known = opened.get(house);
  if (known !== undefined) return known;
  const begun = open(house);
  opened.set(house, begun);
  begun.catch(() => opened.delete(house));
  return begun;
}

/** The provider, opened once. */
export const getProvider = async (house: House): Promise<Provider> => (await openProvider(house)).provider;

export { portalId };
