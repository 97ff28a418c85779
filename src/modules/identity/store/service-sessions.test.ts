// Proves that a sign-in which began at a service is seen by its person, and can be ended alone.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { type City, openCity } from '../../../../test/kit/oidc/city.ts';
import { signIn } from '../../../../test/kit/oidc/flow.ts';
import { residentOf } from '../../../../test/kit/oidc/resident.ts';
import { openService } from '../../../../test/kit/oidc/services.ts';
import { endServiceSession, listServiceSessions } from './service-sessions.ts';

let city: City;
beforeAll(async () => {
  city = await openCity();
});
afterAll(() => city.close());

const unknown = { kind: 'not-found', code: 'unknown-session' };

it('lists the browser in which services open without the passkey, and ends that one alone', async () => {
  const { house, origin } = city;
  const service = await openService(city);
  const atLibrary = await residentOf(city);
  const atWork = atLibrary.elsewhere(city);
  await signIn(atLibrary, service);
  await signIn(atWork, service);
  const { personId } = atLibrary;
  const both = await listServiceSessions(house, personId);
  expect(both).toHaveLength(2);
  expect(both.map(({ services }) => services.length)).toEqual([1, 1]);

  const other = await residentOf(city);
  const foreign = endServiceSession(house, { personId: other.personId, id: both[0]!.id });
  await expect(foreign).rejects.toMatchObject(unknown);
  await endServiceSession(house, { personId, id: both[0]!.id });
  expect(await listServiceSessions(house, personId)).toEqual([both[1]]);
  await expect(endServiceSession(house, { personId, id: both[0]!.id })).rejects.toMatchObject(unknown);

  const home = atLibrary.elsewhere(city);
  const page = await home.walkHome(`${origin}/en/sign-in?next=/en/account/sessions`);
  expect(page.body).toContain(`name="session" value="at:${both[1]!.id}"`);
  expect(page.body).toContain('End all others');
});

it('does not list twice what is a session at the portal too', async () => {
  const resident = await residentOf(city);
  await resident.walkHome(`${city.origin}/en/sign-in`);
  expect(await listServiceSessions(city.house, resident.personId)).toEqual([]);
});
