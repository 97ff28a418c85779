// Endpoints of departments, officers, invitations and proposals.

import { z } from 'zod';
import { roles } from '../../../core/access.ts';
import { invalid } from '../../../core/errors.ts';
import { type Route, route } from '../../../core/module.ts';
import { wholeNumber } from '../../../core/numbers.ts';
import { inAllLanguages } from '../../../core/texts.ts';
import { requireRecent } from '../rules/index.ts';
import { type Department, roleSchema } from '../schema.ts';
import {
  appoint,
  decideProposal,
  dismiss,
  getDepartment,
  getProposalFor,
  invite,
  listDepartments,
  listOfficers,
  listProposalsFor,
  type Proposal,
} from '../store/index.ts';
import { problemWords } from '../texts/index.ts';

const tag = 'officers';
const iso = (at: Date) => at.toISOString();
const isoOrNull = (at: Date | undefined) => at?.toISOString() ?? null;
const time = z.iso.datetime();

const textShape = z.object({ en: z.string(), tc: z.string(), sc: z.string() });
const departmentShape = z.object({ id: z.string(), name: textShape });
const departmentOf = ({ id, name }: Department) => ({ id, name: inAllLanguages(name) });

const policyShape = z.object({
  action: z.string(),
  about: textShape,
  roles: z.array(z.enum(roles)),
  everywhere: z.string().nullable().describe('A role in this department is good for every department.'),
  self: z.boolean().describe('The person concerned may do it.'),
  fourEyes: z.boolean().describe('A second officer must agree.'),
});

const policiesRoute = route({
  method: 'GET',
  path: '/api/v1/policies',
  summary: 'Who may do what',
  description: 'Every action of officers with the roles that it needs: what the program itself obeys.',
  tag,
  audience: 'public',
  cache: 'change',
  response: z.object({ items: z.array(policyShape) }),
  async handle({ house }) {
    const items = [...house.access.policies].map(([action, policy]) => ({
      action,
      about: inAllLanguages(policy.about),
      roles: [...policy.roles],
      everywhere: policy.everywhere ?? null,
      self: policy.self ?? false,
      fourEyes: policy.fourEyes ?? false,
    }));
    return { items };
  },
});

const departmentsRoute = route({
  method: 'GET',
  path: '/api/v1/departments',
  summary: 'Departments',
  tag,
  audience: 'public',
  cache: 'change',
  response: z.object({ items: z.array(departmentShape) }),
  handle: async ({ house }) => ({ items: (await listDepartments(house)).map(departmentOf) }),
});

const paging = z.object({
  limit: wholeNumber({ min: 1, max: 50 }).default(20).describe('At most this many.'),
  cursor: z.uuid().optional().describe('`next` of the previous answer.'),
});
const next = z.string().nullable().describe('Cursor of the next page, or null at the end.');
const after = (cursor: string | undefined) => (cursor === undefined ? {} : { after: cursor });

const appointmentShape = z.object({
  id: z.uuid(),
  person: z.uuid(),
  department: z.string(),
  role: roleSchema,
  grantedAt: time,
});
const officerShape = appointmentShape.extend({ name: z.string().nullable() });

const officersRoute = route({
  method: 'GET',
  path: '/api/v1/departments/:id/officers',
  summary: 'Who holds which role in a department',
  description: 'The look at each name is recorded; the officer concerned can see it.',
  tag,
  audience: { may: 'identity.see-officers' },
  params: z.object({ id: z.string().min(1).max(100) }),
  query: paging,
  response: z.object({ items: z.array(officerShape), next }),
  async handle({ house, actor, params, query: { limit, cursor } }) {
    const { id: department } = await getDepartment(house, params.id);
    const listed = await listOfficers(house, actor, { department, limit, ...after(cursor) });
    const items = listed.officers.map(({ personId, grantedAt, name = null, ...rest }) => ({
      ...rest,
      person: personId,
      name,
      grantedAt: iso(grantedAt),
    }));
    return { items, next: listed.next ?? null };
  },
});

const proposalShape = z.object({
  id: z.uuid(),
  action: z.string(),
  department: z.string(),
  state: z.enum(['open', 'approved', 'refused', 'withdrawn', 'expired']),
  role: roleSchema.nullable(),
  proposedAt: time,
  decidedAt: time.nullable(),
  expiresAt: time,
});

const proposalOf = ({ id, action, department, state, payload, ...times }: Proposal) => ({
  ...{ id, action, department, state },
  role: roleSchema.safeParse(payload.role).data ?? null,
  proposedAt: iso(times.proposedAt),
  decidedAt: isoOrNull(times.decidedAt),
  expiresAt: iso(times.expiresAt),
});

