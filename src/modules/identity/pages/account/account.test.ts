// Proves the pages of an account over HTTP: who sees them, what they tell, and what their forms do.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestHouse } from '../../../../../test/kit/house.ts';
import { type HouseReader, readerOfHouse, wordsOf } from '../../../../../test/kit/house-reader.ts';
import {
  addDevice,
  type Member,
  openIdentityHouse,
  openSession,
  registerPerson,
} from '../../../../../test/kit/identity-house.ts';
import { fixedClock } from '../../../../core/clock.ts';
import { inTransaction } from '../../../../core/database/index.ts';
import { listActs } from '../../../receipts/index.ts';
import {
  countCodes,
  findPerson,
  listDepartments,
  listSessions,
  recordAccess,
  setVerified,
} from '../../store/index.ts';

const start = '2026-11-21T04:00:00Z';
const clock = fixedClock(start);
let city: TestHouse;
let reader: HouseReader;
let ann: Member;
let bob: Member;
beforeAll(async () => {
  city = await openIdentityHouse({ clock });
  reader = readerOfHouse(city);
  ann = await registerPerson(city.house, { name: 'Ann Lee' });
  bob = await registerPerson(city.house);
});
afterAll(() => city.close());

const plain = ['', '/devices', '/sessions', '/services', '/activity', '/data', '/desk'];
const sensitive = ['/devices/add', '/devices/another', '/recovery', '/delete'];

describe('the pages of an account', () => {
  it.each([...plain, ...sensitive])('/account%s lead a stranger to the sign-in and back', async (path) => {
    const answer = await reader.open(`/en/account${path}`);
    const next = encodeURIComponent(`/en/account${path}`);
    expect([answer.statusCode, answer.headers.location]).toEqual([303, `/en/sign-in?next=${next}`]);
  });

  it.each([...plain, ...sensitive])(
    '/account%s are shown to their person in three languages',
    async (path) => {
      for (const language of ['en', 'tc', 'sc']) {
        const answer = await reader.open(`/${language}/account${path}`, ann);
        expect([language, answer.statusCode]).toEqual([language, 200]);
        expect(answer.headers['cache-control']).toBe('no-store');
        expect(answer.body).toContain('name="robots" content="noindex"');
      }
    },
  );

  it.each(sensitive)('/account%s ask again who it is ten minutes after the sign-in', async (path) => {
    const member = await registerPerson(city.house);
    clock.set('2026-11-21T04:10:01Z');
    const [later, ordinary] = [
      await reader.open(`/en/account${path}`, member),
      await reader.open('/en/account', member),
    ];
    clock.set(start);
    expect([later.statusCode, ordinary.statusCode]).toEqual([303, 200]);
  });

  it('refuse a form that another site sends with the cookie of the person', async () => {
    const headers = { cookie: ann.cookie, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    expect((await reader.send('/en/account/recovery', {}, headers)).statusCode).toBe(403);
  });
});

describe('the overview', () => {
  it('says first how well the account is protected', async () => {
    const member = await registerPerson(city.house);
    expect(wordsOf((await reader.open('/en/account', member)).body)).toContain(
      'One lost device would lock you out.',
    );
    await reader.post('/en/account/recovery', {}, member);
    await addDevice(city.house, member.person);
    expect(wordsOf((await reader.open('/en/account', member)).body)).toContain(
      'Your account is well protected.',
    );
  });

  it('tells plainly when nobody looked at the data', async () => {
    expect(wordsOf((await reader.open('/en/account', bob)).body)).toContain('No officer has ever looked.');
    expect(wordsOf((await reader.open('/tc/account/activity', bob)).body)).toContain(
      '沒有人查閱過你的資料。',
    );
  });

  it('marks notices as new until the person has read them', async () => {
    const member = await registerPerson(city.house);
    await addDevice(city.house, member.person);
    expect(wordsOf((await reader.open('/en/account', member)).body)).toContain('A device was added New');
    expect((await reader.post('/en/account', { do: 'read' }, member)).headers.location).toBe('/en/account');
    expect(wordsOf((await reader.open('/en/account', member)).body)).not.toContain('A device was added New');
  });

  it('has the button that signs out', async () => {
    expect((await reader.open('/en/account', ann)).body).toContain('action="/en/sign-out"');
  });
});

describe('sessions', () => {
  it('end one by one, or all others at once', async () => {
    const { house } = city;
    const member = await registerPerson(house);
    const owner = { personId: member.person.id, passkeyId: member.passkeyId };
    const first = await openSession(house, owner);
    await openSession(house, owner);
    await reader.post('/en/account/sessions', { session: first.id }, member);
    const left = await listSessions(house, owner.personId);
    expect([left.length, left.some(({ id }) => id === first.id)]).toEqual([2, false]);
    await reader.post('/en/account/sessions', { session: 'others' }, member);
    const last = await listSessions(house, owner.personId);
    expect(last.map(({ id }) => id)).toEqual([member.sessionId]);
  });

  it('of somebody else do not end', async () => {
    expect((await reader.post('/en/account/sessions', { session: ann.sessionId }, bob)).statusCode).toBe(404);
    expect(await ann.actor()).toMatchObject({ id: ann.person.id });
  });
});

describe('who looked', () => {
  it('is told with department, role, purpose, fields and proof, to nobody but the person', async () => {
    const { house } = city;
    const member = await registerPerson(house);
    const [department] = await listDepartments(house);
    const officer = {
      ...(await bob.actor()),
      roles: [{ department: department!.id, role: 'editor' as const }],
    };
    await inTransaction(house.database, (transaction) =>
      recordAccess(transaction, officer, {
        person: member.person.id,
        purpose: 'verify-identity',
        fields: ['name', 'card'],
        department: department!.id,
        role: 'editor',
      }),
    );
    const words = wordsOf((await reader.open('/en/account/activity', member)).body);
    for (const told of [
      department!.name.en,
      'editor',
      'To verify your identity at a desk',
      'name, identity card',
    ]) {
      expect(words).toContain(told);
    }
    const { items } = await listActs(house, {
      subject: member.person.id,
      topics: ['identity.data-read'],
      limit: 1,
    });
    const href = `/en/account/activity/${items[0]!.id}`;
    expect((await reader.open(href, member)).statusCode).toBe(200);
    expect((await reader.open(href, ann)).statusCode).toBe(404);
    expect(words).not.toContain(bob.person.id);
  });
});

describe('recovery codes', () => {
  it('are shown once, ten of them, and make the earlier ones void', async () => {
    const member = await registerPerson(city.house);
    const shown = await reader.post('/en/account/recovery', {}, member);
    const codes = (body: string) => body.match(/<code>[0-9A-Z-]{20,}<\/code>/g) ?? [];
    expect(codes(shown.body).length).toBe(10);
    expect(shown.headers['cache-control']).toBe('no-store');
    expect(codes((await reader.open('/en/account/recovery', member)).body)).toEqual([]);
    const again = await reader.post('/en/account/recovery', {}, member);
    expect(new Set([...codes(shown.body), ...codes(again.body)]).size).toBe(20);
    expect(await countCodes(city.house, member.person.id)).toBe(10);
  });

  it('are not made again when the page that shows them is loaded again', async () => {
    const member = await registerPerson(city.house);
    const { body } = await reader.open('/en/account/recovery', member);
    const sent = { instead: /name="instead" value="([^"]*)"/.exec(body)![1]! };
    const shown = await reader.post('/en/account/recovery', sent, member);
    expect(shown.body).toContain(`${city.house.config.origin}/recover<`);
    const again = await reader.post('/en/account/recovery', sent, member);
    expect([again.statusCode, again.headers.location]).toEqual([303, '/en/account/recovery']);
  });
});

