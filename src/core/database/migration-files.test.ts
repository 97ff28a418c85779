// Tests of what a migration file may hold, without a database.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listMigrationFiles } from './migration-files.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'migration-files-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function list(text: string) {
  writeFileSync(join(folder, '0001-a.sql'), text);
  return listMigrationFiles({ module: 'bakery', folder });
}

const functionWith = (quote: string) => `create function bake() returns trigger language plpgsql as ${quote}
begin
  if new.hot then
    begin
      new.warm := true;
    end;
  end if;
  return new;
end;
${quote};`;

describe('a migration file', () => {
  it.each(['$$', '$body$', '$a_1$'])('may define a function whose body stands between %s', (quote) => {
    expect(list(functionWith(quote))).toHaveLength(1);
  });

  it.each(["select '\ncommit;\n';", '-- it ends\n/*\ncommit;\n*/', "-- don't\nselect 1;"])(
    'may speak of transactions in a text or a comment: %j',
    (text) => {
      expect(list(text)).toHaveLength(1);
    },
  );

  it.each([
    'commit;',
    'begin;\nselect 1;',
    'END TRANSACTION;',
    `${functionWith('$$')}\nend;`,
    `${functionWith('$$')} commit;`,
    "-- don't\ncommit;\n-- isn't it",
    '$a$ $b$ $a$\ncommit;\nselect $b$ $b$;',
  ])('may not end the transaction of all: %j', (text) => {
    expect(() => list(text)).toThrow('leave out begin and commit');
  });
});
