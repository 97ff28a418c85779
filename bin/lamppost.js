#!/usr/bin/env node
// The launcher: finds a Node that is new enough, installs what is missing, and runs the command asked for.
// Plain JavaScript that an old Node can run.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, lstatSync, realpathSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const neededMajor = 24;
const checkout = dirname(dirname(realpathSync(fileURLToPath(import.meta.url))));

const typescript = ['--import', 'tsx'];
const vitest = join(checkout, 'node_modules', 'vitest', 'vitest.mjs');

/** What each command runs, from the checkout. */
const commands = {
  start: { about: 'start the city (the default)', run: [...typescript, 'src/main.ts', 'start'] },
  dev: { about: 'start it for development, with reload', run: [...typescript, 'tools/dev.ts'] },
  test: { about: 'run the tests', run: [vitest, 'run'], env: { NODE_ENV: 'test' } },
  check: { about: 'types, style and the law of the house', run: [...typescript, 'tools/check.ts'] },
  'invite-first': {
    about: 'make the code of the first administrator',
    run: [...typescript, 'src/invite-first.ts'],
  },
  'new-signing-key': {
    about: 'make the next key that signs what services are told',
    run: [...typescript, 'src/new-signing-key.ts'],
  },
  docs: { about: 'write the generated pages of docs/', run: [...typescript, 'tools/docs.ts'] },
  systems: { about: 'prove the systems and write docs/systems.md', run: [...typescript, 'tools/systems.ts'] },
  verify: { about: 'check a receipt, with no server', run: [...typescript, 'src/verify.ts'] },
  monitor: { about: 'find out whether the log of receipts is whole', run: [...typescript, 'src/monitor.ts'] },
  bench: { about: 'measure the headline numbers', run: [...typescript, 'bench/run.ts'] },
  'new-module': { about: 'make the rooms of a new module', run: [...typescript, 'tools/new-module.ts'] },
};

function fail(message, code = 1) {
  process.stderr.write(`lamppost: ${message}\n`);
  process.exit(code);
}

function helpText() {
  const lines = Object.entries(commands).map(([name, { about }]) => `  ${name.padEnd(12)} ${about}`);
  return `Usage: lamppost [command] [options]\n\n${lines.join('\n')}\n`;
}

const isNewEnough = (version) => Number.parseInt(version, 10) >= neededMajor;

/** The Node to run: our own when it is new enough, else the one that npm brought. */
function findNode() {
  if (isNewEnough(process.versions.node)) return process.execPath;
  const brought = join(checkout, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (existsSync(brought)) return brought;
  return undefined;
}

/** npm writes the second file when it has installed all of the first. */
function isInstalled() {
  const installed = join(checkout, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const asked = join(checkout, 'package-lock.json');
  return !existsSync(asked) || statSync(asked).mtimeMs <= statSync(installed).mtimeMs;
}

/** Runs npm quietly; its words matter only when it fails. */
function npm(args) {
  // What the npm that called us told its children is not meant for this one.
  const env = { ...process.env };
  for (const name of Object.keys(env)) if (/^npm_(lifecycle|package|command)/.test(name)) delete env[name];
  const result = spawnSync(
    'npm',
    [...args, '--no-audit', '--no-fund', '--include=dev', '--include=optional'],
    {
      cwd: checkout,
      env,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  if (result.error)
    fail(`npm cannot be run (${result.error.message}). Install npm, then run "npm ci" in ${checkout}.`);
  return { done: result.status === 0, said: `${result.stdout}${result.stderr}` };
}

/** npm empties the folder before it fills it: behind a link, that folder is somebody else's. */
function refuseLinkedFolder() {
  const folder = join(checkout, 'node_modules');
  if (!lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()) return;
  fail(`${folder} is a link and older than package-lock.json; nothing is installed through a link.`);
}

function install() {
  refuseLinkedFolder();
  process.stderr.write(
    'lamppost: installing what package-lock.json lists (npm ci); this takes a moment ...\n',
  );
  if (npm(['ci']).done) return;
  // npm ci refuses a list without the packages of other machines; npm install keeps to its versions.
  const { done, said } = npm(['install', '--no-save']);
  if (done) return;
  const errors = said.split('\n').filter((line) => line.startsWith('npm error'));
  process.stderr.write(`${(errors.length > 0 ? errors : said.split('\n')).slice(0, 15).join('\n')}\n`);
  fail(
    `npm could not install; it needs the npm registry or a warm cache, and must be able to write ${checkout}.`,
  );
}

/** Runs Node with the arguments, hands on signals, and ends as it ends. */
function run(node, args, env) {
  const child = spawn(node, args, {
    cwd: checkout,
    env: { ...process.env, LAUNCHED_FROM: process.cwd(), ...env },
    stdio: 'inherit',
  });
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']) {
    process.on(name, () => {
      // Ctrl-C in a terminal reaches the child by itself; a second copy would count as impatience.
      if (name !== 'SIGINT' || !process.stdin.isTTY) child.kill(name);
    });
  }
  child.on('error', (error) => fail(`${node} cannot be run: ${error.message}`));
  child.on('exit', (code, name) => process.exit(code ?? 128 + (constants.signals[name] ?? 0)));
}

const [word, ...rest] = process.argv.slice(2);
const implied = word === undefined || (word.startsWith('-') && !['-h', '--help'].includes(word));
const name = implied ? 'start' : word;
const args = implied && word !== undefined ? [word, ...rest] : rest;

if (['help', '-h', '--help'].includes(name)) {
  process.stdout.write(helpText());
  process.exit(0);
}
if (!Object.hasOwn(commands, name)) {
  process.stderr.write(`lamppost: there is no command "${name}".\n\n${helpText()}`);
  process.exit(2);
}
if (!isInstalled()) install();
const node = findNode();
if (node === undefined) {
  fail(
    `Node ${neededMajor} or later is needed, this is ${process.versions.node}, and npm brought none for ` +
      `${process.platform}-${process.arch}. Install Node ${neededMajor} from https://nodejs.org and try again.`,
  );
}
const { run: base, env = {} } = commands[name];
run(node, [...base, ...args], env);
