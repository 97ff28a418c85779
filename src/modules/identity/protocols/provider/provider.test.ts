// The provider from outside: discovery, code with PKCE, sessions of the portal, and what is refused.

import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestHouse } from '../../../../../test/kit/house.ts';
import { openIdentityHouse, registerPerson } from '../../../../../test/kit/identity-house.ts';
import type { Visit } from '../../../../core/access.ts';
import { createService, finishConsent, finishLogin, getInteraction } from './index.ts';

let open: TestHouse;
beforeAll(async () => {
  open = await openIdentityHouse();
});
afterAll(async () => open.close());

test('discovery names endpoints at the origin of the configuration', async () => {
  const { server, house } = open;
  const answer = await server.fastify.inject({
    url: '/oidc/.well-known/openid-configuration',
    headers: { host: 'evil.example' },
  });
  expect(answer.statusCode).toBe(200);
  console.log(JSON.stringify(answer.json(), null, 1));
  expect(answer.json().issuer).toBe(`${house.config.origin}/oidc`);
  expect(answer.json().token_endpoint).toBe(`${house.config.origin}/oidc/token`);
});
