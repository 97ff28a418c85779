// Before all tests: one PostgreSQL server, and on it a template database with every migration run.

import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { askOnce } from '../../src/core/database/connection.ts';
import { connect, coreMigrations, migrate, startEmbedded } from '../../src/core/database/index.ts';
import { listMigrationFiles, type MigrationSource } from '../../src/core/database/migration-files.ts';
import { readPidFile, stopPostmaster } from '../../src/core/database/postmaster.ts';
import { isPostgresIn } from '../../src/core/database/processes.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Server of this test run, and the database to clone. */
    testDatabase: { serverUrl: string; template: string };
  }
}

const modulesFolder = new URL('../../src/modules', import.meta.url).pathname;
const folderPrefix = 'lamppost-test-';

/** Core's migrations, and those of every module that has some. */
function listSources(): MigrationSource[] {
  const modules = readdirSync(modulesFolder).map((module) => ({
    module,
    folder: join(modulesFolder, module, 'migrations'),
  }));
  return [coreMigrations, ...modules.filter(({ folder }) => existsSync(folder))];
}

/** Servers of test runs that were killed before they could stop them. */
async function endAbandonedServers(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(folderPrefix))) {
    const runner = Number(name.slice(folderPrefix.length).split('-')[0]);
    if (existsSync(`/proc/${runner}`)) continue;
    const folder = join(tmpdir(), name);
    try {
      const cluster = realpathSync(join(folder, 'postgres'));
      const left = readPidFile(cluster);
      if (left && isPostgresIn(cluster, left.pid)) {
        await stopPostmaster(cluster, left.pid);
        rmSync(left.socketFolder, { recursive: true, force: true });
      }
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Somebody else's, or being cleared away by another run.
    }
  }
}

function databaseUrl(serverUrl: string, name: string): string {
  return serverUrl.replace(/^(\w+:\/\/[^/]*)\/[^?]*/, `$1/${name}`);
}

/** A name that changes whenever a migration does. */
async function createTemplate(serverUrl: string): Promise<string> {
  const sources = listSources();
  const said = createHash('sha256');
  for (const file of sources.flatMap(listMigrationFiles))
    said.update(`${file.module}/${file.name}:${file.sha256}\n`);
  const template = `lamppost_template_${said.digest('hex').slice(0, 16)}`;
  const found = await askOnce(serverUrl, `select 1 from pg_database where datname = '${template}'`);
  if (found.length > 0) return template;
  const unfinished = `${template}_${process.pid}`;
  await askOnce(serverUrl, `create database ${unfinished} template template0`);
  const connection = connect({ url: databaseUrl(serverUrl, unfinished), maxConnections: 1 });
  try {
    await migrate(connection.database, sources);
  } finally {
    await connection.close();
  }
  // Another run on the same external server may have made the same template meanwhile.
  await askOnce(serverUrl, `alter database ${unfinished} rename to ${template}`).catch(async () => {
    await askOnce(serverUrl, `drop database ${unfinished}`);
  });
  return template;
}

async function startServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const external = process.env.DATABASE_URL;
  if (external !== undefined) return { url: external, stop: async () => {} };
  await endAbandonedServers();
  const folder = mkdtempSync(join(tmpdir(), `${folderPrefix}${process.pid}-`));
  chmodSync(folder, 0o755);
  const log = { debug() {}, info() {}, warn: console.warn, error: console.error };
  const server = await startEmbedded({ folder, log });
  const stop = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: server.url, stop };
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startServer();
  try {
    const template = await createTemplate(server.url);
    project.provide('testDatabase', { serverUrl: server.url, template });
    return server.stop;
  } catch (error) {
    await server.stop();
    throw error;
  }
}
