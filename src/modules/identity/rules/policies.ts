// Who may do what identity does: roles in the department concerned, and where two officers are needed.

import type { Policies, Role } from '../../../core/access.ts';
import type { Edition } from '../../../core/edition.ts';
import { identityEditionOf } from './edition.ts';

const ofRoles = (everywhere: string): Policies => ({
  'identity.see-officers': {
    about: { en: 'See who holds which role', tc: '查看各職權由誰擔任' },
    roles: ['administrator', 'auditor'],
    everywhere,
  },
  'identity.manage-officers': {
    about: {
      en: 'Invite officers, and give the roles of viewer, editor and auditor',
      tc: '邀請人員，並授予查閱、編輯及審計職權',
    },
    roles: ['administrator'],
    everywhere,
  },
  'identity.appoint-deciders': {
    about: {
      en: 'Give the roles of approver and administrator',
      tc: '授予審批及管理職權',
    },
    roles: ['administrator'],
    everywhere,
    fourEyes: true,
  },
  'identity.end-role': {
    about: { en: 'End the role of an officer', tc: '終止人員的職權' },
    roles: ['administrator'],
    everywhere,
    self: true,
  },
  'identity.end-administrator': {
    about: { en: 'End the role of another administrator', tc: '終止另一名管理員的職權' },
    roles: ['administrator'],
    everywhere,
    fourEyes: true,
  },
});

const ofPeopleAndServices = (everywhere: string): Policies => ({
  'identity.verify-person': {
    about: {
      en: 'Verify at a desk who a person is, with the code that they read out',
      tc: '憑市民讀出的代碼，在服務櫃位核實其身份',
    },
    roles: ['editor', 'approver'],
  },
  'identity.recover-person': {
    about: {
      en: 'Let a person who has lost every device back into their account, at a desk',
      tc: '在服務櫃位協助失去所有裝置的市民復原帳戶',
    },
    roles: ['editor', 'approver'],
    fourEyes: true,
  },
  'identity.approve-recovery': {
    about: {
      en: 'Approve, as the second officer, that a person gets back into their account',
      tc: '以第二名人員的身份，批准市民復原帳戶',
    },
    roles: ['approver'],
    everywhere,
  },
  'identity.see-services': {
    about: { en: 'See the registered services of a department', tc: '查看部門已登記的服務' },
    roles: ['administrator', 'auditor'],
    everywhere,
  },
  'identity.register-service': {
    about: {
      en: 'Register or disable a service that people sign in to',
      tc: '登記或停用供市民登入的服務',
    },
    roles: ['administrator'],
    everywhere,
  },
});

/** Policies of identity. The coordinating department of the edition manages the roles of all. */
export const policies = (edition: Edition): Policies => {
  const { coordinating } = identityEditionOf(edition);
  return { ...ofRoles(coordinating), ...ofPeopleAndServices(coordinating) };
};

/** Roles that decide over others: giving them takes a second administrator where there is one. */
export const decidingRoles: readonly Role[] = ['approver', 'administrator'];

/** The action that giving a role is. */
export const actionOfGranting = (role: Role): string =>
  decidingRoles.includes(role) ? 'identity.appoint-deciders' : 'identity.manage-officers';
