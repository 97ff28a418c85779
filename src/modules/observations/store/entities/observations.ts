// Observations as SensorThings hands them over: read into readings, kept by ingest, corrected as revisions.

import { type Database, query } from '../../../../core/database/index.ts';
import { conflict, invalid } from '../../../../core/errors.ts';
import { openReader } from '../../../../core/http/index.ts';
import { observationId, parseObservationId } from '../../rules/observation-id.ts';
import { parseInstant, parseTime } from '../../rules/times.ts';
import { type EntityKind, type Outcome, observationBody, type Reading } from '../../schema.ts';
import { sharedIngest } from '../ingest-queue.ts';
import { removeKey, revise } from '../revise.ts';
import { type EntityHouse, insertIn, noEntity, type Parent } from './index.ts';
import { badField, linkOf, type Pending, withoutControl } from './insertion.ts';

const reader = openReader({ body: observationBody }, false);
const changeReader = openReader({ body: observationBody.partial() }, false);
type Body = Partial<(typeof observationBody)['_output']>;
type Values = Record<string, unknown>;

const readWith = (by: typeof reader, body: unknown) =>
  by.read({ params: {}, query: {}, body: withoutControl(body) }).body as Body;

const notATime = {
  en: 'Must be a time with its zone, or two with a slash between.',
  tc: '必須是附有時區的時間，或以斜線分隔的兩個時間。',
};

function timeIn(field: string, text: string) {
  const time = parseTime(text);
  if (time === undefined) throw badField(field, notATime);
  return time;
}

function instantIn(field: string, text: string | null | undefined): number | undefined {
  if (text === undefined || text === null) return undefined;
  const ms = parseInstant(text);
  if (ms === undefined) throw badField(field, notATime);
  return ms;
}

function extraOf({ resultQuality, validTime, parameters }: Body): Values | undefined {
  if (typeof validTime === 'string') timeIn('validTime', validTime);
  const entries = Object.entries({ resultQuality, validTime, parameters });
  const given = entries.filter(([, value]) => value !== undefined && value !== null);
  return given.length === 0 ? undefined : Object.fromEntries(given);
}

/** What of a reading a body says. */
function contentOf(body: Body, nowMs: number): Omit<Reading, 'datastreamId'> {
  const { result } = body;
  if (result === undefined) throw badField('result', { en: 'This is required.', tc: '必須提供。' });
  const time = body.phenomenonTime ? timeIn('phenomenonTime', body.phenomenonTime) : { at: nowMs };
  const resultAt = instantIn('resultTime', body.resultTime);
  const extra = extraOf(body);
  return {
    ...time,
    ...(typeof result === 'number' ? { value: result } : { result }),
    ...(resultAt === undefined ? {} : { resultAt }),
    ...(extra === undefined ? {} : { extra }),
  };
}

async function idOf(house: EntityHouse, kind: EntityKind, value: unknown): Promise<number | undefined> {
  if (value === undefined || value === null) return undefined;
  return linkOf(value) ?? (await createEntity(house, kind, { body: value }));
}

/** The reading that an Observation describes; entities nested in it are made first. */
export async function readObservation(
  house: EntityHouse,
  given: unknown,
  around: { datastreamId?: number | undefined; featureId?: number | undefined } = {},
): Promise<Reading> {
  const body = readWith(reader, given);
  const content = contentOf(body, house.clock.now().getTime());
  const datastreamId =
    around.datastreamId ??
    (await idOf(house, 'Datastream', body.Datastream)) ??
    (await idOf(house, 'MultiDatastream', body.MultiDatastream));
  if (datastreamId === undefined) throw badField('Datastream');
  const featureId = around.featureId ?? (await idOf(house, 'FeatureOfInterest', body.FeatureOfInterest));
  return { datastreamId, ...content, ...(featureId === undefined ? {} : { featureId }) };
}

const expired = () =>
  invalid('observation-expired', {
    en: 'It is older than its datastream keeps.',
    tc: '此觀測值已超出數據流的保存期。',
  });

const resultText = ({ value, result }: Reading) => (value === undefined ? JSON.stringify(result) : null);

async function idAfter(database: Database, reading: Reading, outcome: Outcome): Promise<string> {
  const { datastreamId } = reading;
  const at = Math.round(reading.at);
  if (outcome === 'expired') throw expired();
  if (outcome === 'stored') return observationId({ datastreamId, at, revision: 0 });
  const [row] = await query<{ revision: number }>(database, {
    text: `select revision from observations.observation
      where datastream_id = $1 and at = $2 order by
      (value is not distinct from $3 and result is not distinct from $4::jsonb) desc, revision desc limit 1`,
    values: [datastreamId, new Date(at), reading.value ?? null, resultText(reading)],
  });
  return observationId({ datastreamId, at, revision: row?.revision ?? 0 });
}

