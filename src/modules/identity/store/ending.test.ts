// What ends at a service: who is told, under which name, and that nobody else is named.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../../../test/kit/events.ts';
import { addDevice } from '../../../../test/kit/identity-house.ts';
import { type City, openCity } from '../../../../test/kit/oidc/city.ts';
import { begin, signIn } from '../../../../test/kit/oidc/flow.ts';
import { openListener } from '../../../../test/kit/oidc/listener.ts';
import { askUserinfo } from '../../../../test/kit/oidc/raw.ts';
import { residentOf } from '../../../../test/kit/oidc/resident.ts';
import { openService, type TestService } from '../../../../test/kit/oidc/services.ts';
import { inTransaction, sql, type Transaction } from '../../../core/database/index.ts';
import { endClient, endSessions } from './ending.ts';
import { revokePasskey } from './passkeys.ts';
import { getPerson } from './people.ts';
import { withdrawService } from './service-uses.ts';

let city: City;
let service: TestService;
let other: TestService;
const told = {
  backchannel_logout_uri: 'http://127.0.0.1:9/logout',
  backchannel_logout_session_required: true,
};
const openTold = () => openService(city, { metadata: told });
beforeAll(async () => {
  city = await openCity();
  service = await openTold();
  other = await openTold();
});
afterAll(() => city.close());

/** What is to be told in a transaction that has not ended. */
async function dueIn(tx: Transaction) {
  const { rows } = await sql<{ client: string; subject: string; sid: string | null }>`
    select client_id as client, subject, sid from identity.logout_due`.execute(tx);
  return rows;
}

test('a service that no longer knows the person is told no other name of theirs', async () => {
  const resident = await residentOf(city);
  const { personId } = resident;
  await signIn(resident, service);
  const { claims } = await signIn(resident, other);
  await inTransaction(city.house.database, async (tx) => {
    await sql`delete from identity.service_use
      where person_id = ${personId} and client_id = ${service.id}`.execute(tx);
    await endSessions(tx, { personId });
    expect(await dueIn(tx)).toEqual([{ client: other.id, subject: claims.sub, sid: claims.sid }]);
  });
});

test('a service whose consent is withdrawn is told to sign the person out, and leaves their session', async () => {
  const resident = await residentOf(city);
  const { personId } = resident;
  const { claims } = await signIn(resident, service);
  const { claims: there } = await signIn(resident, other);
  await inTransaction(city.house.database, async (tx) => {
    await endClient(tx, service.id, personId);
    expect(await dueIn(tx)).toEqual([{ client: service.id, subject: claims.sub, sid: claims.sid }]);
    await sql`delete from identity.logout_due`.execute(tx);
    // The other service is told at the end of the session, and the first is not told again.
    await endSessions(tx, { personId });
    expect(await dueIn(tx)).toEqual([{ client: other.id, subject: there.sub, sid: there.sid }]);
  });
});

test('a service that no session knows any more is told too, when it can do without', async () => {
  const resident = await residentOf(city);
  const { personId } = resident;
  const simple = await openService(city, {
    metadata: { ...told, backchannel_logout_session_required: false },
  });
  const { claims } = await signIn(resident, simple);
  await inTransaction(city.house.database, async (tx) => {
    await sql`delete from identity.artifact where model = 'Session' and account_id = ${personId}`.execute(tx);
    await endClient(tx, simple.id, personId);
    expect(await dueIn(tx)).toEqual([{ client: simple.id, subject: claims.sub, sid: null }]);
  });
});

test('withdrawing a consent sends the service its logout token', async () => {
  const listener = await openListener();
  const uri = `${listener.origin}/logout`;
  const heard = await openService(city, { metadata: { ...told, backchannel_logout_uri: uri } });
  const resident = await residentOf(city);
  const { claims } = await signIn(resident, heard);
  const actor = { id: resident.personId, acr: 'phr', authenticatedAt: new Date(), roles: [] };
  await withdrawService(city.house, actor, heard.id);
  await until(() => listener.received.length > 0);
  const token = new URLSearchParams(listener.received[0]!.body).get('logout_token')!;
  const payload = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString());
  expect(payload).toMatchObject({ sub: claims.sub, sid: claims.sid, aud: heard.id });
  await listener.close();
});

test('a session ends with every passkey that was used in it', async () => {
  const resident = await residentOf(city);
  const { personId } = resident;
  const person = await getPerson(city.house, personId);
  const { passkey: phone, passkeyId } = await addDevice(city.house, person);
  const { tokens } = await signIn(resident, service);
  const laptop = resident.passkey.credentialId!;
  resident.passkey = phone;
  const { tokens: later } = await signIn(resident, service, { prompt: 'login' });
  const { rows } = await sql<{ passkey: string }>`select passkey_id as passkey
    from identity.provider_session where person_id = ${personId}`.execute(city.house.database);
  expect(rows).toEqual([{ passkey: passkeyId }]);
  await revokePasskey(city.house, { id: personId }, laptop);
  for (const { access_token: token } of [tokens, later]) {
    expect((await askUserinfo(city, token)).status).toBe(401);
  }
  const again = await begin(service, { prompt: 'none' });
  expect((await resident.walk(again.url)).searchParams.get('error')).toBe('login_required');
});

test('a sign-in that was proven is not finished after all sessions were ended', async () => {
  const resident = await residentOf(city);
  const { browser, personId } = resident;
  const { url } = await begin(service);
  const page = await browser.follow(await browser.ask(url.href));
  const { location } = await resident.prove(page, 'get');
  await new Promise((resolve) => setTimeout(resolve, 2));
  const at = city.house.clock.now();
  await inTransaction(city.house.database, (tx) => endSessions(tx, { personId, at }));
  const end = await resident.walk(location!);
  expect(end.searchParams.get('error')).toBe('access_denied');
});
