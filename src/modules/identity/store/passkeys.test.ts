// Proves of passkeys in the store: what ends one ends all that came of it, and nobody locks themselves out.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestHouse } from '../../../../test/kit/house.ts';
import {
  addDevice,
  type Member,
  openIdentityHouse,
  openSession,
  registerPerson,
} from '../../../../test/kit/identity-house.ts';
import { inTransaction } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';
import { listActs } from '../../receipts/index.ts';
import { createRecoveryCodes } from './codes.ts';
import { listNotices } from './notices.ts';
import {
  addPasskey,
  listPasskeys,
  type NewPasskey,
  renamePasskey,
  revokePasskey,
  touchPasskey,
} from './passkeys.ts';
import { listSessions } from './sessions.ts';

let city: TestHouse;
let house: House;
beforeAll(async () => {
  city = await openIdentityHouse();
  house = city.house;
});
afterAll(() => city.close());

let made = 0;
const newPasskey = (): NewPasskey => {
  made += 1;
  return {
    id: `credential-${made}`,
    publicKey: Buffer.of(1),
    counter: 0,
    transports: ['usb'],
    deviceBound: true,
  };
};
const add = ({ person }: Member, passkey: NewPasskey, label?: string) =>
  inTransaction(house.database, (tx) => addPasskey(tx, house, { personId: person.id, passkey, label }));
const topicsOf = async ({ person }: Member) =>
  (await listActs(house, { subject: person.id, limit: 100 })).items.map(({ topic }) => topic);

describe('a passkey', () => {
  it('is numbered when another has its name already', async () => {
    const member = await registerPerson(house, { label: 'Safari, iPhone' });
    for (let more = 0; more < 2; more += 1) {
      await add(member, newPasskey(), 'Safari, iPhone');
    }
    const labels = (await listPasskeys(house, member.person.id)).map(({ label }) => label).sort();
    expect(labels).toEqual(['Safari, iPhone', 'Safari, iPhone 2', 'Safari, iPhone 3']);
  });

  it('is listed with its label; the second one is announced', async () => {
    const member = await registerPerson(house);
    expect(await listNotices(house, member.person.id)).toEqual([]);
    await add(member, newPasskey(), 'Key on my ring');
    const passkeys = await listPasskeys(house, member.person.id);
    expect(passkeys.map(({ label }) => label).sort()).toEqual(['Key on my ring', 'My laptop']);
    const notices = await listNotices(house, member.person.id);
    expect(notices).toMatchObject([{ kind: 'passkey-added', details: { deviceBound: true } }]);
    expect((await topicsOf(member)).filter((topic) => topic === 'identity.passkey-added')).toHaveLength(2);
  });

  it('that is known already, to whomever, is refused', async () => {
    const [one, other] = [await registerPerson(house), await registerPerson(house)];
    const passkey = newPasskey();
    await add(one, passkey);
    const refused = { kind: 'invalid', code: 'passkey-refused' };
    await expect(add(other, passkey)).rejects.toMatchObject(refused);
    await expect(add(one, passkey)).rejects.toMatchObject(refused);
  });

  it('is one of at most twenty', async () => {
    const member = await registerPerson(house);
    for (let more = 1; more < 20; more += 1) await add(member, newPasskey());
    const tooMany = { kind: 'conflict', code: 'too-many-passkeys' };
    await expect(add(member, newPasskey())).rejects.toMatchObject(tooMany);
  });

  it('is renamed by its owner only', async () => {
    const [one, other] = [await registerPerson(house), await registerPerson(house)];
    const rename = (personId: string) =>
      inTransaction(house.database, (tx) =>
        renamePasskey(tx, house, { personId, id: one.passkeyId, label: 'Phone'.repeat(20) }),
      );
    await rename(one.person.id);
    expect((await listPasskeys(house, one.person.id))[0]!.label).toBe('Phone'.repeat(12));
    const unknown = { kind: 'not-found', code: 'unknown-passkey' };
    await expect(rename(other.person.id)).rejects.toMatchObject(unknown);
  });

  it('counts upwards only, unless it does not count', async () => {
    const { passkeyId } = await registerPerson(house);
    const counts = [];
    for (const counter of [0, 0, 3, 3, 2, 0, 4]) counts.push(await touchPasskey(house, passkeyId, counter));
    expect(counts).toEqual([true, true, true, false, false, false, true]);
  });

  it('used twice with the same count at the same moment is good once', async () => {
    const { passkeyId } = await registerPerson(house);
    const both = await Promise.all([1, 2, 3, 4].map(() => touchPasskey(house, passkeyId, 7)));
    expect(both.filter(Boolean)).toHaveLength(1);
  });
});

describe('revoking a passkey', () => {
  it('ends its sessions at once and leaves those of others', async () => {
    const member = await registerPerson(house);
    const lost = await addDevice(house, member.person, 'Lost phone');
    await openSession(house, { personId: member.person.id, passkeyId: lost.passkeyId });
    expect(await listSessions(house, member.person.id)).toHaveLength(2);
    await revokePasskey(house, await member.actor(), lost.passkeyId);
    const left = await listSessions(house, member.person.id);
    expect(left.map(({ passkeyId }) => passkeyId)).toEqual([member.passkeyId]);
    expect(await topicsOf(member)).toContain('identity.passkey-revoked');
    const notices = await listNotices(house, member.person.id);
    expect(notices.map(({ kind }) => kind)).toContain('passkey-revoked');
    expect(await touchPasskey(house, lost.passkeyId, 99)).toBe(false);
  });

  it('is for its owner, once', async () => {
    const [one, other] = [await registerPerson(house), await registerPerson(house)];
    const { passkeyId } = await addDevice(house, one.person);
    const unknown = { kind: 'not-found', code: 'unknown-passkey' };
    await expect(revokePasskey(house, await other.actor(), passkeyId)).rejects.toMatchObject(unknown);
    await revokePasskey(house, await one.actor(), passkeyId);
    await expect(revokePasskey(house, await one.actor(), passkeyId)).rejects.toMatchObject(unknown);
  });

  it('refuses the last one, unless there are recovery codes', async () => {
    const member = await registerPerson(house);
    const actor = await member.actor();
    const last = { kind: 'conflict', code: 'last-passkey' };
    await expect(revokePasskey(house, actor, member.passkeyId)).rejects.toMatchObject(last);
    await expect(member.actor()).resolves.toBeDefined();
    await inTransaction(house.database, (tx) => createRecoveryCodes(tx, house, actor.id));
    await revokePasskey(house, actor, member.passkeyId);
    await expect(member.actor()).rejects.toThrow('ended');
  });

  it('never takes the last two at the same moment', async () => {
    const member = await registerPerson(house);
    const { passkeyId } = await addDevice(house, member.person);
    const actor = { id: member.person.id };
    const both = [member.passkeyId, passkeyId].map((id) => revokePasskey(house, actor, id));
    const ended = await Promise.allSettled(both);
    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await listPasskeys(house, member.person.id)).toHaveLength(1);
  });
});
