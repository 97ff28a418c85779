// What is removed when its time is over, and what is kept for what hangs on it.

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestHouse } from '../../../../test/kit/house.ts';
import { openIdentityHouse, registerPerson } from '../../../../test/kit/identity-house.ts';
import { sql } from '../../../core/database/index.ts';
import { removeExpiredState } from './expired.ts';

let open: TestHouse;
beforeAll(async () => {
  open = await openIdentityHouse();
});
afterAll(() => open.close());

test('a session is kept as long as a grant that was given in it, so that its passkeys end both', async () => {
  const { house } = open;
  const { person, passkeyId } = await registerPerson(house);
  const now = house.clock.now();
  const past = new Date(now.getTime() - 86_400_000);
  const later = new Date(now.getTime() + 86_400_000);
  await sql`insert into identity.provider_session
      (uid, person_id, passkey_id, acr, authenticated_at, expires_at)
    values ('with-grant', ${person.id}, ${passkeyId}, 'phr', ${past}, ${past}),
      ('without', ${person.id}, ${passkeyId}, 'phr', ${past}, ${past})`.execute(house.database);
  await sql`insert into identity.artifact (model, id, payload, uid, account_id, expires_at)
    values ('Grant', 'grant', '{}', 'with-grant', ${person.id}, ${later})`.execute(house.database);
  const left = async () =>
    (await sql<{ uid: string }>`select uid from identity.provider_session`.execute(house.database)).rows;
  await removeExpiredState(house);
  expect(await left()).toEqual([{ uid: 'with-grant' }]);
  await sql`update identity.artifact set expires_at = ${past} where id = 'grant'`.execute(house.database);
  await removeExpiredState(house);
  expect(await left()).toEqual([]);
});
