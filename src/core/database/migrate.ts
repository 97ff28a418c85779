// Runs what is new in the modules' migration files: all of it in one transaction, or none of it.

import { fileURLToPath } from 'node:url';
import { type Database, sql, type Transaction } from './kysely.ts';
import {
  listMigrationFiles,
  MigrationError,
  type MigrationFile,
  type MigrationSource,
  pendingMigrations,
  type UsedMigration,
} from './migration-files.ts';

/** Any number, the same for every process that migrates: the key of the advisory lock. */
const migrationLock = 5_266_001;

/** Core's own migrations; `migrate` puts them first by itself. */
export const coreMigrations: MigrationSource = {
  module: 'core',
  folder: fileURLToPath(new URL('../migrations', import.meta.url)),
};

async function listUsed(transaction: Transaction): Promise<Map<string, UsedMigration[]>> {
  const used = new Map<string, UsedMigration[]>();
  const table = await sql<{
    there: boolean;
  }>`select to_regclass('core.migration') is not null as there`.execute(transaction);
  if (!table.rows[0]?.there) return used;
  const { rows } = await sql<UsedMigration & { module: string }>`
    select module, name, sha256 from core.migration order by module, name`.execute(transaction);
  for (const { module, name, sha256 } of rows) {
    used.set(module, [...(used.get(module) ?? []), { name, sha256 }]);
  }
  return used;
}

/** `, line 12` of a file, from the position that PostgreSQL reports in characters from 1. */
function lineAt(text: string, position: unknown): string {
  const characters = Number(position);
  if (!Number.isInteger(characters) || characters < 1) return '';
  return `, line ${[...text].slice(0, characters - 1).filter((character) => character === '\n').length + 1}`;
}

async function runFile(transaction: Transaction, file: MigrationFile): Promise<void> {
  await sql`create schema if not exists ${sql.id(file.module)}`.execute(transaction);
  await sql`set local search_path to ${sql.id(file.module)}, public`.execute(transaction);
  try {
    await sql.raw(file.text).execute(transaction);
  } catch (error) {
    const problem = error as Error & { position?: string };
    const message = `${file.path}${lineAt(file.text, problem.position)}: ${problem.message}. Nothing was changed.`;
    throw new MigrationError(message, { cause: error });
  }
  await sql`insert into core.migration (module, name, sha256)
    values (${file.module}, ${file.name}, ${file.sha256})`.execute(transaction);
}

/**
 * Brings the database up to date and returns the names of the files that were run, e.g.
 * `core/0001-migrations.sql`. Core's own come first; each module's files run in its schema, which is made
 * when absent. Two processes may start at once: the second waits, then finds nothing to do. Throws
 * MigrationError, and leaves all as it was.
 */
export async function migrate(database: Database, sources: readonly MigrationSource[]): Promise<string[]> {
  const all = sources.some((source) => source.module === 'core') ? sources : [coreMigrations, ...sources];
  const filesOf = all.map((source) => ({ module: source.module, files: listMigrationFiles(source) }));
  return await database.transaction().execute(async (transaction) => {
    await sql`set local statement_timeout = 0`.execute(transaction);
    await sql`select pg_advisory_xact_lock(${sql.lit(migrationLock)})`.execute(transaction);
    const used = await listUsed(transaction);
    const run: string[] = [];
    for (const { module, files } of filesOf) {
      for (const file of pendingMigrations(files, used.get(module) ?? [])) {
        await runFile(transaction, file);
        run.push(`${module}/${file.name}`);
      }
    }
    return run;
  });
}
