// Proves that what came of a recovery code throws nobody out, and that the owner throws it out.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestHouse } from '../../../../test/kit/house.ts';
import {
  addDevice,
  type Member,
  openIdentityHouse,
  openSession,
  registerPerson,
} from '../../../../test/kit/identity-house.ts';
import { fixedClock } from '../../../core/clock.ts';
import { inTransaction } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';
import { countCodes, createRecoveryCodes, renewCodes } from './codes.ts';
import { stopDeskRecovery } from './desk-recovery.ts';
import { eraseAccount } from './export.ts';
import { listPasskeys, type NewPasskey, revokePasskey } from './passkeys.ts';
import { beginRecovery, cancelRecovery, findRecovery, finishRecovery, openDeskRecovery } from './recovery.ts';

const start = '2026-11-21T04:00:00Z';
const clock = fixedClock(start);
let city: TestHouse;
let house: House;
beforeAll(async () => {
  city = await openIdentityHouse({ clock });
  house = city.house;
});
afterAll(() => city.close());

let member: Member;
let codes: string[];
const makeCodes = (personId: string) =>
  inTransaction(house.database, (tx) => createRecoveryCodes(tx, house, personId));
beforeEach(async () => {
  clock.set(start);
  member = await registerPerson(house, { name: 'Ada' });
  codes = await makeCodes(member.person.id);
});

const hour = (at: number) => clock.set(new Date(Date.parse(start) + at * 3_600_000));
const begin = (code: string) => beginRecovery(house, { code });
const stateOf = async (secret: string) => (await findRecovery(house, secret))?.state;
let made = 0;
const newPasskey = (): NewPasskey => {
  made += 1;
  const id = `recovered-${made}`;
  return { id, publicKey: Buffer.of(1), counter: 0, transports: [], deviceBound: false };
};
const openAtDesk = () => inTransaction(house.database, (tx) => openDeskRecovery(tx, house, member.person.id));

describe('what came of a recovery code', () => {
  const lately = { kind: 'conflict', code: 'recovered-lately' };
  /** Somebody who came in with a stolen code, and their session. */
  async function enter(): Promise<{ id: string; sessionId: string; passkeyId: string }> {
    const { secret } = await begin(codes[0]!);
    hour(48);
    const { personId, passkeyId } = await finishRecovery(house, { secret, newPasskey: newPasskey() });
    const { id: sessionId } = await openSession(house, { personId, passkeyId });
    return { id: personId, sessionId, passkeyId };
  }

  it('cannot throw the owner out: neither it nor a device it added, for as long as the wait', async () => {
    const thief = await enter();
    clock.set(new Date(house.clock.now().getTime() + 1000));
    const { passkeyId: addedId } = await addDevice(house, member.person);
    const { id: addedSession } = await openSession(house, { personId: thief.id, passkeyId: addedId });
    for (const actor of [thief, { id: thief.id, sessionId: addedSession }]) {
      await expect(revokePasskey(house, actor, member.passkeyId)).rejects.toMatchObject(lately);
      await expect(renewCodes(house, actor)).rejects.toMatchObject(lately);
      await expect(eraseAccount(house, actor)).rejects.toMatchObject(lately);
      await expect(cancelRecovery(house, actor)).rejects.toMatchObject(lately);
      await expect(stopDeskRecovery(house, actor)).rejects.toMatchObject(lately);
    }
    expect(await listPasskeys(house, thief.id)).toHaveLength(3);
    hour(96.1);
    await revokePasskey(house, thief, member.passkeyId);
    expect(await renewCodes(house, thief)).toHaveLength(10);
  });

  it('can be thrown out by the owner, and gives up its own passkey when asked', async () => {
    const thief = await enter();
    await revokePasskey(house, thief, thief.passkeyId);
    const again = await begin(codes[1]!);
    expect(await stateOf(again.secret)).toBe('waiting');
    const owner = await openSession(house, { personId: thief.id, passkeyId: member.passkeyId });
    const actor = { id: thief.id, sessionId: owner.id };
    expect(await renewCodes(house, actor)).toHaveLength(10);
    const { passkeyId } = await addDevice(house, member.person);
    await revokePasskey(house, actor, passkeyId);
  });

  it('is not held back where no earlier device is left to be thrown out', async () => {
    codes = await makeCodes(member.person.id);
    await revokePasskey(house, { id: member.person.id }, member.passkeyId);
    const owner = await enter();
    expect(await renewCodes(house, owner)).toHaveLength(10);
    await expect(eraseAccount(house, owner)).resolves.toBeDefined();
  });

  it('is not held back after a desk: two officers have looked at the person', async () => {
    const { code } = await openAtDesk();
    const { secret } = await begin(code);
    const { personId, passkeyId } = await finishRecovery(house, { secret, newPasskey: newPasskey() });
    const { id: sessionId } = await openSession(house, { personId, passkeyId });
    await revokePasskey(house, { id: personId, sessionId }, member.passkeyId);
    expect(await renewCodes(house, { id: personId, sessionId })).toHaveLength(10);
  });

  it('leaves the rest of the list void, also when the owner stops it', async () => {
    await enter();
    expect(await countCodes(house, member.person.id)).toBe(0);
    clock.set(start);
    member = await registerPerson(house);
    codes = await makeCodes(member.person.id);
    await begin(codes[0]!);
    await cancelRecovery(house, await member.actor());
    expect(await countCodes(house, member.person.id)).toBe(0);
  });
});
