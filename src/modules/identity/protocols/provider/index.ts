// The OpenID Provider: its engine, its mount, and what pages need of it.

export { type Approval, decideApproval, listApprovals } from './approvals.ts';
export { issuerOf, providerPath } from './configuration.ts';
export { apiResource, apiScopes, fapi2, profileField } from './features.ts';
export {
  finishConsent,
  finishLogin,
  getInteraction,
  type Interaction,
  refuse,
} from './interactions.ts';
export { providerMount } from './mount.ts';
export { getProvider, openProvider, returnPath } from './provider.ts';
export { changeService, createService, disableService, type NewService, renewSecret } from './services.ts';
