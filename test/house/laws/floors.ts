// Floors: main -> city -> modules -> ui -> core; a module uses only modules listed before it, by their door.

import { codeOf, type Import, isCode } from '../code.ts';
import { moduleFolders, moduleOrder, type Place, placeOf, resolveImport } from '../places.ts';
import type { Law, Tree, Violation } from '../tree.ts';

const height: Record<string, number> = { core: 0, ui: 1, modules: 2, city: 3, main: 4 };

function doorProblem(target: Place): string | undefined {
  if (target.floor === 'modules' && !target.path.endsWith(`/${target.module}/index.ts`)) {
    return `reaches into module ${target.module} past its door index.ts`;
  }
  if (target.floor === 'ui' && target.path !== 'src/ui/index.ts')
    return 'reaches into ui past its door src/ui/index.ts';
  const coreRoom = /^src\/core\/([^/]+)\/(.+)$/.exec(target.path);
  if (coreRoom && coreRoom[2] !== 'index.ts')
    return `reaches into core/${coreRoom[1]} past its door index.ts`;
  return undefined;
}

function outsideProblem(from: Place, target: Place): string | undefined {
  if (from.test && target.path.startsWith('test/kit/')) return undefined;
  if (target.path === 'package.json') return undefined;
  return `imports ${target.path}, which is not part of the program`;
}

function testMayCompose(from: Place, target: Place): boolean {
  return from.test && from.floor === 'modules' && (target.floor === 'city' || target.floor === 'main');
}

function moduleProblem(from: Place, target: Place, order: string[]): string | undefined {
  if (from.module === target.module) return undefined;
  const own = order.indexOf(from.module ?? '');
  const other = order.indexOf(target.module ?? '');
  if (other < 0 || other < own) return doorProblem(target);
  return `module ${from.module} imports module ${target.module}, which stands above it in src/modules.ts`;
}

function problemOf(from: Place, target: Place, order: string[]): string | undefined {
  if (target.floor === 'outside') return outsideProblem(from, target);
  if (testMayCompose(from, target)) return undefined;
  if (from.floor === 'modules' && target.floor === 'modules') return moduleProblem(from, target, order);
  if (height[target.floor]! > height[from.floor]!) {
    return `${from.floor} imports ${target.path}: imports point from main down to core only`;
  }
  return from.floor === target.floor ? undefined : doorProblem(target);
}

function checkImport(from: Place, one: Import, order: string[]): Violation[] {
  const path = resolveImport(from.path, one.from);
  const what = path && problemOf(from, placeOf(path), order);
  return what ? [{ path: from.path, line: one.line, what }] : [];
}

function checkList(tree: Tree, order: string[]): Violation[] {
  const missing = moduleFolders(tree).filter((name) => !order.includes(name));
  const twice = order.filter((name, index) => order.indexOf(name) !== index);
  return [
    ...missing.map((name) => `module ${name} is not in the list`),
    ...twice.map((name) => `module ${name} is listed twice`),
  ].map((what) => ({ path: 'src/modules.ts', line: 1, what }));
}

export const floors: Law = {
  name: 'floors',
  sentence: 'imports point one way, and only through doors',
  check(tree) {
    const order = moduleOrder(tree);
    const files = tree.files.filter((file) => isCode(file) && file.path.startsWith('src/'));
    const imports = files.flatMap((file) => {
      const from = placeOf(file.path);
      return codeOf(file).imports.flatMap((one) => checkImport(from, one, order));
    });
    return [...checkList(tree, order), ...imports];
  },
};
