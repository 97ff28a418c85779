// Approvals: nobody is asked without end, and what is decided is decided once.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { type City, openCity } from '../../../../../test/kit/oidc/city.ts';
import { signIn } from '../../../../../test/kit/oidc/flow.ts';
import { authenticated, post } from '../../../../../test/kit/oidc/raw.ts';
import { type Resident, residentOf } from '../../../../../test/kit/oidc/resident.ts';
import { openService, type TestService } from '../../../../../test/kit/oidc/services.ts';
import { sql } from '../../../../core/database/index.ts';
import { decideApproval, listApprovals } from './approvals.ts';

let city: City;
const metadata = {
  grant_types: ['urn:openid:params:grant-type:ciba', 'authorization_code'],
  backchannel_token_delivery_mode: 'poll',
};
const open = () => openService(city, { metadata });
beforeAll(async () => {
  city = await openCity();
});
afterAll(() => city.close());

async function ask(service: TestService, login_hint: string) {
  const form = { ...(await authenticated(city, service)), scope: 'openid', login_hint };
  return post(city, '/backchannel', { form });
}

const actorOf = ({ personId }: Resident) => ({
  id: personId,
  acr: 'phr',
  authenticatedAt: new Date(),
  roles: [],
});

test('a service has at most three requests open for one person; another service still may ask', async () => {
  const [service, other] = [await open(), await open()];
  const resident = await residentOf(city);
  const hint = (await signIn(resident, service)).claims.sub;
  const otherHint = (await signIn(resident, other)).claims.sub;
  for (let count = 0; count < 3; count += 1) expect((await ask(service, hint)).status).toBe(200);
  const { status, json } = await ask(service, hint);
  expect([status, json.error]).toEqual([400, 'access_denied']);
  expect((await ask(other, otherHint)).status).toBe(200);
  expect(await listApprovals(city.house, resident.personId)).toHaveLength(4);
});

test('a person who refuses each time is asked by one service at most twenty times an hour', async () => {
  const service = await open();
  const resident = await residentOf(city);
  const hint = (await signIn(resident, service)).claims.sub;
  const statuses = [];
  for (let count = 0; count < 21; count += 1) {
    statuses.push((await ask(service, hint)).status);
    const [waiting] = await listApprovals(city.house, resident.personId);
    if (waiting) await decideApproval(city.house, actorOf(resident), { id: waiting.id, approved: false });
  }
  expect(statuses).toEqual([...Array.from({ length: 20 }, () => 200), 400]);
});

test('a request that is approved twice at the same moment is approved once', async () => {
  const { house } = city;
  const service = await open();
  const resident = await residentOf(city);
  const { personId } = resident;
  const hint = (await signIn(resident, service)).claims.sub;
  await ask(service, hint);
  const { id } = (await listApprovals(house, personId))[0]!;
  const passkeyId = resident.passkey.credentialId!;
  const proven = { personId, passkeyId, acr: 'phr' as const, authenticatedAt: house.clock.now() };
  const grants = async () =>
    (
      await sql`select from identity.artifact where model = 'Grant' and account_id = ${personId}`.execute(
        house.database,
      )
    ).rows.length;
  const before = await grants();
  const decide = () => decideApproval(house, actorOf(resident), { id, approved: true, proven });
  const ends = await Promise.allSettled([decide(), decide(), decide()]);
  expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
  expect((await grants()) - before).toBe(1);
  expect(await listApprovals(house, personId)).toEqual([]);
});
