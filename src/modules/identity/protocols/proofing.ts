// Remote identity proofing: a service that says with verified claims who a person is; the city is its client.

import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Actor, Visit } from '../../../core/access.ts';
import { getSetting } from '../../../core/config.ts';
import { conflict, invalid, notFound } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import { type Language, languageTag } from '../../../core/texts.ts';
import {
  identityEditionOf,
  readVerifiedClaims,
  type VerifiedPerson,
  verifiedClaimsRequest,
} from '../rules/index.ts';
import { open, seal } from '../rules/sealing.ts';
import { settings } from '../schema.ts';
import { getPerson, verifyPerson } from '../store/index.ts';
import { getKeys } from '../store/secrets.ts';
import { problemWords } from '../texts/officers.ts';
import { type Finished, openRelyingParty, type RelyingParty } from './relying-party.ts';

const cookieName = 'lamppost-proofing';
const flowSeconds = 1800;

/** Where the service sends people back to, for each language: addresses to be registered there. */
export const proofingReturnPath = (language: Language): string => `/${language}/account/proofing/return`;

type Offered = { issuer: string; clientId: string };

/** The service that this city uses; undefined when it uses none. */
export function findProofing({ config }: Pick<House, 'config'>): Offered | undefined {
  const issuer = getSetting(config, settings, 'LAMPPOST_PROOFING_ISSUER');
  const clientId = getSetting(config, settings, 'LAMPPOST_PROOFING_CLIENT_ID');
  return issuer === undefined || clientId === undefined ? undefined : { issuer, clientId };
}

const parties = new WeakMap<House, Promise<RelyingParty>>();

function openProofing(house: House): Promise<RelyingParty> {
  const known = parties.get(house);
  if (known !== undefined) return known;
  const offered = findProofing(house);
  if (offered === undefined) throw notFound('no-proofing', problemWords.noProofing);
  const begun = openRelyingParty(house, { ...offered, pushed: false });
  parties.set(house, begun);
  begun.catch(() => parties.delete(house));
  return begun;
}

const failed = (detail?: unknown) => invalid('proofing-failed', problemWords.proofingFailed, { detail });

const keptSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  until: z.number(),
});
type Kept = z.output<typeof keptSchema>;

/** What is kept is sealed for one session: in another it cannot be opened. */
const contextOf = ({ sessionId = '' }: Actor): string => `proofing:${sessionId}`;

function cookieLine({ config }: House, value: string): string {
  const secure = config.origin.startsWith('https:') ? '; Secure' : '';
  const age = value === '' ? 0 : flowSeconds;
  return `${cookieName}=${value}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax${secure}`;
}

const draw = () => randomBytes(32).toString('base64url');

/** Whoever was verified at a desk is known better than a remote service can. */
async function requireUnverified(house: House, { id }: Actor): Promise<void> {
  const { assurance } = await getPerson(house, id);
  if (assurance === 'verified-at-desk') throw conflict('verified-already', problemWords.verifiedAlready);
}

/** Begins: the address of the service, and the cookie that belongs to the answer. */
export async function beginProofing(
  house: House,
  actor: Actor,
  language: Language,
): Promise<{ url: string; cookie: string }> {
  await requireUnverified(house, actor);
  const party = await openProofing(house);
  const checks = { state: draw(), nonce: draw(), verifier: draw() };
  const url = await party.begin({
    ...checks,
    redirectUri: `${house.config.origin}${proofingReturnPath(language)}`,
    parameters: {
      ui_locales: languageTag[language],
      prompt: 'login',
      claims: JSON.stringify({
        id_token: { verified_claims: verifiedClaimsRequest },
        userinfo: { verified_claims: verifiedClaimsRequest },
      }),
    },
  });
  const until = house.clock.now().getTime() + flowSeconds * 1000;
  const kept: Kept = { ...checks, until };
  const sealed = seal(await getKeys(house), JSON.stringify(kept), contextOf(actor));
  return { url, cookie: cookieLine(house, sealed.toString('base64url')) };
}

async function readKept(house: House, actor: Actor, visit: Visit): Promise<Kept> {
  try {
    const sealed = Buffer.from(visit.cookies[cookieName] ?? '', 'base64url');
    const text = open(await getKeys(house), sealed, contextOf(actor)).toString();
    const kept = keptSchema.parse(JSON.parse(text));
    if (kept.until > house.clock.now().getTime()) return kept;
  } catch (error) {
    throw failed(error);
  }
  throw failed();
}

/** In the ID token, or where the service keeps them for the userinfo endpoint. */
async function verifiedOf(finished: Finished): Promise<VerifiedPerson | undefined> {
  const inToken = readVerifiedClaims(finished.claims.verified_claims);
  if (inToken !== undefined) return inToken;
  return readVerifiedClaims((await finished.userinfo()).verified_claims);
}

/** A number that the service got wrong proves nothing; a city with cards needs one. */
function cardOf({ edition }: House, { card }: VerifiedPerson): string | undefined {
  const rule = identityEditionOf(edition).card;
  if (rule === undefined) return undefined;
  if (card === undefined || rule.parse(card) === undefined) throw failed();
  return card;
}

/** The cookie that ends what was begun. */
export const clearedProofingCookie = (house: House): string => cookieLine(house, '');

/**
 * Takes the answer of the service: the person is verified remotely, under the name and card that it tells.
 * Throws invalid `proofing-failed` for an answer that is not right, conflict for the card of another account.
 */
export async function finishProofing(house: House, actor: Actor, visit: Visit): Promise<void> {
  const kept = await readKept(house, actor, visit);
  await requireUnverified(house, actor);
  const party = await openProofing(house);
  const { search } = new URL(visit.url);
  const verified = await party
    .finish(new URL(`${new URL(visit.url).pathname}${search}`, house.config.origin), kept)
    .then(verifiedOf)
    .catch((error: unknown) => {
      throw failed(error);
    });
  if (verified === undefined) throw failed();
  await verifyPerson(house, {
    id: actor.id,
    assurance: 'verified-remotely',
    name: verified.name,
    card: cardOf(house, verified),
  });
}
