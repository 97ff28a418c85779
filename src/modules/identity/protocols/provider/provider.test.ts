// The provider from outside: discovery, codes, consent, pseudonyms, ends of sessions, and what is refused.

import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestHouse } from '../../../../../test/kit/house.ts';
import { type Member, openIdentityHouse, registerPerson } from '../../../../../test/kit/identity-house.ts';
import { InjectBrowser } from '../../../../../test/kit/inject-browser.ts';
import { inTransaction } from '../../../../core/database/index.ts';
import type { Proven } from '../../schema.ts';
import { endSessions, findActor } from '../../store/index.ts';
import { createService, disableService, finishConsent, finishLogin, getInteraction } from './index.ts';

let open: TestHouse;
let person: Member;
beforeAll(async () => {
  open = await openIdentityHouse();
  person = await registerPerson(open.house, { name: 'Chan Tai Man' });
});
afterAll(async () => open.close());

const redirectUri = 'https://service.example/return';

const provenBy = (member: Member, acr: Proven['acr'] = 'phr'): Proven => ({
  personId: member.person.id,
  passkeyId: member.passkeyId,
  acr,
  authenticatedAt: open.house.clock.now(),
});

const newService = (metadata: Record<string, unknown> = {}) =>
  createService(
    open.house,
    { id: person.person.id },
    {
      name: { en: 'Library', tc: '圖書館' },
      metadata: { redirect_uris: [redirectUri], token_endpoint_auth_method: 'none', ...metadata },
    },
  );

const verifier = randomBytes(32).toString('base64url');

function authorization(clientId: string, more: Record<string, string> = {}): string {
  const asked = {
    client_id: clientId,
    response_type: 'code',
    scope: 'openid profile',
    redirect_uri: redirectUri,
    state: 'state',
    nonce: 'nonce',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  };
  return `/oidc/auth?${new URLSearchParams(asked)}`;
}

const isInteraction = (address: string) => /\/sign-in\/[\w-]{43}$/.test(address);
const isOutside = (address: string) => address.startsWith('https://service.example/');
const uidOf = (address: string) => address.slice(address.lastIndexOf('/') + 1);

type Login = { clientId: string; browser?: InjectBrowser; proven?: Proven; more?: Record<string, string> };

/** The address with the answer, after signing in and consenting where that is asked. */
async function logIn({ clientId, browser = new InjectBrowser(open), proven, more }: Login): Promise<URL> {
  const { house } = open;
  let address = authorization(clientId, more);
  for (;;) {
    address = await browser.follow(address, (one) => isInteraction(one) || isOutside(one));
    if (isOutside(address)) return new URL(address);
    const uid = uidOf(address);
    const visit = browser.visit(address);
    const { prompt, newScopes, newClaims } = await getInteraction(house, visit, uid);
    address =
      prompt === 'consent'
        ? await finishConsent(house, visit, uid, { scopes: newScopes, claims: newClaims })
        : await finishLogin(house, visit, uid, proven ?? provenBy(person));
  }
}

async function exchange(clientId: string, code: string | null) {
  const form = {
    grant_type: 'authorization_code',
    client_id: clientId,
    code: code ?? '',
    redirect_uri: redirectUri,
    code_verifier: verifier,
  };
  const answer = await open.server.fastify.inject({
    method: 'POST',
    url: '/oidc/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(form).toString(),
  });
  return answer.json() as Record<string, string>;
}

const userinfo = (token: string | undefined) =>
  open.server.fastify.inject({ url: '/oidc/me', headers: { authorization: `Bearer ${token}` } });

const claimsOf = (token = '') =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;

test('discovery names endpoints at the origin of the configuration, whatever the host header says', async () => {
  const { server, house } = open;
  const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example' };
  for (const url of [
    '/oidc/.well-known/openid-configuration',
    '/.well-known/oauth-authorization-server/oidc',
    '/.well-known/openid-configuration/oidc',
  ]) {
    const answer = await server.fastify.inject({ url, headers });
    expect(answer.json()).toMatchObject({
      issuer: `${house.config.origin}/oidc`,
      token_endpoint: `${house.config.origin}/oidc/token`,
      id_token_signing_alg_values_supported: ['ES256'],
      prompt_values_supported: ['none', 'login', 'consent', 'create'],
    });
    expect(answer.body).not.toMatch(/evil|RS256/);
  }
});

