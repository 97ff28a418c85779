// Proves that an invitation makes one person an officer, once, in time, and never its own maker.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestHouse } from '../../../../test/kit/house.ts';
import { openIdentityHouse, registerPerson } from '../../../../test/kit/identity-house.ts';
import { harbour, registerOfficer } from '../../../../test/kit/officers.ts';
import { fixedClock } from '../../../core/clock.ts';
import { sql } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';
import { listActs } from '../../receipts/index.ts';
import { listAppointments } from './appointments.ts';
import { acceptInvitation, firstInvitation, listInvitations, voidInvitation } from './invitations.ts';
import { listNotices } from './notices.ts';
import { dismiss, invite } from './officers.ts';
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
const _proposalOf = (outcome: { state: string; proposal?: Proposal }): Proposal => {
  if (outcome.proposal === undefined) throw new Error('this was done at once');
  return outcome.proposal;
};
const viewer = { department: harbour, role: 'viewer' } as const;
const _approver = { department: harbour, role: 'approver' } as const;

describe('the first administrator', () => {
  it('comes by the latest code that the program made, once', async () => {
    const old = (await firstInvitation(house))!;
    const code = (await firstInvitation(house))!;
    const [first, second] = [await registerPerson(house), await registerPerson(house)];
    await expect(acceptInvitation(house, await first.actor(), old)).rejects.toThrow('wrong-invitation');
    await acceptInvitation(house, await first.actor(), code.toLowerCase().replaceAll('-', ' '));
    expect(await roleOf(first.person.id)).toEqual([`administrator ${harbour}`]);
    await expect(acceptInvitation(house, await second.actor(), code)).rejects.toThrow('wrong-invitation');
    expect(await firstInvitation(house)).toBeUndefined();
  });

  it('is nobody by a code that was made before there was one otherwise', async () => {
    const code = (await firstInvitation(house))!;
    await registerOfficer(house, 'administrator');
    const late = await registerPerson(house);
    await expect(acceptInvitation(house, await late.actor(), code)).rejects.toThrow('wrong-invitation');
  });

  it('cannot leave while nobody else is there, not even when two leave in the same moment', async () => {
    const [one, other] = [
      await registerOfficer(house, 'administrator'),
      await registerOfficer(house, 'administrator'),
    ];
    const leaving = await Promise.allSettled(
      [one, other].map(async (member) => {
        const [held] = await listAppointments(house, { person: member.person.id, limit: 1 });
        return dismiss(house, await member.actor(), held!.id);
      }),
    );
    expect(leaving.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await listAppointments(house, { department: harbour, limit: 10 })).toHaveLength(1);
  });
});

describe('an invitation', () => {
  it('makes whoever brings it an officer, with an act and a notice', async () => {
    const administrator = await registerOfficer(house, 'administrator');
    const invited = await registerPerson(house);
    const code = codeOf(await invite(house, await administrator.actor(), viewer));
    await acceptInvitation(house, await invited.actor(), code);
    expect((await invited.actor()).roles).toEqual([viewer]);
    const acts = await listActs(house, {
      subject: invited.person.id,
      topics: ['identity.role-granted'],
      limit: 5,
    });
    expect(acts.items[0]).toMatchObject({ actor: administrator.person.id, details: viewer });
    const notices = await listNotices(house, invited.person.id);
    expect(notices[0]).toMatchObject({ kind: 'role-granted', details: viewer });
  });

  it('is for one person, however many come at once', async () => {
    const administrator = await registerOfficer(house, 'administrator');
    const code = codeOf(await invite(house, await administrator.actor(), viewer));
    const people = [await registerPerson(house), await registerPerson(house), await registerPerson(house)];
    const tries = await Promise.allSettled(
      people.map(async (member) => acceptInvitation(house, await member.actor(), code)),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('ends after seven days, or when it is made void', async () => {
    const administrator = await registerOfficer(house, 'administrator');
    const late = await registerPerson(house);
    const [code, other] = [
      codeOf(await invite(house, await administrator.actor(), viewer)),
      codeOf(await invite(house, await administrator.actor(), viewer)),
    ];
    const [latest] = await listInvitations(house, harbour);
    await voidInvitation(house, await administrator.actor(), { id: latest!.id, department: harbour });
    const wrong = await Promise.allSettled([
      acceptInvitation(house, { id: late.person.id }, code),
      acceptInvitation(house, { id: late.person.id }, other),
    ]);
    expect(wrong.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const third = codeOf(await invite(house, await administrator.actor(), { ...viewer, role: 'editor' }));
    clock.set('2026-11-28T04:00:00Z');
    await expect(acceptInvitation(house, { id: late.person.id }, third)).rejects.toThrow('wrong-invitation');
  });

  it('is of no use to who made it, and stays good for others', async () => {
    const administrator = await registerOfficer(house, 'administrator');
    const code = codeOf(await invite(house, await administrator.actor(), { ...viewer, role: 'auditor' }));
    const raising = acceptInvitation(house, await administrator.actor(), code);
    await expect(raising).rejects.toThrow('own-invitation');
    const other = await registerPerson(house);
    await acceptInvitation(house, await other.actor(), code);
    expect(await roleOf(other.person.id)).toEqual([`auditor ${harbour}`]);
  });

  it('cannot be guessed for long', async () => {
    const guesser = await registerPerson(house);
    const tries = await Promise.allSettled(
      Array.from({ length: 11 }, () => acceptInvitation(house, guesser.person, '0000-0000-0000-0000-0000')),
    );
    const reasons = tries.map((one) => (one.status === 'rejected' ? one.reason.code : 'in'));
    expect(reasons.filter((code) => code === 'too-many-attempts')).toHaveLength(1);
  });
});
