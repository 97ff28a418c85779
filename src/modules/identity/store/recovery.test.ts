// Proves of recovery: a code is good once, a wrong one tells nothing, the wait holds, the owner can stop it.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestHouse } from '../../../../test/kit/house.ts';
import {
  addDevice,
  type Member,
  openIdentityHouse,
  registerPerson,
} from '../../../../test/kit/identity-house.ts';
import { openSecondHouse } from '../../../../test/kit/second-house.ts';
import { fixedClock } from '../../../core/clock.ts';
import { inTransaction, sql } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';
import { listActs } from '../../receipts/index.ts';
import { createCode, formatCode } from '../rules/codes.ts';
import { listNotices } from './notices.ts';
import { listPasskeys, type NewPasskey } from './passkeys.ts';
import {
  beginRecovery,
  cancelRecovery,
  countCodes,
  createRecoveryCodes,
  findRecovery,
  finishRecovery,
  listRecoveries,
  openDeskRecovery,
} from './recovery.ts';

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
const kindsOf = async (one: Member) => (await listNotices(house, one.person.id)).map(({ kind }) => kind);
let made = 0;
const newPasskey = (): NewPasskey => {
  made += 1;
  const id = `recovered-${made}`;
  return { id, publicKey: Buffer.of(1), counter: 0, transports: [], deviceBound: false };
};
const closed = { kind: 'conflict', code: 'recovery-closed' };
const unknownCode = () => formatCode(createCode());
const openAtDesk = () => inTransaction(house.database, (tx) => openDeskRecovery(tx, house, member.person.id));

describe('recovery codes', () => {
  it('are ten, all different, and void those before', async () => {
    expect(new Set(codes).size).toBe(10);
    const again = await makeCodes(member.person.id);
    expect(await countCodes(house, member.person.id)).toBe(10);
    expect(again.some((code) => codes.includes(code))).toBe(false);
    await begin(codes[0]!);
    expect(await listRecoveries(house, member.person.id)).toEqual([]);
  });

  it('are ten also when they are made twice at the same moment', async () => {
    await Promise.all([makeCodes(member.person.id), makeCodes(member.person.id)]);
    expect(await countCodes(house, member.person.id)).toBe(10);
  });

  it('are kept as digests only', async () => {
    const { rows } = await sql<{ text: string }>`
      select recovery_code::text as text from identity.recovery_code`.execute(house.database);
    const kept = rows.map(({ text }) => text).join();
    for (const code of codes) expect(kept).not.toContain(code.replaceAll('-', '').slice(8, 24));
  });
});

