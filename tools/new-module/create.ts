// Creates a module in a tree: checks its name, writes its rooms and registers it on its floor.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { listModules, plannedFloors, register } from './floors.ts';
import { moduleFiles, type Title } from './templates.ts';

/** Why a module of this name cannot be made; undefined when it can. */
export function nameProblem(root: string, name: string): string | undefined {
  if (!/^[a-z]{2,30}$/.test(name)) {
    return `"${name}" is no name for a module: take one word of 2 to 30 small letters.`;
  }
  const listed = listModules(readFileSync(join(root, 'src/modules.ts'), 'utf8'));
  if (listed.includes(name) || existsSync(join(root, 'src/modules', name))) {
    return `The module "${name}" exists already: src/modules/${name}.`;
  }
  if (!plannedFloors.includes(name)) {
    return (
      `"${name}" has no floor. Planned, foundation first: ${plannedFloors.join(', ')}. ` +
      'If the city needs another, add it to tools/new-module/floors.ts, with a decision in docs/decisions.'
    );
  }
  return undefined;
}

/** Writes the module and returns the paths it wrote, from the root; throws when the name cannot be used. */
export function createModule(root: string, name: string, title: Title): string[] {
  const problem = nameProblem(root, name);
  if (problem) throw new Error(problem);
  const list = join(root, 'src/modules.ts');
  const files = moduleFiles(name, title);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  writeFileSync(list, register(readFileSync(list, 'utf8'), name));
  return [...Object.keys(files), 'src/modules.ts'];
}
