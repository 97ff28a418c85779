// Checks what can be known without starting a city: types, lint, law of the house, generated documents.

import { spawn } from 'node:child_process';
import { join } from 'node:path';

type Step = { name: string; command: string[] };

const root = join(import.meta.dirname, '..');
const env = { ...process.env, NO_COLOR: '1' };
const steps: Step[] = [
  { name: 'types', command: ['node_modules/typescript/bin/tsc', '--noEmit', '-p', '.'] },
  { name: 'lint and format', command: ['node_modules/@biomejs/biome/bin/biome', 'ci', '--colors=off', '.'] },
  { name: 'law of the house', command: ['node_modules/vitest/vitest.mjs', 'run', 'test/house.test.ts'] },
  { name: 'generated documents', command: ['--import', 'tsx', 'tools/docs.ts', '--check'] },
];

type Outcome = { code: number; output: string };

function run(step: Step): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, step.command, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env,
    });
    const parts: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    child.stderr.on('data', (part: Buffer) => parts.push(part));
    child.on('error', (error) => resolve({ code: 1, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(parts).toString() }));
  });
}

let failures = 0;
for (const step of steps) {
  const started = performance.now();
  const { code, output } = await run(step);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'}  ${step.name} (${seconds} s)`);
  if (code !== 0) {
    failures += 1;
    console.log(output.trimEnd());
  }
}
process.exitCode = failures > 0 ? 1 : 0;
