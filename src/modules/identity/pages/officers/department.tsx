// The officers of one department: who holds which role, who is invited, and the forms that change it.

import { z } from 'zod';
import { roles } from '../../../../core/access.ts';
import { type PageInput, page } from '../../../../core/module.ts';
import { requireRecent } from '../../rules/index.ts';
import { roleSchema } from '../../schema.ts';
import {
  appoint,
  dismiss,
  getAppointment,
  getDepartment,
  invite,
  listOfficers,
  voidInvitation,
} from '../../store/index.ts';
import { officerTexts } from '../../texts/index.ts';
import { readerOf } from '../account/parts.tsx';
import { type DepartmentState, departmentView, type Outcome } from './department-view.tsx';
import { attempt } from './parts.tsx';

const params = z.object({ id: z.string().min(1).max(100) });
const query = z.object({ after: z.uuid().optional() });
const atOnce = 20;

/** The field without which there is nothing to do. */
const needs = { invite: 'role', give: 'person', end: 'appointment', void: 'invitation' } as const;

/** One form of the page; which one, `do` says. */
const fields = z
  .object({
    do: z.enum(['invite', 'give', 'end', 'void']),
    role: roleSchema.optional(),
    person: z.uuid().optional(),
    appointment: z.uuid().optional(),
    invitation: z.uuid().optional(),
  })
  .refine((given) => given[needs[given.do]] !== undefined, { path: ['do'] });
type Fields = z.output<typeof fields>;
type Input = Pick<PageInput<typeof params, undefined>, 'house' | 'actor' | 'language' | 'params'>;

/** The names that are shown are a look at the data of people, and recorded with it. */
async function stateOf(input: Input, after?: string): Promise<DepartmentState> {
  const { house, actor, language, params: asked } = input;
  const department = await getDepartment(house, asked.id);
  const resource = { department: department.id };
  house.access.require(actor, 'identity.see-officers', resource);
  const listing = { department: department.id, limit: atOnce, ...(after === undefined ? {} : { after }) };
  const { officers, next, invitations } = await listOfficers(house, actor, listing);
  return {
    reader: readerOf(house, language),
    actor,
    department,
    officers,
    invitations,
    next,
    grantable: house.access.may(actor, 'identity.manage-officers', resource) ? roles : [],
  };
}

async function done(input: Input, given: Fields): Promise<Outcome> {
  const { house, actor, params: asked } = input;
  const department = asked.id;
  const { role = 'viewer' } = given;
  if (given.do === 'invite') {
    const made = await invite(house, actor, { department, role });
    return made.state === 'proposed' ? { proposal: made.proposal.id } : { invitation: made.invitation };
  }
  if (given.do === 'give') {
    const made = await appoint(house, actor, { department, role, person: given.person ?? '' });
    return made.state === 'proposed' ? { proposal: made.proposal.id } : { title: officerTexts.given };
  }
  if (given.do === 'end') {
    const { id } = await getAppointment(house, given.appointment ?? '');
    const made = await dismiss(house, actor, id);
    return made.state === 'proposed'
      ? { proposal: made.proposal.id }
      : { title: officerTexts.ended, note: officerTexts.endedLede };
  }
  await voidInvitation(house, actor, { id: given.invitation ?? '', department });
  return { title: officerTexts.madeVoid };
}

export const departmentPage = page({
  path: '/officers/departments/:id',
  audience: { may: 'identity.see-officers' },
  params,
  query,
  async render(input) {
    requireRecent(input.actor, input.house.clock.now());
    return departmentView(await stateOf(input, input.query.after));
  },
  form: {
    fields,
    async submit(input) {
      requireRecent(input.actor, input.house.clock.now());
      const tried = await attempt(() => done(input, input.fields));
      const state = await stateOf(input);
      return departmentView(state, 'error' in tried ? { error: tried.error } : { outcome: tried.done });
    },
  },
});
