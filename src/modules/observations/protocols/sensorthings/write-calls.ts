// Answers to POST, PATCH, PUT and DELETE (OGC 18-088, clause 10).

import { invalid } from '../../../../core/errors.ts';
import { openReader } from '../../../../core/http/index.ts';
import { applyPatch, jsonPatchSchema, PatchFailure } from '../../rules/json-patch.ts';
import { parseObservationId } from '../../rules/observation-id.ts';
import type { Step } from '../../rules/odata/ast.ts';
import type { Kind } from '../../rules/odata/model.ts';
import { parsePath } from '../../rules/odata/path.ts';
import type { EntityKind } from '../../schema.ts';
import {
  createEntity,
  createObservation,
  type Parent,
  removeEntity,
  removeObservation,
  replaceEntity,
  updateEntity,
  updateObservation,
} from '../../store/index.ts';
import {
  addressOf,
  build,
  type Entity,
  findRow,
  idOf,
  mostEntities,
  type Reference,
} from '../../store/query/index.ts';
import { type Answer, type Call, jsonOf, methodNotAllowed, nothingHere, type Service } from './call.ts';

type Target = { kind: Kind; id: number | string };

const referring: Readonly<Record<string, EntityKind>> = {
  ...{ Thing: 'Thing', Things: 'Thing', Datastream: 'Datastream', Datastreams: 'Datastream' },
  ...{ MultiDatastream: 'MultiDatastream', MultiDatastreams: 'MultiDatastream' },
};
const deepest = 40;

/** The Things and datastreams that a body links to, and the departments that it names. */
function mentionedIn(body: unknown, depth = 0): { references: Reference[]; departments: string[] } {
  const found = { references: [] as Reference[], departments: [] as string[] };
  if (typeof body !== 'object' || body === null || depth > deepest) return found;
  for (const [name, value] of Object.entries(body)) {
    const kind = referring[name];
    for (const one of kind === undefined ? [] : [value].flat()) {
      const id = (one as Entity | null)?.['@iot.id'];
      if (Number.isSafeInteger(id)) found.references.push({ kind: kind!, id: id as number });
    }
    const department = name === 'lamppost' && (value as Entity | null)?.department;
    if (typeof department === 'string') found.departments.push(department);
    const inner = mentionedIn(value, depth + 1);
    found.references.push(...inner.references);
    found.departments.push(...inner.departments);
  }
  return found;
}

/** The entity that a path leads to. */
async function targetOf({ house }: Service, steps: readonly Step[]): Promise<Target> {
  const { kind, id } = steps.at(-1)!;
  if (steps.length === 1 && id !== undefined) return { kind, id };
  const row = await findRow(house, steps);
  if (row === undefined) throw nothingHere();
  return { kind, id: idOf(kind, row) };
}

const asReference = ({ kind, id }: Target): Reference => ({ kind: kind as EntityKind, id: id as number });

const madeAt = ({ base }: Service, { kind, id }: Target, status: number): Answer => {
  const address = addressOf(base, kind, id);
  return { status, headers: { Location: address }, json: { '@iot.id': id, '@iot.selfLink': address } };
};

const streamKinds: readonly Kind[] = ['Datastream', 'MultiDatastream'];

/** Observations are a device's own; all that it would make besides them is not. */
async function observe(
  service: Service,
  call: Call,
  given: { body: unknown; parent?: Parent },
): Promise<string> {
  const { body, parent } = given;
  const { Datastream: one, MultiDatastream: other, ...rest } = (body ?? {}) as Entity;
  const named = ((one ?? other) as Entity | null | undefined)?.['@iot.id'];
  const id = parent !== undefined && streamKinds.includes(parent.kind) ? parent.id : named;
  const feature = rest.FeatureOfInterest as Entity | null | undefined;
  const makesMore = feature !== undefined && feature !== null && feature['@iot.id'] === undefined;
  if (Number.isSafeInteger(id)) await call.who.mayObserve(id as number);
  if (!Number.isSafeInteger(id) || makesMore) {
    const { references, departments } = mentionedIn(body);
    await call.who.mayEdit(references, departments);
  }
  return createObservation(service.house, body, parent);
}

/** POST to an entity set: deep insert. */
export async function createCall(service: Service, call: Call): Promise<Answer> {
  const { steps, property, tail } = parsePath(call.path);
  const last = steps.at(-1)!;
  if (property !== undefined || tail !== undefined || !last.many || last.id !== undefined) {
    throw methodNotAllowed('GET', 'PATCH', 'PUT', 'DELETE');
  }
  const body = await jsonOf(call);
  const before = steps.slice(0, -1);
  const parent = before.length === 0 ? undefined : ((await targetOf(service, before)) as Parent);
  const given = { body, ...(parent === undefined ? {} : { parent }) };
  if (last.kind === 'Observation') {
    return madeAt(service, { kind: 'Observation', id: await observe(service, call, given) }, 201);
  }
  const { references, departments } = mentionedIn(body);
  await call.who.mayEdit([...(parent === undefined ? [] : [parent]), ...references], departments);
  return madeAt(service, { kind: last.kind, id: await createEntity(service.house, last.kind, given) }, 201);
}

