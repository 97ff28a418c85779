// Proves the pages of officers through HTTP: who gets in, what a form brings about, and what nobody is told.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestHouse } from '../../../../../test/kit/house.ts';
import { type Member, openIdentityHouse, registerPerson } from '../../../../../test/kit/identity-house.ts';
import { harbour, lamps, registerOfficer } from '../../../../../test/kit/officers.ts';
import { fixedClock } from '../../../../core/clock.ts';
import { inTransaction } from '../../../../core/database/index.ts';
import { deskChecks } from '../../rules/index.ts';
import { createDeskVisit, firstInvitation, getPerson, listAppointments } from '../../store/index.ts';

const start = '2026-11-21T04:00:00Z';
const clock = fixedClock(start);
let open: TestHouse;
let first: Member;
let second: Member;
let editor: Member;
let approver: Member;
let local: Member;
let stranger: Member;

beforeAll(async () => {
  open = await openIdentityHouse({ clock });
  const { house } = open;
  first = await registerPerson(house, { name: 'Anna' });
  stranger = await registerPerson(house, { name: 'Strange' });
});
afterAll(() => open.close());

const ask = async (path: string, by?: Member) => {
  const headers = by === undefined ? {} : by.headers;
  const { statusCode, body, headers: got } = await open.server.fastify.inject({ url: path, headers });
  return { status: statusCode, body, location: String(got.location) };
};
async function send(path: string, by: Member, fields: Record<string, string | readonly string[]>) {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const one of [value].flat()) form.append(name, one);
  }
  const { statusCode, body, headers } = await open.server.fastify.inject({
    method: 'POST',
    url: path,
    payload: form.toString(),
    headers: { ...by.headers, 'content-type': 'application/x-www-form-urlencoded' },
  });
  return { status: statusCode, body, location: String(headers.location) };
}
const codeIn = (html: string): string => />((?:[0-9A-Z]{4,5}-)+[0-9A-Z]{4,5})</.exec(html)?.[1] ?? 'no code';
const linkIn = (html: string, folder: string): string =>
  new RegExp(`href="(/en/officers/${folder}/[0-9a-f-]{36})"`).exec(html)?.[1] ?? 'no link';

describe('the page of who may do what', () => {
  it('is for everybody, in three languages, and names every action', async () => {
    for (const [language, word] of [
      ['en', 'Verify at a desk'],
      ['tc', '核實其身份'],
      ['sc', '核实其身份'],
    ] as const) {
      const { status, body } = await ask(`/${language}/who-may-do-what`);
      expect([status, body.includes(word)]).toEqual([200, true]);
      expect(body.match(/<tr>/g)).toHaveLength(open.house.access.policies.size + 1);
    }
  });
});

describe('becoming an officer', () => {
  it('begins with the code of the program, for who is signed in', async () => {
    const code = (await firstInvitation(open.house))!;
    expect((await ask('/en/officers/join')).location).toContain('/en/sign-in?next=');
    expect((await ask('/en/officers', first)).body).toContain('You hold no role.');
    const wrong = await send('/en/officers/join', first, { code: 'AAAAA-AAAAA-AAAAA-AAAAA' });
    expect([wrong.status, wrong.body.includes('Ask for a new invitation')]).toEqual([400, true]);
    const right = await send('/en/officers/join', first, { code: code.toLowerCase() });
    expect(right.body).toContain('You are an administrator of Harbour Office.');
    const home = (await ask('/en/officers', first)).body;
    expect(home).toContain(`href="/en/officers/departments/${harbour}#invite">Invite an officer`);
    expect(home.indexOf('Harbour Office</a>')).toBeLessThan(home.search(/other departments?</));
  });

  it('goes on with invitations, whose code is shown once', async () => {
    const path = `/en/officers/departments/${harbour}`;
    second = await registerPerson(open.house, { name: 'Bo' });
    const made = await send(path, first, { do: 'invite', role: 'administrator' });
    expect(made.body).toContain('This code is shown once.');
    expect((await ask(path, first)).body).not.toContain(codeIn(made.body));
    await send('/en/officers/join', second, { code: codeIn(made.body) });
    expect((await second.actor()).roles).toEqual([{ department: harbour, role: 'administrator' }]);
  });

  it('takes a second administrator where the role decides', async () => {
    const path = `/en/officers/departments/${harbour}`;
    approver = await registerPerson(open.house, { name: 'Cy' });
    const proposed = await send(path, first, { do: 'invite', role: 'approver' });
    const page = linkIn(proposed.body, 'proposals');
    expect(proposed.body).toContain('A second officer must agree.');
    expect((await send(page, first, { do: 'approved' })).status).toBe(409);
    expect((await send(page, stranger, { do: 'approved' })).status).toBe(403);
    expect((await ask(page, second)).body).toContain('Anna');
    expect((await send(page, second, { do: 'approved' })).status).toBe(200);
    const taken = await send(page, first, { do: 'collect' });
    expect((await send(page, first, { do: 'collect' })).status).toBe(409);
    await send('/en/officers/join', approver, { code: codeIn(taken.body) });
    expect((await approver.actor()).roles).toEqual([{ department: harbour, role: 'approver' }]);
  });
});

