// Proves the pages of an account over HTTP: who sees them, what they tell, and what their forms do.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestHouse } from '../../../../../test/kit/house.ts';
import {
  addDevice,
  type Member,
  openIdentityHouse,
  openSession,
  registerPerson,
} from '../../../../../test/kit/identity-house.ts';
import { createSoftAuthenticator } from '../../../../../test/kit/passkey.ts';
import { fixedClock } from '../../../../core/clock.ts';
import { inTransaction } from '../../../../core/database/index.ts';
import { listActs } from '../../../receipts/index.ts';
import { deviceKeyOf } from '../../rules/index.ts';
import {
  countCodes,
  findActor,
  findPerson,
  listDepartments,
  listPasskeys,
  listSessions,
  recordAccess,
} from '../../store/index.ts';

const start = '2026-11-21T04:00:00Z';
const clock = fixedClock(start);
let city: TestHouse;
let ann: Member;
let bob: Member;
beforeAll(async () => {
  city = await openIdentityHouse({ clock });
  ann = await registerPerson(city.house, { name: 'Ann Lee' });
  bob = await registerPerson(city.house);
});
afterAll(() => city.close());

const html = { accept: 'text/html' };

const open = (url: string, member?: Member) =>
  city.server.fastify.inject({ url, headers: { ...html, ...(member === undefined ? {} : member.headers) } });

const send = (url: string, fields: Record<string, string>, headers: Record<string, string>) =>
  city.server.fastify.inject({
    method: 'POST',
    url,
    headers: { ...html, 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams(fields).toString(),
  });

const post = (url: string, fields: Record<string, string>, member: Member) =>
  send(url, fields, member.headers);

/** What the reader is told, without the marks of HTML. */
const wordsOf = (body: string) => {
  const [, main = body] = /<main[^>]*>([\s\S]*)<\/main>/.exec(body) ?? [];
  return main.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
};

/** The ceremony that stands in the form of a page. */
function ceremonyIn(body: string): { ceremonyId: string; options: object } {
  const [, id] = /name="ceremonyId" value="([^"]+)"/.exec(body)!;
  const [, options] = /data-options="([^"]+)"/.exec(body)!;
  return {
    ceremonyId: id!,
    options: JSON.parse(options!.replaceAll('&quot;', '"').replaceAll('&amp;', '&')),
  };
}

const plain = ['', '/devices', '/sessions', '/services', '/activity', '/data', '/desk'];
const sensitive = ['/devices/add', '/devices/another', '/recovery', '/delete'];

