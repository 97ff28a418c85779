// Packages: each third-party package enters the program through one file, and is one that package.json names.

import { isBuiltin } from 'node:module';
import { codeOf, isCode, isTest } from '../code.ts';
import type { Law, Tree, Violation } from '../tree.ts';

/** Packages that may be imported anywhere, with the reason. */
export const everywhere: Record<string, string> = {
  preact: 'it is the notation in which every page and component is written',
  zod: 'it is the notation of every shape, in every schema, route and page',
};

const packageName = (from: string) =>
  from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/');

type Use = { package: string; path: string; line: number; typeOnly: boolean };

function usesIn(tree: Tree): Use[] {
  const files = tree.files.filter(
    (file) => file.path.startsWith('src/') && isCode(file) && !isTest(file.path),
  );
  return files.flatMap((file) =>
    codeOf(file)
      .imports.filter((one) => !one.from.startsWith('.') && !isBuiltin(one.from))
      .map((one) => ({
        package: packageName(one.from),
        path: file.path,
        line: one.line,
        typeOnly: one.typeOnly,
      })),
  );
}

function declaredIn(tree: Tree): string[] | undefined {
  const text = tree.find('package.json')?.text;
  if (!text) return undefined;
  const { dependencies = {}, optionalDependencies = {} } = JSON.parse(text) as Record<string, object>;
  return [...Object.keys(dependencies), ...Object.keys(optionalDependencies)];
}

export const packages: Law = {
  name: 'packages',
  sentence: 'a third-party package enters through one file',
  check(tree) {
    const found: Violation[] = [];
    const declared = declaredIn(tree);
    const doorOf = new Map<string, string>();
    for (const use of usesIn(tree)) {
      const at = { path: use.path, line: use.line };
      if (declared && !use.typeOnly && !declared.includes(use.package)) {
        found.push({ ...at, what: `imports ${use.package}, which package.json does not name` });
      }
      if (use.typeOnly || everywhere[use.package]) continue;
      const door = doorOf.get(use.package) ?? use.path;
      doorOf.set(use.package, door);
      if (door !== use.path)
        found.push({ ...at, what: `imports ${use.package}, which already enters at ${door}` });
    }
    return found;
  },
};
