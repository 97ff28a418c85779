// Writes generated files, or with --check says which of them are out of date.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Writes what changed and returns those paths; with `check` it writes nothing. Paths are from `root`. */
export function settleFiles(root: string, files: Record<string, string>, check: boolean): string[] {
  const changed = Object.entries(files).filter(([path, text]) => {
    const full = join(root, path);
    return !existsSync(full) || readFileSync(full, 'utf8') !== text;
  });
  for (const [path, text] of check ? [] : changed) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return changed.map(([path]) => path);
}

/** Settles the files, tells the outcome, and gives the exit code. */
export function settleAndTell(files: Record<string, string>, command: string): number {
  const root = join(import.meta.dirname, '..');
  const check = process.argv.includes('--check');
  const changed = settleFiles(root, files, check);
  const verb = check ? 'out of date' : 'written';
  console.log(changed.length === 0 ? 'All files are up to date.' : `${verb}: ${changed.join(', ')}`);
  if (check && changed.length > 0) console.error(`Run \`${command}\` and commit what it writes.`);
  return check && changed.length > 0 ? 1 : 0;
}
