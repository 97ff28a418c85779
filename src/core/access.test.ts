// Tests of policies: roles, departments, the person concerned, and declarations that contradict.

import { describe, expect, it } from 'vitest';
import { type Actor, createAccess, type Policy } from './access.ts';

const about = { en: 'Do it', tc: '處理' };

const actorWith = (...roles: Actor['roles'][number][]): Actor => ({
  id: '00000000-0000-4000-8000-000000000001',
  acr: 'phr',
  authenticatedAt: new Date(0),
  roles,
});

const open = (policy: Omit<Policy, 'about'>) =>
  createAccess([{ name: 'desk', policies: { 'desk.do-it': { about, ...policy } } }]);

describe('who may do it', () => {
  it('is an officer with the role, in the department that owns the resource', () => {
    const { may } = open({ roles: ['editor', 'approver'] });
    const editor = actorWith({ department: 'parks', role: 'editor' });
    expect(may(editor, 'desk.do-it', { department: 'parks' })).toBe(true);
    expect(may(editor, 'desk.do-it', { department: 'roads' })).toBe(false);
    expect(may(editor, 'desk.do-it', {})).toBe(false);
    expect(may(editor, 'desk.do-it')).toBe(true);
    expect(may(actorWith({ department: 'parks', role: 'viewer' }), 'desk.do-it')).toBe(false);
  });

  it('is an officer of the department whose role is good everywhere', () => {
    const { may } = open({ roles: ['auditor'], everywhere: 'coordination' });
    const auditor = actorWith({ department: 'coordination', role: 'auditor' });
    expect(may(auditor, 'desk.do-it', { department: 'roads' })).toBe(true);
    expect(
      may(actorWith({ department: 'parks', role: 'auditor' }), 'desk.do-it', { department: 'roads' }),
    ).toBe(false);
  });

  it('is told by which of their roles', () => {
    const { roleFor } = open({ roles: ['editor', 'auditor'], everywhere: 'coordination' });
    const both = actorWith(
      { department: 'parks', role: 'administrator' },
      { department: 'parks', role: 'editor' },
      { department: 'coordination', role: 'auditor' },
    );
    expect(roleFor(both, 'desk.do-it', { department: 'parks' })).toBe('editor');
    expect(roleFor(both, 'desk.do-it', { department: 'roads' })).toBe('auditor');
    expect(roleFor(actorWith(), 'desk.do-it', { department: 'parks' })).toBeUndefined();
  });

  it('is the person concerned only where the policy says so', () => {
    const person = actorWith();
    expect(open({ roles: [], self: true }).may(person, 'desk.do-it', { person: person.id })).toBe(true);
    expect(open({ roles: [], self: true }).may(person, 'desk.do-it', { person: 'somebody' })).toBe(false);
    expect(open({ roles: [] }).may(person, 'desk.do-it', { person: person.id })).toBe(false);
  });

  it('is nobody who has not signed in', () => {
    const access = open({ roles: ['viewer'], self: true });
    expect(access.may(undefined, 'desk.do-it', {})).toBe(false);
    expect(() => access.require(undefined, 'desk.do-it', {})).toThrow('not-allowed');
  });
});

describe('declarations', () => {
  it('of an action that no module declared are refused when it is asked for', () => {
    expect(() => open({ roles: [] }).may(actorWith(), 'desk.undo-it')).toThrow(TypeError);
  });

  it('belong to their module, and stand once', () => {
    const policies = { 'desk.do-it': { about, roles: [] } };
    expect(() => createAccess([{ name: 'other', policies }])).toThrow('desk.do-it');
    expect(() =>
      createAccess([
        { name: 'desk', policies },
        { name: 'desk', policies },
      ]),
    ).toThrow('declared twice');
  });
});
