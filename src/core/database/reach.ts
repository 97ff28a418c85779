// Which folders a user of the machine can reach, and the folders of our own outside the checkout.

import { chmodSync, existsSync, lstatSync, mkdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A user of the machine, by number. */
export type Account = { uid: number; gid: number };

const may = (stats: Stats, account: Account, right: number): boolean => {
  if (stats.uid === account.uid) return (stats.mode & (right << 6)) !== 0;
  if (stats.gid === account.gid) return (stats.mode & (right << 3)) !== 0;
  return (stats.mode & right) !== 0;
};

const readAndPass = 5;
const pass = 1;

/**
 * Whether the account may pass through every folder above `path`; what does not exist yet is not looked at.
 */
export function canReach(path: string, account: Account): boolean {
  let folder = path;
  while (!existsSync(folder)) folder = dirname(folder);
  folder = realpathSync(folder);
  if (folder === path) folder = dirname(folder);
  for (;;) {
    if (!may(statSync(folder), account, pass)) return false;
    if (folder === dirname(folder)) return true;
    folder = dirname(folder);
  }
}

/** Whether the account may use a folder and pass through everything above it. */
export function canUse(folder: string, account: Account): boolean {
  return may(statSync(folder), account, readAndPass) && canReach(realpathSync(folder), account);
}

/** Makes `folder` ours alone to write, open to read; undefined when that cannot be. */
function claimFolder(folder: string): string | undefined {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    const stats = lstatSync(folder);
    // Somebody else could have made it first, in a temporary folder that all may write to.
    if (!stats.isDirectory() || stats.uid !== process.geteuid?.()) return undefined;
    chmodSync(folder, 0o755);
    return folder;
  } catch {
    return undefined;
  }
}

/** A folder of root's that every account can reach: /var/lib/lamppost, or one in the temporary folder. */
export function claimOpenFolder(): string {
  for (const folder of ['/var/lib/lamppost', join(tmpdir(), 'lamppost-0'), '/tmp/lamppost-0']) {
    const claimed = claimFolder(folder);
    if (claimed !== undefined) return claimed;
  }
  throw new Error(
    'PostgreSQL needs a folder that others may read: make /var/lib/lamppost, or set DATABASE_URL.',
  );
}