/** What a wish of an administrator became: done, or a proposal that another administrator decides. */
const outcomeShape = z.object({
  state: z.enum(['done', 'proposed']),
  proposal: proposalShape.nullable(),
});

const appointRoute = route({
  method: 'POST',
  path: '/api/v1/appointments',
  summary: 'Give a role to somebody who is an officer already',
  description: 'A deciding role waits for a second administrator where there is one.',
  tag,
  audience: { may: 'identity.manage-officers' },
  body: z.object({ person: z.uuid(), department: z.string().min(1).max(100), role: roleSchema }),
  response: outcomeShape.extend({ appointment: appointmentShape.nullable() }),
  async handle({ house, actor, body }) {
    requireRecent(actor, house.clock.now());
    const made = await appoint(house, actor, body);
    if (made.state === 'proposed') {
      return { state: 'proposed', proposal: proposalOf(made.proposal), appointment: null };
    }
    const { personId, grantedAt, ...rest } = made.appointment;
    const appointment = { ...rest, person: personId, grantedAt: iso(grantedAt) };
    return { state: 'done', proposal: null, appointment };
  },
});

const dismissRoute = route({
  method: 'DELETE',
  path: '/api/v1/appointments/:id',
  summary: 'End a role',
  description: 'It ends at once; that of another administrator waits for a third where there is one.',
  tag,
  audience: 'signed-in',
  params: z.object({ id: z.uuid() }),
  response: outcomeShape,
  async handle({ house, actor, params: { id } }) {
    requireRecent(actor, house.clock.now());
    const made = await dismiss(house, actor, id);
    return made.state === 'done'
      ? { state: 'done', proposal: null }
      : { state: 'proposed', proposal: proposalOf(made.proposal) };
  },
});

const inviteRoute = route({
  method: 'POST',
  path: '/api/v1/invitations',
  summary: 'Make a one-time invitation to a role',
  description: 'The code is given once and is good for seven days.',
  tag,
  audience: { may: 'identity.manage-officers' },
  body: z.object({ department: z.string().min(1).max(100), role: roleSchema }),
  response: outcomeShape.extend({
    code: z.string().nullable().describe('What the person enters; nobody can read it again.'),
    expiresAt: time.nullable(),
  }),
  async handle({ house, actor, body }) {
    requireRecent(actor, house.clock.now());
    const made = await invite(house, actor, body);
    if (made.state === 'proposed') {
      return { state: 'proposed', proposal: proposalOf(made.proposal), code: null, expiresAt: null };
    }
    const { code, expiresAt } = made.invitation;
    return { state: 'done', proposal: null, code, expiresAt: iso(expiresAt) };
  },
});

const proposalsRoute = route({
  method: 'GET',
  path: '/api/v1/proposals',
  summary: 'Proposals that I may know of, the latest first',
  tag,
  audience: 'signed-in',
  query: paging.extend({ open: z.boolean().default(false).describe('Only those that wait.') }),
  response: z.object({ items: z.array(proposalShape), next }),
  async handle({ house, actor, query: { limit, cursor, open } }) {
    // Also a cursor must be of something that one may know of.
    if (cursor !== undefined) await getProposalFor(house, actor, cursor).catch(refuseCursor);
    const found = await listProposalsFor(house, actor, { limit: limit + 1, open, ...after(cursor) });
    const items = found.slice(0, limit);
    return { items: items.map(proposalOf), next: found.length > limit ? items.at(-1)!.id : null };
  },
});

function refuseCursor(): never {
  const message = problemWords.unknownProposal;
  throw invalid('unknown-cursor', message, { fields: [{ field: 'cursor', message }] });
}

const decideRoute = route({
  method: 'POST',
  path: '/api/v1/proposals/:id/decision',
  summary: 'Decide a proposal of another officer',
  tag,
  audience: 'signed-in',
  params: z.object({ id: z.uuid() }),
  body: z.object({ decision: z.enum(['approved', 'refused']) }),
  response: proposalShape,
  async handle({ house, actor, params: { id }, body: { decision } }) {
    requireRecent(actor, house.clock.now());
    return proposalOf(await decideProposal(house, actor, { id, decision }));
  },
});

export const officerRoutes: Route[] = [
  policiesRoute,
  departmentsRoute,
  officersRoute,
  appointRoute,
  dismissRoute,
  inviteRoute,
  proposalsRoute,
  decideRoute,
];