describe('a recovery', () => {
  it('waits two days, is told to its owner, and then opens for the person', async () => {
    const { secret, opensAt } = await begin(codes[0]!.toLowerCase());
    expect(opensAt).toEqual(new Date('2026-11-23T04:00:00Z'));
    const waiting = await findRecovery(house, secret);
    expect(waiting).toMatchObject({ state: 'waiting', opensAt });
    expect(waiting).not.toHaveProperty('person');
    expect(await kindsOf(member)).toContain('recovery-begun');
    expect(await listRecoveries(house, member.person.id)).toMatchObject([{ state: 'waiting', opensAt }]);
    hour(48);
    const { id, handle } = member.person;
    expect(await findRecovery(house, secret)).toMatchObject({
      state: 'open',
      person: { id, handle, name: 'Ada' },
    });
  });

  it('that opened adds the passkey, ends all sessions, keeps the other passkeys, and is over', async () => {
    const { secret } = await begin(codes[0]!);
    hour(48);
    // The owner was here meanwhile, so that there is a session to end.
    const late = await registerPerson(house);
    const passkey = newPasskey();
    const finished = await finishRecovery(house, { secret, newPasskey: passkey, label: 'New phone' });
    expect(finished).toEqual({ personId: member.person.id, passkeyId: passkey.id });
    const passkeys = await listPasskeys(house, member.person.id);
    expect(passkeys.map(({ id }) => id).sort()).toEqual([member.passkeyId, passkey.id].sort());
    const { rows } = await sql`select from identity.session
      where person_id = ${member.person.id}`.execute(house.database);
    expect(rows).toEqual([]);
    await expect(late.actor()).resolves.toBeDefined();
    expect(await kindsOf(member)).toContain('recovered');
    expect(await stateOf(secret)).toBe('done');
    await expect(finishRecovery(house, { secret, newPasskey: newPasskey() })).rejects.toMatchObject(closed);
  });

  it('does not finish before it opens, nor a week after', async () => {
    const { secret } = await begin(codes[0]!);
    hour(47.9);
    await expect(finishRecovery(house, { secret, newPasskey: newPasskey() })).rejects.toMatchObject(closed);
    hour(48 + 7 * 24);
    expect(await stateOf(secret)).toBe('expired');
    await expect(finishRecovery(house, { secret, newPasskey: newPasskey() })).rejects.toMatchObject(closed);
    expect(await listPasskeys(house, member.person.id)).toHaveLength(1);
  });

  it('is stopped from any device that its owner still holds', async () => {
    const { secret } = await begin(codes[0]!);
    const actor = await member.actor();
    await cancelRecovery(house, actor);
    // Until it would open it looks like that of a wrong code.
    expect(await stateOf(secret)).toBe('waiting');
    hour(48);
    expect(await stateOf(secret)).toBe('cancelled');
    await expect(finishRecovery(house, { secret, newPasskey: newPasskey() })).rejects.toMatchObject(closed);
    expect(await kindsOf(member)).toContain('recovery-cancelled');
    await expect(cancelRecovery(house, actor)).rejects.toMatchObject({
      kind: 'not-found',
      code: 'no-recovery',
    });
  });

  it('finishes once, however many try at the same moment', async () => {
    const { secret } = await begin(codes[0]!);
    hour(48);
    const tries = [1, 2, 3, 4].map(() => finishRecovery(house, { secret, newPasskey: newPasskey() }));
    const ended = await Promise.allSettled(tries);
    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await listPasskeys(house, member.person.id)).toHaveLength(2);
  });

  it('that finishes ends the others of the same person', async () => {
    const [one, other] = [await begin(codes[0]!), await begin(codes[1]!)];
    hour(48);
    await finishRecovery(house, { secret: one.secret, newPasskey: newPasskey() });
    expect(await stateOf(other.secret)).toBe('cancelled');
  });

  it('whose passkey is known already stays open: nothing of it is half done', async () => {
    const { secret } = await begin(codes[0]!);
    hour(48);
    const { passkeyId } = await addDevice(house, member.person);
    const known = { ...newPasskey(), id: passkeyId };
    const refused = { code: 'passkey-refused' };
    await expect(finishRecovery(house, { secret, newPasskey: known })).rejects.toMatchObject(refused);
    expect(await stateOf(secret)).toBe('open');
  });

  it('leaves acts that name the way and nothing personal', async () => {
    const { secret } = await begin(codes[0]!);
    hour(48);
    await finishRecovery(house, { secret, newPasskey: newPasskey() });
    const topics = ['identity.recovery'];
    const { items } = await listActs(house, { subject: member.person.id, topics, limit: 10 });
    expect(items.map(({ details }) => details)).toEqual([
      { step: 'finished', way: 'code' },
      { step: 'begun', way: 'code' },
    ]);
  });
});

