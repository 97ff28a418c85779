// Proves the pages of devices over HTTP: revoking, naming, adding one here, and another by its link.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestHouse } from '../../../../../test/kit/house.ts';
import {
  answerCeremony,
  type HouseReader,
  readerOfHouse,
  wordsOf,
} from '../../../../../test/kit/house-reader.ts';
import {
  addDevice,
  type Member,
  openIdentityHouse,
  openSession,
  registerPerson,
} from '../../../../../test/kit/identity-house.ts';
import { deviceKeyOf } from '../../rules/index.ts';
import { findActor, listPasskeys } from '../../store/index.ts';

let city: TestHouse;
let reader: HouseReader;
let ann: Member;
let bob: Member;
beforeAll(async () => {
  city = await openIdentityHouse();
  reader = readerOfHouse(city);
  ann = await registerPerson(city.house, { name: 'Ann Lee' });
  bob = await registerPerson(city.house);
});
afterAll(() => city.close());

describe('devices', () => {
  it('are renamed first on their page; revoking comes after, and looks like what it is', async () => {
    const member = await registerPerson(city.house);
    const { body } = await reader.open(`/en/account/devices/${deviceKeyOf(member.passkeyId)}`, member);
    expect(body.indexOf('id="rename"')).toBeGreaterThan(0);
    expect(body.indexOf('id="revoke"')).toBeGreaterThan(body.indexOf('id="rename"'));
    expect(body).toMatch(/class="button button-danger"[^>]*>Revoke it now/);
    expect(body).not.toContain('Signed out now, wherever');
  });

  it('are revoked by the link of the list and the button of the page, with sessions and sign-in', async () => {
    const member = await registerPerson(city.house);
    const phone = await addDevice(city.house, member.person, 'Lost phone');
    const there = await openSession(city.house, { personId: member.person.id, passkeyId: phone.passkeyId });
    const href = `/en/account/devices/${deviceKeyOf(phone.passkeyId)}`;
    expect((await reader.open('/en/account/devices', member)).body).toContain(`${href}#revoke`);
    expect(wordsOf((await reader.open(href, member)).body)).toContain('Sessions of this device that end now');
    const done = await reader.post(href, { do: 'revoke' }, member);
    expect(done.headers.location).toBe('/en/account/devices?done=revoked');
    const [name, value] = there.cookie.split('=') as [string, string];
    expect(await findActor(city.house, { [name]: value })).toBeUndefined();
    expect(wordsOf((await reader.open(done.headers.location as string, member)).body)).not.toContain(
      'Lost phone',
    );
    expect((await reader.post(href, { do: 'revoke' }, member)).statusCode).toBe(404);
  });

  it('that is used to revoke itself signs its person out', async () => {
    const member = await registerPerson(city.house);
    await addDevice(city.house, member.person);
    const href = `/en/account/devices/${deviceKeyOf(member.passkeyId)}`;
    const answer = await reader.post(href, { do: 'revoke' }, member);
    expect(answer.headers['set-cookie']).toMatch(/Max-Age=0/);
    expect((await reader.open('/en/account', member)).statusCode).toBe(303);
  });

  it('of somebody else are not there', async () => {
    const href = `/en/account/devices/${deviceKeyOf(ann.passkeyId)}`;
    expect((await reader.open(href, bob)).statusCode).toBe(404);
    expect((await reader.post(href, { do: 'revoke' }, bob)).statusCode).toBe(404);
    expect((await reader.open(href, ann)).statusCode).toBe(200);
  });

  it('get the name their owner gives them', async () => {
    const href = `/en/account/devices/${deviceKeyOf(bob.passkeyId)}`;
    await reader.post(href, { do: 'rename', label: '<b>Kitchen' }, bob);
    const { body } = await reader.open('/en/account/devices', bob);
    expect(body).toContain('&lt;b>Kitchen');
  });

  it('are added in this browser with a passkey made here', async () => {
    const member = await registerPerson(city.house);
    const page = await reader.open('/en/account/devices/add', member);
    const { ceremonyId, response } = await answerCeremony(page, city.house.config.origin);
    const fields = { ceremonyId, response, label: 'Key' };
    const done = await reader.post('/en/account/devices/add', fields, member);
    expect(done.headers.location).toBe('/en/account/devices?done=added');
    expect((await listPasskeys(city.house, member.person.id)).map(({ label }) => label)).toContain('Key');
    expect((await reader.post('/en/account/devices/add', fields, member)).statusCode).toBe(400);
  });

  it('are not added with the ceremony of another person', async () => {
    const { ceremonyId, response } = await answerCeremony(
      await reader.open('/en/account/devices/add', ann),
      city.house.config.origin,
    );
    const before = await listPasskeys(city.house, bob.person.id);
    expect((await reader.post('/en/account/devices/add', { ceremonyId, response }, bob)).statusCode).toBe(
      400,
    );
    expect(await listPasskeys(city.house, bob.person.id)).toEqual(before);
  });
});

describe('another device', () => {
  const scan = async (member: Member) => {
    const shown = await reader.post('/en/account/devices/another', {}, member);
    const [, path] = /\/add-device\/([\w-]{43})/.exec(shown.body)!;
    const [, id] = /\/devices\/another\/([\w-]{36})/.exec(shown.body)!;
    return { there: `/en/add-device/${path}`, here: `/en/account/devices/another/${id}` };
  };
  const makePasskey = async (there: string) => {
    const { ceremonyId, response } = await answerCeremony(await reader.open(there), city.house.config.origin);
    const sent = await reader.send(there, { ceremonyId, response }, { origin: city.house.config.origin });
    return /(\d{3}) (\d{3})</.exec(sent.body)!.slice(1).join('');
  };

  it('opens the link without signing in, and counts when its code is typed on the first', async () => {
    const member = await registerPerson(city.house, { name: 'Secret Name' });
    const { there, here } = await scan(member);
    expect((await reader.open(there)).body).not.toContain('Secret Name');
    const code = await makePasskey(there);
    expect((await listPasskeys(city.house, member.person.id)).length).toBe(1);
    const wrong = await reader.post(
      here,
      { do: 'confirm', code: code === '111111' ? '222222' : '111111' },
      member,
    );
    expect([wrong.statusCode, wordsOf(wrong.body)]).toEqual([400, expect.stringContaining('not the code')]);
    expect((await reader.post(here, { do: 'confirm', code }, member)).statusCode).toBe(303);
    expect((await listPasskeys(city.house, member.person.id)).length).toBe(2);
  });

  it('finds nothing behind a link that was used, and an address that somebody guessed', async () => {
    const { there } = await scan(await registerPerson(city.house));
    await makePasskey(there);
    expect((await reader.open(there)).statusCode).toBe(404);
    const gone = await reader.open(`/en/add-device/${'A'.repeat(43)}`);
    expect(gone.statusCode).toBe(404);
    expect(gone.body).toContain('This link no longer works</');
    expect(gone.body).toContain('href="/en/account/devices/another"');
  });

  it('cannot be confirmed by anybody else', async () => {
    const { there, here } = await scan(ann);
    const code = await makePasskey(there);
    expect((await reader.post(here, { do: 'confirm', code }, bob)).statusCode).toBe(404);
    expect((await reader.open(here, bob)).statusCode).toBe(404);
  });
});
