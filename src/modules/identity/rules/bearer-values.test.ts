// Proves that what is written of the provider's state holds no value that opens a door, and loses nothing.

import { describe, expect, it } from 'vitest';
import { joinPayload, keyOfArtifact, keyOfUserCode, type Payload, partPayload } from './bearer-values.ts';

const id = 'the-id-that-a-browser-or-a-client-holds-0001';

const payloads: Record<string, Payload> = {
  AccessToken: { jti: id, kind: 'AccessToken', scope: 'openid', grantId: 'g' },
  Session: { jti: id, uid: 'u', state: { secret: 'form-secret' }, authorizations: { a: { sid: 's' } } },
  Interaction: {
    jti: id,
    returnTo: `https://city.example/oidc/auth/${id}`,
    session: { uid: 'u', accountId: 'a' },
    parJti: 'pushed-request',
    deviceCode: 'device-code',
  },
  DeviceCode: { jti: id, userCode: 'BCDFGHJK', params: { scope: 'openid' } },
  BackchannelAuthenticationRequest: {
    jti: id,
    params: { scope: 'openid', client_notification_token: 'service-token' },
  },
};

describe.each(Object.entries(payloads))('of %s', (model, payload) => {
  const written = () => partPayload(model, id, structuredClone(payload));

  it('what may be read in a leaked database names no such value', () => {
    const values = [id, 'form-secret', 'pushed-request', 'device-code', 'BCDFGHJK', 'service-token'];
    const text = JSON.stringify(written().open);
    expect(values.filter((value) => text.includes(value))).toEqual([]);
  });

  it('the provider gets back all that it wrote', () => {
    const { open, secrets } = JSON.parse(JSON.stringify(written())) as ReturnType<typeof written>;
    expect(joinPayload(model, id, { open, secrets })).toEqual(payload);
  });
});

it('the cookie of the session is not kept with an interaction', () => {
  const { open } = partPayload('Interaction', id, {
    jti: id,
    session: { uid: 'u', cookie: 'session-cookie' },
  });
  expect(JSON.stringify(open)).not.toContain('session-cookie');
});

it('a grant keeps its id, everything else is found by a digest of its own', () => {
  expect(keyOfArtifact('Grant', id)).toBe(id);
  expect(keyOfArtifact('AccessToken', id)).toMatch(/^[\w-]{43}$/);
  expect(keyOfArtifact('AccessToken', id)).not.toBe(keyOfArtifact('AccessToken', `${id}1`));
});

it('a typed code is found with the key of the house only', () => {
  const [one, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  expect(keyOfUserCode(one, 'BCDFGHJK')).toBe(keyOfUserCode(one, 'BCDFGHJK'));
  expect(keyOfUserCode(one, 'BCDFGHJK')).not.toBe(keyOfUserCode(other, 'BCDFGHJK'));
});
