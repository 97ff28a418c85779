// Where a file lives: its floor, its module and its room.

import { posix } from 'node:path';
import { codeOf, isTest, type Node } from './code.ts';
import type { Tree } from './tree.ts';

export type Floor = 'main' | 'city' | 'modules' | 'ui' | 'core' | 'outside';
export type Place = { path: string; floor: Floor; module?: string; room?: string; test: boolean };

/** Hands reach outside; the heart decides and keeps, and speaks the protocols that hands rely on. */
export const heart = ['schema', 'rules', 'store', 'protocols'];
export const hands = ['feeds', 'jobs', 'routes', 'pages', 'browser'];
export const rooms = [...heart, ...hands, 'texts'];

/** Floor, module and room of a path from the root of the project. */
export function placeOf(path: string): Place {
  const test = isTest(path);
  const parts = path.split('/');
  if (parts[0] !== 'src') return { path, floor: 'outside', test };
  const [, second, third, fourth] = parts;
  if (second === 'core' || second === 'ui' || second === 'city') return { path, floor: second, test };
  if (second !== 'modules' || !third || !fourth) return { path, floor: 'main', test };
  const room = fourth.replace(/(\.test)?\.tsx?$/, '');
  return { path, floor: 'modules', module: third, room, test };
}

/** Path of a relative import, from the root of the project; undefined for a package or a built-in. */
export function resolveImport(fromFile: string, from: string): string | undefined {
  return from.startsWith('.') ? posix.join(posix.dirname(fromFile), from) : undefined;
}

/** Names of the modules in the order of `src/modules.ts`, foundation first. */
export function moduleOrder(tree: Tree): string[] {
  const file = tree.find('src/modules.ts');
  if (!file) return [];
  const body = codeOf(file).program.body as Node[];
  const folderOf = new Map<string, string>();
  for (const statement of body) {
    const folder = /^\.\/modules\/([^/]+)\/index\.ts$/.exec(String(statement.source?.value ?? ''))?.[1];
    if (statement.type !== 'ImportDeclaration' || !folder) continue;
    for (const one of statement.specifiers as Node[]) folderOf.set(String(one.local.name), folder);
  }
  const list = body
    .filter((statement) => statement.type === 'ExportNamedDeclaration')
    .flatMap((statement) => (statement.declaration?.declarations ?? []) as Node[])
    .find((declaration) => declaration.id.name === 'modules');
  let array = list?.init as Node | undefined;
  while (array && array.type !== 'ArrayExpression')
    array = (array.expression ?? array.argument) as Node | undefined;
  return ((array?.elements ?? []) as Node[]).flatMap((element) => folderOf.get(String(element.name)) ?? []);
}

/** Names of the folders in `src/modules`. */
export function moduleFolders(tree: Tree): string[] {
  return [...new Set(tree.files.flatMap((file) => placeOf(file.path).module ?? []))];
}
