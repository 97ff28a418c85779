// Proves that roles are given by who may, never by one alone where there are two, and that they end at once.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestHouse } from '../../../../test/kit/house.ts';
import { openIdentityHouse, registerPerson } from '../../../../test/kit/identity-house.ts';
import { give, harbour, lamps, registerOfficer } from '../../../../test/kit/officers.ts';
import { fixedClock } from '../../../core/clock.ts';
import { sql } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';
import { listAppointments } from './appointments.ts';
import { collectCode, decideProposal, getProposalFor, listProposalsFor } from './deciding.ts';
import { acceptInvitation } from './invitations.ts';
import { listNotices } from './notices.ts';
import { appoint, dismiss, invite } from './officers.ts';
import type { Proposal } from './proposals.ts';

const start = '2026-11-21T04:00:00Z';
const clock = fixedClock(start);
let open: TestHouse;
let house: House;

beforeAll(async () => {
  open = await openIdentityHouse({ clock });
  house = open.house;
});
afterAll(() => open.close());
beforeEach(async () => {
  clock.set(start);
  for (const table of ['invitation', 'proposal', 'appointment']) {
    await sql`delete from ${sql.table(`identity.${table}`)}`.execute(house.database);
  }
});

const roleOf = async (person: string) =>
  (await listAppointments(house, { person, limit: 10 }))
    .map(({ role, department }) => `${role} ${department}`)
    .sort();
const codeOf = (outcome: Awaited<ReturnType<typeof invite>>): string => {
  if (outcome.state !== 'done') throw new Error('this invitation waits for a second officer');
  return outcome.invitation.code;
};
const proposalOf = (outcome: { state: string; proposal?: Proposal }): Proposal => {
  if (outcome.proposal === undefined) throw new Error('this was done at once');
  return outcome.proposal;
};
const viewer = { department: harbour, role: 'viewer' } as const;
const approver = { department: harbour, role: 'approver' } as const;

describe('the administrator of one department', () => {
  it('manages its roles and none of another, whatever the other says', async () => {
    await registerOfficer(house, 'administrator');
    const local = await registerOfficer(house, 'administrator', lamps);
    const stranger = await registerOfficer(house, 'viewer');
    const [held] = await listAppointments(house, { person: stranger.person.id, limit: 1 });
    const actor = await local.actor();
    await expect(invite(house, actor, viewer)).rejects.toThrow('not-allowed');
    await expect(appoint(house, actor, { ...viewer, person: stranger.person.id })).rejects.toThrow(
      'not-allowed',
    );
    await expect(dismiss(house, actor, held!.id)).rejects.toThrow('not-allowed');
    expect(await invite(house, actor, { department: lamps, role: 'viewer' })).toMatchObject({
      state: 'done',
    });
  });

  it('is helped by that of the coordinating one', async () => {
    const coordinator = await registerOfficer(house, 'administrator');
    const outcome = await invite(house, await coordinator.actor(), { department: lamps, role: 'editor' });
    expect(outcome.state).toBe('done');
  });
});

