// The file store: bytes under keys, in a folder; the interface is one that an object store (S3) can fill.

import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Keeps bytes under keys. A key is one or more parts with slashes between, each of letters, digits, `.`,
 * `_` and `-`, not beginning with a dot, e.g. `feeds/weather/2026-01-02.json`; at most 512 characters. Any
 * other key throws.
 */
export type FileStore = {
  /** Writes all of it or nothing; what was under the key before is replaced. */
  put(key: string, bytes: Uint8Array | string): Promise<void>;
  /** The bytes, or `undefined` when there is nothing under the key. */
  find(key: string): Promise<Buffer | undefined>;
  /** The bytes; throws when there is nothing under the key. */
  get(key: string): Promise<Buffer>;
  /** No error when there is nothing. */
  remove(key: string): Promise<void>;
  /** Keys in order that begin with the prefix, at most `limit` (default 1000), after the key `after`. */
  list(prefix: string, page?: { after?: string; limit?: number }): Promise<string[]>;
};

const keyPart = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}$/;
const longestKey = 512;
const unfinished = '.new-';

function checkKey(key: string): string {
  if (key.length > longestKey || !key.split('/').every((part) => keyPart.test(part))) {
    throw new Error(`Not a key of the file store: ${JSON.stringify(key.slice(0, 100))}`);
  }
  return key;
}

const isAbsent = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '');

async function writeWhole(path: string, bytes: Uint8Array | string): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `${unfinished}${randomBytes(8).toString('hex')}`);
  try {
    const file = await open(temporary, 'wx', 0o640);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

/** Keys below `path`, each with `prefix` before it. */
async function listBelow(folder: string, prefix: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (isAbsent(error)) return [];
    throw error;
  });
  const keys: string[] = [];
  for (const entry of entries) {
    if (!keyPart.test(entry.name)) continue;
    if (entry.isDirectory())
      keys.push(...(await listBelow(join(folder, entry.name), `${prefix}${entry.name}/`)));
    else if (entry.isFile()) keys.push(`${prefix}${entry.name}`);
  }
  return keys;
}

/** A store in a folder, made when it is first written to. */
export function openFolderStore(folder: string): FileStore {
  const pathOf = (key: string) => join(folder, checkKey(key));
  const find = async (key: string): Promise<Buffer | undefined> => {
    try {
      return await readFile(pathOf(key));
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  };
  return {
    find,
    put: (key, bytes) => writeWhole(pathOf(key), bytes),
    get: async (key) => {
      const bytes = await find(key);
      if (bytes === undefined) throw new Error(`The file store holds nothing under ${JSON.stringify(key)}.`);
      return bytes;
    },
    remove: (key) => rm(pathOf(key), { force: true }),
    list: async (prefix, { after = '', limit = 1000 } = {}) => {
      const inside = prefix.slice(0, prefix.lastIndexOf('/') + 1);
      if (inside !== '') checkKey(inside.slice(0, -1));
      const keys = await listBelow(join(folder, inside), inside);
      return keys
        .filter((key) => key.startsWith(prefix) && key > after)
        .sort()
        .slice(0, limit);
    },
  };
}

/** The store that the configuration asks for. */
export const openFileStore = (config: { filesFolder: string }): FileStore =>
  openFolderStore(config.filesFolder);
