// What ends at a service: who is told, under which name, and that nobody else is named.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { type City, openCity } from '../../../../test/kit/oidc/city.ts';
import { signIn } from '../../../../test/kit/oidc/flow.ts';
import { residentOf } from '../../../../test/kit/oidc/resident.ts';
import { openService, type TestService } from '../../../../test/kit/oidc/services.ts';
import { inTransaction, sql, type Transaction } from '../../../core/database/index.ts';
import { endSessions } from './ending.ts';

let city: City;
let service: TestService;
let other: TestService;
const told = {
  backchannel_logout_uri: 'http://127.0.0.1:9/logout',
  backchannel_logout_session_required: true,
};
const openTold = () => openService(city, { metadata: told });
beforeAll(async () => {
  city = await openCity();
  service = await openTold();
  other = await openTold();
});
afterAll(() => city.close());

/** What is to be told in a transaction that has not ended. */
async function dueIn(tx: Transaction) {
  const { rows } = await sql<{ client: string; subject: string; sid: string | null }>`
    select client_id as client, subject, sid from identity.logout_due`.execute(tx);
  return rows;
}

test('a service that no longer knows the person is told no other name of theirs', async () => {
  const resident = await residentOf(city);
  const { personId } = resident;
  await signIn(resident, service);
  const { claims } = await signIn(resident, other);
  await inTransaction(city.house.database, async (tx) => {
    await sql`delete from identity.service_use
      where person_id = ${personId} and client_id = ${service.id}`.execute(tx);
    await endSessions(tx, { personId });
    expect(await dueIn(tx)).toEqual([{ client: other.id, subject: claims.sub, sid: claims.sid }]);
  });
});
