// Endpoints of one's own account: details, devices, sessions, services, acts with receipts, export.

import { z } from 'zod';
import type { Actor } from '../../../core/access.ts';
import { inTransaction } from '../../../core/database/index.ts';
import { invalid, LamppostError, notFound } from '../../../core/errors.ts';
import { type Route, route } from '../../../core/module.ts';
import { wholeNumber } from '../../../core/numbers.ts';
import { inAllLanguages } from '../../../core/texts.ts';
import { listActs, type RecordedAct } from '../../receipts/index.ts';
import { deviceKeyOf, deviceKeyPattern, protectionOf } from '../rules/index.ts';
import type { Passkey, ServiceUse, Session } from '../schema.ts';
import {
  countCodes,
  dataRead,
  endOtherSessions,
  endSession,
  exportPerson,
  getOwnReceipt,
  getPerson,
  listPasskeys,
  listServiceUses,
  listSessions,
  pseudonymAt,
  revokePasskey,
  withdrawService,
} from '../store/index.ts';
import { accountProblems } from '../texts/index.ts';
import {
  accountShape,
  actShape,
  deviceShape,
  exportShape,
  serviceShape,
  sessionShape,
} from './account-shapes.ts';

const tag = 'account';
const fresh = { signedInWithin: 600 };
const doneShape = z.object({ done: z.literal(true) });
const done = { done: true as const };

/** What ends or hands out something is for the person alone, never for a program that acts for them. */
function requireSession({ sessionId }: Actor): void {
  if (sessionId === undefined)
    throw new LamppostError('forbidden', 'not-with-token', accountProblems.notWithToken);
}

const iso = (at: Date) => at.toISOString();
const isoOrNull = (at: Date | undefined) => at?.toISOString() ?? null;

const accountRoute = route({
  method: 'GET',
  path: '/api/v1/account',
  summary: 'My account',
  description: 'Details of the person who asks, and how well the account is protected.',
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
      maskedCard: person.maskedCard ?? null,
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

const serviceOf = ({ service, scopes, claims, firstAt, lastAt }: ServiceUse) => ({
  ...{ id: service.id, name: inAllLanguages(service.name), department: service.department ?? null },
  ...{ scopes, claims, firstAt: iso(firstAt), lastAt: iso(lastAt) },
});

const servicesRoute = route({
  method: 'GET',
  path: '/api/v1/account/services',
  summary: 'Services that know me',
  description: 'What each was told. Under which pseudonym it knows the person, the export says.',
  tag,
  audience: 'signed-in',
  response: z.object({ items: z.array(serviceShape) }),
  handle: async ({ house, actor }) => ({ items: (await listServiceUses(house, actor.id)).map(serviceOf) }),
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

/** Without the ids of subject and actor: a program that reads them could tell the person again elsewhere. */
const actOf = ({ id, topic, details, occurredAt, index, actor }: RecordedAct, personId: string) => ({
  ...{ actId: id, topic, details, occurredAt, index },
  by: actor === personId ? ('you' as const) : ('other' as const),
});

const wrongCursor = () =>
  invalid('unknown-cursor', accountProblems.unknownCursor, {
    fields: [{ field: 'cursor', message: accountProblems.unknownCursor }],
  });

const activityRoute = route({
  method: 'GET',
  path: '/api/v1/account/activity',
  summary: 'What was done about me, and who looked at my data',
  description: 'The latest first. Each act has a receipt.',
  tag,
  audience: 'signed-in',
  query: z.object({
    only: z.enum(['looks']).optional().describe('Only looks of officers at the data of the person.'),
    limit: wholeNumber({ min: 1, max: 100 }).default(20).describe('At most this many.'),
    cursor: z.string().max(200).optional().describe('`next` of the previous answer.'),
  }),
  response: z.object({ items: z.array(actShape), next: z.string().nullable() }),
  async handle({ house, actor, query: { only, limit, cursor } }) {
    const topics = only === 'looks' ? { topics: [dataRead] } : {};
    const listing = { subject: actor.id, before: cursor, limit, ...topics };
    const { items, next } = await listActs(house, listing).catch((error: unknown) => {
      throw error instanceof LamppostError && error.code === 'unknown-cursor' ? wrongCursor() : error;
    });
    return { items: items.map((act) => actOf(act, actor.id)), next };
  },
});

const receiptRoute = route({
  method: 'GET',
  path: '/api/v1/account/activity/:id/receipt',
  summary: 'The receipt of an act about me',
  description:
    'With salt and details, as `npx lamppost verify` reads it; `state` is `pending` until it is sealed.',
  tag,
  audience: 'signed-in',
  params: z.object({ id: z.uuid().describe('`actId` of an act.') }),
  response: { contentType: 'application/json', description: 'Receipt' },
  async handle({ house, actor, params }) {
    requireSession(actor);
    const { receipt } = await getOwnReceipt(house, { personId: actor.id, actId: params.id });
    return {
      contentType: 'application/json',
      body: `${JSON.stringify(receipt, null, 2)}\n`,
      fileName: `receipt-${params.id}.json`,
    };
  },
});

const exportRoute = route({
  method: 'GET',
  path: '/api/v1/account/export',
  summary: 'Everything held of me',
  description: 'One file. Needs a sign-in in the last 10 minutes; handing it out is itself an act.',
  tag,
  audience: fresh,
  response: exportShape,
  async handle({ house, actor, origin }) {
    requireSession(actor);
    const all = await exportPerson(house, actor);
    const { person } = all;
    const services = await Promise.all(
      all.services.map(async (use) => ({
        ...serviceOf(use),
        pseudonym: await pseudonymAt(house, actor.id, use.service.id),
      })),
    );
    const plain = JSON.parse(JSON.stringify({ ...all, services, acts: [] })) as Record<string, never[]>;
    const absent = (rows: object[], name: string) => rows.map((row) => ({ [name]: null, ...row }));
    return {
      ...plain,
      version: 1,
      origin,
      person: {
        ...{ name: null, verifiedAt: null, maskedCard: null },
        ...JSON.parse(JSON.stringify(person)),
        handle: person.handle.toString('base64url'),
      },
      notices: absent(plain.notices!, 'readAt'),
      roles: absent(plain.roles!, 'endedAt'),
      deskVisits: absent(absent(plain.deskVisits!, 'usedAt'), 'department'),
      acts: all.acts.map((act) => actOf(act, actor.id)),
    };
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
  activityRoute,
  receiptRoute,
  exportRoute,
];
