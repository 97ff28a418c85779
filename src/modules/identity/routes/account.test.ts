// Proves the endpoints of one's own account: an allowed and a refused caller each, and nobody else's things.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestHouse } from '../../../../test/kit/house.ts';
import {
  addDevice,
  type Member,
  openIdentityHouse,
  openSession,
  registerPerson,
} from '../../../../test/kit/identity-house.ts';
import { fixedClock } from '../../../core/clock.ts';
import { inTransaction, sql } from '../../../core/database/index.ts';
import { checkReceipt, listActs, listKeys } from '../../receipts/index.ts';
import { deviceKeyOf } from '../rules/index.ts';
import { listPasskeys, listSessions, recordAccess } from '../store/index.ts';

const start = '2026-11-21T04:00:00Z';
const clock = fixedClock(start);
let city: TestHouse;
let ann: Member;
let bob: Member;
beforeAll(async () => {
  city = await openIdentityHouse({ clock });
  ann = await registerPerson(city.house, { name: 'Ann Lee' });
  bob = await registerPerson(city.house, { name: 'Bob Ho' });
});
afterAll(() => city.close());

const ask = (method: 'GET' | 'DELETE', path: string, member?: Member) =>
  city.server.fastify.inject({
    method,
    url: `/api/v1/account${path}`,
    headers: { accept: 'application/json', ...(member === undefined ? {} : member.headers) },
  });

async function answer(path: string, member: Member) {
  const response = await ask('GET', path, member);
  expect([path, response.statusCode]).toEqual([path, 200]);
  return response.json();
}

const nobodys = '11111111-2222-4333-8444-555555555555';
const everything: ['GET' | 'DELETE', string][] = [
  ['GET', ''],
  ['GET', '/devices'],
  ['DELETE', `/devices/${'A'.repeat(22)}`],
  ['GET', '/sessions'],
  ['DELETE', '/sessions'],
  ['DELETE', `/sessions/${nobodys}`],
  ['GET', '/services'],
  ['DELETE', '/services/none'],
  ['GET', '/activity'],
  ['GET', `/activity/${nobodys}/receipt`],
  ['GET', '/export'],
];

describe('a stranger', () => {
  it.each(everything)('is refused: %s %s', async (method, path) => {
    const response = await ask(method, path);
    expect([response.statusCode, response.headers['content-type']]).toEqual([
      401,
      expect.stringContaining('application/problem+json'),
    ]);
    expect(response.json()).toMatchObject({ code: 'sign-in-first' });
  });
});

describe('the person', () => {
  it('reads how the account stands, kept by nobody', async () => {
    const response = await ask('GET', '', ann);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.headers['access-control-allow-origin']).toBeUndefined();
    expect(response.json()).toEqual({
      ...{ name: 'Ann Lee', language: 'en', assurance: 'self-asserted', verifiedAt: null, maskedCard: null },
      ...{ createdAt: '2026-11-21T04:00:00.000Z', devices: 1, recoveryCodesLeft: 0, protection: 'weak' },
    });
  });

  it('lists devices and revokes one, with its sessions', async () => {
    const { house } = city;
    const member = await registerPerson(house);
    const phone = await addDevice(house, member.person, 'Phone');
    await openSession(house, { personId: member.person.id, passkeyId: phone.passkeyId });
    const { items } = await answer('/devices', member);
    const expected = [member.passkeyId, phone.passkeyId].map((id) => ({
      ...{ id: deviceKeyOf(id), current: id === member.passkeyId },
    }));
    expect(items).toEqual(expect.arrayContaining(expected.map((one) => expect.objectContaining(one))));
    const gone = await ask('DELETE', `/devices/${deviceKeyOf(phone.passkeyId)}`, member);
    expect(gone.json()).toEqual({ done: true });
    expect((await listSessions(house, member.person.id)).map(({ id }) => id)).toEqual([member.sessionId]);
  });

  it('is asked who they are again before a device is revoked or everything handed out', async () => {
    const member = await registerPerson(city.house);
    clock.set('2026-11-21T04:10:01Z');
    const late = await ask('GET', '/export', member);
    const device = await ask('DELETE', `/devices/${deviceKeyOf(member.passkeyId)}`, member);
    const plain = await ask('GET', '/devices', member);
    clock.set(start);
    expect([late.statusCode, device.statusCode, plain.statusCode]).toEqual([401, 401, 200]);
  });

  it('is not followed by a request that a foreign page sends with the cookie', async () => {
    const headers = { cookie: ann.cookie, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    const response = await city.server.fastify.inject({
      method: 'DELETE',
      url: '/api/v1/account/sessions',
      headers,
    });
    expect(response.statusCode).toBe(403);
  });

  it('ends one session, and all others', async () => {
    const { house } = city;
    const member = await registerPerson(house);
    const owner = { personId: member.person.id, passkeyId: member.passkeyId };
    const other = await openSession(house, owner);
    await openSession(house, owner);
    expect((await answer('/sessions', member)).items).toHaveLength(3);
    await ask('DELETE', `/sessions/${other.id}`, member);
    expect((await answer('/sessions', member)).items.map(({ id }: { id: string }) => id)).not.toContain(
      other.id,
    );
    await ask('DELETE', '/sessions', member);
    expect((await answer('/sessions', member)).items).toMatchObject([
      { id: member.sessionId, current: true },
    ]);
  });

  it('lists the services that know them, and withdraws', async () => {
    const { database } = city.house;
    await sql`insert into identity.client (id, name_en, name_tc, metadata, created_at)
      values ('ferry', 'Ferry', '渡輪', '{}', now())`.execute(database);
    for (const [id, name] of [
      [ann.person.id, 'of-ann'],
      [bob.person.id, 'of-bob'],
    ]) {
      await sql`insert into identity.service_use
          (person_id, client_id, scopes, claims, pseudonym, first_at, last_at)
        values (${id}, 'ferry', '{openid}', '{name}', ${name}, now(), now())`.execute(database);
    }
    expect((await answer('/services', ann)).items).toMatchObject([{ id: 'ferry', claims: ['name'] }]);
    expect((await ask('DELETE', '/services/ferry', ann)).json()).toEqual({ done: true });
    expect((await ask('DELETE', '/services/ferry', ann)).statusCode).toBe(404);
    expect((await answer('/services', ann)).items).toEqual([]);
    expect((await answer('/services', bob)).items).toHaveLength(1);
  });
});

