// The files that the law of the house looks at, read from a folder or given in memory.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

export type HouseFile = { path: string; text: string };
export type Tree = { files: HouseFile[]; find(path: string): HouseFile | undefined };

/** One breach of the law: where it is and what it is. */
export type Violation = { path: string; line: number; what: string };

/** A law: its short name, the sentence it stands for, and the check. */
export type Law = { name: string; sentence: string; check(tree: Tree): Violation[] };

const folders = ['src', 'test', 'tools', 'bench', 'sim', 'bin'];
const kinds = /\.(tsx?|mts|js|mjs|css|sql|md|json)$/;

function listFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : listFiles(path);
    return kinds.test(entry.name) ? [path] : [];
  });
}

/** A tree of the given files; the keys are paths from the root, with slashes. */
export function treeOf(texts: Record<string, string>): Tree {
  const files = Object.entries(texts).map(([path, text]) => ({ path, text }));
  const byPath = new Map(files.map((file) => [file.path, file]));
  return { files, find: (path) => byPath.get(path) };
}

/** The tree below a folder, without data files, whose content no law judges. */
export function readTree(root: string): Tree {
  const manifest = join(root, 'package.json');
  const paths = [
    ...folders.flatMap((folder) => listFiles(join(root, folder))),
    ...(existsSync(manifest) ? [manifest] : []),
  ];
  const texts: Record<string, string> = {};
  for (const path of paths) {
    const isData = path.endsWith('.json') && !path.endsWith('package.json');
    texts[relative(root, path).split(sep).join('/')] = isData ? '' : readFileSync(path, 'utf8');
  }
  return treeOf(texts);
}