test('a public client gets tokens with PKCE, and the person is asked for consent once', async () => {
  const { id } = await newService();
  const browser = new InjectBrowser(open);
  const first = await logIn({ clientId: id, browser });
  expect(first.searchParams.get('iss')).toBe(`${open.house.config.origin}/oidc`);
  const tokens = await exchange(id, first.searchParams.get('code'));
  const { sub } = claimsOf(tokens.id_token);
  expect(sub).not.toBe(person.person.id);
  expect((await userinfo(tokens.access_token)).json()).toEqual({ sub, name: 'Chan Tai Man', locale: 'en' });
  // Another browser: sign in again, but nobody asks for consent.
  const other = new InjectBrowser(open);
  const address = await other.follow(authorization(id), isInteraction);
  const on = await finishLogin(open.house, other.visit(address), uidOf(address), provenBy(person));
  expect(new URL(await other.follow(on, isOutside)).searchParams.get('code')).toBeTruthy();
});

test('the same person has a different pseudonym at each service, also on one host', async () => {
  const [one, other] = [await newService(), await newService()];
  const subs = [];
  for (const { id } of [one, other, one]) {
    const answer = await logIn({ clientId: id });
    subs.push(claimsOf((await exchange(id, answer.searchParams.get('code'))).id_token).sub);
  }
  expect(subs[0]).toBe(subs[2]);
  expect(subs[0]).not.toBe(subs[1]);
});

test('a code that is used twice gives nothing, and takes back what it gave', async () => {
  const { id } = await newService();
  const answer = await logIn({ clientId: id });
  const code = answer.searchParams.get('code');
  const tokens = await exchange(id, code);
  expect((await userinfo(tokens.access_token)).statusCode).toBe(200);
  expect(await exchange(id, code)).toMatchObject({ error: 'invalid_grant' });
  expect((await userinfo(tokens.access_token)).statusCode).toBe(401);
});

test('a code that is used twice at the same moment gives tokens at most once', async () => {
  const { id } = await newService();
  const code = (await logIn({ clientId: id })).searchParams.get('code');
  const answers = await Promise.all([exchange(id, code), exchange(id, code), exchange(id, code)]);
  expect(answers.filter(({ access_token: token }) => token !== undefined).length).toBeLessThanOrEqual(1);
});

test('an interaction belongs to the browser that began it', async () => {
  const { id } = await newService();
  const browser = new InjectBrowser(open);
  const address = await browser.follow(authorization(id), isInteraction);
  const stranger = new InjectBrowser(open);
  await expect(getInteraction(open.house, stranger.visit(address), uidOf(address))).rejects.toMatchObject({
    code: 'unknown-interaction',
  });
  // A cookie that somebody wrote by hand is not signed.
  stranger.cookies = [{ name: 'lamppost-interaction', value: uidOf(address), path: '/' }];
  await expect(getInteraction(open.house, stranger.visit(address), uidOf(address))).rejects.toMatchObject({
    code: 'unknown-interaction',
  });
  const inChinese = address.replace('/en/', '/tc/');
  expect(await getInteraction(open.house, browser.visit(inChinese), uidOf(address))).toMatchObject({
    prompt: 'login',
    client: { id, origin: 'https://service.example', isPortal: false, name: { tc: '圖書館' } },
  });
});

test('ending the sessions of a passkey ends tokens, codes and the session of the browser at once', async () => {
  const { id } = await newService();
  const member = await registerPerson(open.house);
  const browser = new InjectBrowser(open);
  const proven = provenBy(member);
  const more = { scope: 'openid offline_access', prompt: 'consent' };
  const tokens = await exchange(
    id,
    (await logIn({ clientId: id, browser, proven, more })).searchParams.get('code'),
  );
  const code = (await logIn({ clientId: id, browser, proven })).searchParams.get('code');
  expect((await userinfo(tokens.access_token)).statusCode).toBe(200);
  await inTransaction(open.house.database, (tx) =>
    endSessions(tx, { personId: member.person.id, passkeyId: member.passkeyId }),
  );
  expect((await userinfo(tokens.access_token)).statusCode).toBe(401);
  expect(await exchange(id, code)).toMatchObject({ error: 'invalid_grant' });
  expect(isInteraction(await browser.follow(authorization(id), isInteraction))).toBe(true);
  await expect(member.actor()).rejects.toThrow();
});

