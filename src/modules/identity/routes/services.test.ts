// Proves the endpoints of the register of services: who may, what a change keeps, what is refused by name.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestHouse } from '../../../../test/kit/house.ts';
import { type Member, openIdentityHouse } from '../../../../test/kit/identity-house.ts';
import { harbour, lamps, registerOfficer } from '../../../../test/kit/officers.ts';
import { fixedClock } from '../../../core/clock.ts';
import { listActs } from '../../receipts/index.ts';
import { findClient } from '../store/index.ts';

const clock = fixedClock('2026-11-21T04:00:00Z');
let open: TestHouse;
let administrator: Member;
let local: Member;
let viewer: Member;

beforeAll(async () => {
  open = await openIdentityHouse({ clock });
  administrator = await registerOfficer(open.house, 'administrator');
  local = await registerOfficer(open.house, 'administrator', lamps);
  viewer = await registerOfficer(open.house, 'viewer');
});
afterAll(() => open.close());

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
async function send(by: Member | undefined, what: `${Method} ${string}`, payload?: object) {
  const [method, path] = what.split(' ') as [Method, string];
  const answer = await open.server.fastify.inject({
    method,
    url: `/api/v1/services${path}`,
    ...(by === undefined ? {} : { headers: by.headers }),
    ...(payload === undefined ? {} : { payload }),
  });
  return { status: answer.statusCode, body: answer.json() };
}

const jwks = {
  keys: [
    {
      kty: 'EC',
      crv: 'P-256',
      kid: '1',
      x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
      y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
    },
  ],
};
const name = { en: 'Berths', tc: '泊位' };
const withSecret = {
  redirect_uris: ['https://berths.example/return'],
  token_endpoint_auth_method: 'client_secret_basic',
};
const register = (metadata: object, by = administrator, department = harbour) =>
  send(by, 'POST ', { name, department, metadata });

describe('the register of services', () => {
  it.each([
    ['refresh tokens', { jwks, grant_types: ['authorization_code', 'refresh_token'] }],
    ['devices', { jwks, grant_types: ['urn:ietf:params:oauth:grant-type:device_code'], response_types: [] }],
    [
      'approvals on the phone',
      {
        jwks,
        grant_types: ['urn:openid:params:grant-type:ciba'],
        response_types: [],
        backchannel_token_delivery_mode: 'poll',
      },
    ],
    [
      'FAPI 2.0',
      {
        jwks,
        lamppost_profile: 'fapi2',
        require_pushed_authorization_requests: true,
        dpop_bound_access_tokens: true,
      },
    ],
    ['an address after signing out', { jwks, post_logout_redirect_uris: ['https://berths.example/bye'] }],
  ])('takes a service with %s', async (_, more) => {
    const metadata = { redirect_uris: ['https://berths.example/return'], ...more };
    const made = await register(metadata);
    expect([made.status, made.body.metadata, made.body.secret]).toEqual([200, metadata, null]);
  });

  it.each([
    ['redirect_uris', { ...withSecret, redirect_uris: ['ftp://x'] }],
    ['grant_typos', { ...withSecret, grant_typos: ['refresh_token'] }],
    ['subject_type', { ...withSecret, subject_type: 'public' }],
    ['grant_types', { ...withSecret, grant_types: ['password'] }],
  ])('names %s when it is wrong', async (field, metadata) => {
    const { status, body } = await register(metadata);
    expect([status, body.errors?.map((one: { field: string }) => one.field)]).toEqual([400, [field]]);
  });

  it('is for administrators of the department alone', async () => {
    const others = [undefined, viewer, local];
    const asked = others.map((by) => send(by, 'POST ', { name, department: harbour, metadata: withSecret }));
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([401, 403, 403]);
    const { id } = (await register(withSecret)).body;
    for (const what of [`GET /${id}`, `PATCH /${id}`, `POST /${id}/secret`, `DELETE /${id}`] as const) {
      const payload = what.startsWith('PATCH') ? { name } : undefined;
      const statuses = others.map(async (by) => (await send(by, what, payload)).status);
      expect([what, await Promise.all(statuses)]).toEqual([what, [401, 403, 403]]);
    }
  });

  it('is listed page by page, for each what is theirs', async () => {
    const own = (await register({ ...withSecret }, local, lamps)).body.id;
    expect((await send(local, 'GET ?limit=5')).body).toMatchObject({ items: [{ id: own }], next: null });
    const ids: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { body } = await send(administrator, `GET ?limit=2${cursor && `&cursor=${cursor}`}`);
      ids.push(...body.items.map(({ id }: { id: string }) => id));
      cursor = body.next;
    }
    expect(ids).toContain(own);
    expect(ids).toEqual([...new Set(ids)].sort());
  });
});

