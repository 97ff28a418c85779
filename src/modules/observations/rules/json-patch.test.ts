// JSON Patch does what its standard says, or nothing.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyPatch, jsonPatchSchema, PatchFailure } from './json-patch.ts';

const patched = (document: Record<string, unknown>, patch: unknown) =>
  applyPatch(document, jsonPatchSchema.parse(patch));

describe('JSON Patch', () => {
  it('adds, replaces, removes, moves, copies and tests', () => {
    const document = { a: 1, list: [1, 3], deep: { 'x/y': { '~': true } } };
    expect(
      patched(document, [
        { op: 'test', path: '/deep/x~1y', value: { '~': true } },
        { op: 'add', path: '/list/1', value: 2 },
        { op: 'add', path: '/list/-', value: 4 },
        { op: 'replace', path: '/a', value: null },
        { op: 'copy', from: '/list', path: '/copy' },
        { op: 'remove', path: '/list/0' },
        { op: 'move', from: '/deep/x~1y/~0', path: '/moved' },
      ]),
    ).toEqual({ a: null, list: [2, 3, 4], copy: [1, 2, 3, 4], deep: { 'x/y': {} }, moved: true });
    expect(document).toEqual({ a: 1, list: [1, 3], deep: { 'x/y': { '~': true } } });
  });

  it.each([
    [{ op: 'remove', path: '/nothing' }],
    [{ op: 'replace', path: '/nothing', value: 1 }],
    [{ op: 'add', path: '/a/b/c', value: 1 }],
    [{ op: 'add', path: '/list/7', value: 1 }],
    [{ op: 'test', path: '/a', value: 2 }],
    [{ op: 'move', from: '/deep', path: '/deep/inside' }],
  ])('refuses %j', (operation) => {
    expect(() => patched({ a: 1, list: [], deep: {} }, [operation])).toThrow(PatchFailure);
  });

  it('keeps what it adds, under any name, out of the prototype', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constant('__proto__')), fc.jsonValue(), (name, value) => {
        const path = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
        const changed = applyPatch({ a: 1 }, [{ op: 'add', path, value: value as never }]);
        expect(Object.hasOwn(changed, name)).toBe(true);
        expect(Object.getPrototypeOf(changed)).toBe(Object.prototype);
      }),
    );
  });
});