describe('a recovery code', () => {
  it('is used once', async () => {
    const first = await begin(codes[0]!);
    const second = await begin(codes[0]!);
    expect(await countCodes(house, member.person.id)).toBe(9);
    expect(await listRecoveries(house, member.person.id)).toHaveLength(1);
    hour(48);
    expect([await stateOf(first.secret), await stateOf(second.secret)]).toEqual(['open', 'cancelled']);
  });

  it('is used once, however many processes try it at the same moment', async () => {
    const second = await openSecondHouse(house);
    const houses = Array.from({ length: 10 }, (_, index) => (index % 2 ? house : second.house));
    await Promise.all(houses.map((one) => beginRecovery(one, { code: codes[3]! })));
    expect(await listRecoveries(house, member.person.id)).toHaveLength(1);
    expect((await kindsOf(member)).filter((kind) => kind === 'recovery-begun')).toHaveLength(1);
    expect(await countCodes(house, member.person.id)).toBe(9);
    await second.close();
  });

  it('that is wrong gets the answer of a right one, and the same page while it waits', async () => {
    const right = await begin(codes[0]!);
    const selector = codes[1]!.replaceAll('-', '').slice(0, 8);
    const wrongSecret = formatCode({ ...createCode(), selector });
    for (const code of [unknownCode(), wrongSecret, 'nonsense', '', codes[0]!]) {
      const wrong = await begin(code);
      expect(Object.keys(wrong)).toEqual(Object.keys(right));
      expect(wrong.opensAt).toEqual(right.opensAt);
      expect(wrong.secret).toHaveLength(right.secret.length);
      const [seen, real] = [await findRecovery(house, wrong.secret), await findRecovery(house, right.secret)];
      expect({ ...seen, id: '' }).toEqual({ ...real, id: '' });
      hour(48);
      expect(await stateOf(wrong.secret)).toBe('cancelled');
      const finishing = finishRecovery(house, { secret: wrong.secret, newPasskey: newPasskey() });
      await expect(finishing).rejects.toMatchObject(closed);
      clock.set(start);
    }
    expect(await countCodes(house, member.person.id)).toBe(9);
  });

  it('leaves the same in the public log whether it is right, wrong or used', async () => {
    const leaves = async () => {
      const { rows } = await sql<{ leaf: string }>`select leaf from receipts.act
        where topic = 'identity.recovery'`.execute(house.database);
      const shapes = rows.map(({ leaf }) => Object.keys(JSON.parse(leaf) as object).join());
      return { count: rows.length, shapes: new Set(shapes).size };
    };
    const { count } = await leaves();
    const tries = [codes[0]!, codes[0]!, unknownCode()];
    for (const [index, code] of tries.entries()) {
      await begin(code);
      expect(await leaves()).toEqual({ count: count + index + 1, shapes: 1 });
    }
    await cancelRecovery(house, await member.actor());
    expect(await leaves()).toEqual({ count: count + tries.length + 1, shapes: 1 });
  });

  it('may be tried ten times in an hour from an address', async () => {
    const strict = await openSecondHouse(house, { LAMPPOST_RATE_LIMIT_PER_MINUTE: '600' });
    const from = (address: string) => beginRecovery(strict.house, { code: unknownCode(), address });
    await Promise.all(Array.from({ length: 10 }, () => from('203.0.113.5')));
    const tooMany = { kind: 'too-many', code: 'too-many-attempts' };
    await expect(from('203.0.113.5')).rejects.toMatchObject(tooMany);
    await expect(from('203.0.113.6')).resolves.toBeDefined();
    await strict.close();
  });
});

describe('the secret of a recovery', () => {
  it('that was made up leads nowhere', async () => {
    await begin(codes[0]!);
    for (const secret of ['', 'x', 'A'.repeat(190), codes[0]!]) {
      expect(await findRecovery(house, secret)).toBeUndefined();
      await expect(finishRecovery(house, { secret, newPasskey: newPasskey() })).rejects.toMatchObject(closed);
    }
  });
});

describe('a recovery at a desk', () => {
  it('opens at once with its code, once, and is told to the owner', async () => {
    const { code, expiresAt } = await openAtDesk();
    expect(expiresAt).toEqual(new Date('2026-11-21T05:00:00Z'));
    const { secret, opensAt } = await begin(code);
    expect(opensAt).toEqual(new Date(start));
    expect(await findRecovery(house, secret)).toMatchObject({
      state: 'open',
      person: { id: member.person.id },
    });
    const second = await begin(code);
    expect(await stateOf(second.secret)).toBe('waiting');
    await expect(finishRecovery(house, { secret, newPasskey: newPasskey() })).resolves.toBeDefined();
    expect(await kindsOf(member)).toContain('recovery-begun');
  });

  it('has a code for an hour, and the next code voids it', async () => {
    const { code: first } = await openAtDesk();
    const { code: second } = await openAtDesk();
    expect(await stateOf((await begin(first)).secret)).toBe('waiting');
    hour(1);
    expect(await stateOf((await begin(second)).secret)).toBe('waiting');
  });
});

it('opens at once where the city chose no wait', async () => {
  const quick = await openSecondHouse(house, { LAMPPOST_RECOVERY_WAIT_HOURS: '0' });
  const { secret } = await beginRecovery(quick.house, { code: codes[0]! });
  expect(await findRecovery(quick.house, secret)).toMatchObject({ state: 'open' });
  await quick.close();
});
