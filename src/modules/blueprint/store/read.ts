// Reads the whole register into memory once for each revision; it is small, and rules answer from there.

import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { inTransaction, sql } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';
import { buildRegister, type Register, type SystemState } from '../schema/index.ts';
import { type FactName, factTables, initiativeOf, type Row } from './facts.ts';
import { readFacts } from './load.ts';
import { type RecordRow, recordsOf } from './records.ts';

type ReadingHouse = Pick<House, 'database' | 'revisions'>;
type Snapshot = { revision: number; register: Promise<Register> };

const snapshots = new WeakMap<object, Snapshot>();
const projectRoot = new URL('../../../../', import.meta.url);

/** The register as of the latest revision this process has heard of. */
export function getRegister(house: ReadingHouse): Promise<Register> {
  const revision = house.revisions.of('blueprint');
  const kept = snapshots.get(house.database);
  if (kept?.revision === revision) return kept.register;
  const register = readRegister(house);
  snapshots.set(house.database, { revision, register });
  register.catch(() => {
    if (snapshots.get(house.database)?.register === register) snapshots.delete(house.database);
  });
  return register;
}

async function readRegister({ database }: ReadingHouse): Promise<Register> {
  const rows = await inTransaction(
    database,
    async (transaction) => {
      const records = await sql<RecordRow>`
        select kind, id, position, content from blueprint.record order by kind, position`.execute(
        transaction,
      );
      const initiatives = await sql<{ id: string; content: Row }>`
        select id, content from blueprint.initiative order by position`.execute(transaction);
      const facts = {} as Record<FactName, Row[]>;
      for (const { name } of factTables) facts[name] = await readFacts(transaction, name);
      return { records: records.rows, initiatives: initiatives.rows, facts };
    },
    { isolation: 'repeatable read' },
  );
  const initiatives = rows.initiatives.map(({ id, content }) =>
    initiativeOf({ id, content, facts: rows.facts }),
  );
  const data = { ...recordsOf(rows.records, rows.facts.indicator_point), initiatives };
  return buildRegister(data, await readSystemStates(new URL('docs/systems.json', projectRoot)));
}

const statesSchema = z.array(
  z.object({
    id: z.string(),
    state: z.enum(['works', 'partly', 'not-yet']),
    proof: z.string().nullish(),
    missing: z.string().nullish(),
  }),
);

/** States of the systems as the last run of their proofs wrote them; none when there was no run. */
export async function readSystemStates(file: URL): Promise<SystemState[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '[]';
    throw error;
  });
  return statesSchema
    .parse(JSON.parse(text))
    .map(({ id, state, proof, missing }) => ({ id, state, proof: proof || null, missing: missing || null }));
}
