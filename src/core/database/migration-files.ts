// The migration files of a module: found, put in order, and held against what has been run before.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A module and the folder of its `NNNN-name.sql` files. */
export type MigrationSource = { module: string; folder: string };

export type MigrationFile = { module: string; name: string; path: string; text: string; sha256: string };

/** A file that has been run: its name and the hash of what it said then. */
export type UsedMigration = { name: string; sha256: string };

/** Migrations that cannot be run as they stand; the message names the file and says what to do. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

const fileName = /^(\d{4})-[a-z0-9]+(?:-[a-z0-9]+)*\.sql$/;
const transactionWord =
  /(?:^|;)\s*(?:begin|commit|rollback|end|abort|start\s+transaction)\s*(?:work|transaction)?\s*;/im;

/**
 * Comments and quoted bodies, `$$ ... $$` or `$name$ ... $name$` (PostgreSQL manual 4.1.2.4, 4.1.5), in which
 * `end;` belongs to a function and ends no transaction.
 */
const inert = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|(\$(?:[A-Za-z_]\w*)?\$)[\s\S]*?\1/g;

/** The files of one module in their order; refuses a wrong name, a number used twice and a gap. */
export function listMigrationFiles(source: MigrationSource): MigrationFile[] {
  const { module, folder } = source;
  if (!/^[a-z][a-z0-9_]*$/.test(module)) {
    throw new MigrationError(`Module name "${module}" cannot be a schema: use small letters, digits and _.`);
  }
  const names = readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .sort();
  return names.map((name, index) => {
    const path = join(folder, name);
    const number = fileName.exec(name)?.[1];
    if (number === undefined) {
      throw new MigrationError(`${path}: a migration is named like 0001-what-it-makes.sql.`);
    }
    const expected = String(index + 1).padStart(4, '0');
    if (number !== expected) {
      const reason =
        Number(number) > index + 1 ? `number ${expected} is missing` : 'its number is used twice';
      throw new MigrationError(`${path}: ${reason}; number the files of a module 0001, 0002 and so on.`);
    }
    const text = readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
    if (transactionWord.test(text.replace(inert, ' '))) {
      throw new MigrationError(`${path}: leave out begin and commit; all migrations run in one transaction.`);
    }
    return { module, name, path, text, sha256: createHash('sha256').update(text).digest('hex') };
  });
}

/** The files still to be run; refuses a used file that was edited, renamed or removed. */
export function pendingMigrations(files: MigrationFile[], used: UsedMigration[]): MigrationFile[] {
  const fileNamed = new Map(files.map((file) => [file.name, file]));
  for (const { name, sha256 } of used) {
    const file = fileNamed.get(name);
    if (file === undefined) {
      const where = files[0] ? ` of ${files[0].module}` : '';
      throw new MigrationError(
        `Migration ${name}${where} has been run on this database, but its file is gone. Put it back as it was.`,
      );
    }
    if (file.sha256 !== sha256) {
      throw new MigrationError(
        `${file.path} was edited after it had been run on this database. ` +
          'Put it back as it was, and write the change as a new file with the next number.',
      );
    }
    fileNamed.delete(name);
  }
  return [...fileNamed.values()];
}
