// Proves of passkey ceremonies: what is right passes once, and whatever is wrong gets the same refusal.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestHouse } from '../../../../test/kit/house.ts';
import {
  addDevice,
  type Member,
  openIdentityHouse,
  registerPerson,
} from '../../../../test/kit/identity-house.ts';
import { createSoftAuthenticator, type SoftAuthenticator } from '../../../../test/kit/passkey.ts';
import { fixedClock } from '../../../core/clock.ts';
import type { House } from '../../../core/house.ts';
import { revokePasskey } from '../store/passkeys.ts';
import { beginAssertion, beginRegistration, finishAssertion, finishRegistration } from './passkeys.ts';

const start = '2026-11-21T04:00:00Z';
const clock = fixedClock(start);
let city: TestHouse;
let house: House;
let resident: Member;
beforeAll(async () => {
  city = await openIdentityHouse({ clock });
  house = city.house;
});
afterAll(() => city.close());
beforeEach(async () => {
  clock.set(start);
  resident = await registerPerson(house);
});

const refused = { kind: 'invalid', code: 'passkey-refused' };
const binding = 'interaction:one';

/** Begins, lets the authenticator answer, and finishes; what is given in `bend` happens in between. */
async function use(authenticator: SoftAuthenticator, bend: (response: string) => string = (same) => same) {
  const { ceremonyId, options } = await beginAssertion(house, { binding });
  const response = bend(await authenticator.get(options));
  return finishAssertion(house, { ceremonyId, binding, response });
}

async function make(authenticator: SoftAuthenticator) {
  const { ceremonyId, options } = await beginRegistration(house, { binding });
  const response = await authenticator.create(options);
  return finishRegistration(house, { ceremonyId, binding, response });
}

/** Changes one part of what the browser answered. */
const withPart = (name: string, change: (part: Buffer) => Buffer | string) => (response: string) => {
  const answer = JSON.parse(response);
  const part = Buffer.from(answer.response[name], 'base64url');
  answer.response[name] = Buffer.from(change(part)).toString('base64url');
  return JSON.stringify(answer);
};