test('a disabled service stops at once', async () => {
  const { id } = await newService();
  const tokens = await exchange(id, (await logIn({ clientId: id })).searchParams.get('code'));
  await disableService(open.house, { id: person.person.id }, id);
  expect((await userinfo(tokens.access_token)).statusCode).toBe(401);
  const answer = await new InjectBrowser(open).ask(authorization(id));
  expect(answer.statusCode).toBe(400);
  expect(answer.headers.location).toBeUndefined();
});

test('a service that insists on a passkey bound to its device gets nothing less', async () => {
  const { id } = await newService();
  const claims = JSON.stringify({ id_token: { acr: { essential: true, values: ['phrh'] } } });
  await expect(logIn({ clientId: id, more: { claims } })).rejects.toMatchObject({
    code: 'bound-passkey-needed',
  });
  const answer = await logIn({ clientId: id, more: { claims }, proven: provenBy(person, 'phrh') });
  const tokens = await exchange(id, answer.searchParams.get('code'));
  expect(claimsOf(tokens.id_token)).toMatchObject({ acr: 'phrh' });
});

test('the better sign-in satisfies who asks for the lesser one, and is called by that name', async () => {
  const { id } = await newService();
  const proven = provenBy(person, 'phrh');
  const answer = await logIn({ clientId: id, more: { acr_values: 'phr' }, proven });
  expect(claimsOf((await exchange(id, answer.searchParams.get('code'))).id_token).acr).toBe('phr');
});

test('settings that no client can have are refused by name', async () => {
  await expect(newService({ redirect_uris: ['javascript:alert(1)'] })).rejects.toMatchObject({
    code: 'wrong-service-metadata',
  });
  await expect(newService({ sector_identifier_uri: 'https://a.example' })).rejects.toMatchObject({
    fields: [{ field: 'sector_identifier_uri' }],
  });
  await expect(newService({ lamppost_profile: 'fapi2' })).rejects.toMatchObject({
    code: 'wrong-service-metadata',
  });
});

test('whoever signs in to the portal gets a session, and signing out ends it', async () => {
  const { house } = open;
  const browser = new InjectBrowser(open);
  const address = await browser.follow('/en/sign-in?next=/en/account/devices', isInteraction);
  const visit = browser.visit(address);
  expect(await getInteraction(house, visit, uidOf(address))).toMatchObject({ client: { isPortal: true } });
  const on = await finishLogin(house, visit, uidOf(address), provenBy(person));
  const goal = await browser.follow(on, (one) => one.endsWith('/en/account/devices'));
  const secret = browser.cookies.find(({ name }) => name === 'lamppost');
  expect(secret).toBeDefined();
  expect(await findActor(house, browser.visit(goal).cookies)).toMatchObject({ id: person.person.id });
  const out = await browser.ask('/en/sign-out', {});
  expect([out.statusCode, out.headers.location]).toEqual([303, '/en/signed-out']);
  expect(await findActor(house, { lamppost: secret!.value })).toBeUndefined();
  expect(isInteraction(await browser.follow('/en/sign-in', isInteraction))).toBe(true);
});

test('after signing in nobody is led to another site', async () => {
  for (const next of [
    '//evil.example',
    'https://evil.example',
    '/\\evil.example',
    '/%2f/../..//evil.example',
  ]) {
    const browser = new InjectBrowser(open);
    const address = await browser.follow(`/en/sign-in?next=${encodeURIComponent(next)}`, isInteraction);
    const on = await finishLogin(open.house, browser.visit(address), uidOf(address), provenBy(person));
    const back = await browser.follow(on, (one) => one.includes('/sign-in/return'));
    const { location } = (await browser.ask(back)).headers;
    expect(new URL(String(location), open.house.config.origin).origin).toBe(open.house.config.origin);
  }
});

test('an answer that another browser began opens no session', async () => {
  const browser = new InjectBrowser(open);
  const address = await browser.follow('/en/sign-in', isInteraction);
  const on = await finishLogin(open.house, browser.visit(address), uidOf(address), provenBy(person));
  const back = await browser.follow(on, (one) => one.includes('/sign-in/return'));
  const other = new InjectBrowser(open);
  const answer = await other.ask(back);
  expect([answer.statusCode, answer.headers.location]).toEqual([303, '/en/sign-in/over']);
  expect(answer.headers['set-cookie']).toBeUndefined();
  const over = await other.ask('/en/sign-in/over');
  expect(over.statusCode).toBe(400);
  expect(over.body).not.toContain(new URL(back, open.house.config.origin).searchParams.get('code'));
});
