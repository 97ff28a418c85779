// A house with identity for tests, and people in it who have a passkey and are signed in.

import type { Actor } from '../../src/core/access.ts';
import { inTransaction } from '../../src/core/database/index.ts';
import type { House } from '../../src/core/house.ts';
import { beginRegistration, finishRegistration } from '../../src/modules/identity/protocols/passkeys.ts';
import type { Person } from '../../src/modules/identity/schema.ts';
import { addPasskey } from '../../src/modules/identity/store/passkeys.ts';
import { createPerson, getPerson } from '../../src/modules/identity/store/people.ts';
import { createSession, findActor, sessionCookie } from '../../src/modules/identity/store/sessions.ts';
import { openTestHouse, type TestHouse, type TestHouseOptions } from './house.ts';
import { createSoftAuthenticator, type SoftAuthenticator } from './passkey.ts';

/** The invented city. Close it at the end. */
export const openIdentityHouse = (options: TestHouseOptions = {}): Promise<TestHouse> =>
  openTestHouse({ edition: 'harbour-test', ...options });

export const chromeOnWindows =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
export const safariOnPhone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';

export type NewMember = { name?: string; language?: string; userAgent?: string; label?: string };

/** Somebody who is registered and signed in. */
export type Member = {
  person: Person;
  /** Value of the header Cookie of requests in the session. */
  cookie: string;
  /** Headers of a form or request sent from a page of this site. */
  headers: { cookie: string; origin: string };
  passkey: SoftAuthenticator;
  passkeyId: string;
  sessionId: string;
  /** Who asks when the cookie is sent; throws when the session has ended. */
  actor(): Promise<Actor>;
};

/** Opens a session of a person with one of their passkeys, as if they had just used it. */
export async function openSession(
  house: House,
  {
    personId,
    passkeyId,
    userAgent = chromeOnWindows,
  }: { personId: string; passkeyId: string; userAgent?: string },
): Promise<{ id: string; cookie: string }> {
  const proven = { personId, passkeyId, acr: 'phr' as const, authenticatedAt: house.clock.now() };
  const { id, secret } = await inTransaction(house.database, (transaction) =>
    createSession(transaction, house, { proven, userAgent }),
  );
  return { id, cookie: sessionCookie(house, secret).split(';', 1)[0]! };
}

/** Makes another passkey for a person on a device of its own. */
export async function addDevice(
  house: House,
  person: Person,
  label = '',
): Promise<{ passkey: SoftAuthenticator; passkeyId: string }> {
  const passkey = createSoftAuthenticator(house.config.origin);
  const { ceremonyId, options } = await beginRegistration(house, { binding: 'test', person });
  const response = await passkey.create(options);
  const made = await finishRegistration(house, { ceremonyId, binding: 'test', response });
  const given = { personId: person.id, passkey: made.passkey, label };
  await inTransaction(house.database, (transaction) => addPasskey(transaction, house, given));
  return { passkey, passkeyId: made.passkey.id };
}

/** Registers a person with a passkey and signs them in. */
export async function registerPerson(house: House, member: NewMember = {}): Promise<Member> {
  const { name, language = 'en', userAgent = chromeOnWindows, label = 'My laptop' } = member;
  const passkey = createSoftAuthenticator(house.config.origin);
  const { ceremonyId, options } = await beginRegistration(house, { binding: 'test' });
  const response = await passkey.create(options);
  const made = await finishRegistration(house, { ceremonyId, binding: 'test', response });
  const passkeyId = made.passkey.id;
  const { id } = await inTransaction(house.database, async (transaction) => {
    const person = await createPerson(transaction, house, { handle: made.handle, name, language });
    await addPasskey(transaction, house, { personId: person.id, passkey: made.passkey, label });
    return person;
  });
  const session = await openSession(house, { personId: id, passkeyId, userAgent });
  const { cookie } = session;
  return {
    person: await getPerson(house, id),
    cookie,
    headers: { cookie, origin: house.config.origin },
    passkey,
    passkeyId,
    sessionId: session.id,
    actor: async () => {
      const at = cookie.indexOf('=');
      const actor = await findActor(house, { [cookie.slice(0, at)]: cookie.slice(at + 1) });
      if (actor === undefined) throw new Error('the session of this person has ended');
      return actor;
    },
  };
}
