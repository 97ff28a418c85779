// Tests of making a module in a tree of its own, and that what is made keeps the law of the house.

import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { laws } from '../../test/house/laws/index.ts';
import { readTree } from '../../test/house/tree.ts';
import { createModule } from './create.ts';
import { listModules, register } from './floors.ts';

const title = { en: 'Bookings', tc: '預約' };
const list = `// The floors of a small house, foundation first.

import type { Module } from './core/module.ts';
import { identity } from './modules/identity/index.ts';
import { portal } from './modules/portal/index.ts';

/** All modules. */
export const modules: Module[] = [identity, portal];
`;

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lamppost-new-module-'));
  mkdirSync(join(root, 'src'));
  writeFileSync(
    join(root, 'src/modules.ts'),
    list.replace(/^import \{.*\n/gm, '').replace('identity, portal', ''),
  );
  for (const file of ['module.ts', 'texts.ts', 'edition.ts']) {
    const to = join(root, 'src/core', file);
    mkdirSync(dirname(to), { recursive: true });
    cpSync(join(import.meta.dirname, '../../src/core', file), to);
  }
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('a new module', () => {
  it('keeps every law of the house', () => {
    const written = createModule(root, 'bookings', title);
    createModule(root, 'identity', { en: 'Identity', tc: '身份' });
    const tree = readTree(root);
    const found = laws.flatMap((law) => law.check(tree).filter((one) => !one.path.startsWith('src/core/')));
    expect(found).toEqual([]);
    expect(written).toContain('src/modules/bookings/README.md');
  });

  it('stands on its floor, whatever order modules were made in', () => {
    for (const name of ['portal', 'identity', 'bookings', 'blueprint']) createModule(root, name, title);
    const text = readFileSync(join(root, 'src/modules.ts'), 'utf8');
    expect(listModules(text)).toEqual(['identity', 'bookings', 'blueprint', 'portal']);
  });

  it.each(['Bookings', 'book-ings', '../bookings', 'b', 'blueprints2', ''])(
    'refuses the name "%s"',
    (name) => {
      expect(() => createModule(root, name, title)).toThrow('no name for a module');
    },
  );

  it('refuses a name that no floor is planned for, and one that exists', () => {
    expect(() => createModule(root, 'weather', title)).toThrow('has no floor');
    createModule(root, 'bookings', title);
    expect(() => createModule(root, 'bookings', title)).toThrow('exists already');
  });
});

describe('the list of modules', () => {
  it('keeps its imports in alphabetical order and one element a line where it had so', () => {
    const manyLines = list.replace('[identity, portal]', '[\n  identity,\n  portal,\n]');
    const text = register(manyLines, 'bookings');
    expect(text).toContain('[\n  identity,\n  bookings,\n  portal,\n]');
    expect(text).toContain(
      "import { bookings } from './modules/bookings/index.ts';\nimport { identity } from './modules/identity/index.ts';",
    );
  });

  it('puts the highest floor at the end', () => {
    expect(listModules(register(list.replace(', portal]', ']'), 'portal'))).toEqual(['identity', 'portal']);
  });
});
