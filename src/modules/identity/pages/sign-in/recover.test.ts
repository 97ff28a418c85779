// Tests of recovery through HTTP: codes right and wrong look alike, the wait holds, its owner stops it.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestHouse } from '../../../../../test/kit/house.ts';
import { openIdentityHouse, registerPerson } from '../../../../../test/kit/identity-house.ts';
import { createSoftAuthenticator } from '../../../../../test/kit/passkey.ts';
import { fixedClock } from '../../../../core/clock.ts';
import { inTransaction } from '../../../../core/database/index.ts';
import {
  cancelRecovery,
  createRecoveryCodes,
  findActor,
  listPasskeys,
  openDeskRecovery,
} from '../../store/index.ts';

const start = '2026-11-21T04:00:00Z';
const hours = (count: number) => new Date(Date.parse(start) + count * 3_600_000);

describe('recovery', () => {
  const clock = fixedClock(start);
  let city: TestHouse;
  let origin: string;
  beforeAll(async () => {
    city = await openIdentityHouse({ clock, env: { LAMPPOST_RATE_LIMIT_PER_MINUTE: '600' } });
    origin = city.house.config.origin;
  }, 60_000);
  afterAll(() => city.close());

  type Sent = Record<string, string>;
  let browsers = 0;
  /** One browser: keeps what it is given; at an address of its own, unless one is given. */
  function openBrowser(address?: string) {
    browsers += 1;
    const remoteAddress = address ?? `192.0.2.${browsers}`;
    let cookie = '';
    const keep = (given: string | string[] | undefined) => {
      for (const line of [given ?? []].flat()) cookie = line.split(';', 1)[0]!;
    };
    const read = async () => {
      const answer = await city.server.fastify.inject({
        url: '/en/recover',
        headers: { cookie },
        remoteAddress,
      });
      keep(answer.headers['set-cookie']);
      return answer;
    };
    const send = async (fields: Sent, headers: Sent = {}) => {
      const answer = await city.server.fastify.inject({
        method: 'POST',
        remoteAddress,
        url: '/en/recover',
        headers: { cookie, origin, 'content-type': 'application/x-www-form-urlencoded', ...headers },
        payload: new URLSearchParams(fields).toString(),
      });
      keep(answer.headers['set-cookie']);
      return answer;
    };
    const begin = (code: string) => send({ step: 'begin', code });
    return { read, send, begin, cookie: () => cookie };
  }
  type Tab = ReturnType<typeof openBrowser>;

  /** Makes a passkey as the page asks for it. */
  async function finish(tab: Tab) {
    const { body } = await tab.read();
    const field = (pattern: RegExp) => pattern.exec(body)?.[1] ?? '';
    const options = JSON.parse(field(/data-options="([^"]*)"/).replaceAll('&quot;', '"')) as object;
    const ceremonyId = field(/name="ceremonyId" value="([^"]*)"/);
    const device = createSoftAuthenticator(origin);
    const response = await device.create(options);
    return { device, answer: await tab.send({ step: 'finish', ceremonyId, response }) };
  }

  async function holder() {
    const member = await registerPerson(city.house, { name: 'Ada Wong' });
    const codes = await inTransaction(city.house.database, (tx) =>
      createRecoveryCodes(tx, city.house, member.person.id),
    );
    return { member, codes };
  }

  it('says until when to wait, the same for a right code and for a wrong one', async () => {
    clock.set(start);
    const { codes } = await holder();
    const { codes: others } = await holder();
    const used = openBrowser();
    await used.begin(others[0]!);
    const bodies: string[] = [];
    for (const code of [codes[0]!, others[0]!]) {
      const tab = openBrowser();
      const answer = await tab.begin(code);
      expect([answer.statusCode, answer.headers.location]).toEqual([303, '/en/recover']);
      expect(answer.headers.location).not.toContain(code);
      bodies.push((await tab.read()).body);
    }
    expect(bodies[0]).toBe(bodies[1]);
    expect(bodies[0]).toContain('23 November 2026, 04:00');
    expect(bodies[0]).toContain('How to stop it');
  });

  it('keeps what leads back in a cookie that no script and no other site can use', async () => {
    const { codes } = await holder();
    const answer = await openBrowser().begin(codes[0]!);
    expect(String(answer.headers['set-cookie'])).toMatch(/; HttpOnly; SameSite=Lax/);
  });

  it('tells at once of a code that is mistyped, and of one that is missing', async () => {
    const { codes } = await holder();
    const [right] = codes as [string];
    const wrong = right.slice(0, -1) + (right.endsWith('7') ? '8' : '7');
    for (const code of [wrong, 'hello', '']) {
      const tab = openBrowser();
      const answer = await tab.begin(code);
      expect(answer.statusCode).toBe(400);
      expect(answer.body).toContain('role="alert"');
      expect(answer.body.includes(`value="${code}"`)).toBe(code !== '');
      expect(tab.cookie()).toBe('');
    }
  });

  it('opens when the wait is over, adds a passkey, ends every session and keeps the old passkeys', async () => {
    clock.set(start);
    const { member, codes } = await holder();
    const tab = openBrowser();
    await tab.begin(codes[0]!.toLowerCase().replaceAll('-', ' '));
    clock.set(hours(47.9));
    expect((await tab.read()).body).not.toContain('data-passkey');
    clock.set(hours(48.1));
    const { answer } = await finish(tab);
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('You are back');
    expect(await listPasskeys(city.house, member.person.id)).toHaveLength(2);
    const [name, secret] = member.cookie.split('=') as [string, string];
    expect(await findActor(city.house, { [name]: secret })).toBeUndefined();
    expect((await openBrowser().read()).body).toContain('name="code"');
  });

  it('is over once its owner has stopped it, and cannot be finished by a form that was kept', async () => {
    clock.set(start);
    const { member, codes } = await holder();
    const tab = openBrowser();
    await tab.begin(codes[0]!);
    clock.set(hours(48.1));
    const { body } = await tab.read();
    expect(body).toContain('data-passkey="create"');
    await cancelRecovery(city.house, { id: member.person.id });
    const sent = await tab.send({ step: 'finish', ceremonyId: member.person.id, response: '{}' });
    expect(sent.body).toContain('This recovery is over');
    expect(await listPasskeys(city.house, member.person.id)).toHaveLength(1);
  });

  it('never opens for a wrong code, and then does not say that it was wrong', async () => {
    clock.set(start);
    const { codes } = await holder();
    await openBrowser().begin(codes[0]!);
    const again = openBrowser();
    await again.begin(codes[0]!);
    clock.set(hours(48.1));
    const { body } = await again.read();
    expect(body).toContain('This recovery is over');
    expect(body).not.toContain('data-passkey');
  });

  it('opens at once with the code of a desk', async () => {
    clock.set(start);
    const { member } = await holder();
    const { code } = await inTransaction(city.house.database, (tx) =>
      openDeskRecovery(tx, city.house, member.person.id),
    );
    const tab = openBrowser();
    await tab.begin(code);
    expect((await finish(tab)).answer.body).toContain('You are back');
    expect(await listPasskeys(city.house, member.person.id)).toHaveLength(2);
  });

  it('says what is missing when the browser sent no passkey or a bent one, and asks again', async () => {
    clock.set(start);
    const { member } = await holder();
    const { code } = await inTransaction(city.house.database, (tx) =>
      openDeskRecovery(tx, city.house, member.person.id),
    );
    const tab = openBrowser();
    await tab.begin(code);
    const ceremonyId = /name="ceremonyId" value="([^"]*)"/.exec((await tab.read()).body)![1]!;
    const silent = await tab.send({ step: 'finish', ceremonyId });
    expect([silent.statusCode, silent.body]).toEqual([400, expect.stringContaining('sent no passkey')]);
    const bent = await tab.send({ step: 'finish', ceremonyId, response: '{"id":"x"}' });
    expect([bent.statusCode, bent.body]).toEqual([400, expect.stringContaining('was not accepted')]);
    expect((await finish(tab)).answer.body).toContain('You are back');
  });

  it('refuses a form of another site, and slows down who tries many codes', async () => {
    clock.set(hours(1000));
    const foreign = await openBrowser().send(
      { step: 'begin', code: 'A' },
      { origin: 'https://evil.example' },
    );
    expect(foreign.statusCode).toBe(403);
    const { codes } = await holder();
    const statuses: number[] = [];
    for (let tries = 0; tries < 12; tries += 1)
      statuses.push((await openBrowser('198.51.100.7').begin(codes[0]!)).statusCode);
    expect(statuses.slice(-1)).toEqual([429]);
    expect(statuses[0]).toBe(303);
  });

  it('forgets in this browser what was begun, on request', async () => {
    clock.set(hours(2000));
    const { codes } = await holder();
    const tab = openBrowser();
    await tab.begin(codes[0]!);
    expect((await tab.send({ step: 'forget' })).body).toContain('name="code"');
    expect(tab.cookie()).toMatch(/=$/);
  });
});