describe('the pages of an account', () => {
  it.each([...plain, ...sensitive])('/account%s lead a stranger to the sign-in and back', async (path) => {
    const answer = await open(`/en/account${path}`);
    const next = encodeURIComponent(`/en/account${path}`);
    expect([answer.statusCode, answer.headers.location]).toEqual([303, `/en/sign-in?next=${next}`]);
  });

  it.each([...plain, ...sensitive])(
    '/account%s are shown to their person in three languages',
    async (path) => {
      for (const language of ['en', 'tc', 'sc']) {
        const answer = await open(`/${language}/account${path}`, ann);
        expect([language, answer.statusCode]).toEqual([language, 200]);
        expect(answer.headers['cache-control']).toBe('no-store');
        expect(answer.body).toContain('name="robots" content="noindex"');
      }
    },
  );

  it.each(sensitive)('/account%s ask again who it is ten minutes after the sign-in', async (path) => {
    const member = await registerPerson(city.house);
    clock.set('2026-11-21T04:10:01Z');
    const [later, ordinary] = [await open(`/en/account${path}`, member), await open('/en/account', member)];
    clock.set(start);
    expect([later.statusCode, ordinary.statusCode]).toEqual([303, 200]);
  });

  it('refuse a form that another site sends with the cookie of the person', async () => {
    const headers = { cookie: ann.cookie, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    expect((await send('/en/account/recovery', {}, headers)).statusCode).toBe(403);
  });
});

describe('the overview', () => {
  it('says first how well the account is protected', async () => {
    const member = await registerPerson(city.house);
    expect(wordsOf((await open('/en/account', member)).body)).toContain(
      'One lost device would lock you out.',
    );
    await post('/en/account/recovery', {}, member);
    await addDevice(city.house, member.person);
    expect(wordsOf((await open('/en/account', member)).body)).toContain('Your account is well protected.');
  });

  it('tells plainly when nobody looked at the data', async () => {
    expect(wordsOf((await open('/en/account', bob)).body)).toContain('No officer has ever looked.');
    expect(wordsOf((await open('/tc/account/activity', bob)).body)).toContain('沒有人查閱過你的資料。');
  });

  it('marks notices as new until the person has read them', async () => {
    const member = await registerPerson(city.house);
    await addDevice(city.house, member.person);
    expect(wordsOf((await open('/en/account', member)).body)).toContain('A device was added New');
    expect((await post('/en/account', { do: 'read' }, member)).headers.location).toBe('/en/account');
    expect(wordsOf((await open('/en/account', member)).body)).not.toContain('A device was added New');
  });

  it('has the button that signs out', async () => {
    expect((await open('/en/account', ann)).body).toContain('action="/en/sign-out"');
  });
});

describe('devices', () => {
  it('are revoked by the link of the list and the button of the page, with sessions and sign-in', async () => {
    const member = await registerPerson(city.house);
    const phone = await addDevice(city.house, member.person, 'Lost phone');
    const there = await openSession(city.house, { personId: member.person.id, passkeyId: phone.passkeyId });
    const href = `/en/account/devices/${deviceKeyOf(phone.passkeyId)}`;
    expect((await open('/en/account/devices', member)).body).toContain(`${href}#revoke`);
    expect(wordsOf((await open(href, member)).body)).toContain('Sessions of this device that end now');
    const done = await post(href, { do: 'revoke' }, member);
    expect(done.headers.location).toBe('/en/account/devices?done=revoked');
    const [name, value] = there.cookie.split('=') as [string, string];
    expect(await findActor(city.house, { [name]: value })).toBeUndefined();
    expect(wordsOf((await open(done.headers.location as string, member)).body)).not.toContain('Lost phone');
    expect((await post(href, { do: 'revoke' }, member)).statusCode).toBe(404);
  });

  it('that is used to revoke itself signs its person out', async () => {
    const member = await registerPerson(city.house);
    await addDevice(city.house, member.person);
    const href = `/en/account/devices/${deviceKeyOf(member.passkeyId)}`;
    const answer = await post(href, { do: 'revoke' }, member);
    expect(answer.headers['set-cookie']).toMatch(/Max-Age=0/);
    expect((await open('/en/account', member)).statusCode).toBe(303);
  });

  it('of somebody else are not there', async () => {
    const href = `/en/account/devices/${deviceKeyOf(ann.passkeyId)}`;
    expect((await open(href, bob)).statusCode).toBe(404);
    expect((await post(href, { do: 'revoke' }, bob)).statusCode).toBe(404);
    expect((await open(href, ann)).statusCode).toBe(200);
  });

  it('get the name their owner gives them', async () => {
    const href = `/en/account/devices/${deviceKeyOf(bob.passkeyId)}`;
    await post(href, { do: 'rename', label: '<b>Kitchen' }, bob);
    const { body } = await open('/en/account/devices', bob);
    expect(body).toContain('&lt;b>Kitchen');
  });

  it('are added in this browser with a passkey made here', async () => {
    const member = await registerPerson(city.house);
    const page = await open('/en/account/devices/add', member);
    const { ceremonyId, options } = ceremonyIn(page.body);
    const response = await createSoftAuthenticator(city.house.config.origin).create(options);
    const fields = { ceremonyId, response, label: 'Key' };
    const done = await post('/en/account/devices/add', fields, member);
    expect(done.headers.location).toBe('/en/account/devices?done=added');
    expect((await listPasskeys(city.house, member.person.id)).map(({ label }) => label)).toContain('Key');
    expect((await post('/en/account/devices/add', fields, member)).statusCode).toBe(400);
  });

  it('are not added with the ceremony of another person', async () => {
    const { ceremonyId, options } = ceremonyIn((await open('/en/account/devices/add', ann)).body);
    const response = await createSoftAuthenticator(city.house.config.origin).create(options);
    const before = await listPasskeys(city.house, bob.person.id);
    expect((await post('/en/account/devices/add', { ceremonyId, response }, bob)).statusCode).toBe(400);
    expect(await listPasskeys(city.house, bob.person.id)).toEqual(before);
  });
});

describe('another device', () => {
  const scan = async (member: Member) => {
    const shown = await post('/en/account/devices/another', {}, member);
    const [, path] = /\/add-device\/([\w-]{43})/.exec(shown.body)!;
    const [, id] = /\/devices\/another\/([\w-]{36})/.exec(shown.body)!;
    return { there: `/en/add-device/${path}`, here: `/en/account/devices/another/${id}` };
  };
  const makePasskey = async (there: string) => {
    const { ceremonyId, options } = ceremonyIn((await open(there)).body);
    const response = await createSoftAuthenticator(city.house.config.origin).create(options);
    const sent = await send(there, { ceremonyId, response }, { origin: city.house.config.origin });
    return /(\d{3}) (\d{3})</.exec(sent.body)!.slice(1).join('');
  };

  it('opens the link without signing in, and counts when its code is typed on the first', async () => {
    const member = await registerPerson(city.house, { name: 'Secret Name' });
    const { there, here } = await scan(member);
    expect((await open(there)).body).not.toContain('Secret Name');
    const code = await makePasskey(there);
    expect((await listPasskeys(city.house, member.person.id)).length).toBe(1);
    const wrong = await post(here, { do: 'confirm', code: code === '111111' ? '222222' : '111111' }, member);
    expect([wrong.statusCode, wordsOf(wrong.body)]).toEqual([400, expect.stringContaining('not the code')]);
    expect((await post(here, { do: 'confirm', code }, member)).statusCode).toBe(303);
    expect((await listPasskeys(city.house, member.person.id)).length).toBe(2);
  });

  it('finds nothing behind a link that was used, and an address that somebody guessed', async () => {
    const { there } = await scan(await registerPerson(city.house));
    await makePasskey(there);
    expect((await open(there)).statusCode).toBe(404);
    expect((await open(`/en/add-device/${'A'.repeat(43)}`)).statusCode).toBe(404);
  });

  it('cannot be confirmed by anybody else', async () => {
    const { there, here } = await scan(ann);
    const code = await makePasskey(there);
    expect((await post(here, { do: 'confirm', code }, bob)).statusCode).toBe(404);
    expect((await open(here, bob)).statusCode).toBe(404);
  });
});

describe('sessions', () => {
  it('end one by one, or all others at once', async () => {
    const { house } = city;
    const member = await registerPerson(house);
    const owner = { personId: member.person.id, passkeyId: member.passkeyId };
    const first = await openSession(house, owner);
    await openSession(house, owner);
    await post('/en/account/sessions', { session: first.id }, member);
    const left = await listSessions(house, owner.personId);
    expect([left.length, left.some(({ id }) => id === first.id)]).toEqual([2, false]);
    await post('/en/account/sessions', { session: 'others' }, member);
    const last = await listSessions(house, owner.personId);
    expect(last.map(({ id }) => id)).toEqual([member.sessionId]);
  });

  it('of somebody else do not end', async () => {
    expect((await post('/en/account/sessions', { session: ann.sessionId }, bob)).statusCode).toBe(404);
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
      }),
    );
    const words = wordsOf((await open('/en/account/activity', member)).body);
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
    expect((await open(href, member)).statusCode).toBe(200);
    expect((await open(href, ann)).statusCode).toBe(404);
    expect(words).not.toContain(bob.person.id);
  });
});

