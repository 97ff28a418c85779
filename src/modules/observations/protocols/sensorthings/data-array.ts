// Observations as arrays of data, out and in (OGC 18-088, clause 12).

import { z } from 'zod';
import { invalid, LamppostError } from '../../../../core/errors.ts';
import { openReader } from '../../../../core/http/index.ts';
import { observationId } from '../../rules/observation-id.ts';
import type { Options } from '../../rules/odata/ast.ts';
import { parseInstant, parseTime } from '../../rules/times.ts';
import type { Outcome, Reading } from '../../schema.ts';
import { ingest, knownDatastreams, readObservation } from '../../store/index.ts';
import { addressOf, type Entity, type Row } from '../../store/query/index.ts';
import { type Answer, type Call, jsonOf, type Service } from './call.ts';

const always = ['id', 'phenomenonTime', 'resultTime', 'result'];
const sometimes = ['resultQuality', 'validTime', 'parameters'];

function componentsOf({ select }: Options, entities: readonly Entity[]): string[] {
  if (select === undefined) {
    return [...always, ...sometimes.filter((name) => entities.some((one) => one[name] !== undefined))];
  }
  const names = select.map(([name = '']) => (name === '@iot.id' ? 'id' : name));
  return names.filter((name) => always.includes(name) || sometimes.includes(name));
}

type Shown = { rows: readonly Row[]; entities: readonly Entity[]; options: Options };

/** One group for each datastream, in the order in which they come first. */
export function dataArray({ base }: Service, { rows, entities, options }: Shown): unknown[] {
  const components = componentsOf(options, entities);
  const groups = new Map<number, { link: string; data: unknown[][] }>();
  for (const [index, row] of rows.entries()) {
    const entity = entities[index]!;
    const id = row.datastream_id as number;
    const kind =
      entity['MultiDatastream@iot.navigationLink'] === undefined ? 'Datastream' : 'MultiDatastream';
    let group = groups.get(id);
    if (group === undefined) {
      group = { link: `${kind}@iot.navigationLink`, data: [] };
      groups.set(id, group);
    }
    group.data.push(components.map((name) => entity[name === 'id' ? '@iot.id' : name] ?? null));
  }
  return [...groups].map(([id, { link, data }]) => ({
    [link]: addressOf(base, link.startsWith('Multi') ? 'MultiDatastream' : 'Datastream', id),
    components,
    'dataArray@iot.count': data.length,
    dataArray: data,
  }));
}

const given = [
  'phenomenonTime',
  'resultTime',
  'result',
  'resultQuality',
  'validTime',
  'parameters',
  'FeatureOfInterest/id',
] as const;
const link = z.object({ '@iot.id': z.number().int().min(1) });
const groupSchema = z.strictObject({
  Datastream: link.optional(),
  MultiDatastream: link.optional(),
  components: z.array(z.enum(given)).min(1).max(10),
  'dataArray@iot.count': z.number().optional(),
  dataArray: z.array(z.array(z.unknown()).max(10)),
});
// Rows are looked at one by one: a schema for each value would cost more than keeping it.
const reader = openReader({ body: z.array(groupSchema).min(1).max(1000) }, false);
type Group = z.output<typeof groupSchema>;

const mostRows = 200_000;

/** The plain case, a number at a time, without another look at the shape; undefined for any other. */
function plainReading(datastreamId: number, row: Entity): Reading | undefined {
  const { phenomenonTime, resultTime, result, 'FeatureOfInterest/id': featureId, ...rest } = row;
  if (typeof phenomenonTime !== 'string' || typeof result !== 'number' || Object.keys(rest).length > 0)
    return;
  const time = parseTime(phenomenonTime);
  const resultAt = typeof resultTime === 'string' ? parseInstant(resultTime) : undefined;
  const isFeature = featureId === undefined || Number.isSafeInteger(featureId);
  if (time === undefined || !isFeature || (resultTime !== undefined && resultAt === undefined))
    return undefined;
  return {
    ...{ datastreamId, ...time, value: result },
    ...(resultAt === undefined ? {} : { resultAt }),
    ...(featureId === undefined ? {} : { featureId: featureId as number }),
  };
}

