// Proves that a link adds a device only for its owner, only once, only in time, only with the other's code.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestHouse } from '../../../../test/kit/house.ts';
import { type Member, openIdentityHouse, registerPerson } from '../../../../test/kit/identity-house.ts';
import { createSoftAuthenticator } from '../../../../test/kit/passkey.ts';
import { fixedClock } from '../../../core/clock.ts';
import { beginRegistration, finishRegistration } from '../protocols/passkeys.ts';
import {
  confirmDeviceLink,
  createDeviceLink,
  discardDeviceLink,
  getDeviceLink,
  getOpenDeviceLink,
  offerPasskey,
} from './device-links.ts';
import { removeExpired } from './expiry.ts';
import { listPasskeys, type NewPasskey } from './passkeys.ts';

const start = '2026-11-21T04:00:00Z';
const clock = fixedClock(start);
let city: TestHouse;
let owner: Member;
let stranger: Member;
beforeAll(async () => {
  city = await openIdentityHouse({ clock });
  owner = await registerPerson(city.house);
  stranger = await registerPerson(city.house);
});
afterAll(() => city.close());

async function newPasskey(): Promise<NewPasskey> {
  const { person } = owner;
  const { ceremonyId, options } = await beginRegistration(city.house, { binding: 'link', person });
  const response = await createSoftAuthenticator(city.house.config.origin).create(options);
  return (await finishRegistration(city.house, { ceremonyId, binding: 'link', response })).passkey;
}

const devices = async () => (await listPasskeys(city.house, owner.person.id)).length;

async function offer() {
  const { id, secret } = await createDeviceLink(city.house, await owner.actor());
  const passkey = await newPasskey();
  const { code } = await offerPasskey(city.house, { id, passkey, agent: 'Safari, iPhone' });
  return { id, secret, code, passkey };
}

const confirm = async (member: Member, id: string, code: string) =>
  confirmDeviceLink(city.house, await member.actor(), { id, code, label: 'My phone' });

describe('a link that adds a device', () => {
  it('adds the passkey of the other device when its owner types the code, and not before', async () => {
    const before = await devices();
    const { id, code, passkey } = await offer();
    expect(await devices()).toBe(before);
    const link = await getDeviceLink(city.house, { personId: owner.person.id, id });
    expect(link).toMatchObject({ offered: true, agent: 'Safari, iPhone' });
    await confirm(owner, id, code);
    const after = await listPasskeys(city.house, owner.person.id);
    expect(after.length).toBe(before + 1);
    expect(after.find((one) => one.id === passkey.id)?.label).toBe('My phone');
    await expect(confirm(owner, id, code)).rejects.toMatchObject({ code: 'unknown-device-link' });
  });

  it('is used by one device only', async () => {
    const { id, secret } = await offer();
    await expect(getOpenDeviceLink(city.house, secret)).rejects.toMatchObject({
      code: 'unknown-device-link',
    });
    const late = { id, passkey: await newPasskey(), agent: '' };
    await expect(offerPasskey(city.house, late)).rejects.toMatchObject({ code: 'unknown-device-link' });
  });

  it('is void after three wrong codes', async () => {
    const before = await devices();
    const { id, code } = await offer();
    const wrong = code === '000000' ? '000001' : '000000';
    for (const _try of [1, 2, 3]) {
      await expect(confirm(owner, id, wrong)).rejects.toMatchObject({ code: 'wrong-device-code' });
    }
    await expect(confirm(owner, id, code)).rejects.toMatchObject({ code: 'unknown-device-link' });
    expect(await devices()).toBe(before);
  });

  it('asks for the passkey first', async () => {
    const { id } = await createDeviceLink(city.house, await owner.actor());
    await expect(confirm(owner, id, '')).rejects.toMatchObject({ code: 'no-device-yet' });
  });

  it('is nothing to anybody else', async () => {
    const { id, code } = await offer();
    await expect(confirm(stranger, id, code)).rejects.toMatchObject({ code: 'unknown-device-link' });
    const key = { personId: stranger.person.id, id };
    await expect(getDeviceLink(city.house, key)).rejects.toMatchObject({ code: 'unknown-device-link' });
    await discardDeviceLink(city.house, key);
    expect(await getDeviceLink(city.house, { personId: owner.person.id, id })).toMatchObject({ id });
  });

  it('is void when its owner makes another, cancels it, or ten minutes are over', async () => {
    const first = await createDeviceLink(city.house, await owner.actor());
    const second = await createDeviceLink(city.house, await owner.actor());
    const gone = { code: 'unknown-device-link' };
    await expect(getOpenDeviceLink(city.house, first.secret)).rejects.toMatchObject(gone);
    await discardDeviceLink(city.house, { personId: owner.person.id, id: second.id });
    await expect(getOpenDeviceLink(city.house, second.secret)).rejects.toMatchObject(gone);
    const third = await createDeviceLink(city.house, await owner.actor());
    expect(await getOpenDeviceLink(city.house, third.secret)).toMatchObject({ id: third.id });
    clock.set('2026-11-21T04:10:00Z');
    await expect(getOpenDeviceLink(city.house, third.secret)).rejects.toMatchObject(gone);
    expect(await removeExpired(city.house)).toBeGreaterThan(0);
    expect(await removeExpired(city.house)).toBe(0);
    clock.set(start);
  });
});