describe('what was done', () => {
  it('is given in pages that leave nothing out', async () => {
    const all = await answer('/activity?limit=100', ann);
    const seen: string[] = [];
    let cursor = '';
    do {
      const { items, next } = await answer(`/activity?limit=1${cursor && `&cursor=${cursor}`}`, ann);
      seen.push(...items.map(({ actId }: { actId: string }) => actId));
      cursor = next;
    } while (cursor);
    expect(seen).toEqual(all.items.map(({ actId }: { actId: string }) => actId));
    expect(seen.length).toBeGreaterThan(2);
  });

  it('names the field of a cursor that no answer gave', async () => {
    const response = await ask('GET', '/activity?cursor=abc', ann);
    expect([response.statusCode, response.json().errors[0].field]).toEqual([400, 'cursor']);
    expect((await ask('GET', '/activity?colour=red', ann)).statusCode).toBe(400);
  });

  it('never tells by whom, except whether it was the person', async () => {
    const { body } = await ask('GET', '/activity?limit=100', ann);
    expect(body).not.toContain(ann.person.id);
    expect(JSON.parse(body).items[0]).toMatchObject({ by: 'you' });
  });

  it('has for each act a receipt that the verifier accepts', async () => {
    const { items } = await answer('/activity?limit=1', ann);
    const path = `/activity/${items[0].actId}/receipt`;
    let receipt = await ask('GET', path, ann);
    for (let left = 100; left > 0 && receipt.json().state === 'pending'; left -= 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      receipt = await ask('GET', path, ann);
    }
    expect(receipt.headers['content-disposition']).toContain(`receipt-${items[0].actId}.json`);
    expect(receipt.json()).toMatchObject({ subject: ann.person.id, salt: expect.any(String) });
    const verdict = checkReceipt(receipt.body, await listKeys(city.house.database));
    expect([verdict.valid, verdict.steps.map(({ outcome }) => outcome)]).toEqual([
      true,
      expect.not.arrayContaining(['wrong']),
    ]);
  });

  it('is nobody else’s to see: the receipt of another is as if it were not there', async () => {
    const { items } = await listActs(city.house, { subject: ann.person.id, limit: 1 });
    const [others, missing] = [
      await ask('GET', `/activity/${items[0]!.id}/receipt`, bob),
      await ask('GET', `/activity/${nobodys}/receipt`, bob),
    ];
    expect([others.statusCode, missing.statusCode]).toEqual([404, 404]);
    expect({ ...others.json(), instance: '' }).toEqual({ ...missing.json(), instance: '' });
  });

  it('can be narrowed to looks of officers', async () => {
    const member = await registerPerson(city.house);
    expect((await answer('/activity?only=looks', member)).items).toEqual([]);
    const look = { person: member.person.id, purpose: 'recover-account', fields: ['name'], department: 'x' };
    const officer = await bob.actor();
    await inTransaction(city.house.database, (transaction) => recordAccess(transaction, officer, look));
    expect((await answer('/activity?only=looks', member)).items).toMatchObject([
      { topic: 'identity.data-read', by: 'other', details: { purpose: 'recover-account', fields: ['name'] } },
    ]);
  });

  it('leaves out the looks of a person at their own data', async () => {
    const own = { person: bob.person.id, purpose: 'answer-question', fields: ['name'], department: 'x' };
    const actor = await bob.actor();
    await inTransaction(city.house.database, (transaction) => recordAccess(transaction, actor, own));
    expect((await answer('/activity?only=looks', bob)).items).toEqual([]);
  });
});

describe('things of another person', () => {
  it('are out of reach, whatever id is tried', async () => {
    const passkeys = await listPasskeys(city.house, ann.person.id);
    const tries: ['GET' | 'DELETE', string][] = [
      ['DELETE', `/devices/${deviceKeyOf(ann.passkeyId)}`],
      ['DELETE', `/sessions/${ann.sessionId}`],
    ];
    for (const [method, path] of tries) expect((await ask(method, path, bob)).statusCode).toBe(404);
    expect(await listPasskeys(city.house, ann.person.id)).toEqual(passkeys);
    expect(await ann.actor()).toMatchObject({ id: ann.person.id });
  });
});

describe('the description of the interface', () => {
  it('names every endpoint of the account and says what it answers', async () => {
    const { paths } = (await city.server.fastify.inject('/api/openapi.json')).json();
    const described = Object.keys(paths).filter((path) => path.startsWith('/api/v1/account'));
    expect(described.length).toBe(10);
    expect(JSON.stringify(paths['/api/v1/account/export'])).toContain('recoveryCodesLeft');
  });
});
