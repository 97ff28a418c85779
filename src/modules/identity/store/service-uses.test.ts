// What services were told is written claim by claim; each use of a service is an act.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../../../test/kit/events.ts';
import { type City, openCity } from '../../../../test/kit/oidc/city.ts';
import { begin, signIn } from '../../../../test/kit/oidc/flow.ts';
import { residentOf } from '../../../../test/kit/oidc/resident.ts';
import { openService } from '../../../../test/kit/oidc/services.ts';
import { sql } from '../../../core/database/index.ts';
import { listActs } from '../../receipts/index.ts';
import { listServiceUses } from './service-uses.ts';

let city: City;
beforeAll(async () => {
  city = await openCity();
});
afterAll(() => city.close());

test('a service that asked by scopes is shown with each claim that it was told', async () => {
  const service = await openService(city);
  const resident = await residentOf(city, { name: 'Chan Tai Man' });
  await signIn(resident, service, { scope: 'openid profile assurance' });
  const [use] = await listServiceUses(city.house, resident.personId);
  expect(use).toMatchObject({
    service: { id: service.id },
    scopes: expect.arrayContaining(['assurance', 'openid', 'profile']),
    claims: ['assurance', 'locale', 'name', 'verified_at'],
  });
});

test('each sign-in at a service is an act, also without a new proof, and at its own time', async () => {
  const { house } = city;
  const services = [await openService(city), await openService(city)] as const;
  const resident = await residentOf(city);
  await signIn(resident, services[0]);
  await sql`update identity.service_use set last_at = first_at - interval '1 day'
    where person_id = ${resident.personId}`.execute(house.database);
  const again = await begin(services[0], { prompt: 'none' });
  expect((await resident.walk(again.url)).searchParams.has('code')).toBe(true);
  await signIn(resident, services[1]);
  const acts = async () =>
    (await listActs(house, { subject: resident.personId, limit: 100 })).items.filter(
      ({ topic }) => topic === 'identity.signed-in',
    );
  await until(async () => (await acts()).length >= 3);
  const at = (await acts()).map(({ details }) => (details as { service: string }).service).sort();
  expect(at).toEqual([services[0].id, services[0].id, services[1].id].sort());
  const uses = await listServiceUses(house, resident.personId);
  expect(uses.every(({ firstAt, lastAt }) => lastAt >= firstAt)).toBe(true);
});

test('a sign-in that is refused at the question for consent is no act', async () => {
  const { house } = city;
  const service = await openService(city);
  const resident = await residentOf(city);
  const { url } = await begin(service);
  expect((await resident.walk(url, { agrees: false })).searchParams.get('error')).toBe('access_denied');
  const { rows } = await sql`select from identity.sign_in_due
    where person_id = ${resident.personId}`.execute(house.database);
  expect(rows).toEqual([]);
  const { items: acts } = await listActs(house, { subject: resident.personId, limit: 100 });
  expect(acts.map(({ topic }) => topic)).not.toContain('identity.signed-in');
});
