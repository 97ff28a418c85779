// Proves that the page of an act says in words what was done: no codes, no ids.

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestHouse } from '../../../../../test/kit/house.ts';
import { type HouseReader, readerOfHouse, wordsOf } from '../../../../../test/kit/house-reader.ts';
import { type Member, openIdentityHouse, registerPerson } from '../../../../../test/kit/identity-house.ts';
import { inTransaction } from '../../../../core/database/index.ts';
import { listActs, record } from '../../../receipts/index.ts';
import { listDepartments, recordAccess } from '../../store/index.ts';

let city: TestHouse;
let reader: HouseReader;
let ann: Member;
beforeAll(async () => {
  city = await openIdentityHouse();
  reader = readerOfHouse(city);
  ann = await registerPerson(city.house);
});
afterAll(() => city.close());

async function pageOf(topic: string, language = 'tc'): Promise<string> {
  const { items } = await listActs(city.house, { subject: ann.person.id, topics: [topic], limit: 1 });
  const { body } = await reader.open(`/${language}/account/activity/${items[0]!.id}`, ann);
  // The receipt below is for programs.
  return wordsOf(body).split('收據')[0]!.split('Receipt')[0]!;
}

it('names how one signed in, and where', async () => {
  const words = await pageOf('identity.signed-in');
  expect(words).toContain('本網站');
  expect(words).toContain('通行密鑰');
  expect(words).not.toMatch(/phr|portal/);
});

it('says yes and no in words', async () => {
  expect(await pageOf('identity.passkey-added')).not.toMatch(/true|false|deviceBound/);
});

it('names the department of the officer who did it, and no id of an officer', async () => {
  const officer = await registerPerson(city.house);
  const [department] = await listDepartments(city.house);
  const { id } = department!;
  const actor = await officer.actor();
  await inTransaction(city.house.database, async (tx) => {
    await recordAccess(tx, actor, {
      person: ann.person.id,
      purpose: 'verify-identity',
      fields: ['name'],
      department: id,
      role: 'editor',
    });
    await record(tx, {
      topic: 'identity.role-granted',
      subject: ann.person.id,
      actor: officer.person.id,
      details: { department: id, role: 'editor', approvedBy: officer.person.id },
    });
  });
  expect(await pageOf('identity.data-read', 'en')).toContain(`an officer of ${department!.name.en}, editor`);
  expect(await pageOf('identity.role-granted', 'en')).not.toContain(officer.person.id);
});
