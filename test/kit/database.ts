// A database of its own for a test: a clone of the template, ready in milliseconds, dropped at the end.

import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { askOnce } from '../../src/core/database/connection.ts';
import './global-setup.ts';

export type TestDatabase = {
  url: string;
  /** Ends what is still connected and removes the database. */
  drop(): Promise<void>;
};

async function createDatabase(template: string): Promise<TestDatabase> {
  const { serverUrl } = inject('testDatabase');
  const name = `test_${process.pid}_${randomBytes(6).toString('hex')}`;
  await askOnce(serverUrl, `create database ${name} template ${template}`);
  return {
    url: serverUrl.replace(/^(\w+:\/\/[^/]*)\/[^?]*/, `$1/${name}`),
    drop: async () => {
      await askOnce(serverUrl, `drop database if exists ${name} with (force)`);
    },
  };
}

/** A database with all migrations of core and of the modules run, and no rows but what they put in. */
export const cloneTestDatabase = (): Promise<TestDatabase> => createDatabase(inject('testDatabase').template);

/** A database with nothing in it, for tests of migrations. */
export const createEmptyDatabase = (): Promise<TestDatabase> => createDatabase('template0');