describe('a department', () => {
  it('is closed to the administrator of another, and to who is no officer', async () => {
    local = await registerOfficer(open.house, 'administrator', lamps);
    const path = `/en/officers/departments/${harbour}`;
    expect((await ask(path, local)).status).toBe(403);
    expect((await ask(path, stranger)).status).toBe(403);
    expect((await send(path, local, { do: 'invite', role: 'viewer' })).status).toBe(403);
    const [held] = await listAppointments(open.house, { person: approver.person.id, limit: 1 });
    // Through the page of the own department, too.
    const own = `/en/officers/departments/${lamps}`;
    expect((await send(own, local, { do: 'end', appointment: held!.id })).status).toBe(403);
    expect((await approver.actor()).roles).toHaveLength(1);
  });

  it('gives and ends roles, and voids invitations, by its forms', async () => {
    const path = `/en/officers/departments/${lamps}`;
    editor = await registerOfficer(open.house, 'editor');
    const colleague = await registerOfficer(open.house, 'viewer', lamps);
    const given = await send(path, local, { do: 'give', role: 'auditor', person: colleague.person.id });
    expect(given.body).toContain('The role is given.');
    const [held] = await listAppointments(open.house, { person: colleague.person.id, limit: 1 });
    const ended = await send(path, local, { do: 'end', appointment: held!.id });
    expect(ended.body).toContain('The role has ended.');
    const code = codeIn((await send(path, local, { do: 'invite', role: 'viewer' })).body);
    const [, invitation] = /name="invitation" value="([^"]+)"/.exec((await ask(path, local)).body) ?? [];
    expect((await send(path, local, { do: 'void', invitation: invitation! })).body).toContain('void');
    expect((await send('/en/officers/join', stranger, { code })).status).toBe(400);
  });

  it.each(['invite', 'give', 'end', 'void'])(
    'refuses the form %s that does not say what about',
    async (what) => {
      const { status } = await send(`/en/officers/departments/${harbour}`, first, { do: what });
      expect(status).toBe(400);
    },
  );

  it('asks who it is again after an hour', async () => {
    clock.set('2026-11-21T05:00:01Z');
    const { location } = await ask(`/en/officers/departments/${harbour}`, first);
    expect(location).toContain('/en/sign-in?next=');
    const [other] = await listAppointments(open.house, { person: second.person.id, limit: 1 });
    const dismissed = await send('/en/officers', first, { appointment: other!.id });
    expect(dismissed.location).toContain('/en/sign-in?next=');
    expect(await listAppointments(open.house, { person: second.person.id, limit: 1 })).toEqual([other]);
    clock.set(start);
  });
});

describe('the desk', () => {
  const card = 'PE-1234-R';
  const codeOf = async (member: Member) => {
    const { house } = open;
    const make = inTransaction(house.database, (tx) => createDeskVisit(tx, house, member.person.id));
    return (await make).code;
  };

  it('is not for administrators, viewers and strangers', async () => {
    const statuses = await Promise.all([first, stranger].map((by) => ask('/en/officers/desk', by)));
    expect(statuses.map(({ status }) => status)).toEqual([403, 403]);
  });

  it('verifies with code, card and checks, and says what is missing', async () => {
    const code = await codeOf(stranger);
    const { location } = await send('/en/officers/desk', editor, { code, department: harbour });
    expect(location).toMatch(/^\/en\/officers\/desk\/[0-9a-f-]{36}$/);
    expect((await ask(location, editor)).body).toContain('Strange');
    expect((await ask(location, approver)).status).toBe(404);
    const empty = await send(location, editor, {});
    expect([empty.status, empty.body.match(/class="error status"/g)?.length]).toEqual([400, 3]);
    const wrong = await send(location, editor, { card: 'PE-1234-X', name: 'LI Wei', checks: deskChecks });
    expect(wrong.body).toContain('This is not a card number');
    const done = await send(location, editor, { card, name: 'LI Wei', checks: deskChecks });
    expect(done.body).toContain('The person is verified.');
    expect(done.body).not.toContain(card);
    expect((await getPerson(open.house, stranger.person.id)).assurance).toBe('verified-at-desk');
    const again = await send('/en/officers/desk', editor, { code, department: harbour });
    expect(again.status).toBe(400);
  });

  it('lets a person back in with two officers', async () => {
    const asked = { department: harbour, checks: deskChecks, card };
    const missing = await send('/en/officers/recovery', editor, asked);
    expect([missing.status, missing.body.includes('Choose what happened')]).toEqual([400, true]);
    const nobody = await send('/en/officers/recovery', editor, {
      ...asked,
      card: 'PE-1235-B',
      reason: 'lost',
    });
    expect(nobody.body).toContain('No account was verified with this card number.');
    const proposed = await send('/en/officers/recovery', editor, { ...asked, reason: 'lost' });
    const page = linkIn(proposed.body, 'proposals');
    expect((await ask(page, editor)).body).not.toContain('LI Wei');
    expect((await send(page, editor, { do: 'approved' })).status).toBe(403);
    expect((await ask(page, approver)).body).toContain('LI Wei');
    await send(page, approver, { do: 'approved' });
    expect((await send(page, approver, { do: 'collect' })).status).toBe(409);
    const taken = await send(page, editor, { do: 'collect' });
    expect(codeIn(taken.body)).toMatch(/^\w{5}-/);
  });

  it('is over for an officer whose role has ended, from the next request on', async () => {
    const code = await codeOf(await registerPerson(open.house));
    const { location } = await send('/en/officers/desk', editor, { code, department: harbour });
    const [held] = await listAppointments(open.house, { person: editor.person.id, limit: 1 });
    const ended = await send('/en/officers', editor, { appointment: held!.id });
    expect(ended.body).toContain('You have laid down this role.');
    expect((await ask(location, editor)).status).toBe(403);
  });
});

