// Proves of notices: written with what they tell of, carried further by an event, and marked as read.

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestHouse } from '../../../../test/kit/house.ts';
import { openIdentityHouse, registerPerson } from '../../../../test/kit/identity-house.ts';
import { inTransaction, sql } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';
import { listNotices, noticeTopic, notify, readNotices } from './notices.ts';

let city: TestHouse;
let house: House;
beforeAll(async () => {
  city = await openIdentityHouse();
  house = city.house;
});
afterAll(() => city.close());

it('a notice stands until it is read, and its event names nothing but ids and kind', async () => {
  const { person } = await registerPerson(house, { name: 'Ada' });
  const details = { department: 'lamp-works', role: 'editor' };
  await inTransaction(house.database, (tx) =>
    notify(tx, house, { personId: person.id, kind: 'role-granted', details }),
  );
  const [notice] = await listNotices(house, person.id);
  expect(notice).toMatchObject({ kind: 'role-granted', details, createdAt: house.clock.now() });
  expect(notice).not.toHaveProperty('readAt');
  const { rows } = await sql<{ payload: unknown }>`select payload from (
      select topic, key, payload from core.outbox union all select topic, key, payload from core.event
    ) as sent where topic = ${noticeTopic} and key = ${person.id}`.execute(house.database);
  expect(rows.map(({ payload }) => payload)).toEqual([
    { noticeId: notice!.id, personId: person.id, kind: 'role-granted' },
  ]);
  await readNotices(house, person.id);
  expect(await listNotices(house, person.id)).toMatchObject([{ readAt: house.clock.now() }]);
});

it('a notice does not outlive the change that failed', async () => {
  const { person } = await registerPerson(house);
  const failing = inTransaction(house.database, async (tx) => {
    await notify(tx, house, { personId: person.id, kind: 'verified' });
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await listNotices(house, person.id)).toEqual([]);
});
