// Proves each endpoint of officers with a caller who may and one who may not.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestHouse } from '../../../../test/kit/house.ts';
import { type Member, openIdentityHouse, registerPerson } from '../../../../test/kit/identity-house.ts';
import { give, harbour, lamps, registerOfficer } from '../../../../test/kit/officers.ts';
import { fixedClock } from '../../../core/clock.ts';
import { listAccesses } from '../store/index.ts';

const start = '2026-11-21T04:00:00Z';
const clock = fixedClock(start);
let open: TestHouse;
let administrator: Member;
let second: Member;
let local: Member;
let viewer: Member;
let stranger: Member;

beforeAll(async () => {
  open = await openIdentityHouse({ clock });
  const { house } = open;
  administrator = await registerOfficer(house, 'administrator');
  second = await registerOfficer(house, 'administrator');
  local = await registerOfficer(house, 'administrator', lamps);
  viewer = await registerOfficer(house, 'viewer');
  stranger = await registerPerson(house);
});
afterAll(() => open.close());

type Method = 'GET' | 'POST' | 'DELETE';
type Sent = { by?: Member; method?: Method; payload?: object };

async function send(path: string, { by, method = 'GET', payload }: Sent = {}) {
  const answer = await open.server.fastify.inject({
    method,
    url: `/api/v1${path}`,
    ...(by === undefined ? {} : { headers: by.headers }),
    ...(payload === undefined ? {} : { payload }),
  });
  return { status: answer.statusCode, body: answer.json() };
}
const post = (path: string, by: Member | undefined, payload: object) =>
  send(path, { method: 'POST', payload, ...(by === undefined ? {} : { by }) });

describe('what everybody may know', () => {
  it('is which departments there are', async () => {
    const { status, body } = await send('/departments');
    expect(status).toBe(200);
    expect(body.items[0]).toEqual({
      id: harbour,
      name: { en: 'Harbour Office', tc: '港務處', sc: '港务处' },
    });
  });

  it('is who may do what, for every action there is', async () => {
    const { body } = await send('/policies');
    expect(body.items.map(({ action }: { action: string }) => action)).toEqual([
      ...open.house.access.policies.keys(),
    ]);
    const granting = body.items.find(
      ({ action }: { action: string }) => action === 'identity.appoint-deciders',
    );
    expect(granting).toMatchObject({
      roles: ['administrator'],
      everywhere: harbour,
      fourEyes: true,
      self: false,
    });
  });
});

describe('officers of a department', () => {
  const path = `/departments/${harbour}/officers`;

  it('are listed page by page for its administrator, and each look is recorded', async () => {
    const first = await send(`${path}?limit=2`, { by: administrator });
    expect([first.status, first.body.items.length]).toEqual([200, 2]);
    const rest = await send(`${path}?limit=2&cursor=${first.body.next}`, { by: administrator });
    const people = [...first.body.items, ...rest.body.items].map(({ person }) => person);
    expect(people.sort()).toEqual([administrator, second, viewer].map(({ person }) => person.id).sort());
    expect(rest.body.next).toBeNull();
    const looks = await listAccesses(open.house, { personId: viewer.person.id, limit: 5 });
    expect(looks.items[0]).toMatchObject({ purpose: 'manage-officers', fields: ['name'] });
  });

  it('are nobody else’s to see', async () => {
    const asked = [undefined, stranger, viewer, local].map((by) =>
      send(path, by === undefined ? {} : { by }),
    );
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([401, 403, 403, 403]);
  });
});

