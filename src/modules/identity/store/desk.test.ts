// Proves that only officers verify, that a code is good once, briefly, and that recovery takes two of them.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestHouse } from '../../../../test/kit/house.ts';
import { type Member, openIdentityHouse, registerPerson } from '../../../../test/kit/identity-house.ts';
import { give, harbour, lamps, registerOfficer } from '../../../../test/kit/officers.ts';
import { fixedClock } from '../../../core/clock.ts';
import { inTransaction, sql } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';
import { listActs } from '../../receipts/index.ts';
import { deskChecks } from '../rules/index.ts';
import { listAccesses } from './accesses.ts';
import { listAppointments } from './appointments.ts';
import { collectCode, decideProposal, getProposalFor, isCollectable } from './deciding.ts';
import { createDeskVisit, finishDeskVisit, getDeskVisit, takeDeskCode } from './desk.ts';
import { proposeRecovery, stopDeskRecovery } from './desk-recovery.ts';
import { removeExpired } from './expiry.ts';
import { listNotices } from './notices.ts';
import { dismiss } from './officers.ts';
import { getPerson } from './people.ts';
import { lookAtPeople } from './proposal-people.ts';

const start = '2026-11-21T04:00:00Z';
const clock = fixedClock(start);
let open: TestHouse;
let house: House;
let officer: Member;
let person: Member;

beforeAll(async () => {
  open = await openIdentityHouse({ clock });
  house = open.house;
});
afterAll(() => open.close());
beforeEach(async () => {
  clock.set(start);
  await sql`delete from identity.appointment`.execute(house.database);
  await sql`update identity.person set card_digest = null, card_sealed = null`.execute(house.database);
  officer = await registerOfficer(house, 'editor');
  person = await registerPerson(house, { name: 'Mei' });
});

const card = 'PE-1234-R';
const another = 'PE-1235-B';
const checks = deskChecks;
const codeOf = async (member: Member) =>
  (
    await inTransaction(house.database, (transaction) =>
      createDeskVisit(transaction, house, member.person.id),
    )
  ).code;
const take = async (by: Member, code: string, department = harbour) =>
  takeDeskCode(house, await by.actor(), { code, department });
const finish = async (id: string, finding: object = {}) =>
  finishDeskVisit(house, await officer.actor(), { id, card, name: 'CHAN Mei', checks, ...finding });
const verify = async (member: Member, number = card) =>
  finish(await take(officer, await codeOf(member)), { card: number });
const ask = async (by: Member, finding: object = {}) =>
  proposeRecovery(house, await by.actor(), {
    ...{ department: harbour, card, reason: 'lost' as const, checks },
    ...finding,
  });

describe('the code of a person', () => {
  it('has eight letters, and shows the officer what the person told and nothing else', async () => {
    // Only the role that allows the look is told.
    await sql`delete from identity.appointment`.execute(house.database);
    await give(house, officer, { department: harbour, role: 'administrator' });
    await give(house, officer, { department: harbour, role: 'editor' });
    const code = await codeOf(person);
    expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    const id = await take(officer, code.toLowerCase());
    expect(await getDeskVisit(house, await officer.actor(), id)).toEqual({
      id,
      department: harbour,
      name: 'Mei',
    });
    const looks = await listAccesses(house, { personId: person.person.id, limit: 5 });
    expect(looks.items[0]).toMatchObject({ purpose: 'verify-identity', fields: ['name'], role: 'editor' });
  });

  it('is good once, for ten minutes, and until there is another', async () => {
    const old = await codeOf(person);
    const code = await codeOf(person);
    await expect(take(officer, old)).rejects.toThrow('wrong-desk-code');
    await take(officer, code);
    await expect(take(officer, code)).rejects.toThrow('wrong-desk-code');
    const late = await codeOf(person);
    clock.set('2026-11-21T04:10:00Z');
    await expect(take(officer, late)).rejects.toThrow('wrong-desk-code');
  });

  it('is taken by one officer, however many type it at once', async () => {
    const code = await codeOf(person);
    const tries = await Promise.allSettled([take(officer, code), take(officer, code), take(officer, code)]);
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is of no use to a viewer, in another department, or to verify oneself', async () => {
    const viewer = await registerOfficer(house, 'viewer');
    const code = await codeOf(person);
    await expect(take(viewer, code)).rejects.toThrow('not-allowed');
    await expect(take(officer, code, lamps)).rejects.toThrow('not-allowed');
    await expect(take(officer, await codeOf(officer))).rejects.toThrow('own-desk-code');
  });

  it('cannot be guessed for long', async () => {
    for (let count = 0; count < 20; count += 1) {
      await expect(take(officer, '0000-0000')).rejects.toThrow('wrong-desk-code');
    }
    await expect(take(officer, await codeOf(person))).rejects.toThrow('too-many-attempts');
  });
});

