// Sessions at the portal: a secret in a cookie, only its digest in the database, gone at once when ended.

import { randomBytes, randomUUID } from 'node:crypto';
import type { Actor } from '../../../core/access.ts';
import { query, sql, type Transaction } from '../../../core/database/index.ts';
import { notFound } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import { agentWords } from '../rules/agent.ts';
import { digestOf } from '../rules/codes.ts';
import type { Proven, Session } from '../schema.ts';
import { peopleTexts } from '../texts/people.ts';
import { recordOwn } from './acts.ts';
import { endSessions } from './ending.ts';

const minuteMs = 60_000;
/** Without use for so long, a session at the portal is over. */
export const idleMs = 12 * 60 * minuteMs;
const lifeSeconds = 30 * 24 * 60 * 60;
/** A session in use is not written at every request. */
const seenEveryMs = 5 * minuteMs;
const mostSessions = 100;

const secretPattern = /^[A-Za-z0-9_-]{43}$/;

const isSecure = ({ config }: Pick<House, 'config'>) => config.origin.startsWith('https:');

/** A cookie with the prefix can only be set by this very host over TLS (RFC 6265bis, section 4.1.3.2). */
const cookieName = (house: Pick<House, 'config'>) => (isSecure(house) ? '__Host-lamppost' : 'lamppost');

const cookieLine = (house: Pick<House, 'config'>, value: string, maxAgeSeconds: number) =>
  [
    `${cookieName(house)}=${value}`,
    'Path=/',
    `Max-Age=${maxAgeSeconds}`,
    'HttpOnly',
    'SameSite=Lax',
    ...(isSecure(house) ? ['Secure'] : []),
  ].join('; ');

/** The line of `Set-Cookie` that opens a session. */
export const sessionCookie = (house: Pick<House, 'config'>, secret: string): string =>
  cookieLine(house, secret, lifeSeconds);

/** The line of `Set-Cookie` that takes the secret away. */
export const clearedSessionCookie = (house: Pick<House, 'config'>): string => cookieLine(house, '', 0);

/** The secret that the request brings, if it looks like one. */
export function sessionSecretOf(
  house: Pick<House, 'config'>,
  cookies: Readonly<Record<string, string>>,
): string | undefined {
  const secret = cookies[cookieName(house)];
  return secret !== undefined && secretPattern.test(secret) ? secret : undefined;
}

/** What a new session comes from. */
export type NewSession = {
  proven: Proven;
  /** Session of the OpenID Provider. */
  providerUid?: string | undefined;
  /** Header User-Agent; only its kind is kept. */
  userAgent?: string | undefined;
  /** Secret of the session that this one takes the place of. */
  replaces?: string | undefined;
};

/**
 * Opens a session with a secret that nobody knew before, with the act `identity.signed-in`; the one it
 * replaces ends. So a secret planted in a browser is never the one that is signed in.
 */
export async function createSession(
  tx: Transaction,
  house: House,
  { proven, providerUid, userAgent, replaces }: NewSession,
): Promise<{ id: string; secret: string }> {
  const id = randomUUID();
  const secret = randomBytes(32).toString('base64url');
  const now = house.clock.now();
  if (replaces !== undefined) {
    await sql`delete from identity.session where secret_digest = ${digestOf(replaces)}`.execute(tx);
  }
  await sql`insert into identity.session (id, secret_digest, person_id, passkey_id, provider_uid, acr,
      authenticated_at, agent, created_at, seen_at, expires_at)
    values (${id}, ${digestOf(secret)}, ${proven.personId}, ${proven.passkeyId}, ${providerUid ?? null},
      ${proven.acr}, ${proven.authenticatedAt}, ${agentWords(userAgent)}, ${now}, ${now},
      ${new Date(proven.authenticatedAt.getTime() + lifeSeconds * 1000)})`.execute(tx);
  const details = { service: 'portal', acr: proven.acr };
  await recordOwn(tx, house, { topic: 'identity.signed-in', personId: proven.personId, details });
  return { id, secret };
}

type ActorRow = Omit<Actor, 'sessionId'> & { sessionId: string; seenAt: Date };

// Read anew for each request and kept nowhere: what was ended in one process is ended in all.
const actorStatement = `
  select session.person_id as id, session.id as "sessionId", session.acr,
    session.authenticated_at as "authenticatedAt", session.seen_at as "seenAt",
    coalesce((
      select json_agg(json_build_object('department', department_id, 'role', role))
      from identity.appointment
      where appointment.person_id = session.person_id and ended_at is null
    ), '[]'::json) as roles
  from identity.session
  join identity.passkey on passkey.id = session.passkey_id and passkey.revoked_at is null
  where session.secret_digest = $1 and session.expires_at > $2 and session.seen_at > $3`;

/** Who holds the session of this cookie; undefined when there is none, or it is too old or too long idle. */
export async function findActor(
  house: House,
  cookies: Readonly<Record<string, string>>,
): Promise<Actor | undefined> {
  const secret = sessionSecretOf(house, cookies);
  if (secret === undefined) return undefined;
  const now = house.clock.now();
  const [row] = await query<ActorRow>(house.database, {
    name: 'identity-actor',
    text: actorStatement,
    values: [digestOf(secret), now, new Date(now.getTime() - idleMs)],
  });
  if (row === undefined) return undefined;
  const { seenAt, ...actor } = row;
  if (now.getTime() - seenAt.getTime() > seenEveryMs) await markSeen(house, actor.sessionId, now);
  return actor;
}

async function markSeen({ database }: House, id: string, now: Date): Promise<void> {
  await query(database, {
    name: 'identity-session-seen',
    text: 'update identity.session set seen_at = $2 where id = $1 and seen_at < $2',
    values: [id, now],
  });
}

/** Sessions of a person that are alive, the latest used first. */
export async function listSessions({ clock, database }: House, personId: string): Promise<Session[]> {
  const now = clock.now();
  const { rows } = await sql<Session>`select id, passkey_id as "passkeyId", agent, created_at as "createdAt",
      seen_at as "seenAt", expires_at as "expiresAt"
    from identity.session
    where person_id = ${personId} and expires_at > ${now} and seen_at > ${new Date(now.getTime() - idleMs)}
    order by seen_at desc, id limit ${mostSessions}`.execute(database);
  return rows;
}

/** Which session of whom. */
export type SessionKey = { personId: string; sessionId: string };

/** Ends one session of a person, with the act `identity.session-ended`. Throws `unknown-session`. */
export async function endSession(tx: Transaction, house: House, key: SessionKey): Promise<void> {
  const { rows } = await sql`select from identity.session
    where id = ${key.sessionId} and person_id = ${key.personId} for update`.execute(tx);
  if (rows.length === 0) throw notFound('unknown-session', peopleTexts.unknownSession);
  await endSessions(tx, { ...key, at: house.clock.now() });
  await recordOwn(tx, house, { topic: 'identity.session-ended', personId: key.personId });
}