describe('roles', () => {
  it('are given and ended by an administrator, at once', async () => {
    const officer = await registerOfficer(open.house, 'viewer', lamps);
    const payload = { person: officer.person.id, department: lamps, role: 'editor' };
    const given = await post('/appointments', administrator, payload);
    expect(given.body).toMatchObject({ state: 'done', proposal: null, appointment: payload });
    expect((await officer.actor()).roles).toHaveLength(2);
    const ended = await send(`/appointments/${given.body.appointment.id}`, { method: 'DELETE', by: local });
    expect(ended).toMatchObject({ status: 200, body: { state: 'done' } });
    expect((await officer.actor()).roles).toEqual([{ department: lamps, role: 'viewer' }]);
  });

  it('are not given by a stranger, a viewer or the administrator of another department', async () => {
    const payload = { person: viewer.person.id, department: harbour, role: 'editor' };
    const asked = [undefined, stranger, viewer, local].map((by) => post('/appointments', by, payload));
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([401, 403, 403, 403]);
  });

  it('are not ended by those who may not, nor by a session that is an hour old', async () => {
    const officer = await registerOfficer(open.house, 'viewer');
    const listed = await send(`/departments/${harbour}/officers?limit=50`, { by: administrator });
    const { id } = listed.body.items.find(({ person }: { person: string }) => person === officer.person.id);
    const end = (by: Member) => send(`/appointments/${id}`, { method: 'DELETE', by });
    expect([(await end(local)).status, (await end(stranger)).status]).toEqual([403, 403]);
    clock.set('2026-11-21T05:00:01Z');
    expect((await end(administrator)).status).toBe(401);
    clock.set(start);
    expect((await end(officer)).status).toBe(200);
  });

  it('are not taken by a form of another site', async () => {
    const answer = await open.server.fastify.inject({
      method: 'POST',
      url: '/api/v1/invitations',
      headers: { cookie: administrator.cookie, origin: 'https://evil.example' },
      payload: { department: harbour, role: 'viewer' },
    });
    expect(answer.statusCode).toBe(403);
  });
});

describe('invitations and proposals', () => {
  it('give a code at once for a role that decides nothing', async () => {
    const { body } = await post('/invitations', administrator, { department: harbour, role: 'viewer' });
    expect(body).toMatchObject({ state: 'done', proposal: null, expiresAt: '2026-11-28T04:00:00.000Z' });
    expect(body.code).toMatch(/^(\w{5}-){3}\w{5}$/);
    expect((await post('/invitations', local, { department: harbour, role: 'viewer' })).status).toBe(403);
  });

  it('wait for another administrator where the role decides, and never for the same one', async () => {
    const made = await post('/invitations', administrator, { department: harbour, role: 'approver' });
    expect(made.body).toMatchObject({ state: 'proposed', code: null });
    const path = `/proposals/${made.body.proposal.id}/decision`;
    const decision = { decision: 'approved' };
    const refused = await Promise.all(
      [undefined, stranger, viewer, local, administrator].map((by) => post(path, by, decision)),
    );
    expect(refused.map(({ status }) => status)).toEqual([401, 403, 403, 403, 409]);
    expect((await post(path, second, decision)).body).toMatchObject({ state: 'approved', role: 'approver' });
    expect((await post(path, second, decision)).status).toBe(409);
  });

  it('are listed for those whom they concern, page by page', async () => {
    clock.set('2026-11-21T04:00:01Z');
    await post('/invitations', local, { department: lamps, role: 'approver' });
    const all = await send('/proposals?limit=1', { by: administrator });
    expect(all.body.items[0]).toMatchObject({ department: lamps, state: 'open' });
    const rest = await send(`/proposals?limit=50&cursor=${all.body.next}`, { by: administrator });
    expect(rest.body.items.map(({ department }: { department: string }) => department)).toEqual([harbour]);
    const own = await send('/proposals', { by: local });
    expect(own.body.items.map(({ department }: { department: string }) => department)).toEqual([lamps]);
    expect((await send('/proposals', { by: stranger })).body.items).toEqual([]);
    const foreign = rest.body.items[0].id;
    expect((await send(`/proposals?cursor=${foreign}`, { by: local })).status).toBe(400);
    expect((await send('/proposals')).status).toBe(401);
  });

  it('cannot be made for a department or a role that is none', async () => {
    const nowhere = await post('/invitations', administrator, { department: 'nowhere', role: 'viewer' });
    expect([nowhere.status, nowhere.body.code]).toEqual([404, 'unknown-department']);
    expect((await post('/invitations', administrator, { department: harbour, role: 'king' })).status).toBe(
      400,
    );
    await give(open.house, stranger, { department: lamps, role: 'auditor' });
    const looked = await send(`/departments/${lamps}/officers`, { by: stranger });
    expect(looked.status).toBe(200);
  });
});
