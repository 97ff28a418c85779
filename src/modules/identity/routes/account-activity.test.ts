// Proves what a program with a token may read of an account, and that the export holds all of one person.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestHouse } from '../../../../test/kit/house.ts';
import {
  addDevice,
  type Member,
  openIdentityHouse,
  registerPerson,
} from '../../../../test/kit/identity-house.ts';
import { sql } from '../../../core/database/index.ts';
import { listActs } from '../../receipts/index.ts';
import { keyOfArtifact } from '../rules/index.ts';
import { removeExpired, revokePasskey } from '../store/index.ts';

let city: TestHouse;
let ann: Member;
let bob: Member;
beforeAll(async () => {
  city = await openIdentityHouse();
  ann = await registerPerson(city.house, { name: 'Ann Lee' });
  bob = await registerPerson(city.house, { name: 'Bob Ho' });
});
afterAll(() => city.close());

const exportOf = async (member: Member) => {
  const response = await city.server.fastify.inject({
    url: '/api/v1/account/export',
    headers: member.headers,
  });
  expect(response.statusCode).toBe(200);
  return response.json();
};

describe('a program with a token of the person', () => {
  const tokenFor = async (scope: string) => {
    const { database, config } = city.house;
    const token = `${scope.replaceAll(' ', '')}${'t'.repeat(30)}`;
    const payload = JSON.stringify({ clientId: 'reader', aud: `${config.origin}/api/v1`, scope, exp: 0 });
    await sql`insert into identity.client (id, name_en, name_tc, metadata, created_at)
      values ('reader', 'Reader', '讀者', '{}', now()) on conflict do nothing`.execute(database);
    await sql`insert into identity.artifact (model, id, payload, grant_id, account_id, expires_at) values
      ('Grant', ${token}, '{}', null, ${ann.person.id}, now() + interval '1 day'),
      ('AccessToken', ${keyOfArtifact('AccessToken', token)}, ${payload}, ${token}, ${ann.person.id}, now() + interval '1 day')`.execute(
      database,
    );
    return (method: 'GET' | 'DELETE', path: string) => {
      const headers = { authorization: `Bearer ${token}` };
      return city.server.fastify.inject({ method, url: `/api/v1/account${path}`, headers });
    };
  };

  it('reads the account with the scope for it, and not without', async () => {
    const [allowed, refused] = [await tokenFor('account'), await tokenFor('openid')];
    expect((await allowed('GET', '')).json()).toMatchObject({ devices: 1, maskedCard: null });
    expect((await refused('GET', '')).statusCode).toBe(403);
  });

  it('gets neither receipts nor the export, and ends nothing', async () => {
    const program = await tokenFor('account officer');
    const { items } = await listActs(city.house, { subject: ann.person.id, limit: 1 });
    const tries: ['GET' | 'DELETE', string, number][] = [
      ['GET', `/activity/${items[0]!.id}/receipt`, 403],
      ['DELETE', '/sessions', 403],
      ['DELETE', `/sessions/${ann.sessionId}`, 403],
      ['DELETE', '/services/reader', 403],
      ['GET', '/export', 401],
    ];
    for (const [method, path, status] of tries) {
      expect([path, (await program(method, path)).statusCode]).toEqual([path, status]);
    }
  });
});

describe('the export', () => {
  it('holds everything of the person in the shape that is described, and nothing of another', async () => {
    const { house } = city;
    const member = await registerPerson(house, { name: 'Cat Yu', label: 'Blue phone' });
    const file = await exportOf(member);
    expect(file).toMatchObject({
      version: 1,
      origin: house.config.origin,
      person: { id: member.person.id, name: 'Cat Yu', verifiedAt: null },
      passkeys: [{ id: member.passkeyId, label: 'Blue phone' }],
      sessions: [{ id: member.sessionId }],
      recoveryCodesLeft: 0,
      services: [],
      roles: [],
    });
    const topics = file.acts.map(({ topic }: { topic: string }) => topic);
    expect(topics).toEqual(expect.arrayContaining(['identity.registered', 'identity.data-exported']));
    for (const secret of ['pseudonym_key', 'public_key', bob.person.id, ann.person.id]) {
      expect(JSON.stringify(file)).not.toContain(secret);
    }
  });

  it('names passkeys that were revoked until a year has passed', async () => {
    const { house } = city;
    const member = await registerPerson(house);
    const { passkeyId } = await addDevice(house, member.person, 'Old phone');
    await revokePasskey(house, await member.actor(), passkeyId);
    expect((await exportOf(member)).revokedPasskeys).toMatchObject([{ id: passkeyId, label: 'Old phone' }]);
    const later = new Date(house.clock.now().getTime() + 367 * 86_400_000);
    await removeExpired({ ...house, clock: { now: () => later } });
    const { rows } = await sql`select from identity.passkey where id = ${passkeyId}`.execute(house.database);
    expect(rows).toEqual([]);
  });

  it('is told to the person as a notice', async () => {
    const member = await registerPerson(city.house);
    await exportOf(member);
    expect((await exportOf(member)).notices).toMatchObject([
      { kind: 'data-exported' },
      { kind: 'data-exported' },
    ]);
  });
});
