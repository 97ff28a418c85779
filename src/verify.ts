// The command `lamppost verify`: checks a receipt from a file, with no server and no database.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { checkReceipt, parseVerifierKey, parseWitnessKey, stepTexts } from './modules/receipts/index.ts';

const usage = `Usage: lamppost verify <receipt.json> [--key <public key of the log>]
         [--witness <public key of a witness>]...

Exit codes: 0 all is right, 1 something is wrong, 2 it could not be checked, 3 right, but no key was given.
`;

const marks = { right: 'ok     ', wrong: 'WRONG  ', unknown: '-      ' };

/** The launcher runs in the checkout, and tells from where it was called. */
const pathOf = (file: string) => resolve(process.env.LAUNCHED_FROM ?? process.cwd(), file);

function read(file: string): string | undefined {
  try {
    return readFileSync(pathOf(file), 'utf8');
  } catch (error) {
    process.stderr.write(`lamppost verify: ${(error as Error).message}\n`);
    return undefined;
  }
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { key: { type: 'string', multiple: true }, witness: { type: 'string', multiple: true } },
    });
    const keys = (values.key ?? []).map(parseVerifierKey);
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) return undefined;
    const witnesses = (values.witness ?? []).map(parseWitnessKey);
    if (keys.includes(undefined) || witnesses.includes(undefined)) {
      process.stderr.write('lamppost verify: a public key looks like name+id+key.\n');
      return undefined;
    }
    return {
      file,
      keys: keys.flatMap((key) => key ?? []),
      witnesses: witnesses.flatMap((key) => key ?? []),
    };
  } catch (error) {
    process.stderr.write(`lamppost verify: ${(error as Error).message}\n`);
    return undefined;
  }
}

function verify(): number {
  const given = readArguments();
  if (given === undefined) {
    process.stderr.write(usage);
    return 2;
  }
  const text = read(given.file);
  if (text === undefined) return 2;
  const { valid, steps, receipt } = checkReceipt(text, given.keys, given.witnesses);
  for (const { name, outcome } of steps) console.log(`${marks[outcome]}${stepTexts[name][outcome].en}`);
  if (receipt !== undefined) console.log(`\nEntry ${receipt.index} of ${receipt.origin}:\n${receipt.leaf}`);
  if (valid) return 0;
  return steps.some(({ outcome }) => outcome === 'wrong') ? 1 : 3;
}

process.exitCode = verify();
