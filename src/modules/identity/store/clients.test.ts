// The portal's own row: every process hears when it changes.

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestHouse } from '../../../../test/kit/house.ts';
import { openIdentityHouse } from '../../../../test/kit/identity-house.ts';
import { sql } from '../../../core/database/index.ts';
import { clientsRevision, putPortal } from './clients.ts';

let open: TestHouse;
beforeAll(async () => {
  open = await openIdentityHouse();
});
afterAll(() => open.close());

test('a change of the portal as a client is a new revision of clients, and the same again is none', async () => {
  const { house } = open;
  const revision = async () => {
    const { rows } = await sql`select * from core.revision where name = ${clientsRevision}`.execute(
      house.database,
    );
    return JSON.stringify(rows);
  };
  const name = { en: 'City', tc: '城市' };
  const before = await revision();
  await putPortal(house, name, { redirect_uris: ['https://city.example/return'] });
  const after = await revision();
  expect(after).not.toBe(before);
  await putPortal(house, name, { redirect_uris: ['https://city.example/return'] });
  expect(await revision()).toBe(after);
});
