// Signing in to the portal: the portal is a client of its own provider, and opens a session with the answer.

import { createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import type { Actor, Visit } from '../../../core/access.ts';
import { inTransaction } from '../../../core/database/index.ts';
import { LamppostError } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import { type Language, languageTag } from '../../../core/texts.ts';
import { localPath } from '../rules/local-path.ts';
import { recordOwn } from '../store/acts.ts';
import { portalId } from '../store/clients.ts';
import { endProviderSession } from '../store/ending.ts';
import { findProviderUid, takeSignIn } from '../store/provider-sessions.ts';
import {
  clearedSessionCookie,
  createSession,
  endSession,
  findActor,
  sessionCookie,
  sessionSecretOf,
} from '../store/sessions.ts';
import { getProviderSecrets } from '../store/signing-keys.ts';
import { serviceTexts } from '../texts/services.ts';
import { askProvider } from './provider/in-process.ts';
import { issuerOf, returnPath } from './provider/index.ts';
import { type Checks, openid, openRelyingParty, type RelyingParty } from './relying-party.ts';

const flowSeconds = 1800;

const parties = new WeakMap<House, Promise<RelyingParty>>();

/** The portal as a client; its own requests stay in this process. */
function openPortal(house: House): Promise<RelyingParty> {
  const known = parties.get(house);
  if (known !== undefined) return known;
  const begun = openRelyingParty(house, {
    issuer: issuerOf(house),
    clientId: portalId,
    fetch: async (url, { method, headers, body }) =>
      askProvider(house, new URL(url), { method, headers, body: body == null ? undefined : String(body) }),
  });
  parties.set(house, begun);
  begun.catch(() => parties.delete(house));
  return begun;
}

const derive = (secret: Buffer, purpose: string, state: string) =>
  createHmac('sha256', secret).update(`${purpose}\0${state}`).digest('base64url');

/** What belongs to a state is made from it and a secret: the state alone, seen in an address, is no use. */
const checksOf = (secret: Buffer, state: string): Checks => ({
  state,
  nonce: derive(secret, 'nonce', state),
  verifier: derive(secret, 'verifier', state),
});

/** So many sign-ins can be under way in one browser; more would make its requests too large to be read. */
const slots = [0, 1, 2, 3, 4, 5, 6, 7];
const longestNext = 500;

const isSecure = ({ config }: House) => config.origin.startsWith('https:');
// With this prefix no other host of the same domain can set it (RFC 6265bis, 4.1.3.2).
const cookieName = (house: House, slot: number) =>
  `${isSecure(house) ? '__Host-' : ''}lamppost-sign-in-${slot}`;

function cookieLine(house: House, slot: number, value: string): string {
  const secure = isSecure(house) ? '; Secure' : '';
  const age = value === '' ? 0 : flowSeconds;
  return `${cookieName(house, slot)}=${value}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax${secure}`;
}

/** A slot in which nothing is under way; when there is none, one of them begins anew. */
function freeSlot(house: House, { cookies }: Visit): number {
  const free = slots.filter((slot) => cookies[cookieName(house, slot)] === undefined);
  const among = free.length > 0 ? free : slots;
  return among[randomInt(among.length)]!;
}

export type SignInWish = { language: Language; next?: string | undefined; create?: boolean };

/** Begins a sign-in, or a registration; whoever is signed in proves it again. */
export async function beginSignIn(
  house: House,
  visit: Visit,
  { language, next, create = false }: SignInWish,
): Promise<{ url: string; cookie: string }> {
  const portal = await openPortal(house);
  const { signIn: secret } = await getProviderSecrets(house);
  const state = randomBytes(24).toString('base64url');
  const isSignedIn = (await findActor(house, visit.cookies)) !== undefined;
  const prompt = create ? 'create' : isSignedIn ? 'login' : undefined;
  const url = await portal.begin({
    ...checksOf(secret, state),
    redirectUri: `${house.config.origin}${returnPath(language)}`,
    parameters: { ui_locales: languageTag[language], ...(prompt === undefined ? {} : { prompt }) },
  });
  const wanted = next !== undefined && next.length > longestNext ? undefined : next;
  const goal = localPath(wanted, `/${language}${create ? '/account/recovery' : '/account'}`);
  const kept = Buffer.from(goal).toString('base64url');
  return {
    url,
    cookie: cookieLine(house, freeSlot(house, visit), `${kept}.${derive(secret, `next\0${kept}`, state)}`),
  };
}

const failed = (detail?: unknown) =>
  new LamppostError('invalid', 'sign-in-failed', serviceTexts.signInFailed, { detail });
const stopped = () => new LamppostError('forbidden', 'sign-in-stopped', serviceTexts.signInStopped);

type Begun = { secret: Buffer; state: string };

/** Where this browser wanted to go with this state, if the cookie is of this state. */
function goalIn(cookie: string, { secret, state }: Begun): string | undefined {
  const [kept = '', mac = ''] = cookie.split('.');
  const expected = Buffer.from(derive(secret, `next\0${kept}`, state));
  const given = Buffer.from(mac);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  return Buffer.from(kept, 'base64url').toString();
}

/** Where this browser wanted to go, and which cookie says so. Throws when it did not begin it. */
function goalOf(house: House, { cookies }: Visit, begun: Begun): { next: string; slot: number } {
  for (const slot of slots) {
    const next = goalIn(cookies[cookieName(house, slot)] ?? '', begun);
    if (next !== undefined) return { next, slot };
  }
  throw failed();
}

async function takeAnswer(house: House, visit: Visit, checks: Checks) {
  const portal = await openPortal(house);
  try {
    return await portal.finish(new URL(visit.url), checks);
  } catch (error) {
    if (error instanceof openid.AuthorizationResponseError && error.error === 'access_denied')
      throw stopped();
    throw failed(error);
  }
}

/** Opens a session with the answer of the provider. Throws invalid `sign-in-failed`. */
export async function finishSignIn(house: House, visit: Visit): Promise<{ next: string; cookies: string[] }> {
  const state = new URL(visit.url).searchParams.get('state') ?? '';
  if (!/^[\w-]{32}$/.test(state)) throw failed();
  const { signIn: secret } = await getProviderSecrets(house);
  const { next, slot } = goalOf(house, visit, { secret, state });
  const { claims, accessToken } = await takeAnswer(house, visit, checksOf(secret, state));
  const session = await inTransaction(house.database, async (tx) => {
    const proven = await takeSignIn(tx, accessToken);
    if (proven === undefined || proven.personId !== claims.sub) throw failed();
    return createSession(tx, house, {
      proven,
      providerUid: proven.uid,
      userAgent: visit.headers['user-agent'],
      replaces: sessionSecretOf(house, visit.cookies),
    });
  });
  return { next, cookies: [sessionCookie(house, session.secret), cookieLine(house, slot, '')] };
}

/** Ends the session of the portal and the provider's; services that asked for it are told. */
export async function signOut(house: House, _visit: Visit, actor: Actor): Promise<{ cookies: string[] }> {
  const { id: personId, sessionId } = actor;
  if (sessionId !== undefined) {
    await inTransaction(house.database, async (tx) => {
      const uid = await findProviderUid(tx, sessionId);
      if (uid === undefined) return endSession(tx, house, { personId, sessionId });
      await endProviderSession(tx, uid);
      await recordOwn(tx, house, { topic: 'identity.session-ended', personId });
    });
  }
  return { cookies: [clearedSessionCookie(house)] };
}