describe('my data', () => {
  it('are corrected by their person, but not a name that was verified', async () => {
    const member = await registerPerson(city.house, { name: 'Old' });
    const saved = await reader.post('/en/account/data', { name: 'New', language: 'tc' }, member);
    expect(saved.statusCode).toBe(303);
    expect(await findPerson(city.house, member.person.id)).toMatchObject({ name: 'New', language: 'tc' });
    await reader.post('/en/account/data', { language: 'tc' }, member);
    expect((await findPerson(city.house, member.person.id))?.name).toBeUndefined();
    expect((await reader.post('/en/account/data', { language: 'xx' }, member)).statusCode).toBe(400);
    const verified = { id: member.person.id, assurance: 'verified-at-desk' as const, at: clock.now() };
    await reader.post('/en/account/data', { name: 'As on the card', language: 'en' }, member);
    await inTransaction(city.house.database, (transaction) => setVerified(transaction, city.house, verified));
    expect((await reader.open('/en/account/data', member)).body).toContain('The name was verified.');
    await reader.post('/en/account/data', { name: 'Another', language: 'en' }, member);
    expect((await findPerson(city.house, member.person.id))?.name).toBe('As on the card');
  });

  it('go with the account when the word is typed, and not otherwise', async () => {
    const { house } = city;
    const member = await registerPerson(house, { name: 'Gone Soon' });
    const { id } = member.person;
    expect((await reader.post('/en/account/delete', { confirm: 'yes' }, member)).statusCode).toBe(400);
    expect(await findPerson(house, id)).toBeDefined();
    const done = await reader.post('/en/account/delete', { confirm: 'delete' }, member);
    expect([done.statusCode, done.headers['set-cookie']]).toEqual([200, expect.stringMatching(/Max-Age=0/)]);
    expect(await findPerson(house, id)).toBeUndefined();
    expect((await listActs(house, { subject: id, limit: 10 })).items).toEqual([]);
    expect((await reader.open('/en/account', member)).statusCode).toBe(303);
    const [, actId] = /\/api\/v1\/receipts\/([\w-]{36})/.exec(done.body)!;
    const proof = (await city.server.fastify.inject(`/api/v1/receipts/${actId}`)).json();
    expect(JSON.parse(proof.leaf)).toMatchObject({ act: 'identity.erased' });
    expect(JSON.parse(proof.leaf).subjectDigest).toBeUndefined();
  });
});

describe('the code for a desk', () => {
  it('is another each time', async () => {
    const codeOf = (body: string) => /class="spoken-code">([^<]+)</.exec(body)?.[1];
    const one = codeOf((await reader.post('/en/account/desk', {}, ann)).body);
    const other = codeOf((await reader.post('/en/account/desk', {}, ann)).body);
    expect(one).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    expect(other).not.toBe(one);
  });
});
