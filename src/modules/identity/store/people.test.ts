// Proves of people: sealed at rest, one for each card, pseudonyms that cannot be put together, erasure.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestHouse } from '../../../../test/kit/house.ts';
import { type Member, openIdentityHouse, registerPerson } from '../../../../test/kit/identity-house.ts';
import { give, harbour, registerOfficer } from '../../../../test/kit/officers.ts';
import { inTransaction, sql, type Transaction } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';
import { listActs } from '../../receipts/index.ts';
import { acceptInvitation } from './invitations.ts';
import { invite } from './officers.ts';
import {
  erasePerson,
  findPerson,
  findPersonByCard,
  getPerson,
  pseudonym,
  setVerified,
  updatePerson,
} from './people.ts';
import { getProposal } from './proposals.ts';

let city: TestHouse;
let house: House;
beforeAll(async () => {
  city = await openIdentityHouse();
  house = city.house;
});
afterAll(() => city.close());

const write = <Result>(work: (tx: Transaction) => Promise<Result>) => inTransaction(house.database, work);
const verify = ({ person }: Member, card: string) =>
  write((tx) =>
    setVerified(tx, house, {
      id: person.id,
      assurance: 'verified-at-desk',
      card,
      at: house.clock.now(),
      by: 'officer-1',
      department: 'harbour-office',
    }),
  );
const nobody = '0f9a3c52-9f7e-4c44-8a55-1d2a3b4c5d6e';

