// Reads the configuration, opens the house and starts the roles that were asked for.

import { getEdition } from './city/index.ts';
import { type Config, ConfigError, parseConfig } from './core/config.ts';
import { type Embedded, MigrationError, startEmbedded } from './core/database/index.ts';
import { createServer } from './core/http/index.ts';
import { type Log, openLog } from './core/log.ts';
import { type OpenHouse, openHouse } from './core/open-house.ts';
import { firstInvitation } from './modules/identity/index.ts';
import { siteLayout } from './modules/portal/index.ts';
import { modules } from './modules.ts';
import { assets, errorView } from './ui/index.ts';

type Closer = () => Promise<void>;

const farewellMs = 5000;

async function startWeb({ house }: OpenHouse, dev: boolean): Promise<Closer> {
  const server = createServer({ house, layout: siteLayout(house.modules), errorView, assets, dev });
  await server.start();
  return () => server.stop();
}

/** While nobody administers the city, whoever sits at this terminal may become the first who does. */
async function inviteFirst({ house }: OpenHouse): Promise<void> {
  // What is not a terminal is read by others, and kept.
  if (!process.stdout.isTTY) return;
  const isThere = house.modules.some(({ name }) => name === 'identity');
  const code = isThere ? await firstInvitation(house) : undefined;
  if (code === undefined) return;
  console.log(`  Nobody administers it yet. Sign in, open ${house.config.origin}/en/officers/join`);
  console.log(`  and enter the code ${code} (a new one is made at each start).\n`);
}

type StartOptions = { config: Config; log: Log; onDatabaseLost: () => void };

/** Starts everything and returns what closes it, last opened first. */
async function start({ config, log, onDatabaseLost }: StartOptions): Promise<Closer[]> {
  const closers: Closer[] = [];
  try {
    const edition = await getEdition(config.edition);
    let databaseUrl = config.databaseUrl;
    if (databaseUrl === undefined) {
      const embedded: Embedded = await startEmbedded({
        folder: config.dataFolder,
        log,
        connections: config.databaseConnections,
        onExit: ({ willRestart }) => {
          if (!willRestart) onDatabaseLost();
        },
      });
      closers.unshift(() => embedded.stop());
      databaseUrl = embedded.url;
    }
    const open = await openHouse({ config, edition, modules, log, databaseUrl });
    closers.unshift(open.close);
    if (config.roles.includes('web')) {
      closers.unshift(await startWeb(open, process.env.NODE_ENV === 'development'));
      console.log(`\n  ${edition.siteName.en} is open: ${config.origin}\n`);
      await inviteFirst(open);
    }
    return closers;
  } catch (error) {
    await closeAll(closers, log);
    throw error;
  }
}

async function closeAll(closers: Closer[], log: Log): Promise<void> {
  for (const close of closers)
    await close().catch((error: unknown) => log.error('could not close', { error }));
}

/** Problems that the operator can mend are told without a stack. */
function explain(error: unknown): string {
  const isPlain = error instanceof ConfigError || error instanceof MigrationError;
  if (!(error instanceof Error)) return String(error);
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') return `Port ${port} is taken by another program. Set PORT to a free one.`;
  return isPlain || process.env.LAMPPOST_LOG_LEVEL !== 'debug'
    ? error.message
    : (error.stack ?? error.message);
}

async function main(): Promise<void> {
  const config = parseConfig(
    process.env,
    modules.map((module) => module.config ?? {}),
  );
  const log = openLog({ level: config.logLevel });
  let closers: Closer[] = [];
  let isClosing = false;
  const stop = async (status: number) => {
    if (isClosing) return;
    isClosing = true;
    await closeAll(closers, log);
    process.exit(status);
  };
  const onDatabaseLost = () => {
    log.error('The program ends: its database cannot be kept running.');
    // Closing asks the database, which is not there to answer.
    setTimeout(() => process.exit(1), farewellMs);
    void stop(1);
  };
  closers = await start({ config, log, onDatabaseLost });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(0));
}

main().catch((error: unknown) => {
  console.error(`Lamppost could not start.\n${explain(error)}`);
  process.exit(1);
});
