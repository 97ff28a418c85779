// Endpoints of what was done about a person: acts, looks at their data, receipts, and the whole export.

import { z } from 'zod';
import { invalid, LamppostError } from '../../../core/errors.ts';
import { type Route, route } from '../../../core/module.ts';
import { wholeNumber } from '../../../core/numbers.ts';
import { listActs, type RecordedAct } from '../../receipts/index.ts';
import { dataRead, exportPerson, getOwnReceipt, pseudonymAt } from '../store/index.ts';
import { accountProblems } from '../texts/index.ts';
import { fresh, requireSession, serviceOf, tag } from './account-parts.ts';
import { actShape, exportShape } from './account-shapes.ts';

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
    requireSession(actor);
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

/** Acts with their receipts, and everything at once. */
export const activityRoutes: Route[] = [activityRoute, receiptRoute, exportRoute];
