// The log in the database as the audit reads it, and the checkpoints that were kept.

import { type Database, sql } from '../../../core/database/index.ts';
import { type Checkpoint, type Json, type KeptAct, type LogSource, tileWidth } from '../rules/index.ts';
import { findCheckpoint, readEntries, readTiles } from './read.ts';
import { listKeys } from './signing.ts';
import { getCosignedCheckpoint } from './witness.ts';

type Row = { index: number; salt: Buffer; subject: string | null; actor: string | null; details: string };

function parseDetails(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    // Only a hand from outside writes what is not JSON; as a text it cannot agree with the leaf.
    return text;
  }
}

async function readActs(database: Database, number: number): Promise<KeptAct[]> {
  const first = number * tileWidth;
  const { rows } = await sql<Row>`select index, salt, subject, actor, details from receipts.act
    where index >= ${first} and index < ${first + tileWidth} order by index`.execute(database);
  return rows.map(({ index, salt, subject, actor, details }) => ({
    index,
    opening: {
      salt,
      details: parseDetails(details),
      ...(subject === null ? {} : { subject }),
      ...(actor === null ? {} : { actor }),
    },
  }));
}

/** A log and what is known of it beforehand. */
export type OpenedLog = {
  source: LogSource;
  /** Public keys that its keeper names, the latest first. */
  keys: string[];
  /** Earlier states that its keeper has kept. */
  earlier: Checkpoint[];
};

/** The log of a database, with the keys and the checkpoints that stand there. */
export async function openDatabaseLog(database: Database): Promise<OpenedLog> {
  const keys = (await listKeys(database)).map(({ vkey }) => vkey);
  return { source: databaseSource(database), keys, earlier: await listCheckpoints(database) };
}

/** The log as the database holds it. */
export const databaseSource = (database: Database): LogSource => ({
  checkpoint: async () => (await findCheckpoint(database))?.note ?? '',
  cosigned: async () =>
    (await findCheckpoint(database)) ? (await getCosignedCheckpoint(database)).note : '',
  entries: (number, width) => readEntries(database, number, width),
  tile: async (place, width) => {
    const [tile] = await readTiles(database, [place]);
    return tile?.hashes.subarray(0, width * 32) ?? Buffer.alloc(0);
  },
  stored: async () => {
    const { rows } = await sql<{ next: number }>`
      select coalesce(max(index) + 1, 0) as next from receipts.entry`.execute(database);
    return rows[0]!.next;
  },
  acts: (number) => readActs(database, number),
});

/** Checkpoints that the database has kept, at most the latest 10 000. */
export async function listCheckpoints(database: Database): Promise<Checkpoint[]> {
  const { rows } = await sql<{ size: number; root: Buffer }>`
    select size, root from receipts.checkpoint order by number desc limit 10000`.execute(database);
  return rows.map(({ size, root }) => ({ origin: '', size, root }));
}
