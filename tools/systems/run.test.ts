// Tests of reading an edition's systems and running their acceptance tests, on a small edition made for it.

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readDefined, readListed } from './run.ts';

const system = `export const system = { id: 'hill-fire', modules: [], parts: [{ part: 'a fire is seen', test: 'sees a fire' }] };`;
const test = (title: string, value: number) => `it('${title}', () => expect(${value}).toBe(1));`;

let root = '';
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lamppost-run-'));
  symlinkSync(join(import.meta.dirname, '../../node_modules'), join(root, 'node_modules'));
  write('package.json', '{ "type": "module" }');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('the systems of an edition', () => {
  it('are listed by their number, in English', () => {
    const record = (number: number, id: string) => ({
      id,
      number,
      name: { en: id, tc: '火' },
      acceptance: { en: 'x' },
    });
    const systems = [record(2, 'wet-market'), record(1, 'hill-fire')];
    write('src/city/tiny/blueprint/systems.json', JSON.stringify({ systems }));
    expect(readListed(root, 'tiny').map((one) => [one.number, one.name])).toEqual([
      [1, 'hill-fire'],
      [2, 'wet-market'],
    ]);
  });

  it('are none where the edition has no folder of them', async () => {
    expect(await readDefined(root, 'tiny')).toEqual([]);
  });

  it('come with the titles of their acceptance tests that passed and failed', async () => {
    const folder = 'src/city/tiny/systems/hill-fire';
    write(`${folder}/system.ts`, system);
    const tests = [test('sees a fire', 1), test('tells of it', 2)].join('\n');
    write(`${folder}/acceptance.test.ts`, `import { expect, it } from 'vitest';\n${tests}\n`);
    const [defined] = await readDefined(root, 'tiny');
    expect(defined?.file).toBe(`${folder}/acceptance.test.ts`);
    expect(defined?.tests).toEqual({ passed: ['sees a fire'], failed: ['tells of it'] });
  });

  it('are refused when an acceptance file cannot be loaded', async () => {
    const folder = 'src/city/tiny/systems/hill-fire';
    write(`${folder}/system.ts`, system);
    write(`${folder}/acceptance.test.ts`, "import './absent.ts';\n");
    await expect(readDefined(root, 'tiny')).rejects.toThrow('cannot be loaded');
  });
});