/** A row, or what it could not be. */
type Slot = { reading: Reading } | { error: string };

const messageOf = (error: unknown): string => {
  if (error instanceof LamppostError && error.kind !== 'bug') return error.publicMessage.en;
  throw error;
};

async function slotOf(
  service: Service,
  { components }: Group,
  row: { id: number; values: unknown[] },
): Promise<Slot> {
  const { id, values } = row;
  if (values.length !== components.length) return { error: 'It has not as many values as components.' };
  const named: Entity = {};
  for (const [index, name] of components.entries()) named[name] = values[index];
  const plain = plainReading(id, named);
  if (plain !== undefined) return { reading: plain };
  const { 'FeatureOfInterest/id': featureId, ...body } = named;
  const feature = featureId === undefined ? {} : { FeatureOfInterest: { '@iot.id': featureId } };
  try {
    return { reading: await readObservation(service.house, { ...body, ...feature }, { datastreamId: id }) };
  } catch (error) {
    return { error: messageOf(error) };
  }
}

const mostRefused = 100;

/** Keeps what can be kept; the rest says why not. */
async function keep(service: Service, slots: Slot[]): Promise<(Outcome | { error: string })[]> {
  for (let refused = 0; ; refused += 1) {
    const places = [...slots.keys()].filter((index) => 'reading' in slots[index]!);
    const readings = places.map((index) => (slots[index] as { reading: Reading }).reading);
    try {
      const outcomes = await ingest(service.house, readings);
      const all: (Outcome | { error: string })[] = slots.map((slot) => ('error' in slot ? slot : 'expired'));
      for (const [place, index] of places.entries()) all[index] = outcomes[place]!;
      return all;
    } catch (error) {
      const at =
        error instanceof LamppostError ? /^(\d+)\./.exec(error.fields[0]?.field ?? '')?.[1] : undefined;
      const index = at === undefined ? undefined : places[Number(at)];
      if (index === undefined || refused >= mostRefused) throw error;
      slots[index] = { error: messageOf(error) };
    }
  }
}

const tooMany = () =>
  invalid(
    'body-too-large',
    { en: `Send at most ${mostRows} observations at once.`, tc: `每次最多可送出${mostRows}個觀測值。` },
    { status: 413 },
  );

/** POST CreateObservations: for each observation its address, or `error` where it could not be kept. */
export async function createObservations(service: Service, call: Call): Promise<Answer> {
  const { body } = reader.read({ params: {}, query: {}, body: await jsonOf(call) });
  const groups = (body as Group[]).map((group) => {
    const id = (group.Datastream ?? group.MultiDatastream)?.['@iot.id'];
    if (id !== undefined) return { ...group, id };
    throw invalid('invalid-entity', {
      en: 'Each group names its Datastream by @iot.id.',
      tc: '每組須以@iot.id指明數據流。',
    });
  });
  if (groups.reduce((sum, { dataArray: rows }) => sum + rows.length, 0) > mostRows) throw tooMany();
  const ids = new Set(groups.map(({ id }) => id));
  for (const id of ids) await call.who.mayObserve(id);
  const known = await knownDatastreams(service.house, ids);
  const slots: Slot[] = [];
  for (const group of groups) {
    for (const values of group.dataArray) {
      const slot = known.has(group.id)
        ? await slotOf(service, group, { id: group.id, values })
        : { error: 'There is no such Datastream.' };
      slots.push(slot);
    }
  }
  const outcomes = await keep(service, slots);
  const json = outcomes.map((outcome, index) => {
    const slot = slots[index]!;
    if (typeof outcome !== 'string' || outcome === 'expired' || !('reading' in slot)) return 'error';
    const { datastreamId, at } = slot.reading;
    // An address of any revision answers with what counts.
    const id = observationId({ datastreamId, at: Math.round(at), revision: 0 });
    return addressOf(service.base, 'Observation', id);
  });
  return { status: 201, json };
}
