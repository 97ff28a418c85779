// System 52, iAM Smart authentication: one strong proof of identity for public and private services.

import type { System } from '../../../system.ts';

export const system: System = {
  id: 'iam-authentication',
  modules: ['identity', 'receipts'],
  parts: [
    {
      part: 'OpenID Connect conformance checks pass: the code flow and its claims.',
      test: 'signs a person in for an independent, strict client, with the claims of the standard',
    },
    {
      part: 'OpenID Connect conformance checks pass: what has to be refused.',
      test: 'refuses code replay, another verifier, no PKCE and a foreign address',
    },
    {
      part: 'OpenID Connect conformance checks pass: FAPI 2.0. (All modules: docs/openid-conformance.md.)',
      test: 'signs a person in by FAPI 2.0: pushed, with keys, the token bound to one of them',
    },
    {
      part: '50 logins a second hold. (Fifty at one moment here; five minutes of them: bench/README.md.)',
      test: 'completes fifty sign-ins that begin at the same moment, each for the right person',
    },
    {
      part: 'The same person has a different pseudonym at each service.',
      test: 'gives the same person a different pseudonym at each service',
    },
    {
      part: 'A lost phone is revoked at once.',
      test: 'shuts a lost phone out at once: session, tokens and passkey are worth nothing',
    },
    {
      part: 'Browser: login without a password in under 30 s.',
      test: 'signs a person in at a browser with one button and one touch, without a password',
    },
  ],
};