async function writeTarget(service: Service, call: Call): Promise<Target> {
  const { steps, property, tail } = parsePath(call.path);
  const last = steps.at(-1)!;
  if (property !== undefined || tail !== undefined) throw methodNotAllowed('GET');
  if (last.many && last.id === undefined) throw methodNotAllowed('GET', 'POST');
  return targetOf(service, steps);
}

const datastreamIn = (id: number | string): number => {
  const key = parseObservationId(String(id));
  if (key === undefined) throw nothingHere();
  return key.datastreamId;
};

/** Throws where the writer may not change the target to what the body says. */
async function checkChange(call: Call, target: Target, body?: unknown): Promise<void> {
  const { references, departments } = mentionedIn(body);
  if (target.kind !== 'Observation') {
    await call.who.mayEdit([asReference(target), ...references], departments);
    return;
  }
  await call.who.mayObserve(datastreamIn(target.id));
  const feature = (body as Entity | undefined)?.FeatureOfInterest as Entity | null | undefined;
  if (feature !== undefined && feature !== null && feature['@iot.id'] === undefined)
    await call.who.mayEdit([]);
}

const patchReader = openReader({ body: jsonPatchSchema }, false);

/** What a JSON Patch changes of an entity, as a body for PATCH: what it takes away is null. */
async function patchedBody(service: Service, { kind, id }: Target, given: unknown): Promise<Entity> {
  const patch = patchReader.read({ params: {}, query: {}, body: given }).body as never;
  const { house, base } = service;
  const row = await findRow(house, [{ name: '', kind, many: true, id }]);
  if (row === undefined) throw nothingHere();
  const asking = { house, base, budget: { left: mostEntities } };
  const [entity] = await build(asking, kind, { rows: [row], options: { orderby: [], expand: [] } });
  const before = Object.fromEntries(Object.entries(entity!).filter(([name]) => !name.includes('@')));
  try {
    return differences(before, applyPatch(before, patch));
  } catch (error) {
    if (!(error instanceof PatchFailure)) throw error;
    const { operation } = error;
    throw invalid('patch-failed', {
      en: `Operation ${operation} of the patch cannot be done; nothing was changed.`,
      tc: `修補的第${operation}項操作無法執行，內容沒有更改。`,
    });
  }
}

function differences(before: Entity, after: Entity): Entity {
  const changed: Entity = {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (JSON.stringify(before[name]) === JSON.stringify(after[name])) continue;
    changed[name] = after[name] ?? null;
  }
  const [was, is] = [before.properties, changed.properties].map(
    (one) => (one as Entity | null | undefined)?.lamppost,
  );
  if (changed.properties !== undefined && was !== undefined) {
    const gone = Object.keys(was as Entity).filter(
      (name) => (is as Entity | undefined)?.[name] === undefined,
    );
    const emptied = Object.fromEntries(gone.map((name) => [name, null]));
    changed.properties = {
      ...(changed.properties as Entity | null),
      lamppost: { ...emptied, ...(is as Entity) },
    };
  }
  return changed;
}

const patchType = 'application/json-patch+json';

async function observationChange(service: Service, call: Call, change: { target: Target; body: unknown }) {
  const { target, body } = change;
  await checkChange(call, target, body);
  const id = await updateObservation(service.house, String(target.id), body);
  return madeAt(service, { kind: 'Observation', id }, 200);
}

/** PATCH: what the body names; or a JSON Patch. */
export async function updateCall(service: Service, call: Call): Promise<Answer> {
  const target = await writeTarget(service, call);
  const given = await jsonOf(call, ['application/json', patchType]);
  await checkChange(call, target);
  const isPatch = call.contentType.toLowerCase().startsWith(patchType);
  const body = isPatch ? await patchedBody(service, target, given) : given;
  if (target.kind === 'Observation') return observationChange(service, call, { target, body });
  await checkChange(call, target, body);
  await updateEntity(service.house, target as Parent, body);
  return madeAt(service, target, 200);
}

/** PUT: the entity becomes what the body says. */
export async function replaceCall(service: Service, call: Call): Promise<Answer> {
  const target = await writeTarget(service, call);
  const body = await jsonOf(call);
  if (target.kind !== 'Observation') {
    await checkChange(call, target, body);
    await replaceEntity(service.house, target as Parent, body);
    return madeAt(service, target, 200);
  }
  if ((body as Entity | null)?.result === undefined) {
    throw invalid('invalid-entity', { en: 'result: This is required.', tc: 'result：必須提供。' });
  }
  const emptied = { resultTime: null, validTime: null, parameters: null };
  return observationChange(service, call, { target, body: { ...emptied, ...(body as Entity) } });
}

/** DELETE: the entity, and what cannot be without it. */
export async function removeCall(service: Service, call: Call): Promise<Answer> {
  const target = await writeTarget(service, call);
  await checkChange(call, target);
  if (target.kind === 'Observation') await removeObservation(service.house, String(target.id));
  else await removeEntity(service.house, target as Parent);
  return { status: 200 };
}
