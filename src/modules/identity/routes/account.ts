// Endpoints of one's own account: details, devices, sessions, services; and all of them together.

import { z } from 'zod';
import type { Actor } from '../../../core/access.ts';
import { inTransaction } from '../../../core/database/index.ts';
import { notFound } from '../../../core/errors.ts';
import { type Route, route } from '../../../core/module.ts';
import { deviceKeyOf, deviceKeyPattern, protectionOf } from '../rules/index.ts';
import type { Passkey, Session } from '../schema.ts';
import {
  countCodes,
  endOtherSessions,
  endSession,
  getPerson,
  listPasskeys,
  listServiceUses,
  listSessions,
  revokePasskey,
  withdrawService,
} from '../store/index.ts';
import { accountProblems } from '../texts/index.ts';
import { activityRoutes } from './account-activity.ts';
import { fresh, iso, isoOrNull, requireSession, serviceOf, tag } from './account-parts.ts';
import { accountShape, deviceShape, serviceShape, sessionShape } from './account-shapes.ts';

const doneShape = z.object({ done: z.literal(true) });
const done = { done: true as const };

const accountRoute = route({
  method: 'GET',
  path: '/api/v1/account',
  summary: 'My account',
  description:
    'Details of the person who asks, and how well the account is protected: all that a program with a token of the ' +
    'scope `account` may read. What lies below is for the person alone.',
  tag,
  audience: 'signed-in',
  response: accountShape,
  async handle({ house, actor }) {
    const [person, passkeys, codes] = await Promise.all([
      getPerson(house, actor.id),
      listPasskeys(house, actor.id),
      countCodes(house, actor.id),
    ]);
    return {
      name: person.name ?? null,
      language: person.language,
      assurance: person.assurance,
      verifiedAt: isoOrNull(person.verifiedAt),
      // A service is never told the number, not a part of it either.
      maskedCard: (actor.sessionId !== undefined && person.maskedCard) || null,
      createdAt: iso(person.createdAt),
      devices: passkeys.length,
      recoveryCodesLeft: codes,
      protection: protectionOf({ devices: passkeys.length, codes }),
    };
  },
});

const currentPasskey = (sessions: Session[], { sessionId }: Actor) =>
  sessions.find(({ id }) => id === sessionId)?.passkeyId;

const deviceOf = ({ id, label, deviceBound, createdAt, usedAt }: Passkey, currentId: string | undefined) => ({
  ...{ id: deviceKeyOf(id), label, deviceBound, createdAt: iso(createdAt), usedAt: iso(usedAt) },
  current: id === currentId,
});

const devicesRoute = route({
  method: 'GET',
  path: '/api/v1/account/devices',
  summary: 'My devices',
  tag,
  audience: 'signed-in',
  response: z.object({ items: z.array(deviceShape) }),
  async handle({ house, actor }) {
    requireSession(actor);
    const [passkeys, sessions] = await Promise.all([
      listPasskeys(house, actor.id),
      listSessions(house, actor.id),
    ]);
    const currentId = currentPasskey(sessions, actor);
    return { items: passkeys.map((passkey) => deviceOf(passkey, currentId)) };
  },
});

const revokeRoute = route({
  method: 'DELETE',
  path: '/api/v1/account/devices/:id',
  summary: 'Revoke a device of mine',
  description:
    'Its sessions, and all tokens that came of it, end at once. Needs a sign-in in the last 10 minutes.',
  tag,
  audience: fresh,
  params: z.object({ id: z.string().regex(deviceKeyPattern).describe('`id` of a device.') }),
  response: doneShape,
  async handle({ house, actor, params }) {
    requireSession(actor);
    const passkeys = await listPasskeys(house, actor.id);
    const passkey = passkeys.find(({ id }) => deviceKeyOf(id) === params.id);
    if (passkey === undefined) throw notFound('unknown-device', accountProblems.unknownDevice);
    await revokePasskey(house, actor, passkey.id);
    return done;
  },
});

const sessionsRoute = route({
  method: 'GET',
  path: '/api/v1/account/sessions',
  summary: 'My sessions at this site',
  tag,
  audience: 'signed-in',
  response: z.object({ items: z.array(sessionShape) }),
  async handle({ house, actor }) {
    requireSession(actor);
    const sessions = await listSessions(house, actor.id);
    return {
      items: sessions.map(({ id, agent, passkeyId, createdAt, seenAt, expiresAt }) => ({
        ...{ id, agent, device: deviceKeyOf(passkeyId), current: id === actor.sessionId },
        ...{ createdAt: iso(createdAt), seenAt: iso(seenAt), expiresAt: iso(expiresAt) },
      })),
    };
  },
});

const endSessionRoute = route({
  method: 'DELETE',
  path: '/api/v1/account/sessions/:id',
  summary: 'End a session of mine',
  tag,
  audience: 'signed-in',
  params: z.object({ id: z.uuid().describe('`id` of a session.') }),
  response: doneShape,
  async handle({ house, actor, params }) {
    requireSession(actor);
    const key = { personId: actor.id, sessionId: params.id };
    await inTransaction(house.database, (transaction) => endSession(transaction, house, key));
    return done;
  },
});

const endOthersRoute = route({
  method: 'DELETE',
  path: '/api/v1/account/sessions',
  summary: 'End all my sessions but this one',
  tag,
  audience: 'signed-in',
  response: doneShape,
  async handle({ house, actor }) {
    requireSession(actor);
    await endOtherSessions(house, actor);
    return done;
  },
});

const servicesRoute = route({
  method: 'GET',
  path: '/api/v1/account/services',
  summary: 'Services that know me',
  description: 'What each was told. Under which pseudonym it knows the person, the export says.',
  tag,
  audience: 'signed-in',
  response: z.object({ items: z.array(serviceShape) }),
  async handle({ house, actor }) {
    requireSession(actor);
    return { items: (await listServiceUses(house, actor.id)).map(serviceOf) };
  },
});

const withdrawRoute = route({
  method: 'DELETE',
  path: '/api/v1/account/services/:id',
  summary: 'Withdraw my consent from a service',
  description: 'It is signed out and its tokens end at once.',
  tag,
  audience: 'signed-in',
  params: z.object({ id: z.string().min(1).max(200).describe('`id` of a service.') }),
  response: doneShape,
  async handle({ house, actor, params }) {
    requireSession(actor);
    await withdrawService(house, actor, params.id);
    return done;
  },
});

/** All endpoints of one's own account. */
export const accountRoutes: Route[] = [
  accountRoute,
  devicesRoute,
  revokeRoute,
  sessionsRoute,
  endSessionRoute,
  endOthersRoute,
  servicesRoute,
  withdrawRoute,
  ...activityRoutes,
];
