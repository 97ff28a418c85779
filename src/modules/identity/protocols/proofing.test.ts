// Proves that a remote service can verify a person, and that nothing else than its own answer can.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestHouse } from '../../../../test/kit/house.ts';
import { type Member, openIdentityHouse, registerPerson } from '../../../../test/kit/identity-house.ts';
import { openProofingService, type ProofingService } from '../../../../test/kit/proofing-service.ts';
import { fixedClock } from '../../../core/clock.ts';
import { sql } from '../../../core/database/index.ts';
import { listActs } from '../../receipts/index.ts';
import { getPerson } from '../store/index.ts';

const clock = fixedClock(new Date());
let service: ProofingService;
let open: TestHouse;
let person: Member;

beforeAll(async () => {
  service = await openProofingService();
  const env = { LAMPPOST_PROOFING_ISSUER: service.issuer, LAMPPOST_PROOFING_CLIENT_ID: service.clientId };
  open = await openIdentityHouse({ clock, env });
  await service.know(open.house);
});
afterAll(async () => {
  await open?.close();
  await service?.close();
});
beforeEach(async () => {
  clock.set(new Date());
  service.verified = verifiedAs('PE-1234-R');
  await sql`update identity.person set card_digest = null, card_sealed = null`.execute(open.house.database);
  person = await registerPerson(open.house, { name: 'Mei' });
});

const verifiedAs = (number: string, name = 'CHAN Mei') => ({
  verification: {
    trust_framework: 'port_ellery',
    evidence: [{ type: 'document', document_details: { type: 'idcard', document_number: number } }],
  },
  claims: { name },
});

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const ask = (url: string, cookie: string) => open.server.fastify.inject({ url, headers: { cookie } });

/** Sends the form of the page; gives the address of the service and the cookie of the flow. */
async function begin(member: Member) {
  const answer = await open.server.fastify.inject({
    method: 'POST',
    url: '/tc/account/proofing',
    payload: '',
    headers: { ...member.headers, ...form },
  });
  const [cookie = ''] = [answer.headers['set-cookie']].flat();
  return { answer, address: String(answer.headers.location), cookie: String(cookie).split(';', 1)[0]! };
}

const pathOf = (address: string) => address.slice(new URL(address).origin.length);

async function goThere(member: Member) {
  const { address, cookie } = await begin(member);
  const back = pathOf(await service.visit(address));
  return { back, cookies: `${member.cookie}; ${cookie}` };
}

const assuranceOf = async ({ person: { id } }: Member) => (await getPerson(open.house, id)).assurance;

describe('remote identity proofing', () => {
  it('verifies a person under the name and card that the service saw', async () => {
    const { back, cookies } = await goThere(person);
    const answer = await ask(back, cookies);
    expect([answer.statusCode, answer.body.includes('你的身份已核實')]).toEqual([200, true]);
    const { name, assurance, maskedCard } = await getPerson(open.house, person.person.id);
    expect([name, assurance, maskedCard]).toEqual(['CHAN Mei', 'verified-remotely', 'PE-1***-*']);
    const topics = ['identity.verified'];
    const acts = await listActs(open.house, { subject: person.person.id, topics, limit: 5 });
    expect(acts.items[0]!.details).toEqual({ assurance: 'verified-remotely' });
  });

  it('lets the form lead to the service and nowhere else', async () => {
    const { headers } = await ask('/en/account/proofing', person.cookie);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain(`form-action 'self' ${service.issuer}`);
  });

  it('takes an answer once, and only in the session that asked', async () => {
    const { back, cookies } = await goThere(person);
    const thief = await registerPerson(open.house);
    const flow = cookies.split('; ')[1]!;
    expect((await ask(back, `${thief.cookie}; ${flow}`)).statusCode).toBe(400);
    expect((await ask(back, person.cookie)).statusCode).toBe(400);
    expect((await ask(back, cookies)).statusCode).toBe(200);
    expect((await ask(back, cookies)).statusCode).toBe(400);
    expect(await assuranceOf(thief)).toBe('self-asserted');
  });

  it.each([
    ['another state', (back: string) => back.replace(/state=[^&]*/, 'state=another')],
    ['no state', (back: string) => back.replace(/state=[^&]*&?/, '')],
    ['an error', () => '/tc/account/proofing/return?error=access_denied&state=x'],
    ['another issuer', (back: string) => back.replace(/iss=[^&]*/, 'iss=https%3A%2F%2Fevil.example')],
  ])('refuses an answer with %s', async (_title, change) => {
    const { back, cookies } = await goThere(person);
    expect((await ask(change(back), cookies)).statusCode).toBe(400);
    expect(await assuranceOf(person)).toBe('self-asserted');
  });

  it('refuses an answer that comes too late', async () => {
    const { back, cookies } = await goThere(person);
    clock.set(new Date(Date.now() + 31 * 60_000));
    expect((await ask(back, cookies)).statusCode).toBe(400);
  });

  it.each([
    ['says nothing', undefined],
    ['names nobody', { verification: { trust_framework: 'x' }, claims: {} }],
    ['saw no card', { verification: { trust_framework: 'x' }, claims: { name: 'CHAN Mei' } }],
    ['gives a number that is none', verifiedAs('PE-1234-X')],
  ])('refuses a service that %s', async (_title, verified) => {
    service.verified = verified;
    const { back, cookies } = await goThere(person);
    expect((await ask(back, cookies)).statusCode).toBe(400);
    expect(await assuranceOf(person)).toBe('self-asserted');
  });

  it('refuses the card of another account, which is an act', async () => {
    const first = await goThere(person);
    await ask(first.back, first.cookies);
    const double = await registerPerson(open.house);
    const second = await goThere(double);
    expect((await ask(second.back, second.cookies)).statusCode).toBe(409);
    const topics = ['identity.verification-refused'];
    const acts = await listActs(open.house, { subject: double.person.id, topics, limit: 5 });
    expect(acts.items[0]!.details).toEqual({ reason: 'card-known' });
  });

  it('is not there where the city names no service', async () => {
    const other = await openIdentityHouse({ clock });
    const member = await registerPerson(other.house);
    const { statusCode } = await other.server.fastify.inject({
      url: '/en/account/proofing',
      headers: { cookie: member.cookie },
    });
    expect(statusCode).toBe(404);
    await other.close();
  });
});
