// The door of identity: who a person is, what an officer may do, and the OpenID Provider for every service.

import type { Module } from '../../core/module.ts';
import { jobs, loops } from './jobs.ts';
import { accountPages } from './pages/account/index.ts';
import { officersPages } from './pages/officers/index.ts';
import { returnPages } from './pages/return/index.tsx';
import { signInPages } from './pages/sign-in/index.ts';
import { authentication, providerMount } from './protocols/index.ts';
import { accountRoutes } from './routes/account.ts';
import { officerRoutes } from './routes/officers.ts';
import { serviceRoutes } from './routes/services.ts';
import { policies } from './rules/index.ts';
import { settings } from './schema.ts';
import { loadDepartments, prepareSecrets } from './store/index.ts';
import {
  accountAdvice,
  accountTexts,
  officerAdvice,
  officerTexts,
  peopleAdvice,
  serviceAdvice,
} from './texts/index.ts';

export { requireRecent } from './rules/index.ts';
export type { Assurance, CardRule, Department, IdentityEdition, Person } from './schema.ts';
export {
  type Access,
  addProviderKey,
  decidedTopic,
  firstInvitation,
  getPerson,
  getProposal,
  hasProposalAbout,
  listDepartments,
  type NewProposal,
  type Proposal,
  propose,
  pseudonym,
  recordAccess,
} from './store/index.ts';

/** Who people are. There where the edition says what its departments are. */
export const identity: Module = {
  name: 'identity',
  config: settings,
  pages: [...returnPages, ...signInPages, ...accountPages, ...officersPages],
  routes: [...accountRoutes, ...officerRoutes, ...serviceRoutes],
  mounts: [providerMount],
  authentication,
  islands: [{ name: 'passkey', file: new URL('./browser.ts', import.meta.url) }],
  jobs,
  loops,
  policies,
  problems: { ...accountAdvice, ...officerAdvice, ...peopleAdvice, ...serviceAdvice },
  menu: [{ label: accountTexts.account, path: '/account', order: 100 }],
  prepare: async (house) => {
    await prepareSecrets(house);
    await loadDepartments(house);
  },
  searchDocuments: async () => [
    {
      id: 'who-may-do-what',
      kind: officerTexts.page,
      title: officerTexts.whoMay,
      body: officerTexts.whoMayLede,
      words: officerTexts.searchWords,
      path: '/who-may-do-what',
    },
  ],
  footLinks: [{ label: officerTexts.whoMay, path: '/who-may-do-what', order: 40 }],
  sitemap: async () => [{ path: '/who-may-do-what' }],
  enabled: (edition) => 'identity' in edition.data,
};
