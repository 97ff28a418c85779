// Proves of sealing in the database: keys change while the house runs, and a missing key is found at once.

import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestHouse, testIdentityKeys } from '../../../../test/kit/house.ts';
import { openIdentityHouse, registerPerson } from '../../../../test/kit/identity-house.ts';
import { openSecondHouse, type SecondHouse } from '../../../../test/kit/second-house.ts';
import { inTransaction, sql } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';
import { isStale } from '../rules/sealing.ts';
import { findClient, insertClient } from './clients.ts';
import { findPersonByCard, getPerson, setVerified, updatePerson } from './people.ts';
import { reseal } from './reseal.ts';
import { getKeys, getRandomSecret, prepareSecrets } from './secrets.ts';

const newKey = Buffer.alloc(32, 10).toString('base64');
let city: TestHouse;
let house: House;
const others: SecondHouse[] = [];
beforeEach(async () => {
  city = await openIdentityHouse();
  house = city.house;
});
afterEach(async () => {
  for (const other of others.splice(0)) await other.close();
  await city.close();
});

const another = async (keys: string) => {
  const opened = await openSecondHouse(house, { LAMPPOST_IDENTITY_KEYS: keys });
  others.push(opened);
  return opened.house;
};
const write = (where: House, work: Parameters<typeof inTransaction>[1]) =>
  inTransaction(where.database, work);

describe('keys that seal', () => {
  it('are changed while the house runs: add, move to the front, seal anew, take the old one away', async () => {
    const { person } = await registerPerson(house, { name: 'Ada' });
    const at = house.clock.now();
    const verified = { id: person.id, assurance: 'verified-at-desk' as const, card: 'PE-1234-R', at };
    await write(house, (tx) => setVerified(tx, house, verified));
    const secret = await getRandomSecret(house, 'rotation');
    const name = { en: 'Library', tc: '圖書館' };
    const client = { id: 'library', name, metadata: {}, secret: 'quiet', createdBy: person.id };
    await write(house, (tx) => insertClient(tx, house, client));

    const adding = await another(`${testIdentityKeys},${newKey}`);
    const moved = await another(`${newKey},${testIdentityKeys}`);
    expect(await getPerson(moved, person.id)).toMatchObject({ name: 'Ada', maskedCard: 'PE-1***-*' });
    await write(moved, (tx) => updatePerson(tx, moved, { id: person.id, name: 'Ada Lee' }));
    // A process that knows the new key only for opening still reads what the new one wrote.
    expect(await getPerson(adding, person.id)).toMatchObject({ name: 'Ada Lee' });

    expect(await reseal(moved)).toBeGreaterThan(2);
    expect(await reseal(moved)).toBe(0);
    const onlyNew = await another(newKey);
    expect(await getPerson(onlyNew, person.id)).toMatchObject({ name: 'Ada Lee', maskedCard: 'PE-1***-*' });
    expect(await getRandomSecret(onlyNew, 'rotation')).toEqual(secret);
    expect(await findClient(onlyNew, 'library')).toMatchObject({ secret: 'quiet' });
    expect(await findPersonByCard(onlyNew, 'pe 1234 r')).toMatchObject({ id: person.id });
  });

  it('are sealed anew by several processes at a time without harm', async () => {
    const people = await Promise.all(['Ada', 'Bo', 'Cy'].map((name) => registerPerson(house, { name })));
    const [one, other] = await Promise.all([1, 2].map(() => another(`${newKey},${testIdentityKeys}`)));
    await Promise.all([reseal(one!), reseal(other!)]);
    const onlyNew = await another(newKey);
    const names = people.map(async ({ person }) => (await getPerson(onlyNew, person.id)).name);
    expect(await Promise.all(names)).toEqual(['Ada', 'Bo', 'Cy']);
  });

  it('that are missing or wrong are found before anybody is let in', async () => {
    await getRandomSecret(house, 'something');
    const wrong = await another(newKey);
    await expect(getKeys(wrong)).rejects.toThrow('sealed with other keys');
    await expect(prepareSecrets(wrong)).rejects.toThrow('sealed with other keys');
    const folder = mkdtempSync(join(tmpdir(), 'identity-keys-'));
    const missing = await openSecondHouse(house, { LAMPPOST_DATA: folder });
    others.push(missing);
    const { values, ...rest } = missing.house.config;
    const without = { ...rest, values: { ...values, LAMPPOST_IDENTITY_KEYS: undefined } };
    await expect(getKeys({ ...missing.house, config: without })).rejects.toThrow('bring identity-keys back');
    rmSync(folder, { recursive: true });
  });

  it('are made once, for this user alone, when none are set', async () => {
    await sql`delete from identity.secret`.execute(house.database);
    const folder = join(mkdtempSync(join(tmpdir(), 'identity-keys-')), 'data');
    const values = { ...house.config.values, LAMPPOST_IDENTITY_KEYS: undefined };
    const configs = [1, 2].map(() => ({ ...house.config, dataFolder: folder, values }));
    const [one, other] = await Promise.all(configs.map((config) => getKeys({ ...house, config })));
    expect(one![0].key).toEqual(other![0].key);
    expect(one![0].key).toHaveLength(32);
    expect(statSync(join(folder, 'identity-keys')).mode & 0o777).toBe(0o600);
    rmSync(folder, { recursive: true });
  });
});

describe('a secret of the city', () => {
  it('is made once, whichever processes ask first', async () => {
    const houses = [house, await another(testIdentityKeys), await another(testIdentityKeys)];
    const secrets = await Promise.all(houses.map((one) => getRandomSecret(one, 'race')));
    expect(secrets[1]).toEqual(secrets[0]);
    expect(secrets[2]).toEqual(secrets[0]);
    expect(await getRandomSecret(house, 'another')).not.toEqual(secrets[0]);
  });

  it('stands in the database only sealed', async () => {
    const secret = await getRandomSecret(house, 'quiet');
    const { rows } = await sql<{ sealed: Buffer }>`
      select sealed from identity.secret where name = 'quiet'`.execute(house.database);
    expect(rows[0]!.sealed.includes(secret)).toBe(false);
    expect(isStale(await getKeys(house), rows[0]!.sealed)).toBe(false);
  });

  it('that was moved to another name opens no more', async () => {
    await getRandomSecret(house, 'mine');
    await sql`update identity.secret set name = 'yours' where name = 'mine'`.execute(house.database);
    const later = await another(testIdentityKeys);
    await expect(getRandomSecret(later, 'yours')).rejects.toThrow('cannot be opened');
  });
});