describe('verifying a person', () => {
  it('takes name and card from the card, tells the person and leaves an act', async () => {
    await verify(person);
    const { name, assurance, maskedCard } = await getPerson(house, person.person.id);
    expect([name, assurance, maskedCard]).toEqual(['CHAN Mei', 'verified-at-desk', 'PE-1***-*']);
    expect((await listNotices(house, person.person.id)).map(({ kind }) => kind)).toContain('verified');
    const acts = await listActs(house, {
      subject: person.person.id,
      topics: ['identity.verified'],
      limit: 5,
    });
    expect(acts.items[0]).toMatchObject({ actor: officer.person.id, details: { department: harbour } });
  });

  it('needs every check, and a number that is one', async () => {
    const id = await take(officer, await codeOf(person));
    await expect(finish(id, { checks: checks.slice(1) })).rejects.toThrow('desk-incomplete');
    await expect(finish(id, { card: 'PE-1234-X' })).rejects.toThrow('wrong-card-number');
    expect((await getPerson(house, person.person.id)).assurance).toBe('self-asserted');
    await finish(id);
  });

  it('is refused when another person holds the card, which is an act and says no more', async () => {
    const double = await registerPerson(house, { name: 'Lee' });
    await verify(person);
    await expect(verify(double)).rejects.toThrow('card-known');
    const topics = ['identity.verification-refused'];
    const { items } = await listActs(house, { subject: double.person.id, topics, limit: 5 });
    expect(items[0]!.details).toEqual({ department: harbour, reason: 'card-known' });
    expect((await getPerson(house, double.person.id)).assurance).toBe('self-asserted');
  });

  it('never puts another card in the place of the one that was seen', async () => {
    await verify(person);
    await expect(verify(person, another)).rejects.toThrow('card-differs');
    await verify(person);
  });

  it('is for the officer who took the code, once, while the role is held', async () => {
    const colleague = await registerOfficer(house, 'editor');
    const id = await take(officer, await codeOf(person));
    const others = finishDeskVisit(house, await colleague.actor(), { id, card, name: 'x', checks });
    await expect(others).rejects.toThrow('desk-visit-over');
    await registerOfficer(house, 'administrator');
    const [held] = await listAppointments(house, { person: officer.person.id, limit: 1 });
    await dismiss(house, await officer.actor(), held!.id);
    await expect(finish(id)).rejects.toThrow('not-allowed');
  });

  it('leaves no trace of the visit itself after a day', async () => {
    const count = async () =>
      (
        await sql`select id from identity.desk_visit where person_id = ${person.person.id}`.execute(
          house.database,
        )
      ).rows.length;
    await verify(person);
    await removeExpired(house);
    expect(await count()).toBe(1);
    clock.set('2026-11-22T04:11:00Z');
    await removeExpired(house);
    expect(await count()).toBe(0);
  });

  it('ends when it takes longer than twenty minutes', async () => {
    const id = await take(officer, await codeOf(person));
    clock.set('2026-11-21T04:20:00Z');
    await expect(finish(id)).rejects.toThrow('desk-visit-over');
  });
});

