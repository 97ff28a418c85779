// Proves that over TLS no other host of the same domain can set the cookie of a session of the provider.

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestHouse } from '../../../../../test/kit/house.ts';
import { openIdentityHouse } from '../../../../../test/kit/identity-house.ts';
import { configurationOf } from './configuration.ts';

let open: TestHouse;
beforeAll(async () => {
  open = await openIdentityHouse();
});
afterAll(() => open.close());

it.each([
  ['https://city.example', '__Host-lamppost-provider', '/'],
  ['http://localhost:8080', 'lamppost-provider', '/oidc'],
])('names the cookie of a session as %s allows', async (origin, name, path) => {
  const house = { ...open.house, config: { ...open.house.config, origin } };
  const { cookies } = await configurationOf(house, {} as never);
  expect([cookies?.names?.session, cookies?.long?.path]).toEqual([name, path]);
});
