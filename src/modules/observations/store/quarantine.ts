// Quarantine: what was refused or could not be understood, kept with the reason until somebody looked at it.

import { type Database, sql } from '../../../core/database/index.ts';

/** What is set aside. `source` is a credential, a feed or a network, never a person. */
export type Refused = {
  way: 'mqtt' | 'http' | 'lorawan' | 'feed';
  source: string;
  /** Stable code of the reason. */
  code: string;
  detail: string;
  payload: Uint8Array;
  receivedAt: Date;
};

export type Quarantined = Refused & { id: number; resolvedAt: Date | null; payload: Buffer };

/** Larger payloads are kept in part: enough to see what they were. */
const mostBytes = 65_536;
/** Of one source and code: a device gone mad fills no disk. */
const mostUnresolved = 1000;

/** Sets a payload aside; of many for the same reason the first thousand. */
export async function quarantine(database: Database, refused: Refused): Promise<void> {
  const { way, source, code, detail, receivedAt } = refused;
  const payload = Buffer.from(refused.payload.subarray(0, mostBytes));
  await sql`insert into observations.quarantine (way, source, code, detail, payload, received_at)
    select ${way}, ${source.slice(0, 200)}, ${code}, ${detail.slice(0, 2000)}, ${payload}, ${receivedAt}
    where (select count(*) from (
      select from observations.quarantine where source = ${source.slice(0, 200)} and code = ${code}
        and resolved_at is null limit ${mostUnresolved}) as same) < ${mostUnresolved}`.execute(database);
}

/** What waits to be looked at, newest first; `before` is the last id of the page before. */
export async function listQuarantine(
  database: Database,
  { source, before, limit }: { source?: string; before?: number; limit: number },
): Promise<Quarantined[]> {
  const { rows } = await sql<Quarantined>`
    select id, way, source, code, detail, payload, received_at as "receivedAt", resolved_at as "resolvedAt"
    from observations.quarantine
    where resolved_at is null and (${source ?? null}::text is null or source = ${source ?? null})
      and (${before ?? null}::bigint is null or id < ${before ?? null})
    order by id desc limit ${Math.min(limit, 1000)}`.execute(database);
  return rows;
}

/** Somebody looked at it; false when there is no such entry that waits. */
export async function resolveQuarantine(database: Database, id: number, at: Date): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`update observations.quarantine set resolved_at = ${at}
    where id = ${id} and resolved_at is null`.execute(database);
  return numAffectedRows > 0n;
}
