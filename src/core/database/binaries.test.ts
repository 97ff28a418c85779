// Tests of where the PostgreSQL programs are run from: in place, or from a copy that is whole or not there.

import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Binaries, prepareBinaries } from './binaries.ts';

const stranger = { uid: 65534, gid: 65534 };
let folder: string;
let installed: Binaries;

/** A small tree of the same form as the package's. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'binaries-'));
  chmodSync(folder, 0o755);
  const native = join(folder, 'package', 'native');
  for (const part of ['bin', 'lib/postgresql', 'share/postgresql'])
    mkdirSync(join(native, part), { recursive: true });
  writeFileSync(join(native, 'bin', 'postgres'), 'program', { mode: 0o755 });
  writeFileSync(join(native, 'lib', 'libpq.so.5.18'), 'library');
  writeFileSync(join(native, 'lib', 'libpq.a'), 'archive');
  const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
  writeFileSync(join(native, 'pg-symlinks.json'), JSON.stringify(links));
  installed = { folder: native, version: '18.0.0', major: 18 };
});

afterEach(() => rmSync(folder, { recursive: true }));

const prepare = () =>
  prepareBinaries(installed, { account: stranger, copyFolder: () => join(folder, 'copies') });

describe('the programs of PostgreSQL', () => {
  it('run in place when their user can reach them, with the links that npm could not bring', () => {
    expect(prepare()).toEqual(installed);
    expect(readlinkSync(join(installed.folder, 'lib', 'libpq.so.5'))).toBe('libpq.so.5.18');
    expect(prepare()).toEqual(installed);
  });

  it('are copied once, for all to read, out of a folder that their user cannot enter', () => {
    chmodSync(join(folder, 'package'), 0o700);
    chmodSync(join(installed.folder, 'bin', 'postgres'), 0o700);
    const copy = prepare();
    expect(copy.folder).toBe(join(folder, 'copies', 'postgres-18.0.0'));
    expect(statSync(join(copy.folder, 'bin', 'postgres')).mode & 0o777).toBe(0o755);
    expect(readlinkSync(join(copy.folder, 'lib', 'libpq.so.5'))).toBe('libpq.so.5.18');
    expect(existsSync(join(copy.folder, 'lib', 'libpq.a'))).toBe(false);
    const madeAt = statSync(copy.folder).ctimeMs;
    expect(prepare()).toEqual(copy);
    expect(statSync(copy.folder).ctimeMs).toBe(madeAt);
  });

  it('are never run from a copy that was broken off', () => {
    chmodSync(join(folder, 'package'), 0o700);
    mkdirSync(join(folder, 'copies', `postgres-18.0.0.new-${process.pid}`, 'bin'), { recursive: true });
    const copy = prepare();
    expect(existsSync(join(copy.folder, 'bin', 'postgres'))).toBe(true);
    expect(readdirSync(join(folder, 'copies'))).toEqual(['postgres-18.0.0']);
  });

  it.each([0o700, 0o750])('are copied when npm installed them with mode %o', (mode) => {
    chmodSync(join(installed.folder, 'lib', 'postgresql'), mode);
    expect(prepare().folder).toBe(join(folder, 'copies', 'postgres-18.0.0'));
  });
});