describe('recovery at a desk', () => {
  it('gives the first officer one code after another officer has approved', async () => {
    await verify(person);
    const approver = await registerOfficer(house, 'approver');
    const { id } = await ask(officer);
    expect((await listNotices(house, person.person.id)).map(({ kind }) => kind)).toContain(
      'recovery-proposed',
    );
    const proposal = await getProposalFor(house, await approver.actor(), id);
    const seen = await lookAtPeople(house, await approver.actor(), proposal);
    expect(seen).toEqual({ name: 'CHAN Mei', maskedCard: 'PE-1***-*', proposer: 'Officer editor' });
    await decideProposal(house, await approver.actor(), { id, decision: 'approved' });
    const agreed = await getProposalFor(house, await officer.actor(), id);
    expect(isCollectable(agreed, await officer.actor(), clock.now())).toBe(true);
    expect(await collectCode(house, await officer.actor(), id)).toMatch(/^[0-9A-Z]{4,5}-/);
    await expect(collectCode(house, await officer.actor(), id)).rejects.toThrow('nothing-to-collect');
    const looks = await listAccesses(house, { personId: person.person.id, limit: 5 });
    const fields = looks.items.map((one) => one.fields.join(' '));
    expect(fields.sort()).toEqual(['card', 'name', 'name card']);
  });

  it('is never approved by the one who asked, nor by who is no approver', async () => {
    await verify(person);
    const both = await registerOfficer(house, 'approver');
    const { id } = await ask(both);
    const decide = async (by: Member) =>
      decideProposal(house, await by.actor(), { id, decision: 'approved' });
    const tries = await Promise.allSettled([decide(both), decide(both), decide(officer)]);
    expect(tries.map((one) => one.status === 'rejected' && one.reason.code)).toEqual([
      'own-proposal',
      'own-proposal',
      'not-allowed',
    ]);
  });

  it('answers a wrong number like one that nobody has, and not for long', async () => {
    const answers = [];
    for (const number of [another, 'PE-1234-X', 'rubbish', ...Array(8).fill(another)]) {
      answers.push(await ask(officer, { card: number }).catch(({ code, message }) => `${code} ${message}`));
    }
    expect(new Set(answers.slice(0, 10)).size).toBe(1);
    expect(answers[0]).toContain('nobody-with-card');
    expect(answers[10]).toContain('too-many-attempts');
  });

  it('is asked for once at a time, and stopped by the person from a device that is still held', async () => {
    await verify(person);
    const approver = await registerOfficer(house, 'approver');
    const { id } = await ask(officer);
    await expect(ask(approver)).rejects.toThrow('recovery-proposed');
    expect(await stopDeskRecovery(house, person.person)).toBe(true);
    expect(await stopDeskRecovery(house, person.person)).toBe(false);
    const late = decideProposal(house, await approver.actor(), { id, decision: 'approved' });
    await expect(late).rejects.toThrow('already-decided');
  });

  it('is asked for by one of two officers who ask at once, and both looks stay on record', async () => {
    await verify(person);
    const approver = await registerOfficer(house, 'approver');
    const asked = await Promise.allSettled([ask(officer), ask(approver)]);
    const refused = asked.filter((one) => one.status === 'rejected');
    expect(refused.map(({ reason }) => reason.code)).toEqual(['recovery-proposed']);
    const { items } = await listAccesses(house, { personId: person.person.id, limit: 5 });
    expect(items.map(({ purpose, role }) => [purpose, role]).sort()).toEqual([
      ['recover-account', 'approver'],
      ['recover-account', 'editor'],
      ['verify-identity', 'editor'],
    ]);
  });

  it('is not for a viewer, and nobody recovers their own account', async () => {
    const viewer = await registerOfficer(house, 'viewer');
    await expect(ask(viewer)).rejects.toThrow('not-allowed');
    const colleague = await registerOfficer(house, 'approver');
    await verify(colleague);
    await expect(ask(colleague)).rejects.toThrow('own-recovery');
  });
});