describe('recovery codes', () => {
  it('are shown once, ten of them, and make the earlier ones void', async () => {
    const member = await registerPerson(city.house);
    const shown = await post('/en/account/recovery', {}, member);
    const codes = (body: string) => body.match(/<code>[0-9A-Z-]{20,}<\/code>/g) ?? [];
    expect(codes(shown.body).length).toBe(10);
    expect(shown.headers['cache-control']).toBe('no-store');
    expect(codes((await open('/en/account/recovery', member)).body)).toEqual([]);
    const again = await post('/en/account/recovery', {}, member);
    expect(new Set([...codes(shown.body), ...codes(again.body)]).size).toBe(20);
    expect(await countCodes(city.house, member.person.id)).toBe(10);
  });
});

describe('my data', () => {
  it('are corrected by their person, but not a name that was verified', async () => {
    const member = await registerPerson(city.house, { name: 'Old' });
    await post('/en/account/data', { name: 'New', language: 'tc' }, member);
    expect(await findPerson(city.house, member.person.id)).toMatchObject({ name: 'New', language: 'tc' });
    await post('/en/account/data', { language: 'tc' }, member);
    expect((await findPerson(city.house, member.person.id))?.name).toBeUndefined();
    expect((await post('/en/account/data', { language: 'xx' }, member)).statusCode).toBe(400);
  });

  it('go with the account when the word is typed, and not otherwise', async () => {
    const { house } = city;
    const member = await registerPerson(house, { name: 'Gone Soon' });
    const { id } = member.person;
    expect((await post('/en/account/delete', { confirm: 'yes' }, member)).statusCode).toBe(400);
    expect(await findPerson(house, id)).toBeDefined();
    const done = await post('/en/account/delete', { confirm: 'delete' }, member);
    expect([done.statusCode, done.headers['set-cookie']]).toEqual([200, expect.stringMatching(/Max-Age=0/)]);
    expect(await findPerson(house, id)).toBeUndefined();
    expect((await listActs(house, { subject: id, limit: 10 })).items).toEqual([]);
    expect((await open('/en/account', member)).statusCode).toBe(303);
    const [, actId] = /\/api\/v1\/receipts\/([\w-]{36})/.exec(done.body)!;
    const proof = (await city.server.fastify.inject(`/api/v1/receipts/${actId}`)).json();
    expect(JSON.parse(proof.leaf)).toMatchObject({ act: 'identity.erased' });
    expect(JSON.parse(proof.leaf).subjectDigest).toBeUndefined();
  });
});

describe('the code for a desk', () => {
  it('is another each time', async () => {
    const codeOf = (body: string) => /class="spoken-code">([^<]+)</.exec(body)?.[1];
    const one = codeOf((await post('/en/account/desk', {}, ann)).body);
    const other = codeOf((await post('/en/account/desk', {}, ann)).body);
    expect(one).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    expect(other).not.toBe(one);
  });
});