/** Everything that the database holds of this module and of the receipts, as text. */
async function everythingKept(): Promise<string> {
  const { rows: tables } = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('identity', 'receipts', 'core', 'jobs')`.execute(house.database);
  const texts = tables.map(async ({ name }) => {
    const { rows } = await sql<{ text: string }>`
      select coalesce(string_agg(one::text, ' '), '') as text from ${sql.raw(name)} as one`.execute(
      house.database,
    );
    return rows[0]!.text;
  });
  return (await Promise.all(texts)).join('\n');
}

describe('a person', () => {
  it('is kept with name and card number sealed, and nothing of them in acts, events or notices', async () => {
    const member = await registerPerson(house, { name: 'Zephyrine Quuxington', language: 'tc' });
    await verify(member, 'PE-4711-H');
    expect(await getPerson(house, member.person.id)).toMatchObject({
      name: 'Zephyrine Quuxington',
      language: 'tc',
      assurance: 'verified-at-desk',
      verifiedAt: house.clock.now(),
      maskedCard: 'PE-4***-*',
    });
    const kept = await everythingKept();
    for (const word of ['Zephyrine', 'Quuxington', 'PE-4711', ...['Zephyrine', 'PE-4711'].map(hex)]) {
      expect(kept).not.toContain(word);
    }
    expect(kept).toContain(member.person.id);
  });

  it('is known first by their own word, and needs no name', async () => {
    const { person } = await registerPerson(house);
    expect(person).toMatchObject({ assurance: 'self-asserted', language: 'en' });
    expect(person).not.toHaveProperty('name');
    expect(person.handle).toHaveLength(32);
    const { items } = await listActs(house, { subject: person.id, limit: 10 });
    expect(items.map(({ topic }) => topic).sort()).toEqual([
      'identity.passkey-added',
      'identity.registered',
      'identity.signed-in',
    ]);
  });

  it('may change or remove a name, and the language', async () => {
    const { person } = await registerPerson(house, { name: 'Ada' });
    await write((tx) => updatePerson(tx, house, { id: person.id, language: 'sc' }));
    expect(await getPerson(house, person.id)).toMatchObject({ name: 'Ada', language: 'sc' });
    await write((tx) => updatePerson(tx, house, { id: person.id, name: 'Ada Lee' }));
    expect(await getPerson(house, person.id)).toMatchObject({ name: 'Ada Lee', language: 'sc' });
    await write((tx) => updatePerson(tx, house, { id: person.id, name: null }));
    expect(await getPerson(house, person.id)).not.toHaveProperty('name');
  });

  it('that does not exist is neither found, changed, verified nor erased', async () => {
    expect(await findPerson(house, nobody)).toBeUndefined();
    const unknown = { kind: 'not-found', code: 'unknown-person' };
    await expect(getPerson(house, nobody)).rejects.toMatchObject(unknown);
    await expect(pseudonym(house, nobody, 'a')).rejects.toMatchObject(unknown);
    const change = write((tx) => updatePerson(tx, house, { id: nobody, language: 'en' }));
    await expect(change).rejects.toMatchObject(unknown);
    await expect(write((tx) => erasePerson(tx, house, nobody))).rejects.toMatchObject(unknown);
  });

  it('whose sealed name was put to another person is not shown under it', async () => {
    const [one, other] = [await registerPerson(house, { name: 'Ada' }), await registerPerson(house)];
    await sql`update identity.person set name_sealed =
      (select name_sealed from identity.person where id = ${one.person.id})
      where id = ${other.person.id}`.execute(house.database);
    await expect(getPerson(house, other.person.id)).rejects.toThrow('cannot be opened');
  });
});

const hex = (text: string) => Buffer.from(text).toString('hex');

describe('a card number', () => {
  it('belongs to one person, however it is written', async () => {
    const [one, other] = [await registerPerson(house), await registerPerson(house)];
    await verify(one, 'pe 1234 r');
    await verify(one, 'PE-1234-R');
    await expect(verify(other, 'PE1234R')).rejects.toMatchObject({ kind: 'conflict', code: 'card-known' });
    expect(await getPerson(house, other.person.id)).toMatchObject({ assurance: 'self-asserted' });
    expect(await findPersonByCard(house, 'PE-1234-R')).toMatchObject({ id: one.person.id });
  });

  it('is taken by one of two who show it at the same moment', async () => {
    const both = [await registerPerson(house), await registerPerson(house)];
    const tries = await Promise.allSettled(both.map((one) => verify(one, 'PE-5678-A')));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('with a wrong check letter is refused, and finds nobody', async () => {
    const member = await registerPerson(house);
    const refused = { kind: 'invalid', code: 'wrong-card-number', fields: [{ field: 'card' }] };
    await expect(verify(member, 'PE-1234-H')).rejects.toMatchObject(refused);
    expect(await findPersonByCard(house, 'PE-1234-H')).toBeUndefined();
  });

  it('leaves an act of the officer that says nothing of the card, and a notice', async () => {
    const member = await registerPerson(house);
    await verify(member, 'PE-0007-H');
    const topics = ['identity.verified'];
    const { items } = await listActs(house, { subject: member.person.id, topics, limit: 10 });
    expect(items).toMatchObject([
      { actor: 'officer-1', details: { assurance: 'verified-at-desk', department: 'harbour-office' } },
    ]);
  });
});

describe('pseudonyms', () => {
  it('are the same at a service each time, and another at each service and for each person', async () => {
    const [one, other] = [await registerPerson(house), await registerPerson(house)];
    const all = [one, other].flatMap(({ person }) =>
      ['library', 'clinic', 'library'].map((sector) => pseudonym(house, person.id, sector)),
    );
    const [library, clinic, again, ...others] = await Promise.all(all);
    expect(again).toBe(library);
    expect(new Set([library, clinic, ...others]).size).toBe(4);
    expect(library).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });
});

describe('an erased person', () => {
  it('is gone with everything of theirs, and their acts say nothing any more', async () => {
    const member = await registerPerson(house, { name: 'Ada' });
    await verify(member, 'PE-0014-H');
    await write((tx) => erasePerson(tx, house, member.person.id));
    expect(await findPerson(house, member.person.id)).toBeUndefined();
    await expect(member.actor()).rejects.toThrow('ended');
    expect((await listActs(house, { subject: member.person.id, limit: 10 })).items).toEqual([]);
    expect(await findPersonByCard(house, 'PE-0014-H')).toBeUndefined();
    const { rows } = await sql<{ n: number }>`select
        (select count(*) from identity.passkey where person_id = ${member.person.id})
        + (select count(*) from identity.session where person_id = ${member.person.id})
        + (select count(*) from identity.notice where person_id = ${member.person.id}) as n`.execute(
      house.database,
    );
    expect(Number(rows[0]!.n)).toBe(0);
  });

  it('leaves no code behind that still makes officers, and the department an act of each role', async () => {
    const [first, leaving] = [await registerOfficer(house, 'administrator'), await registerPerson(house)];
    await give(house, leaving, { department: harbour, role: 'administrator' });
    const actor = await leaving.actor();
    const made = await invite(house, actor, { department: harbour, role: 'viewer' });
    const asked = await invite(house, actor, { department: harbour, role: 'approver' });
    await write((tx) => erasePerson(tx, house, leaving.person.id));
    const code = made.state === 'done' ? made.invitation.code : '';
    const newcomer = await (await registerPerson(house)).actor();
    await expect(acceptInvitation(house, newcomer, code)).rejects.toMatchObject({ kind: 'invalid' });
    const proposal = asked.state === 'proposed' ? await getProposal(house, asked.proposal.id) : undefined;
    expect(proposal?.state).toBe('withdrawn');
    const topics = ['identity.role-ended'];
    const { items } = await listActs(house, { subject: harbour, topics, limit: 5 });
    expect(items[0]?.details).toMatchObject({ department: harbour, role: 'administrator' });
    expect((await first.actor()).roles).toHaveLength(1);
  });
});
