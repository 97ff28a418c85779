// Tests of migrations: order, one transaction for all, and what is refused.

import { mkdtempSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEmptyDatabase, type TestDatabase } from '../../../test/kit/database.ts';
import { type Connection, connect, sql } from './kysely.ts';
import { migrate } from './migrate.ts';

let test: TestDatabase;
let connection: Connection;
let folder: string;

beforeEach(async () => {
  test = await createEmptyDatabase();
  connection = connect({ url: test.url, maxConnections: 3 });
  folder = mkdtempSync(join(tmpdir(), 'migrations-'));
});

afterEach(async () => {
  await connection.close();
  await test.drop();
  rmSync(folder, { recursive: true });
});

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const source = () => [{ module: 'bakery', folder }];
const runAll = () => migrate(connection.database, source());

const tablesOf = async (schema: string): Promise<string[]> => {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = ${schema} order by 1`.execute(connection.database);
  return rows.map((row) => row.name);
};

describe('migrate', () => {
  it('makes the schema of the module, runs its files in order after those of core, and records them', async () => {
    write('0001-bread.sql', 'create table bread (id int primary key);');
    write('0002-price.sql', 'alter table bakery.bread add column price int; create table oven (id int);');
    const run = await runAll();
    expect(run[0]).toBe('core/0001-migrations.sql');
    expect(run.slice(-2)).toEqual(['bakery/0001-bread.sql', 'bakery/0002-price.sql']);
    expect(await tablesOf('bakery')).toEqual(['bread', 'oven']);
    const { rows } = await sql<{ name: string; sha256: string }>`
      select name, sha256 from core.migration where module = 'bakery' order by name`.execute(
      connection.database,
    );
    expect(rows.map((row) => row.name)).toEqual(['0001-bread.sql', '0002-price.sql']);
    expect(rows[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('runs only what is new', async () => {
    write('0001-bread.sql', 'create table bread (id int);');
    await runAll();
    expect(await runAll()).toEqual([]);
    write('0002-cake.sql', 'create table cake (id int);');
    expect(await runAll()).toEqual(['bakery/0002-cake.sql']);
  });

  it('leaves nothing behind when a later file fails, and says which file and line', async () => {
    write('0001-bread.sql', 'create table bread (id int);');
    write('0002-broken.sql', 'create table cake (id int);\n\nselect nonsense;');
    await expect(runAll()).rejects.toThrow(/0002-broken\.sql, line 3: .*nonsense.* Nothing was changed/);
    expect(await tablesOf('bakery')).toEqual([]);
    expect(await tablesOf('core')).toEqual([]);
  });

  it('refuses a file that was edited after use, by name, and runs nothing', async () => {
    write('0001-bread.sql', 'create table bread (id int);');
    await runAll();
    write('0001-bread.sql', 'create table bread (id bigint);');
    write('0002-cake.sql', 'create table cake (id int);');
    await expect(runAll()).rejects.toThrow(/0001-bread\.sql was edited/);
    expect(await tablesOf('bakery')).toEqual(['bread']);
  });

  it('refuses when a used file is gone', async () => {
    write('0001-bread.sql', 'create table bread (id int);');
    await runAll();
    unlinkSync(join(folder, '0001-bread.sql'));
    await expect(runAll()).rejects.toThrow(/0001-bread\.sql.*gone/);
  });

  it.each([
    ['a gap', ['0001-a.sql', '0003-c.sql'], /0003-c\.sql: number 0002 is missing/],
    ['a number used twice', ['0001-a.sql', '0001-b.sql'], /0001-b\.sql: its number is used twice/],
    ['a name of another form', ['1-a.sql'], /1-a\.sql: a migration is named like/],
  ])('refuses %s', async (_what, names, message) => {
    for (const name of names) write(name, 'select 1;');
    await expect(runAll()).rejects.toThrow(message);
  });

  it('refuses a file that would end the transaction of all', async () => {
    write('0001-a.sql', 'create table a (id int);\nCOMMIT;');
    await expect(runAll()).rejects.toThrow(/0001-a\.sql: leave out begin and commit/);
  });

  it('lets two processes start at once: one runs the files, the other finds nothing to do', async () => {
    write('0001-bread.sql', 'create table bread (id int); select pg_sleep(0.1);');
    const other = connect({ url: test.url, maxConnections: 1 });
    try {
      const runs = await Promise.all([runAll(), migrate(other.database, source())]);
      expect(runs.flat().filter((name) => name === 'bakery/0001-bread.sql')).toHaveLength(1);
    } finally {
      await other.close();
    }
  });
});