describe('a registered service', () => {
  it('gets a new secret under the same identifier, and the old one is no good', async () => {
    const { id, secret } = (await register(withSecret)).body;
    const renewed = await send(administrator, `POST /${id}/secret`);
    expect([renewed.status, renewed.body.secret === secret]).toEqual([200, false]);
    expect((await findClient(open.house, id))?.secret).toBe(renewed.body.secret);
    const { body } = await send(administrator, `GET /${id}`);
    expect(JSON.stringify(body)).not.toContain(renewed.body.secret);
  });

  it('changes what is named and keeps the rest, with an act that names what changed', async () => {
    const { id, secret } = (await register({ ...withSecret, client_uri: 'https://berths.example' })).body;
    const metadata = { redirect_uris: ['https://berths.example/new'], client_uri: null };
    const changed = await send(administrator, `PATCH /${id}`, {
      metadata,
      name: { en: 'Moorings', tc: '停泊' },
    });
    expect(changed.body).toMatchObject({
      id,
      secret: null,
      name: { en: 'Moorings', tc: '停泊', sc: '停泊' },
      metadata: { ...withSecret, redirect_uris: metadata.redirect_uris },
    });
    expect(changed.body.metadata).not.toHaveProperty('client_uri');
    expect((await findClient(open.house, id))?.secret).toBe(secret);
    const { items } = await listActs(open.house, { subject: id, limit: 5 });
    const act = items.find(({ topic }) => topic === 'identity.service-changed');
    expect(act?.details).toEqual({ fields: ['client_name', 'redirect_uris', 'client_uri'] });
  });

  it('loses its secret with the need of one, and gets another when it needs one again', async () => {
    const { id, secret } = (await register(withSecret)).body;
    const key = { token_endpoint_auth_method: 'private_key_jwt', jwks };
    expect((await send(administrator, `PATCH /${id}`, { metadata: key })).body.secret).toBeNull();
    expect(await findClient(open.house, id)).not.toHaveProperty('secret');
    expect(await send(administrator, `POST /${id}/secret`)).toMatchObject({
      status: 409,
      body: { type: expect.stringContaining('no-secret-used') },
    });
    const back = { token_endpoint_auth_method: 'client_secret_basic', jwks: null };
    const again = (await send(administrator, `PATCH /${id}`, { metadata: back })).body.secret;
    expect([again === null, again === secret]).toEqual([false, false]);
  });

  it('stays as it was when a change is refused', async () => {
    const { id } = (await register(withSecret)).body;
    const { status, body } = await send(administrator, `PATCH /${id}`, { metadata: { redirect_uris: null } });
    expect([status, body.errors[0].field]).toEqual([400, 'redirect_uris']);
    expect((await send(administrator, `GET /${id}`)).body.metadata).toEqual(withSecret);
  });

  it('is neither changed nor renewed once it is disabled; nor is the portal ever', async () => {
    const { id } = (await register(withSecret)).body;
    expect((await send(administrator, `DELETE /${id}`)).body.disabledAt).toBe('2026-11-21T04:00:00.000Z');
    for (const one of [id, 'portal']) {
      expect((await send(administrator, `PATCH /${one}`, { name })).status).toBe(404);
      expect((await send(administrator, `POST /${one}/secret`)).status).toBe(404);
    }
  });
});
