// The door of identity: who a person is, what an officer may do, and the OpenID Provider for every service.

import type { Module } from '../../core/module.ts';
import { accountPages } from './pages/account/index.ts';
import { signInPages } from './pages/sign-in/index.ts';
import { accountRoutes } from './routes/account.ts';
import { policies } from './rules/index.ts';
import { settings } from './schema.ts';
import { loadDepartments } from './store/index.ts';
import { accountAdvice, accountTexts, officerAdvice } from './texts/index.ts';

export type { CardRule, IdentityEdition } from './schema.ts';

/** Who people are. There where the edition says what its departments are. */
export const identity: Module = {
  name: 'identity',
  config: settings,
  pages: [...signInPages, ...accountPages],
  routes: [...accountRoutes],
  mounts: [],
  islands: [{ name: 'passkey', file: new URL('./browser.ts', import.meta.url) }],
  jobs: [],
  policies,
  problems: { ...accountAdvice, ...officerAdvice },
  menu: [{ label: accountTexts.account, path: '/account', order: 100 }],
  prepare: loadDepartments,
  enabled: (edition) => 'identity' in edition.data,
};
