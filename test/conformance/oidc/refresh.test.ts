// Refresh tokens: rotated, and a stolen one ends its whole family; revocation and introspection.

import * as client from 'openid-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type City, openCity, travelBack } from '../../kit/oidc/city.ts';
import { refusalOf, signIn } from '../../kit/oidc/flow.ts';
import { askUserinfo, authenticated, exchange, post } from '../../kit/oidc/raw.ts';
import { type Resident, residentOf } from '../../kit/oidc/resident.ts';
import { openService, type TestService } from '../../kit/oidc/services.ts';

let city: City;
let service: TestService;
let other: TestService;
let resident: Resident;
const grant_types = ['authorization_code', 'refresh_token'];
beforeAll(async () => {
  city = await openCity();
  service = await openService(city, { metadata: { grant_types } });
  other = await openService(city, { metadata: { grant_types } });
  resident = await residentOf(city);
});
afterAll(() => city.close());
afterEach(travelBack);

const offline = { scope: 'openid offline_access', prompt: 'consent' };
const refresh = (token: string, of = service) => client.refreshTokenGrant(of.configuration, token);

/** Tokens with a refresh token. */
async function familyOf(of = service) {
  const { tokens, claims } = await signIn(resident, of, offline);
  return { tokens, claims, refreshToken: tokens.refresh_token! };
}

describe('a refresh token', () => {
  it('gives new tokens for the same person, and another refresh token', async () => {
    const { refreshToken, claims } = await familyOf();
    const next = await refresh(refreshToken);
    expect(next.refresh_token).toBeTypeOf('string');
    expect(next.refresh_token).not.toBe(refreshToken);
    expect((await askUserinfo(city, next.access_token)).status).toBe(200);
    if (next.id_token) expect(next.claims()!.sub).toBe(claims.sub);
  });

  it('used a second time ends the whole family', async () => {
    const { refreshToken, tokens } = await familyOf();
    const next = await refresh(refreshToken);
    expect(await refusalOf(refresh(refreshToken))).toBe('invalid_grant');
    expect(await refusalOf(refresh(next.refresh_token!))).toBe('invalid_grant');
    for (const token of [tokens.access_token, next.access_token]) {
      expect((await askUserinfo(city, token)).status).toBe(401);
    }
  });

  it('of another service is refused, and stays good for its own', async () => {
    const { refreshToken } = await familyOf();
    expect(await refusalOf(refresh(refreshToken, other))).toBe('invalid_grant');
    expect((await refresh(refreshToken)).access_token).toBeTypeOf('string');
  });

  it('cannot be made to give more than was allowed', async () => {
    const { refreshToken } = await familyOf();
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken, scope: 'openid profile' };
    const { status, json } = await exchange(city, service, { form });
    expect([status, json.error]).toEqual([400, 'invalid_scope']);
  });

  it('needs the service to say who it is', async () => {
    const { refreshToken } = await familyOf();
    const form = { client_id: service.id, grant_type: 'refresh_token', refresh_token: refreshToken };
    expect((await post(city, '/token', { form })).json.error).toBe('invalid_client');
  });

  it('is not given to a service that did not ask for it', async () => {
    const { tokens } = await signIn(resident, service);
    expect(tokens.refresh_token).toBeUndefined();
  });

  it('of a public client is bound to its key', async () => {
    const open = await openService(city, { isPublic: true, metadata: { grant_types } });
    const dpop = client.getDPoPHandle(open.configuration, await client.randomDPoPKeyPair('ES256'));
    const { tokens } = await signIn(resident, open, { ...offline, dpop });
    const thief = client.getDPoPHandle(open.configuration, await client.randomDPoPKeyPair('ES256'));
    const stolen = client.refreshTokenGrant(open.configuration, tokens.refresh_token!, undefined, {
      DPoP: thief,
    });
    expect(await refusalOf(stolen)).toMatch(/^invalid_/);
    const own = await client.refreshTokenGrant(open.configuration, tokens.refresh_token!, undefined, {
      DPoP: dpop,
    });
    expect(own.token_type).toBe('dpop');
  });
});

describe('revocation', () => {
  it('of a refresh token ends it and its access tokens at once', async () => {
    const { refreshToken, tokens } = await familyOf();
    await client.tokenRevocation(service.configuration, refreshToken);
    expect(await refusalOf(refresh(refreshToken))).toBe('invalid_grant');
    expect((await askUserinfo(city, tokens.access_token)).status).toBe(401);
  });

  it("of another service's token changes nothing", async () => {
    const { refreshToken, tokens } = await familyOf();
    await refusalOf(client.tokenRevocation(other.configuration, refreshToken));
    await refusalOf(client.tokenRevocation(other.configuration, tokens.access_token));
    expect((await askUserinfo(city, tokens.access_token)).status).toBe(200);
    expect((await refresh(refreshToken)).access_token).toBeTypeOf('string');
  });

  it('of what is no token answers like that of a token', async () => {
    const form = { ...(await authenticated(city, service)), token: 'nothing' };
    expect((await post(city, '/token/revocation', { form })).status).toBe(200);
  });
});

describe('introspection', () => {
  it('tells a service about its own token, under the pseudonym it knows', async () => {
    const { tokens, claims } = await familyOf();
    const told = await client.tokenIntrospection(service.configuration, tokens.access_token);
    expect(told).toMatchObject({ active: true, client_id: service.id, sub: claims.sub });
  });

  it("tells a service nothing about another's token, nor about what is none", async () => {
    const { tokens } = await familyOf();
    const told = await client.tokenIntrospection(other.configuration, tokens.access_token).catch(() => ({
      active: false,
    }));
    expect(told).toEqual({ active: false });
    expect(await client.tokenIntrospection(service.configuration, 'nothing')).toEqual({ active: false });
  });

  it('is not for strangers', async () => {
    const { tokens } = await familyOf();
    const form = { client_id: service.id, token: tokens.access_token };
    expect((await post(city, '/token/introspection', { form })).status).toBe(401);
  });
});