describe('using a passkey', () => {
  it('proves the person, on the device that the key cannot leave', async () => {
    await expect(use(resident.passkey)).resolves.toEqual({
      personId: resident.person.id,
      passkeyId: resident.passkeyId,
      acr: 'phrh',
      authenticatedAt: new Date(start),
    });
  });

  it('that may be copied to other devices proves the person less strongly', async () => {
    const copied = createSoftAuthenticator(house.config.origin, { backedUp: true });
    const { passkey } = await make(copied);
    expect(passkey.deviceBound).toBe(false);
  });

  it('asks for the person to be verified, and names nobody before it is known who comes', async () => {
    const { options } = await beginAssertion(house, { binding });
    expect(options).toMatchObject({ userVerification: 'required', rpId: 'localhost' });
    expect((options as { allowCredentials?: unknown[] }).allowCredentials ?? []).toEqual([]);
  });

  it('works once: a replayed answer is refused', async () => {
    const { ceremonyId, options } = await beginAssertion(house, { binding });
    const answer = { ceremonyId, binding, response: await resident.passkey.get(options) };
    await finishAssertion(house, answer);
    await expect(finishAssertion(house, answer)).rejects.toMatchObject(refused);
  });

  it('works once, however many send the answer at a time', async () => {
    const { ceremonyId, options } = await beginAssertion(house, { binding });
    const answer = { ceremonyId, binding, response: await resident.passkey.get(options) };
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => finishAssertion(house, answer)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is refused with the ceremony of another page, which stays whole', async () => {
    const { ceremonyId, options } = await beginAssertion(house, { binding });
    const response = await resident.passkey.get(options);
    const elsewhere = { ceremonyId, binding: 'interaction:two', response };
    await expect(finishAssertion(house, elsewhere)).rejects.toMatchObject(refused);
    await expect(finishAssertion(house, { ceremonyId, binding, response })).resolves.toBeDefined();
  });

  it('is refused with a ceremony for the making of a passkey', async () => {
    const made = await beginRegistration(house, { binding });
    const response = await resident.passkey.get({ ...made.options, rpId: 'localhost' });
    const answer = { ceremonyId: made.ceremonyId, binding, response };
    await expect(finishAssertion(house, answer)).rejects.toMatchObject(refused);
  });

  it('is refused after ten minutes', async () => {
    const { ceremonyId, options } = await beginAssertion(house, { binding });
    const response = await resident.passkey.get(options);
    clock.set('2026-11-21T04:10:00Z');
    await expect(finishAssertion(house, { ceremonyId, binding, response })).rejects.toMatchObject(refused);
  });

  it('is refused from another origin', async () => {
    for (const origin of ['https://localhost.example', 'http://localhost', 'http://localhost:8081', 'null']) {
      resident.passkey.origin = origin;
      await expect(use(resident.passkey)).rejects.toMatchObject(refused);
    }
    resident.passkey.origin = house.config.origin;
    await expect(use(resident.passkey)).resolves.toBeDefined();
  });

  it('is refused when nobody was verified', async () => {
    resident.passkey.userVerified = false;
    await expect(use(resident.passkey)).rejects.toMatchObject(refused);
  });

  it('is refused when its counter did not grow, for then there are two of it', async () => {
    await use(resident.passkey);
    await use(resident.passkey);
    resident.passkey.counter -= 1;
    await expect(use(resident.passkey)).rejects.toMatchObject(refused);
    resident.passkey.counter = 0;
    await expect(use(resident.passkey)).rejects.toMatchObject(refused);
  });

  it('is refused once it is revoked', async () => {
    await addDevice(house, resident.person);
    await revokePasskey(house, { id: resident.person.id }, resident.passkeyId);
    await expect(use(resident.passkey)).rejects.toMatchObject(refused);
  });

  it('is refused when it was never registered, with the same answer', async () => {
    const stranger = createSoftAuthenticator(house.config.origin);
    const { options } = await beginRegistration(house, { binding });
    await stranger.create(options);
    await expect(use(stranger)).rejects.toMatchObject(refused);
  });

  it('is refused for a person other than the one who is signed in', async () => {
    const other = await registerPerson(house);
    const { ceremonyId, options } = await beginAssertion(house, { binding, personId: resident.person.id });
    const allowed = (options as { allowCredentials: { id: string }[] }).allowCredentials;
    expect(allowed.map(({ id }) => id)).toEqual([resident.passkeyId]);
    const response = await other.passkey.get(options);
    await expect(finishAssertion(house, { ceremonyId, binding, response })).rejects.toMatchObject(refused);
  });

  it('is refused when it speaks for another person, or for none', async () => {
    const own = resident.passkey.userHandle;
    resident.passkey.userHandle = Buffer.alloc(32).toString('base64url');
    await expect(use(resident.passkey)).rejects.toMatchObject(refused);
    resident.passkey.userHandle = null;
    await expect(use(resident.passkey)).rejects.toMatchObject(refused);
    resident.passkey.userHandle = own;
    await expect(use(resident.passkey)).resolves.toBeDefined();
  });

  it.each([
    [
      'a signature',
      withPart('signature', (part) => Buffer.concat([part.subarray(0, -1), Buffer.of(part.at(-1)! ^ 1)])),
    ],
    [
      'what the device says',
      withPart('authenticatorData', (part) => Buffer.concat([part.subarray(0, 33), Buffer.of(0, 0, 99, 0)])),
    ],
    [
      'the challenge',
      withPart('clientDataJSON', (part) =>
        part
          .toString()
          .replace(/"challenge":"(.)/, (_all, first) => `"challenge":"${first === 'A' ? 'B' : 'A'}`),
      ),
    ],
    [
      'the kind',
      withPart('clientDataJSON', (part) => part.toString().replace('webauthn.get', 'webauthn.create')),
    ],
  ])('is refused when %s was changed', async (_what, bend) => {
    await expect(use(resident.passkey, bend)).rejects.toMatchObject(refused);
  });

  it.each([
    '',
    '{',
    'null',
    '[]',
    '{"id":1}',
    '{"id":"","rawId":"","type":"public-key","response":{}}',
    'x'.repeat(30_000),
  ])('is refused when the browser sends %j', async (response) => {
    const { ceremonyId } = await beginAssertion(house, { binding });
    await expect(finishAssertion(house, { ceremonyId, binding, response })).rejects.toMatchObject(refused);
  });

  it('is refused for a ceremony that nobody began', async () => {
    const { options } = await beginAssertion(house, { binding });
    const response = await resident.passkey.get(options);
    for (const ceremonyId of ['', "' or true --", '0f9a3c52-9f7e-4c44-8a55-1d2a3b4c5d6e']) {
      await expect(finishAssertion(house, { ceremonyId, binding, response })).rejects.toMatchObject(refused);
    }
  });

  it('tells nobody why it was refused', async () => {
    resident.passkey.userVerified = false;
    const unverified = await use(resident.passkey).catch((error: unknown) => error);
    const unknown = await finishAssertion(house, { ceremonyId: '', binding, response: '' }).catch(
      (error) => error,
    );
    expect((unverified as Error).message).toBe((unknown as Error).message);
  });
});

describe('making a passkey', () => {
  it('asks for one that is found without a name, verified, with no attestation, of three algorithms', async () => {
    const { options } = await beginRegistration(house, { binding, name: 'Ada' });
    expect(options).toMatchObject({
      rp: { id: 'localhost' },
      user: { name: 'Ada' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    const algorithms = (options as { pubKeyCredParams: { alg: number }[] }).pubKeyCredParams;
    expect(algorithms.map(({ alg }) => alg)).toEqual([-8, -7, -257]);
  });

  it('gives a new person a handle drawn by chance, and a known person theirs', async () => {
    const handles = await Promise.all([1, 2].map(() => beginRegistration(house, { binding })));
    const idOf = ({ options }: { options: object }) => (options as { user: { id: string } }).user.id;
    expect(idOf(handles[0]!)).not.toBe(idOf(handles[1]!));
    const known = await beginRegistration(house, { binding, person: resident.person });
    expect(Buffer.from(idOf(known), 'base64url')).toEqual(resident.person.handle);
    expect(known.options).toMatchObject({ excludeCredentials: [{ id: resident.passkeyId }] });
  });

  it('is refused from another origin, without verification, a second time, or for another page', async () => {
    const foreign = createSoftAuthenticator('https://evil.example');
    await expect(make(foreign)).rejects.toMatchObject(refused);
    const careless = createSoftAuthenticator(house.config.origin);
    careless.userVerified = false;
    await expect(make(careless)).rejects.toMatchObject(refused);
    const good = createSoftAuthenticator(house.config.origin);
    const { ceremonyId, options } = await beginRegistration(house, { binding });
    const response = await good.create(options);
    const elsewhere = { ceremonyId, binding: 'another', response };
    await expect(finishRegistration(house, elsewhere)).rejects.toMatchObject(refused);
    await expect(finishRegistration(house, { ceremonyId, binding, response })).resolves.toBeDefined();
    await expect(finishRegistration(house, { ceremonyId, binding, response })).rejects.toMatchObject(refused);
  });
});
