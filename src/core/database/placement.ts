// Decides who runs PostgreSQL, and where its cluster and its socket lie.

import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Account, canReach, claimOpenFolder } from './reach.ts';

export type Placement = {
  /** Runs initdb and postgres; our own account unless we are root. */
  account: Account;
  /** Holds the cluster, its log, and clusters being made. */
  home: string;
  /** The data directory of PostgreSQL. */
  cluster: string;
};

/** PostgreSQL refuses to run as root; `nobody` owns nothing else. */
const nobody: Account = { uid: 65534, gid: 65534 };

export const shortHash = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 12);

const isCluster = (folder: string): boolean => existsSync(join(folder, 'PG_VERSION'));

function ownerOf(folder: string): Account {
  const { uid, gid } = statSync(folder);
  return { uid, gid };
}

/** Where the cluster of a data folder lies, for root; a cluster that is there already stays where it is. */
export function placeForRoot(dataFolder: string, openFolder: () => string): Placement {
  const inside = join(dataFolder, 'postgres');
  if (isCluster(inside)) {
    const owner = ownerOf(inside);
    const account = owner.uid === 0 ? nobody : owner;
    if (!canReach(inside, account)) {
      throw new Error(
        `${inside} holds a database, but user ${account.uid}, who runs it, cannot reach it any more: ` +
          'let others pass (chmod o+x) through the folders above it, or move the data folder (LAMPPOST_DATA).',
      );
    }
    return { account, home: dataFolder, cluster: inside };
  }
  const outside = join(openFolder(), shortHash(dataFolder));
  if (!isCluster(join(outside, 'postgres')) && canReach(inside, nobody)) {
    return { account: nobody, home: dataFolder, cluster: inside };
  }
  mkdirSync(outside, { recursive: true, mode: 0o755 });
  return { account: nobody, home: outside, cluster: join(outside, 'postgres') };
}

/** Makes the data folder when absent and decides. */
export function placeCluster(folder: string): Placement {
  mkdirSync(folder, { recursive: true });
  const dataFolder = realpathSync(folder);
  const own = { uid: process.geteuid?.() ?? 0, gid: process.getegid?.() ?? 0 };
  if (own.uid === 0) return placeForRoot(dataFolder, claimOpenFolder);
  const cluster = join(dataFolder, 'postgres');
  if (existsSync(cluster) && statSync(cluster).uid !== own.uid) {
    throw new Error(
      `${cluster} belongs to user ${statSync(cluster).uid}, but this is user ${own.uid}: ` +
        'start as the same user as before (root works too), or choose another folder with LAMPPOST_DATA.',
    );
  }
  return { account: own, home: dataFolder, cluster };
}

/** `sockaddr_un` holds 108 bytes with the zero at the end (unix(7)). */
const longestSocketPath = 107;
const socketName = '/.s.PGSQL.5432';

/**
 * A folder that only the account can enter, short enough for a socket; the socket needs no password for
 * that.
 */
export function claimSocketFolder({ account, cluster }: Placement): string {
  const fits = (base: string) =>
    Buffer.byteLength(`${base}/lamppost-123456789012-123456${socketName}`) <= longestSocketPath &&
    existsSync(base) &&
    canReach(join(base, 'socket'), account);
  const base = [tmpdir(), '/tmp', '/var/tmp', '/run'].find(fits);
  if (base === undefined)
    throw new Error('PostgreSQL needs a temporary folder with a short path for its socket.');
  const usual = join(base, `lamppost-${shortHash(cluster)}`);
  const folder = isOurs(usual, account) ? usual : mkdtempSync(`${usual}-`);
  chownSync(folder, account.uid, account.gid);
  chmodSync(folder, 0o700);
  return folder;
}

/** Makes the folder; false when it is there and somebody else made it, to listen in. */
function isOurs(folder: string, account: Account): boolean {
  try {
    mkdirSync(folder, { mode: 0o700 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const stats = lstatSync(folder);
    return stats.isDirectory() && [account.uid, process.geteuid?.()].includes(stats.uid);
  }
}
