// Datastreams in memory: what ingest must know of each, read once and again when the module's data changed.

import { type Database, query } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';
import type { Datastream } from '../schema.ts';

/** A datastream, and the feature of interest of an observation that names none. */
export type KnownDatastream = Datastream & { featureId: number | null };

/** What reading datastreams needs of the house. */
export type DatastreamHouse = Pick<House, 'database' | 'revisions'>;

type Known = {
  revision: number;
  byId: Map<number, KnownDatastream>;
  byKey: Map<string, KnownDatastream>;
};

/** Devices invent keys that are nobody's; nothing of them stays in memory. */
const knownOf = new WeakMap<Database, Known>();

const columns = `id, key, multi, name, description, unit, thing_id as "thingId",
  cadence_seconds as "cadenceSeconds", valid_from as "validFrom", valid_to as "validTo",
  stuck_seconds as "stuckSeconds", retention_days as "retentionDays", source_kind as "sourceKind",
  feature_id as "featureId"`;
const byIds = `select ${columns} from observations.datastream where id = any($1::bigint[])`;
const byKeys = `select ${columns} from observations.datastream where key = any($1::text[])`;

function knownBy({ database, revisions }: DatastreamHouse): Known {
  const revision = revisions.of('observations');
  let known = knownOf.get(database);
  if (known === undefined || known.revision !== revision) {
    known = { revision, byId: new Map(), byKey: new Map() };
    knownOf.set(database, known);
  }
  return known;
}

/** To be called after every change of a datastream, so that this process sees it at once. */
export function forgetKnown(database: Database): void {
  knownOf.delete(database);
}

function remember(known: Known, found: KnownDatastream[]): void {
  for (const one of found) {
    known.byId.set(one.id, one);
    if (one.key !== null) known.byKey.set(one.key, one);
  }
}

/** Those of these ids that exist, by id. */
export async function knownDatastreams(
  house: DatastreamHouse,
  ids: Iterable<number>,
): Promise<ReadonlyMap<number, KnownDatastream>> {
  const known = knownBy(house);
  const missing = new Set<number>();
  for (const id of ids) if (!known.byId.has(id)) missing.add(id);
  if (missing.size > 0) {
    const asked = [...missing].filter((id) => Number.isSafeInteger(id));
    remember(known, await query<KnownDatastream>(house.database, { text: byIds, values: [asked] }));
  }
  return known.byId;
}

/** A datastream by its id; cheap, for hot paths. */
export async function findDatastream(house: DatastreamHouse, id: number) {
  return (await knownDatastreams(house, [id])).get(id);
}

/** A datastream by its key; cheap, for hot paths. */
export async function findDatastreamByKey(house: DatastreamHouse, key: string) {
  const known = knownBy(house);
  const found = known.byKey.get(key);
  if (found !== undefined) return found;
  remember(known, await query<KnownDatastream>(house.database, { text: byKeys, values: [[key]] }));
  return known.byKey.get(key);
}
