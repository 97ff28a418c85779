// What a service is told by scopes is said claim by claim.

import { expect, test } from 'vitest';
import { claimsTold } from './scopes.ts';

test('what a scope stands for is told by name, each claim once', () => {
  const told = claimsTold({ scopes: ['openid', 'profile', 'assurance'], claims: ['name', 'x'] });
  expect(told).toEqual(['assurance', 'locale', 'name', 'verified_at', 'x']);
  expect(claimsTold({ scopes: ['openid', 'constructor'], claims: [] })).toEqual([]);
});
