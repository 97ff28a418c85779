// The configuration: one table of settings, from which both the reading at start and the documentation come.

import { join } from 'node:path';
import { type LogLevel, logLevels } from './log.ts';
import { checkout, type Setting, type Settings, setting } from './setting.ts';

export { type Setting, type SettingOptions, type Settings, setting } from './setting.ts';

export const roles = ['web', 'feeds', 'jobs'] as const;
/** What a process does; one process does all, or many share the work. */
export type Role = (typeof roles)[number];

/** Settings that every installation has; modules add their own. */
export const coreSettings = {
  PORT: setting.port({ default: 8080, about: 'Port of the web server.' }),
  HOST: setting.string({
    default: '127.0.0.1',
    pattern: /^[\w.:-]+$/,
    expected: 'a host name or an IP address',
    about:
      'Address on which the web server listens. Only this machine by default; 0.0.0.0 opens it to the network, ' +
      'as a container needs.',
  }),
  LAMPPOST_ORIGIN: setting.origin({
    defaultText: 'http://localhost: and the port',
    about: 'Address of the site as its visitors see it; links in feeds, sitemap and metadata start with it.',
  }),
  LAMPPOST_EDITION: setting.string({
    default: 'hong-kong',
    pattern: /^[a-z0-9]+(-[a-z0-9]+)*$/,
    expected: 'the name of a folder in src/city',
    about: 'The city that this installation runs.',
  }),
  LAMPPOST_ROLES: setting.list({
    choices: roles,
    default: roles,
    about:
      'What this process does. Several processes on one database may share the roles. `feeds` is reserved: ' +
      'it does nothing until a module fetches from outside.',
  }),
  DATABASE_URL: setting.url({
    schemes: ['postgres', 'postgresql'],
    secret: true,
    about: 'An external PostgreSQL server, version 15 or later. Without it the program brings its own.',
  }),
  LAMPPOST_DATABASE_CONNECTIONS: setting.integer({
    default: 10,
    least: 2,
    most: 200,
    about: 'Most connections to the database that this process keeps for requests.',
  }),
  LAMPPOST_STATEMENT_TIMEOUT_SECONDS: setting.integer({
    default: 30,
    least: 1,
    most: 3600,
    about: 'A statement to the database that takes longer is cancelled.',
  }),
  LAMPPOST_DATA: setting.path({
    default: join(checkout, '.lamppost'),
    defaultText: '.lamppost in the checkout',
    about: 'Folder of everything that must outlive the process: the database brought along, and files.',
  }),
  LAMPPOST_FILES: setting.path({
    defaultText: 'files in LAMPPOST_DATA',
    about: 'Folder in which files are kept: what was uploaded, and raw input of feeds.',
  }),
  NATS_URL: setting.url({
    schemes: ['nats', 'tls', 'ws', 'wss'],
    secret: true,
    about: 'A NATS server with JetStream that carries events between processes. Not needed for one process.',
  }),
  LAMPPOST_LOG_LEVEL: setting.choice({
    choices: logLevels,
    default: 'info',
    about: 'The least important lines that the log still shows.',
  }),
  LAMPPOST_TRUST_PROXY: setting.networks({
    about:
      'Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed. Nobody by default: ' +
      'else a visitor could choose an address and escape the rate limit.',
  }),
  LAMPPOST_RATE_LIMIT_PER_MINUTE: setting.integer({
    default: 600,
    least: 1,
    most: 1_000_000,
    about: 'Requests that one address may make in a minute; more are answered with 429.',
  }),
} satisfies Settings;

/** The configuration of this process, read and checked. */
export type Config = {
  port: number;
  host: string;
  /** Without a slash at the end. */
  origin: string;
  edition: string;
  roles: readonly Role[];
  /** Absent: PostgreSQL is brought along. */
  databaseUrl?: string;
  databaseConnections: number;
  statementTimeoutMs: number;
  dataFolder: string;
  filesFolder: string;
  natsUrl?: string;
  logLevel: LogLevel;
  /** For Fastify: whose forwarding headers are believed. */
  trustProxy: false | string[];
  rateLimitPerMinute: number;
  /** Every setting by name, the modules' own too; read those with `getSetting`. */
  values: Readonly<Record<string, unknown>>;
};

