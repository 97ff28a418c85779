// Proves that what leaves an act for ever is not done without end.

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestHouse } from '../../../../test/kit/house.ts';
import { openIdentityHouse, registerPerson } from '../../../../test/kit/identity-house.ts';
import { renewCodes } from './codes.ts';
import { changeDetails } from './details.ts';
import { exportPerson } from './export.ts';

let city: TestHouse;
beforeAll(async () => {
  city = await openIdentityHouse();
});
afterAll(() => city.close());

const tooMany = { kind: 'too-many', code: 'too-many-attempts' };

it.each([
  { what: 'details', limit: 20 },
  { what: 'codes', limit: 10 },
  { what: 'export', limit: 10 },
] as const)(
  'a person has $what $limit times in a day, and others are not held up',
  async ({ what, limit }) => {
    const { house } = city;
    const once = {
      details: (id: string) => changeDetails(house, { id, name: 'Ann', language: 'en' }),
      codes: (id: string) => renewCodes(house, { id }),
      export: (id: string) => exportPerson(house, { id }),
    }[what];
    const [ann, bob] = [await registerPerson(house), await registerPerson(house)];
    for (let times = 0; times < limit; times += 1) await once(ann.person.id);
    await expect(once(ann.person.id)).rejects.toMatchObject(tooMany);
    await once(bob.person.id);
  },
);
