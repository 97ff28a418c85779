// Who asks: the cookie only from our own pages, tokens only where they are meant for.

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestHouse } from '../../../../test/kit/house.ts';
import { type Member, openIdentityHouse, registerPerson } from '../../../../test/kit/identity-house.ts';
import type { Visit } from '../../../core/access.ts';
import { keyOfArtifact } from '../rules/bearer-values.ts';
import { putArtifact } from '../store/artifacts.ts';
import { beginProviderSession } from '../store/provider-sessions.ts';
import { authentication } from './authentication.ts';
import { apiResource, createService, disableService } from './provider/index.ts';

let open: TestHouse;
let person: Member;
let clientId: string;
beforeAll(async () => {
  open = await openIdentityHouse();
  person = await registerPerson(open.house);
  const metadata = { redirect_uris: ['https://app.example/return'], token_endpoint_auth_method: 'none' };
  const name = { en: 'App', tc: '應用程式' };
  clientId = (await createService(open.house, person.person, { name, metadata })).id;
});
afterAll(async () => open.close());

const visit = (path: string, headers: Record<string, string>, method = 'GET'): Visit => {
  const pairs = (headers.cookie ?? '').split('; ').map((pair) => pair.split('='));
  const cookies = Object.fromEntries(pairs.map(([name = '', ...value]) => [name, value.join('=')]));
  const url = `${open.house.config.origin}${path}`;
  return { method, cookies, headers, ip: '127.0.0.1', url, raw: {} as Visit['raw'] };
};

const actorOf = (asked: Visit) => authentication.actorOf(asked, open.house);

/** A token as the provider writes it. */
async function giveToken(id: string, more: Record<string, unknown> = {}): Promise<string> {
  const { house } = open;
  const { database } = house;
  const now = house.clock.now();
  const expiresAt = new Date(now.getTime() + 60_000);
  const uid = `session-of-${id}`;
  const proven = { personId: person.person.id, passkeyId: person.passkeyId, acr: 'phr' as const };
  await beginProviderSession(house, { ...proven, authenticatedAt: now, uid, clientId, expiresAt });
  const accountId = person.person.id;
  const grant = { model: 'Grant', id: `grant-of-${id}`, payload: '{}', uid, accountId, expiresAt };
  await putArtifact(database, grant, 'ofLogin');
  const payload = JSON.stringify({ clientId, aud: apiResource(house), scope: 'account', ...more });
  const key = keyOfArtifact('AccessToken', id);
  const token = { model: 'AccessToken', id: key, payload, grantId: grant.id, accountId, expiresAt };
  await putArtifact(database, token, 'ofGrant');
  return id;
}

test('the cookie changes something only from a page of this site', async () => {
  const { cookie } = person;
  const { origin } = open.house.config;
  const path = '/api/v1/account/devices';
  expect(await actorOf(visit(path, { cookie }))).toMatchObject({ id: person.person.id });
  expect(await actorOf(visit(path, { cookie, origin }, 'POST'))).toMatchObject({ id: person.person.id });
  const sent = { cookie, 'sec-fetch-site': 'same-origin' };
  expect(await actorOf(visit(path, sent, 'DELETE'))).toMatchObject({ id: person.person.id });
  for (const foreign of [
    { cookie },
    { cookie, origin: 'https://evil.example' },
    { cookie, origin: 'null' },
    { cookie, origin, 'sec-fetch-site': 'cross-site' },
    { cookie, origin, 'sec-fetch-site': 'same-site' },
  ]) {
    await expect(actorOf(visit(path, foreign, 'POST'))).rejects.toMatchObject({ code: 'foreign-request' });
  }
});

test('a stranger is nobody', async () => {
  expect(await actorOf(visit('/en/account', {}))).toBeUndefined();
  expect(await actorOf(visit('/en/account', { cookie: 'lamppost=x' }, 'POST'))).toBeUndefined();
});

test('a token reads the account it was given for, and no more', async () => {
  const authorization = `Bearer ${await giveToken('reads')}`;
  const actor = await actorOf(visit('/api/v1/account/sessions', { authorization }));
  expect(actor).toMatchObject({ id: person.person.id, clientId, scopes: ['account'], roles: [] });
  await expect(actorOf(visit('/api/v1/account/sessions', { authorization }, 'DELETE'))).rejects.toMatchObject(
    { code: 'scope-missing' },
  );
  await expect(actorOf(visit('/en/account', { authorization }))).rejects.toMatchObject({ code: 'bad-token' });
});

test('a token for another audience, a bound one without proof, or an unknown one is refused', async () => {
  const path = '/api/v1/account/sessions';
  for (const authorization of [
    `Bearer ${await giveToken('elsewhere', { aud: 'https://other.example' })}`,
    `Bearer ${await giveToken('userinfo', { aud: undefined })}`,
    `Bearer ${await giveToken('bound', { jkt: 'thumbprint' })}`,
    `DPoP ${await giveToken('free')}`,
    'Bearer nobody',
    'Bearer',
    'Basic abc',
    `Bearer ${'a'.repeat(5000)}`,
  ]) {
    await expect(actorOf(visit(path, { authorization }))).rejects.toMatchObject({ code: 'bad-token' });
  }
  const authorization = `DPoP ${await giveToken('bound-too', { jkt: 'thumbprint' })}`;
  await expect(actorOf(visit(path, { authorization, dpop: 'a.b.c' }))).rejects.toMatchObject({
    code: 'bad-token',
  });
});

test('a token learns nothing of the account by which services could compare notes', async () => {
  const authorization = `Bearer ${await giveToken('compares')}`;
  const ask = async (path: string, headers: Record<string, string>) =>
    open.server.fastify.inject({ url: `/api/v1/account${path}`, headers });
  const own = await ask('', { authorization });
  expect([own.statusCode, own.json().maskedCard]).toEqual([200, null]);
  for (const path of ['/devices', '/sessions', '/services', '/activity', '/activity?only=looks', '/export']) {
    const { statusCode, body } = await ask(path, { authorization });
    expect([path, statusCode, JSON.parse(body).code]).toEqual([path, 403, 'not-with-token']);
    expect([path, (await ask(path, { cookie: person.cookie })).statusCode]).toEqual([path, 200]);
  }
});

test('a token ends with its service', async () => {
  const authorization = `Bearer ${await giveToken('last')}`;
  const asked = visit('/api/v1/account/sessions', { authorization });
  expect(await actorOf(asked)).toBeDefined();
  await disableService(open.house, person.person, clientId);
  await expect(actorOf(asked)).rejects.toMatchObject({ code: 'bad-token' });
});
