// Tests of writing generated files and of finding the ones that are out of date.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settleFiles } from './generated.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lamppost-generated-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('generated files', () => {
  it('are written with their folders, and then are up to date', () => {
    expect(settleFiles(root, { 'docs/a.md': 'one\n' }, false)).toEqual(['docs/a.md']);
    expect(readFileSync(join(root, 'docs/a.md'), 'utf8')).toBe('one\n');
    expect(settleFiles(root, { 'docs/a.md': 'one\n' }, false)).toEqual([]);
  });

  it('are named but not touched by a check when they differ', () => {
    settleFiles(root, { 'a.md': 'one\n', 'b.md': 'two\n' }, false);
    expect(settleFiles(root, { 'a.md': 'changed\n', 'b.md': 'two\n' }, true)).toEqual(['a.md']);
    expect(readFileSync(join(root, 'a.md'), 'utf8')).toBe('one\n');
  });
});