describe('four eyes', () => {
  it('are not asked for where nobody else could look', async () => {
    const alone = await registerOfficer(house, 'administrator');
    expect((await invite(house, await alone.actor(), approver)).state).toBe('done');
  });

  it('let a second administrator agree before there is a code, which the first takes once', async () => {
    const [first, second] = [
      await registerOfficer(house, 'administrator'),
      await registerOfficer(house, 'administrator'),
    ];
    const { id } = proposalOf(await invite(house, await first.actor(), approver));
    await expect(collectCode(house, await first.actor(), id)).rejects.toThrow('nothing-to-collect');
    await decideProposal(house, await second.actor(), { id, decision: 'approved' });
    await expect(collectCode(house, await second.actor(), id)).rejects.toThrow('nothing-to-collect');
    const code = await collectCode(house, await first.actor(), id);
    await expect(collectCode(house, await first.actor(), id)).rejects.toThrow('nothing-to-collect');
    for (const own of [first, second]) {
      await expect(acceptInvitation(house, await own.actor(), code)).rejects.toThrow('own-invitation');
    }
    const invited = await registerPerson(house);
    await acceptInvitation(house, await invited.actor(), code);
    expect(await roleOf(invited.person.id)).toEqual([`approver ${harbour}`]);
  });

  it('are never those of the proposer or of the person concerned, also when requests race', async () => {
    const [first, second] = [
      await registerOfficer(house, 'administrator'),
      await registerOfficer(house, 'administrator'),
    ];
    const raised = await registerOfficer(house, 'administrator', lamps);
    const asked = { person: raised.person.id, ...approver, department: lamps };
    const { id } = proposalOf(await appoint(house, await first.actor(), asked));
    const decide = async (member: typeof first) =>
      decideProposal(house, await member.actor(), { id, decision: 'approved' });
    const own = await Promise.allSettled([decide(first), decide(first), decide(raised), decide(raised)]);
    expect(own.every(({ status }) => status === 'rejected')).toBe(true);
    expect(await roleOf(raised.person.id)).toEqual([`administrator ${lamps}`]);
    const tries = await Promise.allSettled([decide(second), decide(first), decide(second)]);
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await roleOf(raised.person.id)).toEqual([`administrator ${lamps}`, `approver ${lamps}`]);
  });

  it('do not give each other deciding roles alone: that takes a third', async () => {
    const [one, two] = [
      await registerOfficer(house, 'administrator'),
      await registerOfficer(house, 'administrator'),
    ];
    const asked = { ...approver, person: two.person.id };
    await expect(appoint(house, await one.actor(), asked)).rejects.toThrow('third-administrator-first');
    await registerOfficer(house, 'administrator');
    expect((await appoint(house, await one.actor(), asked)).state).toBe('proposed');
  });

  it('see nothing of another department', async () => {
    const [first] = [
      await registerOfficer(house, 'administrator'),
      await registerOfficer(house, 'administrator'),
    ];
    const local = await registerOfficer(house, 'administrator', lamps);
    const { id } = proposalOf(await invite(house, await first.actor(), approver));
    const actor = await local.actor();
    await expect(getProposalFor(house, actor, id)).rejects.toThrow('not-allowed');
    await expect(decideProposal(house, actor, { id, decision: 'approved' })).rejects.toThrow('not-allowed');
    expect(await listProposalsFor(house, actor, { limit: 10 })).toEqual([]);
    expect(await listProposalsFor(house, await first.actor(), { limit: 10 })).toHaveLength(1);
  });

  it('are too late after the time of the proposal', async () => {
    const [first, second] = [
      await registerOfficer(house, 'administrator'),
      await registerOfficer(house, 'administrator'),
    ];
    const { id } = proposalOf(await invite(house, await first.actor(), approver));
    const actor = await second.actor();
    clock.set('2026-12-05T04:00:00Z');
    await expect(decideProposal(house, actor, { id, decision: 'approved' })).rejects.toThrow(
      'already-decided',
    );
  });

  it('stay two for a week after the second administrator was removed by the first', async () => {
    const [first, second] = [
      await registerOfficer(house, 'administrator'),
      await registerOfficer(house, 'administrator'),
    ];
    const [held] = await listAppointments(house, { person: second.person.id, limit: 1 });
    const actor = await first.actor();
    expect((await dismiss(house, actor, held!.id)).state).toBe('done');
    expect((await invite(house, actor, approver)).state).toBe('proposed');
    clock.set('2026-11-28T04:00:01Z');
    expect((await invite(house, actor, approver)).state).toBe('done');
  });

  it('are asked for to end the role of an administrator where there is a third', async () => {
    const members = [];
    for (let count = 0; count < 3; count += 1) members.push(await registerOfficer(house, 'administrator'));
    const [first, second, third] = members;
    const [held] = await listAppointments(house, { person: second!.person.id, limit: 1 });
    const { id } = proposalOf(await dismiss(house, await first!.actor(), held!.id));
    const own = decideProposal(house, await second!.actor(), { id, decision: 'refused' });
    await expect(own).rejects.toThrow('own-proposal');
    await decideProposal(house, await third!.actor(), { id, decision: 'approved' });
    expect((await second!.actor()).roles).toEqual([]);
  });
});

describe('a role that ends', () => {
  it('is gone at the next request, with an act and a notice', async () => {
    const [administrator, officer] = [
      await registerOfficer(house, 'administrator'),
      await registerOfficer(house, 'editor'),
    ];
    expect(house.access.may(await officer.actor(), 'identity.verify-person', { department: harbour })).toBe(
      true,
    );
    const [held] = await listAppointments(house, { person: officer.person.id, limit: 1 });
    await dismiss(house, await administrator.actor(), held!.id);
    expect(house.access.may(await officer.actor(), 'identity.verify-person', { department: harbour })).toBe(
      false,
    );
    const kinds = (await listNotices(house, officer.person.id)).map(({ kind }) => kind);
    expect(kinds).toContain('role-ended');
    await expect(dismiss(house, await administrator.actor(), held!.id)).rejects.toThrow(
      'unknown-appointment',
    );
  });

  it('takes with it what its holder had asked for and the invitations that wait', async () => {
    const [first, second] = [
      await registerOfficer(house, 'administrator'),
      await registerOfficer(house, 'administrator'),
    ];
    const code = codeOf(await invite(house, await second.actor(), viewer));
    const { id } = proposalOf(await invite(house, await second.actor(), approver));
    const [held] = await listAppointments(house, { person: second.person.id, limit: 1 });
    await dismiss(house, await second.actor(), held!.id);
    const crony = await registerPerson(house);
    await expect(acceptInvitation(house, await crony.actor(), code)).rejects.toThrow('wrong-invitation');
    const late = decideProposal(house, await first.actor(), { id, decision: 'approved' });
    await expect(late).rejects.toThrow('already-decided');
  });
});

describe('a role given directly', () => {
  it('is never given to oneself, nor to somebody who is no officer', async () => {
    const administrator = await registerOfficer(house, 'administrator');
    const stranger = await registerPerson(house);
    const actor = await administrator.actor();
    await expect(appoint(house, actor, { ...viewer, person: actor.id })).rejects.toThrow('own-role');
    const given = appoint(house, actor, { ...viewer, person: stranger.person.id });
    await expect(given).rejects.toThrow('not-an-officer');
  });

  it('is held at once, and only once', async () => {
    const administrator = await registerOfficer(house, 'administrator');
    const officer = await registerOfficer(house, 'viewer', lamps);
    const asked = { ...viewer, person: officer.person.id };
    await appoint(house, await administrator.actor(), asked);
    expect(await roleOf(officer.person.id)).toEqual([`viewer ${harbour}`, `viewer ${lamps}`]);
    await expect(appoint(house, await administrator.actor(), asked)).rejects.toThrow('role-not-free');
    await expect(give(house, officer, viewer)).rejects.toThrow('role-not-free');
  });
});
