// PostgreSQL brought along: starts it beside the program, watches over it, and stops it at the end.

import { realpathSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { type Binaries, getInstalledBinaries, prepareBinaries } from './binaries.ts';
import { checkMajorVersion, createCluster } from './cluster.ts';
import { askOnce } from './connection.ts';
import { lockCluster } from './launcher-lock.ts';
import { claimSocketFolder, type Placement, placeCluster } from './placement.ts';
import {
  clearMarks,
  commandLine,
  endOrphans,
  type Postmaster,
  readPidFile,
  type ServerOptions,
  startPostmaster,
  stopPostmaster,
  waitUntilReady,
} from './postmaster.ts';
import { findCommandLine, isPostgresIn, runsProgram, signal } from './processes.ts';
import { claimOpenFolder } from './reach.ts';

/** What `startEmbedded` needs. */
export type EmbeddedOptions = {
  /** The data folder of the program; made when absent. */
  folder: string;
  log: Pick<Log, 'debug' | 'info' | 'warn' | 'error'>;
  /** Most connections that the program's own pool opens; the server allows these and some more. */
  connections?: number;
  /** Told when the server died though nobody stopped it, and whether it is started again. */
  onExit?: (event: { how: string; willRestart: boolean }) => void;
};

/** A server that runs, is watched, and is started again when it dies. */
export type Embedded = {
  /** For `connect`; the same after a restart. */
  url: string;
  /** Process number of the server at this moment. */
  pid(): number;
  /** Where the data lies. */
  cluster: string;
  /** Whether a server left by a killed launcher was taken over. */
  adopted: boolean;
  /** Stops the server in order; safe to call twice. */
  stop(): Promise<void>;
};

const mostRestarts = 5;
const restartWindowMs = 60_000;
const watchEveryMs = 500;
const databaseName = 'lamppost';

const urlOf = (socketFolder: string, name: string): string =>
  `postgres://postgres@/${name}?host=${encodeURIComponent(socketFolder)}`;

async function answers(socketFolder: string): Promise<boolean> {
  try {
    await askOnce(urlOf(socketFolder, 'postgres'), 'select 1');
    return true;
  } catch {
    return false;
  }
}

/** A server that a killed launcher left: taken over when it is what we would start, else stopped. */
async function adoptOrStop(
  binaries: Binaries,
  { cluster, poolConnections }: Pick<ServerOptions, 'cluster' | 'poolConnections'>,
): Promise<Postmaster | undefined> {
  const left = readPidFile(cluster);
  if (left === undefined || !isPostgresIn(cluster, left.pid)) return undefined;
  const { pid, socketFolder } = left;
  const command = commandLine(binaries, { cluster, socketFolder, poolConnections });
  const alike =
    findCommandLine(pid)?.join('\0') === command.join('\0') && runsProgram(pid, realpathSync(command[0]!));
  if (alike && left.state !== 'stopping') {
    const ready = await waitUntilReady(cluster, () => isPostgresIn(cluster, pid));
    if (ready && (await answers(socketFolder))) return { pid, socketFolder };
  }
  await stopPostmaster(cluster, pid);
  return undefined;
}

async function ensureDatabase(socketFolder: string): Promise<void> {
  const url = urlOf(socketFolder, 'postgres');
  const found = await askOnce(url, `select 1 from pg_database where datname = '${databaseName}'`);
  if (found.length === 0) await askOnce(url, `create database ${databaseName}`);
}

type Keeper = { placement: Placement; binaries: Binaries; socketFolder: string; options: EmbeddedOptions };

/** Keeps one server running: starts it again when it dies, at most five times a minute. */
class Keeping {
  #pid = 0;
  #stopping = false;
  #lost = false;
  #restarting: Promise<void> = Promise.resolve();
  #starts: number[] = [];
  #watch: NodeJS.Timeout | undefined;
  readonly #keeper: Keeper;

  constructor(keeper: Keeper) {
    this.#keeper = keeper;
  }

  get pid(): number {
    return this.#pid;
  }

  async start(): Promise<void> {
    const { placement, binaries, socketFolder, options } = this.#keeper;
    await endOrphans(placement.cluster);
    clearMarks(placement.cluster, socketFolder);
    const { cluster } = placement;
    const command = commandLine(binaries, { cluster, socketFolder, poolConnections: options.connections });
    let started = false;
    this.#pid = await startPostmaster(placement, command, (how) => {
      if (started) this.#died(how);
    });
    started = true;
  }

  /** Not our child, so that its end has to be looked for. */
  adopt(pid: number): void {
    this.#pid = pid;
    this.#watch = setInterval(() => {
      if (isPostgresIn(this.#keeper.placement.cluster, pid)) return;
      clearInterval(this.#watch);
      this.#died('ended');
    }, watchEveryMs).unref();
  }

  #died(how: string): void {
    if (this.#stopping) return;
    const now = Date.now();
    this.#starts = [...this.#starts.filter((at) => now - at < restartWindowMs), now];
    const willRestart = this.#starts.length <= mostRestarts;
    const { log, onExit } = this.#keeper.options;
    log.error('PostgreSQL died', { how, willRestart });
    onExit?.({ how, willRestart });
    if (willRestart) this.#restarting = this.#restart();
  }

  async #restart(): Promise<void> {
    try {
      await this.start();
      this.#keeper.options.log.info('PostgreSQL runs again', { pid: this.#pid });
    } catch (error) {
      await sleep(1000, undefined, { ref: false });
      this.#died((error as Error).message);
    }
  }

  /** Another launcher took the folder: ours must end at once, and leave every mark, for they are not ours. */
  lose(): void {
    this.#stopping = true;
    this.#lost = true;
    clearInterval(this.#watch);
    signal(this.#pid, 'SIGKILL');
    const how = 'another launcher took over its folder';
    this.#keeper.options.log.error('PostgreSQL was ended', { how, willRestart: false });
    this.#keeper.options.onExit?.({ how, willRestart: false });
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    clearInterval(this.#watch);
    await this.#restarting;
    if (this.#lost) return;
    await stopPostmaster(this.#keeper.placement.cluster, this.#pid);
    rmSync(this.#keeper.socketFolder, { recursive: true, force: true });
  }
}

async function open(
  placement: Placement,
  options: EmbeddedOptions,
): Promise<Embedded & { keeping: Keeping }> {
  const { account, cluster, home } = placement;
  const copyFolder = () => (process.geteuid?.() === 0 ? claimOpenFolder() : home);
  const binaries = prepareBinaries(getInstalledBinaries(), { account, copyFolder });
  if (await createCluster(binaries, placement)) options.log.info('Made a new database', { folder: cluster });
  checkMajorVersion(binaries, cluster);
  const left = await adoptOrStop(binaries, { cluster, poolConnections: options.connections });
  const socketFolder = left?.socketFolder ?? claimSocketFolder(placement);
  const keeping = new Keeping({ placement, binaries, socketFolder, options });
  try {
    if (left === undefined) await keeping.start();
    else keeping.adopt(left.pid);
    await ensureDatabase(socketFolder);
  } catch (error) {
    await keeping.stop();
    throw error;
  }
  const adopted = left !== undefined;
  options.log.debug(adopted ? 'PostgreSQL was still running' : 'PostgreSQL runs', {
    folder: cluster,
    pid: keeping.pid,
  });
  const url = urlOf(socketFolder, databaseName);
  return { url, pid: () => keeping.pid, cluster, adopted, keeping, stop: () => keeping.stop() };
}

/**
 * Starts PostgreSQL on the data folder, or takes over the one that a killed launcher left there. Throws
 * when another launcher uses the folder, when the cluster is of another major version, or when PostgreSQL
 * cannot run here.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const placement = placeCluster(options.folder);
  let lose = () => {};
  const lock = await lockCluster(placement.cluster, { onLost: () => lose() });
  try {
    const { keeping, ...embedded } = await open(placement, options);
    lose = () => keeping.lose();
    let stopped: Promise<void> | undefined;
    const stop = () => {
      stopped ??= keeping.stop().finally(() => lock.release());
      return stopped;
    };
    return { ...embedded, stop };
  } catch (error) {
    await lock.release();
    throw error;
  }
}
