// Reads the whole register into memory once for each revision; it is small, and rules answer from there.

import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { calendarDay } from '../../../core/clock.ts';
import { inTransaction, sql } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';
import type { Log } from '../../../core/log.ts';
import { askedDay } from '../rules/index.ts';
import {
  type BodiesVersion,
  buildRegister,
  type Day,
  type Register,
  type SystemState,
  systemStates,
} from '../schema/index.ts';
import { type FactName, factTables, initiativeOf, type Row } from './facts.ts';
import { readFacts } from './load.ts';
import { lastRecordedAt } from './recorded.ts';
import { type RecordRow, recordsOf } from './records.ts';

type ReadingHouse = Pick<House, 'database' | 'revisions' | 'log'>;
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

async function readRegister({ database, log }: ReadingHouse): Promise<Register> {
  const rows = await inTransaction(
    database,
    async (transaction) => {
      const records = await sql<RecordRow>`
        select kind, id, position, content from blueprint.record order by kind, position`.execute(
        transaction,
      );
      const initiatives = await sql<{ id: string; content: Row; recordedAt: string }>`
        select id, content, to_jsonb(recorded_at) as "recordedAt"
        from blueprint.initiative order by position`.execute(transaction);
      const bodies = await sql<BodiesVersion>`
        select initiative, bodies, to_jsonb(recorded_at) as "recordedAt"
        from blueprint.bodies_version order by initiative, recorded_at`.execute(transaction);
      const recordedAt = await lastRecordedAt(transaction);
      const facts = {} as Record<FactName, Row[]>;
      for (const { name } of factTables) facts[name] = await readFacts(transaction, name);
      return { records: records.rows, initiatives: initiatives.rows, bodies: bodies.rows, recordedAt, facts };
    },
    { isolation: 'repeatable read' },
  );
  const initiatives = rows.initiatives.map((one) => initiativeOf({ ...one, facts: rows.facts }));
  const data = { ...recordsOf(rows.records, rows.facts.indicator_point), initiatives };
  const { bodies, recordedAt } = rows;
  const states = await readSystemStates(new URL('docs/systems.json', projectRoot), log);
  return buildRegister(data, { states, bodies, recordedAt });
}

/** The register and the day that is asked for: the city's today when none is. */
export async function readAsOf(
  house: ReadingHouse & Pick<House, 'clock' | 'edition'>,
  asOf?: string,
): Promise<{ register: Register; day: Day }> {
  const day = dayOf(house, asOf);
  return { register: await getRegister(house), day };
}

/** The day asked for, else the city's today. */
export const dayOf = ({ clock, edition }: Pick<House, 'clock' | 'edition'>, asOf?: string): Day =>
  askedDay(asOf, calendarDay(clock.now(), edition.timeZone));

const statesSchema = z.array(
  z.object({
    id: z.string(),
    state: z.enum(systemStates),
    proof: z.string().nullish(),
    missing: z.string().nullish(),
  }),
);

/**
 * States of the systems as the last run of their proofs wrote them; none when there was no run, or when the
 * file cannot be read: no page depends on it.
 */
export async function readSystemStates(file: URL, log: Pick<Log, 'warn'>): Promise<SystemState[]> {
  try {
    return statesSchema
      .parse(JSON.parse(await readFile(file, 'utf8')))
      .map(({ id, state, proof, missing }) => ({
        id,
        state,
        proof: proof || null,
        missing: missing || null,
      }));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      log.warn('system-states-unread', { file: file.pathname, error: (error as Error).name });
    }
    return [];
  }
}
