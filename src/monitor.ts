// The command `lamppost monitor`: goes through the whole log of receipts and tells what was tampered with.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { parseConfig } from './core/config.ts';
import { connect } from './core/database/index.ts';
import {
  auditLog,
  findCosignature,
  openDatabaseLog,
  openHttpLog,
  parseCheckpoint,
  parseVerifierKey,
  parseWitnessKey,
} from './modules/receipts/index.ts';
import { modules } from './modules.ts';

const usage = `Usage: lamppost monitor [--url <address of a city>] [--key <public key>]
         [--witness <public key>]... [--state <file>]

Reads the log from DATABASE_URL, or with --url over HTTP from anywhere. Remembers the checkpoint it has
seen in the state file, and at the next run demands that the log has only grown since. Each witness that is
named must have cosigned the checkpoint.

Exit codes: 0 the log is whole, 1 it was tampered with, 2 it could not be read.
`;

/** What is remembered between runs. */
type State = { note: string; keys: string[] };

type Opened = Awaited<ReturnType<typeof openDatabaseLog>> & { close(): Promise<void> };

async function openDatabase(url: string): Promise<Opened> {
  const { database, close } = connect(url);
  try {
    return { ...(await openDatabaseLog(database)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Audit = Awaited<ReturnType<typeof auditLog>>;
type Witnesses = NonNullable<Parameters<typeof auditLog>[1]['witnesses']>;

const wordsOf = (finding: Audit['findings'][number]): string => {
  switch (finding.kind) {
    case 'changed':
      return `entry ${finding.index} was changed`;
    case 'removed':
      return `entry ${finding.index} was removed`;
    case 'moved':
      return `entry ${finding.from} was moved to place ${finding.index}`;
    case 'added':
      return `entry ${finding.index} was added without a signature`;
    case 'act-changed':
      return `what is kept of the act of entry ${finding.index} was changed`;
    case 'tile':
      return `tile ${finding.level}/${finding.number} is not the one that follows from the entries`;
    case 'tree':
      return `the tree of ${finding.size} entries is not the one that was signed`;
    case 'signature':
      return 'the checkpoint is not signed by a known key';
    case 'witness':
      return `the checkpoint is not cosigned by ${finding.name}`;
    case 'rewritten':
      return `the log is not a continuation of what it was at ${finding.size} entries`;
    case 'unreadable':
      return 'there is no checkpoint that can be read';
  }
};

function readState(path: string): State | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as State;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

const shown = 20;

function tell({ findings, checked }: Audit): void {
  for (const finding of findings.slice(0, shown)) console.log(`WRONG  ${wordsOf(finding)}`);
  if (findings.length > shown) console.log(`       and ${findings.length - shown} more`);
  if (findings.length === 0) console.log(`ok     ${checked} entries, each where it was and as it was`);
}

/** The launcher runs in the checkout, and tells from where it was called. */
const calledFrom = () => process.env.LAUNCHED_FROM ?? process.cwd();

const patience = 5;

/** A checkpoint just signed is alone for a moment: its witnesses have not answered yet. */
async function waitForWitnesses(source: Opened['source'], witnesses: Witnesses): Promise<void> {
  for (let tried = 0; witnesses.length > 0 && tried < patience; tried += 1) {
    const note = (await source.cosigned?.()) ?? '';
    if (witnesses.every((one) => findCosignature(note, one) !== undefined)) return;
    await sleep(1000);
  }
}

async function monitor(): Promise<number> {
  const { values } = parseArgs({
    options: {
      url: { type: 'string' },
      key: { type: 'string', multiple: true },
      witness: { type: 'string', multiple: true },
      state: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const witnesses = (values.witness ?? []).flatMap((vkey) => parseWitnessKey(vkey) ?? []);
  if (witnesses.length !== (values.witness ?? []).length) {
    process.stderr.write('lamppost monitor: a public key of a witness looks like name+id+key.\n');
    return 2;
  }
  const tables = modules.map((module) => module.config ?? {});
  const config = parseConfig(process.env, tables);
  if (values.help || (values.url === undefined && config.databaseUrl === undefined)) {
    process.stderr.write(usage);
    return values.help ? 0 : 2;
  }
  const path =
    values.state === undefined
      ? join(config.dataFolder, 'receipts-monitor.json')
      : resolve(calledFrom(), values.state);
  const state = readState(path);
  const opened =
    values.url === undefined
      ? await openDatabase(config.databaseUrl!)
      : { ...(await openHttpLog(values.url)), close: async () => {} };
  try {
    // A key that comes with the log is believed only at the first meeting.
    const vkeys = values.key ?? state?.keys ?? opened.keys;
    const seen = state === undefined ? undefined : parseCheckpoint(state.note);
    const keys = vkeys.flatMap((vkey) => parseVerifierKey(vkey) ?? []);
    const earlier = seen === undefined ? opened.earlier : [seen, ...opened.earlier];
    await waitForWitnesses(opened.source, witnesses);
    const audit = await auditLog(opened.source, { keys, earlier, witnesses });
    tell(audit);
    if (audit.findings.length > 0) return 1;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${JSON.stringify({ note: audit.note, keys: vkeys } satisfies State)}\n`);
    return 0;
  } finally {
    await opened.close();
  }
}

monitor().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`lamppost monitor: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