describe('services', () => {
  it('are registered and disabled by an administrator, within their department', async () => {
    const fields = {
      ...{ name_en: 'Berths', name_tc: '泊位', department: harbour },
      ...{ redirect_uris: 'https://berths.example/return', token_endpoint_auth_method: 'none' },
    };
    expect((await send('/en/officers/services/new', local, fields)).status).toBe(403);
    expect((await ask('/en/officers/services', approver)).status).toBe(403);
    const wrong = await send('/en/officers/services/new', first, { ...fields, redirect_uris: 'ftp://x' });
    expect([wrong.status, wrong.body.includes('id="redirect_uris-error"')]).toEqual([400, true]);
    const made = await send('/en/officers/services/new', first, fields);
    expect(made.body).toContain('The service is registered.');
    const page = linkIn((await ask('/en/officers/services', first)).body, 'services');
    expect((await ask('/en/officers/services', local)).body).not.toContain('Berths');
    expect((await ask(page, local)).status).toBe(403);
    expect((await send(page, local, { do: 'disable' })).status).toBe(403);
    expect((await send(page, first, { do: 'disable' })).body).toContain('The service is disabled.');
  });

  it('take further settings as JSON, and are told which of them is wrong', async () => {
    const fields = {
      ...{ name_en: 'Buoys', name_tc: '浮標', department: harbour },
      ...{ redirect_uris: 'https://buoys.example/return', token_endpoint_auth_method: 'client_secret_basic' },
    };
    const refused = [
      ['{', 'This is not JSON.'],
      ['[1]', 'Write one JSON object'],
      ['{"grant_typos":[]}', 'grant_typos: '],
      ['{"grant_types":["password"]}', 'grant_types: '],
    ] as const;
    for (const [metadata, words] of refused) {
      const { status, body } = await send('/en/officers/services/new', first, { ...fields, metadata });
      expect([metadata, status, body.includes('id="metadata-error"'), body.includes(words)]).toEqual([
        metadata,
        400,
        true,
        true,
      ]);
    }
    const metadata = '{"grant_types":["authorization_code","refresh_token"]}';
    const made = await send('/en/officers/services/new', first, { ...fields, metadata });
    expect(made.body).toContain('The secret is shown once.');
  });

  it('are changed and get a new secret under the same identifier', async () => {
    const list = (await ask('/en/officers/services', first)).body;
    const page = /href="([^"]+)"[^>]*>Buoys/.exec(list)![1]!;
    const form = await ask(`${page}/change`, first);
    expect(form.body).toContain('refresh_token');
    expect((await ask(`${page}/change`, local)).status).toBe(403);
    const fields = { name_en: 'Buoys and lights', name_tc: '浮標與航標' };
    const wrong = await send(`${page}/change`, first, { ...fields, metadata: '{}' });
    expect([wrong.status, wrong.body.includes('redirect_uris: ')]).toEqual([400, true]);
    const metadata = JSON.stringify({
      redirect_uris: ['https://buoys.example/other'],
      token_endpoint_auth_method: 'client_secret_basic',
    });
    const changed = await send(`${page}/change`, first, { ...fields, metadata });
    expect(changed.body).toContain('The settings are changed.');
    const after = (await ask(page, first)).body;
    expect([after.includes('https://buoys.example/other'), after.includes('refresh_token')]).toEqual([
      true,
      false,
    ]);
    expect(after).toContain('Buoys and lights');
    const renewed = await send(page, first, { do: 'secret' });
    expect(renewed.body).toContain('The service has a new secret.');
    expect((await send(page, local, { do: 'secret' })).status).toBe(403);
  });
});