/** What is wrong with the environment; the message lists all of it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  /** One sentence for each wrong name. */
  readonly problems: string[];

  constructor(problems: string[]) {
    super(`The configuration cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

/** Steps of one letter from one name to another (Levenshtein 1966). */
function distanceBetween(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...left].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...right].entries()) {
      next.push(Math.min(row[j]! + (letter === other ? 0 : 1), row[j + 1]! + 1, next[j]! + 1));
    }
    row = next;
  }
  return row[right.length]!;
}

function describeUnknown(name: string, known: string[]): string {
  const near = known
    .map((candidate) => ({ candidate, distance: distanceBetween(name, candidate) }))
    .sort((a, b) => a.distance - b.distance)[0];
  const close = near !== undefined && near.distance <= Math.max(3, name.length / 3);
  return `${name}: there is no such setting.${close ? ` Did you mean ${near.candidate}?` : ''}`;
}

const longestShown = 80;

function describeWrong(name: string, { secret, expected }: Setting, text: string): string {
  const shown = text.length > longestShown ? `${text.slice(0, longestShown)}...` : text;
  return `${name}: got ${secret ? 'something else' : JSON.stringify(shown)}, expected ${expected}.`;
}

function joinTables(tables: readonly Settings[]): Map<string, Setting> {
  const all = new Map<string, Setting>();
  for (const [name, one] of tables.flatMap((table) => Object.entries(table))) {
    if (all.has(name)) throw new Error(`The setting ${name} is declared twice.`);
    all.set(name, one);
  }
  return all;
}

type Values = { [Name in keyof typeof coreSettings]: (typeof coreSettings)[Name]['default'] };

function configOf(values: Values): Config {
  return {
    port: values.PORT,
    host: values.HOST,
    origin: values.LAMPPOST_ORIGIN ?? `http://localhost:${values.PORT}`,
    edition: values.LAMPPOST_EDITION,
    roles: values.LAMPPOST_ROLES,
    ...(values.DATABASE_URL === undefined ? {} : { databaseUrl: values.DATABASE_URL }),
    databaseConnections: values.LAMPPOST_DATABASE_CONNECTIONS,
    statementTimeoutMs: values.LAMPPOST_STATEMENT_TIMEOUT_SECONDS * 1000,
    dataFolder: values.LAMPPOST_DATA,
    filesFolder: values.LAMPPOST_FILES ?? join(values.LAMPPOST_DATA, 'files'),
    ...(values.NATS_URL === undefined ? {} : { natsUrl: values.NATS_URL }),
    logLevel: values.LAMPPOST_LOG_LEVEL,
    trustProxy: values.LAMPPOST_TRUST_PROXY.length === 0 ? false : [...values.LAMPPOST_TRUST_PROXY],
    rateLimitPerMinute: values.LAMPPOST_RATE_LIMIT_PER_MINUTE,
    values,
  };
}

/**
 * Reads the environment with core's settings and the tables of the modules. A variable that is set to
 * nothing counts as not set. Throws ConfigError, which names every wrong variable and every unknown one
 * that begins with LAMPPOST_.
 */
export function parseConfig(
  env: Readonly<Record<string, string | undefined>>,
  tables: readonly Settings[] = [],
): Config {
  const all = joinTables([coreSettings, ...tables.filter((table) => table !== coreSettings)]);
  const values: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const [name, one] of all) {
    const text = env[name]?.trim() ?? '';
    const value = text === '' ? one.default : one.parse(text);
    if (text !== '' && value === undefined) problems.push(describeWrong(name, one, text));
    values[name] = value;
  }
  for (const name of Object.keys(env)) {
    if (name.startsWith('LAMPPOST_') && !all.has(name)) problems.push(describeUnknown(name, [...all.keys()]));
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return configOf(values as Values);
}

/** The value of a module's own setting. */
export function getSetting<Table extends Settings, Name extends keyof Table & string>(
  config: Config,
  _table: Table,
  name: Name,
): Table[Name]['default'] {
  if (!(name in config.values)) throw new Error(`The setting ${name} is not in the tables that were read.`);
  return config.values[name] as Table[Name]['default'];
}

/** One row of the documentation. */
export type SettingRow = { name: string; kind: string; default: string; about: string; secret: boolean };

/** The table for people, from the same settings that are read at start. */
export function settingsTable(settings: Settings): SettingRow[] {
  return Object.entries(settings).map(([name, one]) => ({
    name,
    kind: one.expected,
    default: one.defaultText ?? '',
    about: one.about,
    secret: one.secret,
  }));
}
