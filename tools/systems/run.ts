// Reads the systems of an edition and runs their acceptance tests.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { System } from '../../src/city/system.ts';
import type { Defined, ListedSystem, TestTitles } from './assess.ts';

type RawSystem = { id: string; number: number; name: { en: string }; acceptance: { en: string } };
type VitestFile = { name: string; message?: string; assertionResults: { title: string; status: string }[] };
type VitestReport = { testResults: VitestFile[] };

/** The systems that the blueprint of the edition lists, by their number. */
export function readListed(root: string, edition: string): ListedSystem[] {
  const path = join(root, 'src/city', edition, 'blueprint/systems.json');
  const { systems } = JSON.parse(readFileSync(path, 'utf8')) as { systems: RawSystem[] };
  return systems
    .map(({ id, number, name, acceptance }) => ({ id, number, name: name.en, acceptance: acceptance.en }))
    .sort((a, b) => a.number - b.number);
}

/** Runs the tests below a folder and gives, for each test file, the titles that passed and failed. */
export function runAcceptance(root: string, folder: string): Map<string, TestTitles> {
  const scratch = mkdtempSync(join(tmpdir(), 'lamppost-systems-'));
  const output = join(scratch, 'results.json');
  try {
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const reporters = ['--reporter=json', `--outputFile.json=${output}`];
    const run = spawnSync(process.execPath, [vitest, 'run', folder, ...reporters], {
      cwd: root,
      encoding: 'utf8',
    });
    if (!existsSync(output)) throw new Error(`The acceptance tests did not run:\n${run.stdout}${run.stderr}`);
    const { testResults } = JSON.parse(readFileSync(output, 'utf8')) as VitestReport;
    return new Map(testResults.map((file) => [relative(root, file.name), titlesOf(file)]));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function titlesOf(file: VitestFile): TestTitles {
  const titles = (passed: boolean) =>
    file.assertionResults.filter((one) => (one.status === 'passed') === passed).map((one) => one.title);
  const unloaded = file.assertionResults.length === 0 && file.message;
  if (unloaded) throw new Error(`${file.name} cannot be loaded: ${file.message}`);
  return { passed: titles(true), failed: titles(false) };
}

/** The definitions of the edition's systems with the outcome of their tests. */
export async function readDefined(root: string, edition: string): Promise<Defined[]> {
  const folder = join('src/city', edition, 'systems');
  if (!existsSync(join(root, folder))) return [];
  const ids = readdirSync(join(root, folder)).filter((id) => existsSync(join(root, folder, id, 'system.ts')));
  const hasTests = ids.some((id) => existsSync(join(root, folder, id, 'acceptance.test.ts')));
  const outcome = hasTests ? runAcceptance(root, folder) : new Map<string, TestTitles>();
  const read = ids.sort().map(async (id) => {
    const { system } = (await import(pathToFileURL(join(root, folder, id, 'system.ts')).href)) as {
      system: System;
    };
    const file = `${folder}/${id}/acceptance.test.ts`;
    return { system, file, tests: outcome.get(file) ?? { passed: [], failed: [] } };
  });
  return Promise.all(read);
}
