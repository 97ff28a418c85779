// A log of receipts on a database of its own, for the measurements of it.

import { fileURLToPath } from 'node:url';
import { parseConfig } from '../../src/core/config.ts';
import { type Connection, connect, migrate, sql } from '../../src/core/database/index.ts';
import { Line } from '../../src/core/events/index.ts';
import { silentLog as log } from '../../src/core/log.ts';
import { createRevisions } from '../../src/core/revisions.ts';
import { receipts } from '../../src/modules/receipts/index.ts';
import { ensureCheckpoint } from '../../src/modules/receipts/store/index.ts';

export type OpenedLog = {
  connection: Connection;
  house: Parameters<typeof ensureCheckpoint>[0];
  close(): Promise<void>;
};

const folder = fileURLToPath(new URL('../../src/modules/receipts/migrations', import.meta.url));

/** Opens an empty log in a new database beside the one given. */
export async function openReceiptsLog(databaseUrl: string, name: string): Promise<OpenedLog> {
  const first = connect(databaseUrl);
  await sql`create database ${sql.id(name)}`.execute(first.database);
  await first.close();
  const connection = connect(databaseUrl.replace(/^(\w+:\/\/[^/]*)\/[^?]*/, `$1/${name}`));
  const { database, pool } = connection;
  const line = new Line({ pool, log });
  const revisions = createRevisions({ database, line, log });
  const key = Buffer.alloc(32, 7).toString('base64');
  const config = parseConfig({ LAMPPOST_RECEIPTS_KEY: key }, [receipts.config ?? {}]);
  await migrate(database, [{ module: 'receipts', folder }]);
  await line.start();
  const house = { database, revisions, config };
  await ensureCheckpoint(house);
  return {
    connection,
    house,
    close: async () => {
      await line.stop();
      await connection.close();
    },
  };
}