/**
 * Keeps an Observation; its id, once it is committed. One that is known already gets the id that it has.
 * Throws invalid with its fields, and what `ingest` throws.
 */
export async function createObservation(
  house: EntityHouse,
  body: unknown,
  parent?: Parent | undefined,
): Promise<string> {
  const isStream = parent?.kind === 'Datastream' || parent?.kind === 'MultiDatastream';
  const reading = await readObservation(house, body, {
    datastreamId: isStream ? parent.id : undefined,
    featureId: parent?.kind === 'FeatureOfInterest' ? parent.id : undefined,
  });
  const [outcome = 'stored'] = await sharedIngest(house).push([reading]);
  return idAfter(house.database, reading, outcome);
}

async function keepPending(house: EntityHouse, pending: readonly Pending[]): Promise<void> {
  const readings: Reading[] = [];
  for (const { body, ...around } of pending) readings.push(await readObservation(house, body, around));
  await sharedIngest(house).push(readings);
}

/**
 * Inserts an entity with all that is nested in it (SensorThings 1.1, clause 10.2.1); its id. Throws invalid
 * with its fields, not-found for the parent, conflict `key-taken`. Nested observations are kept after the
 * entities are committed.
 */
export async function createEntity(
  house: EntityHouse,
  kind: EntityKind,
  given: { body: unknown; parent?: Parent },
): Promise<number> {
  const { result, pending } = await insertIn(house, kind, given);
  if (pending.length > 0) await keepPending(house, pending);
  return result;
}

type Row = {
  revision: number;
  value: number | null;
  result: unknown;
  flags: number;
  until: Date | null;
  resultAt: Date | null;
  featureId: number | null;
  extra: Values | null;
};

/** The newest revision that counts, of an id of any revision. Throws not-found. */
async function findCurrent(database: Database, id: string) {
  const key = parseObservationId(id);
  if (key === undefined) throw noEntity('Observation');
  const [row] = await query<Row>(database, {
    text: `select revision, value, result, flags, until, result_at as "resultAt",
        feature_id as "featureId", extra from observations.observation
      where datastream_id = $1 and at = $2 and flags & 16 = 0 order by revision desc limit 1`,
    values: [key.datastreamId, new Date(key.at)],
  });
  if (row === undefined) throw noEntity('Observation');
  return { key, row };
}

const readingFrom = (datastreamId: number, at: number, row: Row): Reading => ({
  ...{ datastreamId, at },
  ...(row.value === null ? { result: row.result } : { value: row.value }),
  ...(row.until === null ? {} : { until: row.until.getTime() }),
  ...(row.resultAt === null ? {} : { resultAt: row.resultAt.getTime() }),
  ...(row.featureId === null ? {} : { featureId: row.featureId }),
  ...(row.extra === null ? {} : { extra: row.extra }),
});

/**
 * Corrects an Observation: what the body names replaces what there was, as a new revision; its id. Another
 * phenomenon time makes it another observation. Throws not-found, and invalid with its fields.
 */
export async function updateObservation(house: EntityHouse, id: string, given: unknown): Promise<string> {
  const { key, row } = await findCurrent(house.database, id);
  const body = readWith(changeReader, given);
  const before = readingFrom(key.datastreamId, key.at, row);
  const said = contentOf(
    { result: row.result as never, ...(row.value === null ? {} : { result: row.value }), ...body },
    key.at,
  );
  const featureId = await idOf(house, 'FeatureOfInterest', body.FeatureOfInterest);
  const after: Reading = {
    ...said,
    ...{ datastreamId: key.datastreamId, at: body.phenomenonTime ? said.at : key.at },
    until: body.phenomenonTime ? said.until : before.until,
    resultAt: body.resultTime === undefined ? before.resultAt : said.resultAt,
    featureId: featureId ?? before.featureId,
    extra: { ...before.extra, ...said.extra },
  };
  if (after.at !== key.at) {
    const next = await createMoved(house, after);
    await removeKey(house, key);
    return next;
  }
  return observationId({ ...key, revision: await revise(house, after) });
}

async function createMoved(house: EntityHouse, reading: Reading): Promise<string> {
  const [outcome = 'stored'] = await sharedIngest(house).push([reading]);
  if (outcome !== 'stored') {
    throw conflict('observation-is-there', {
      en: 'The datastream has another observation at that time.',
      tc: '此數據流在該時間已有另一觀測值。',
    });
  }
  return observationId({ ...reading, revision: 0 });
}

/** Removes an Observation: it no longer counts anywhere, and the same reading sent again stays away. */
export async function removeObservation(house: EntityHouse, id: string): Promise<void> {
  const { key } = await findCurrent(house.database, id);
  await removeKey(house, key);
}
