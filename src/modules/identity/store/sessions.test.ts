// Proves of sessions: only the secret opens one, it ends by time and by word, and at once in every process.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestHouse } from '../../../../test/kit/house.ts';
import {
  addDevice,
  chromeOnWindows,
  openIdentityHouse,
  registerPerson,
} from '../../../../test/kit/identity-house.ts';
import { openSecondHouse } from '../../../../test/kit/second-house.ts';
import { fixedClock } from '../../../core/clock.ts';
import { inTransaction, sql } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';
import { listActs } from '../../receipts/index.ts';
import { removeExpired } from './expiry.ts';
import { revokePasskey } from './passkeys.ts';
import {
  clearedSessionCookie,
  createSession,
  endSession,
  findActor,
  listSessions,
  sessionCookie,
} from './sessions.ts';

const start = '2026-11-21T04:00:00Z';
const clock = fixedClock(start);
let city: TestHouse;
let house: House;
beforeAll(async () => {
  city = await openIdentityHouse({ clock });
  house = city.house;
});
afterAll(() => city.close());
beforeEach(() => clock.set(start));

const at = (hours: number) => clock.set(new Date(Date.parse(start) + hours * 3_600_000));
const cookiesOf = (cookie: string) => ({ lamppost: cookie.split('=')[1]! });

describe('a session', () => {
  it('says who asks, how they signed in and which roles they hold now', async () => {
    const { person, cookie, sessionId } = await registerPerson(house);
    const actor = { id: person.id, sessionId, acr: 'phr', authenticatedAt: new Date(start), roles: [] };
    expect(await findActor(house, cookiesOf(cookie))).toEqual(actor);
    await sql`insert into identity.appointment (id, person_id, department_id, role, granted_at, ended_at)
      select gen_random_uuid(), ${person.id}, 'lamp-works', role, ${new Date(start)}, ended
      from (values ('editor', null::timestamptz), ('auditor', now())) as given (role, ended)`.execute(
      house.database,
    );
    const roles = [{ department: 'lamp-works', role: 'editor' }];
    expect(await findActor(house, cookiesOf(cookie))).toEqual({ ...actor, roles });
  });

  it.each([{}, { lamppost: '' }, { lamppost: 'A'.repeat(43) }, { lamppost: "' or true" }, { other: 'x' }])(
    'is not opened by the cookies %j',
    async (cookies) => {
      expect(await findActor(house, cookies)).toBeUndefined();
    },
  );

  it('is not opened by what the database holds of it', async () => {
    const { sessionId } = await registerPerson(house);
    const { rows } = await sql<{ digest: Buffer }>`
      select secret_digest as digest from identity.session where id = ${sessionId}`.execute(house.database);
    expect(await findActor(house, { lamppost: rows[0]!.digest.toString('base64url') })).toBeUndefined();
  });

  it('ends after twelve hours in which nobody used it', async () => {
    const { cookie, person } = await registerPerson(house);
    at(11.9);
    expect(await findActor(house, cookiesOf(cookie))).toBeDefined();
    at(23.8);
    expect(await findActor(house, cookiesOf(cookie))).toBeDefined();
    at(35.9);
    expect(await findActor(house, cookiesOf(cookie))).toBeUndefined();
    expect(await listSessions(house, person.id)).toEqual([]);
  });

  it('ends after thirty days, however much it is used', async () => {
    const { cookie } = await registerPerson(house);
    for (let hours = 0; hours < 30 * 24; hours += 10) {
      at(hours);
      expect(await findActor(house, cookiesOf(cookie))).toBeDefined();
    }
    at(30 * 24);
    expect(await findActor(house, cookiesOf(cookie))).toBeUndefined();
  });

  it('is not written at every request', async () => {
    const { cookie, person } = await registerPerson(house);
    const seen = async () => (await listSessions(house, person.id))[0]!.seenAt.getTime() - Date.parse(start);
    at(4 / 60);
    await findActor(house, cookiesOf(cookie));
    expect(await seen()).toBe(0);
    at(6 / 60);
    await findActor(house, cookiesOf(cookie));
    expect(await seen()).toBe(360_000);
  });

  it('shows its owner what kind of browser it is, and nothing finer', async () => {
    const { person } = await registerPerson(house, { userAgent: chromeOnWindows });
    expect(await listSessions(house, person.id)).toMatchObject([{ agent: 'Chrome, Windows' }]);
  });

  it('gets a new secret at each sign-in, and the one before it ends', async () => {
    const { person, passkeyId, cookie } = await registerPerson(house);
    const planted = cookie.split('=')[1]!;
    const proven = { personId: person.id, passkeyId, acr: 'phrh' as const, authenticatedAt: clock.now() };
    const { secret } = await inTransaction(house.database, (tx) =>
      createSession(tx, house, { proven, replaces: planted }),
    );
    expect(secret).not.toBe(planted);
    expect(await findActor(house, { lamppost: planted })).toBeUndefined();
    expect(await findActor(house, { lamppost: secret })).toMatchObject({ id: person.id, acr: 'phrh' });
  });
});

describe('ending a session', () => {
  it('by word is at once, with an act, and for its owner only', async () => {
    const [one, other] = [await registerPerson(house), await registerPerson(house)];
    const end = (personId: string) =>
      inTransaction(house.database, (tx) => endSession(tx, house, { personId, sessionId: one.sessionId }));
    const unknown = { kind: 'not-found', code: 'unknown-session' };
    await expect(end(other.person.id)).rejects.toMatchObject(unknown);
    await end(one.person.id);
    expect(await findActor(house, cookiesOf(one.cookie))).toBeUndefined();
    await expect(end(one.person.id)).rejects.toMatchObject(unknown);
    const { items } = await listActs(house, { subject: one.person.id, limit: 10 });
    expect(items.map(({ topic }) => topic)).toContain('identity.session-ended');
  });

  it('by revoking its passkey is at once in every process: a stolen cookie is useless', async () => {
    const { person, passkeyId, cookie } = await registerPerson(house);
    await addDevice(house, person);
    const second = await openSecondHouse(house);
    expect(await findActor(second.house, cookiesOf(cookie))).toMatchObject({ id: person.id });
    await revokePasskey(house, { id: person.id }, passkeyId);
    expect(await findActor(second.house, cookiesOf(cookie))).toBeUndefined();
    expect(await findActor(house, cookiesOf(cookie))).toBeUndefined();
    await second.close();
  });

  it('by time leaves nothing behind', async () => {
    const { sessionId } = await registerPerson(house);
    const rows = async () =>
      (await sql`select from identity.session where id = ${sessionId}`.execute(house.database)).rows;
    await removeExpired(house);
    expect(await rows()).toHaveLength(1);
    at(13);
    expect(await removeExpired(house)).toBeGreaterThan(0);
    expect(await rows()).toHaveLength(0);
  });
});

describe('the cookie of a session', () => {
  const secure = { config: { origin: 'https://city.example' } } as House;

  it('can be read by no script, and is sent to no other site', () => {
    expect(sessionCookie(house, 'secret')).toBe(
      'lamppost=secret; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax',
    );
    expect(clearedSessionCookie(house)).toContain('lamppost=; Path=/; Max-Age=0;');
  });

  it('of a site with TLS can be set by this very host alone', async () => {
    expect(sessionCookie(secure, 'secret')).toMatch(/^__Host-lamppost=secret; .*; Secure$/);
    expect(sessionCookie(secure, 'secret')).not.toContain('Domain');
  });
});
