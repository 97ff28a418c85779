// Tests of completing a lock file with the optional packages of other platforms, and of our own lock file.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { completeLock, type Lock, listMissing } from './complete.ts';

const optionalDependencies = {
  '@tool/darwin-arm64': '1.2.3',
  '@tool/linux-x64': '1.2.3',
  '@tool/linux-x64-musl': '1.2.3',
};
const lock: Lock = {
  packages: {
    '': {},
    'node_modules/@tool/linux-x64': { version: '1.2.3', optional: true },
    'node_modules/tool': { version: '1.2.3', dev: true, optionalDependencies },
  },
};

describe('a lock file', () => {
  it('misses the optional packages that it names and does not hold', () => {
    expect(listMissing(lock).map((one) => one.name)).toEqual(['@tool/darwin-arm64', '@tool/linux-x64-musl']);
  });

  it('is complete afterwards, in order, with the platform of each package', () => {
    const full = completeLock(lock);
    expect(listMissing(full)).toEqual([]);
    expect(Object.keys(full.packages)).toEqual([
      '',
      'node_modules/@tool/darwin-arm64',
      'node_modules/@tool/linux-x64',
      'node_modules/@tool/linux-x64-musl',
      'node_modules/tool',
    ]);
    expect(full.packages['node_modules/@tool/darwin-arm64']).toEqual({
      version: '1.2.3',
      dev: true,
      optional: true,
      os: ['darwin'],
      cpu: ['arm64'],
    });
    expect(full.packages['node_modules/@tool/linux-x64-musl']?.libc).toEqual(['musl']);
  });

  it('of this project can be installed by npm ci', () => {
    const path = join(import.meta.dirname, '../../package-lock.json');
    const ours = JSON.parse(readFileSync(path, 'utf8')) as Lock;
    expect(listMissing(ours).map((one) => `${one.name} is missing: run tools/complete-lock.ts`)).toEqual([]);
  });
});
