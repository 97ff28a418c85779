// Proves the door of identity: what a module above can do with people, looks and four eyes through it alone.

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestHouse } from '../../../test/kit/house.ts';
import { openIdentityHouse, registerPerson } from '../../../test/kit/identity-house.ts';
import { harbour, registerOfficer } from '../../../test/kit/officers.ts';
import { inTransaction, sql } from '../../core/database/index.ts';
import {
  decidedTopic,
  getPerson,
  getProposal,
  hasProposalAbout,
  listDepartments,
  propose,
  pseudonym,
  recordAccess,
  requireRecent,
} from './index.ts';
import { decideProposal, listAccesses } from './store/index.ts';

let open: TestHouse;
beforeAll(async () => {
  open = await openIdentityHouse();
});
afterAll(() => open.close());

it('lets a module ask for a second officer, and tells it what was decided', async () => {
  const { house } = open;
  const [proposer, decider] = [
    await registerOfficer(house, 'administrator'),
    await registerOfficer(house, 'administrator'),
  ];
  const person = await registerPerson(house);
  const at = house.clock.now();
  const action = 'identity.appoint-deciders';
  const about = { action, personId: person.person.id };
  const asked = await inTransaction(house.database, (transaction) =>
    propose(transaction, proposer.person, {
      ...about,
      ...{ department: harbour, payload: { kind: 'permit', permit: '7' }, hours: 24, at },
    }),
  );
  const isAsked = () => inTransaction(house.database, (tx) => hasProposalAbout(tx, { ...about, at }));
  expect(await isAsked()).toBe(true);
  await decideProposal(house, await decider.actor(), { id: asked.id, decision: 'approved' });
  expect(await getProposal(house, asked.id)).toMatchObject({ state: 'approved', payload: { permit: '7' } });
  const { rows } = await sql<{ payload: object }>`
    select payload from core.outbox where topic = ${decidedTopic} and key = ${asked.id}
    union select payload from core.event where topic = ${decidedTopic} and key = ${asked.id}`.execute(
    house.database,
  );
  expect(rows.map(({ payload }) => payload)).toEqual([
    { proposal: asked.id, action, department: harbour, decision: 'approved' },
  ]);
});

it('lets a module look at a person on record, and call them by a name of its own', async () => {
  const { house } = open;
  const [officer, { person }] = [await registerOfficer(house, 'editor'), await registerPerson(house)];
  const actor = await officer.actor();
  requireRecent(actor, house.clock.now());
  const [department] = await listDepartments(house);
  await inTransaction(house.database, (transaction) =>
    recordAccess(transaction, actor, {
      ...{ person: person.id, department: department!.id, purpose: 'To answer your letter.' },
      fields: ['name'],
    }),
  );
  expect((await getPerson(house, person.id)).id).toBe(person.id);
  const { items } = await listAccesses(house, { personId: person.id, limit: 5 });
  expect(items[0]).toMatchObject({ purpose: 'To answer your letter.', fields: ['name'] });
  expect(await pseudonym(house, person.id, 'permits')).not.toBe(await pseudonym(house, person.id, 'fines'));
});
