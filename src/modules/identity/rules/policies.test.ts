// Proves who may do what as an officer: in their own department, and the coordinating one everywhere.

import { describe, expect, it } from 'vitest';
import { getEdition } from '../../../city/index.ts';
import { type Actor, createAccess, type Role, roles } from '../../../core/access.ts';
import { actionOfGranting, policies } from './policies.ts';

const edition = await getEdition('harbour-test');
const access = createAccess([{ name: 'identity', policies }], edition);
const [harbour, lamps] = ['harbour-office', 'lamp-works'];
const actorWith = (role: Role, department = lamps): Actor => ({
  id: 'a',
  acr: 'phr',
  authenticatedAt: new Date(0),
  roles: [{ department, role }],
});
const rolesThatMay = (action: string, department = lamps) =>
  roles.filter((role) => access.may(actorWith(role), action, { department }));

describe('policies of identity', () => {
  it.each([
    ['identity.see-officers', ['administrator', 'auditor']],
    ['identity.manage-officers', ['administrator']],
    ['identity.appoint-deciders', ['administrator']],
    ['identity.end-administrator', ['administrator']],
    ['identity.verify-person', ['editor', 'approver']],
    ['identity.recover-person', ['editor', 'approver']],
    ['identity.approve-recovery', ['approver']],
    ['identity.register-service', ['administrator']],
  ])('%s is for %j of the department, and for nobody of another', (action, allowed) => {
    expect(rolesThatMay(action)).toEqual(allowed);
    expect(rolesThatMay(action, 'another')).toEqual([]);
  });

  it('let administrators of the coordinating department manage all, and its editors verify at home only', () => {
    const may = (role: Role, action: string) =>
      access.may(actorWith(role, harbour), action, { department: lamps });
    expect(may('administrator', 'identity.manage-officers')).toBe(true);
    expect(may('approver', 'identity.approve-recovery')).toBe(true);
    expect(may('editor', 'identity.verify-person')).toBe(false);
  });

  it('let everybody lay down a role of their own, and nothing else about themselves', () => {
    const selfless = [...access.policies].filter(([, policy]) => policy.self).map(([action]) => action);
    expect(selfless).toEqual(['identity.end-role']);
  });

  it('ask for four eyes where a role decides over others', () => {
    const guarded = roles.filter((role) => access.policies.get(actionOfGranting(role))!.fourEyes);
    expect(guarded).toEqual(['approver', 'administrator']);
  });
});
