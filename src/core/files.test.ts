// Tests of the file store: whole writes, order, and keys that try to leave the folder.

import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FileStore, openFileStore } from './files.ts';

let folder: string;
let files: FileStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'files-'));
  files = openFileStore({ filesFolder: join(folder, 'store') });
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('a file store', () => {
  it('gives back the bytes that were put, and the newest of two', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), fc.uint8Array(), async (first, second) => {
        await files.put('a/b.bin', first);
        await files.put('a/b.bin', second);
        expect(new Uint8Array(await files.get('a/b.bin'))).toEqual(second);
      }),
      { numRuns: 20 },
    );
    expect(readdirSync(join(folder, 'store', 'a'))).toEqual(['b.bin']);
  });

  it('has nothing under a key that was never put, or was removed', async () => {
    await files.put('a', 'x');
    await files.remove('a');
    await files.remove('a');
    expect(await files.find('a')).toBeUndefined();
    expect(await files.find('a/b')).toBeUndefined();
    await expect(files.get('a')).rejects.toThrow('holds nothing under "a"');
  });

  it('lists keys by prefix, in order, a page at a time, without unfinished writes', async () => {
    for (const key of ['feeds/b', 'feeds/a/2', 'feeds/a/1', 'other', 'feedsother']) await files.put(key, key);
    mkdirSync(join(folder, 'store', 'feeds', '.new-123'));
    expect(await files.list('feeds/')).toEqual(['feeds/a/1', 'feeds/a/2', 'feeds/b']);
    expect(await files.list('fee')).toEqual(['feeds/a/1', 'feeds/a/2', 'feeds/b', 'feedsother']);
    expect(await files.list('feeds/', { after: 'feeds/a/1', limit: 1 })).toEqual(['feeds/a/2']);
    expect(await files.list('nothing/')).toEqual([]);
  });

  it.each([
    '',
    '/',
    '..',
    '../x',
    'a/../../x',
    '/etc/passwd',
    'a//b',
    'a/',
    './a',
    '.hidden',
    'a\0b',
    'a\\b',
    'é',
  ])('refuses the key %j', async (key) => {
    await expect((async () => files.put(key, 'x'))()).rejects.toThrow('Not a key');
    await expect((async () => files.find(key))()).rejects.toThrow('Not a key');
    await expect((async () => files.remove(key))()).rejects.toThrow('Not a key');
  });

  it('never writes outside its folder, whatever the key', async () => {
    const parts = fc.constantFrom('..', '.', '', 'a', 'b.c', '~', '%2e%2e', ' ', 'x'.repeat(300));
    await fc.assert(
      fc.asyncProperty(fc.array(parts, { maxLength: 5 }), async (names) => {
        await (async () => files.put(names.join('/'), 'x'))().catch(() => {});
        expect(readdirSync(folder).filter((name) => name !== 'store')).toEqual([]);
      }),
      { numRuns: 50 },
    );
    expect(existsSync(join(folder, '..', 'a'))).toBe(false);
  });
});
