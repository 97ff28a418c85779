// Keys of the provider: a new one signs in a process that starts, and the earlier ones stay published.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { type City, openCity } from '../../../../test/kit/oidc/city.ts';
import { signIn } from '../../../../test/kit/oidc/flow.ts';
import { residentOf } from '../../../../test/kit/oidc/resident.ts';
import { openService } from '../../../../test/kit/oidc/services.ts';
import { addProviderKey, getProviderKeys } from './signing-keys.ts';

let city: City;
beforeAll(async () => {
  city = await openCity();
});
afterAll(() => city.close());

test('the newest key signs, all are published', async () => {
  const [first] = await getProviderKeys(city.house);
  const second = await addProviderKey(city.house);
  const third = await addProviderKey(city.house);
  const kids = [third.kid, second.kid, first!.kid];
  expect((await getProviderKeys(city.house)).map(({ kid }) => kid)).toEqual(kids);
  expect(new Set(kids).size).toBe(3);
  const published = (await (await fetch(`${city.issuer}/jwks`)).json()) as { keys: { kid: string }[] };
  expect(published.keys.map(({ kid }) => kid)).toEqual(kids);
  const { tokens } = await signIn(await residentOf(city), await openService(city));
  const head = JSON.parse(Buffer.from(tokens.id_token!.split('.')[0]!, 'base64url').toString());
  expect(head.kid).toBe(third.kid);
});
