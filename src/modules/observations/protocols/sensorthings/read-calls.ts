// Answers to GET: sets, entities, properties, bare values, references, counts, arrays of data.

import type { Options, ResourcePath } from '../../rules/odata/ast.ts';
import { pairsOf, parseOptions } from '../../rules/odata/options.ts';
import { parsePath } from '../../rules/odata/path.ts';
import { printPath, searchOf } from '../../rules/odata/print.ts';
import { badQuery, notSupported } from '../../rules/odata/query-error.ts';
import {
  type Asking,
  addressOf,
  build,
  type Entity,
  findRow,
  idOf,
  mostEntities,
  type Page,
  pick,
  readPage,
} from '../../store/query/index.ts';
import { type Answer, type Call, nothingHere, type Service } from './call.ts';
import { dataArray } from './data-array.ts';
import { readRoot } from './root.ts';

type Reading = { service: Service; path: ResourcePath; options: Options; asking: Asking };

const plain: Options = { orderby: [], expand: [] };

const lastOf = ({ steps }: ResourcePath) => steps.at(-1)!;

const forMany = ['$filter', '$orderby', '$top', '$skip', '$count', '$skiptoken', '$resultFormat'];

/** Of one entity there is nothing to filter, order or page. */
function checkOptions(path: ResourcePath, names: readonly string[]): void {
  const last = lastOf(path);
  const isMany = last.many && last.id === undefined;
  const unfit =
    path.property !== undefined ? names[0] : isMany ? undefined : names.find((one) => forMany.includes(one));
  if (unfit === undefined) return;
  throw badQuery(
    { option: unfit, at: 1 },
    { en: 'This option does not fit one entity.', tc: '此選項不適用於單一實體。' },
  );
}

async function readProperty({ service, path, asking }: Reading): Promise<Answer> {
  const { kind } = lastOf(path);
  const row = await findRow(service.house, path.steps);
  if (row === undefined) throw nothingHere();
  const [entity] = (await build(asking, kind, { rows: [row], options: plain })) as [Entity];
  const [name = '', ...rest] = path.property!;
  const value = pick(entity[name === 'id' ? '@iot.id' : name], rest);
  if (value === undefined || value === null) {
    if (rest.length > 0) throw nothingHere();
    return { status: 204 };
  }
  if (path.tail !== '$value') return { status: 200, json: { [path.property!.at(-1)!]: value } };
  const isPlain = typeof value !== 'object';
  return isPlain ? { status: 200, text: String(value) } : { status: 200, json: value };
}

async function readEntity({ service, path, options, asking }: Reading): Promise<Answer> {
  const { kind } = lastOf(path);
  const row = await findRow(service.house, path.steps);
  if (row === undefined) throw nothingHere();
  if (path.tail === '$ref') {
    return { status: 200, json: { '@iot.selfLink': addressOf(service.base, kind, idOf(kind, row)) } };
  }
  const [entity] = await build(asking, kind, { rows: [row], options });
  return { status: 200, json: entity };
}

/** An empty set of an entity that is there is no error; of one that is not, it is. */
async function checkParent({ service, path }: Reading, { rows }: Page): Promise<void> {
  const before = path.steps.slice(0, -1);
  if (rows.length > 0 || before.length === 0) return;
  if ((await findRow(service.house, before)) === undefined) throw nothingHere();
}

async function valuesOf(reading: Reading, { rows }: Page): Promise<unknown[]> {
  const { service, path, options, asking } = reading;
  const { kind } = lastOf(path);
  if (path.tail === '$ref') {
    return rows.map((row) => ({ '@iot.selfLink': addressOf(service.base, kind, idOf(kind, row)) }));
  }
  if (options.resultFormat !== 'dataArray') return build(asking, kind, { rows, options });
  const spot = { option: '$resultFormat', at: 1 };
  if (kind !== 'Observation') {
    throw badQuery(spot, { en: 'Only Observations come as arrays.', tc: '只有觀測值可用陣列形式。' });
  }
  if (options.expand.length > 0) {
    throw notSupported(spot, { en: 'Not together with $expand.', tc: '不可與$expand同時使用。' });
  }
  const entities = await build(asking, kind, { rows, options: plain });
  return dataArray(service, { rows, entities, options });
}

async function readSet(reading: Reading): Promise<Answer> {
  const { service, path, asking } = reading;
  const isCount = path.tail === '$count';
  const options = isCount ? { ...reading.options, count: true, top: 0 } : reading.options;
  const page = await readPage(asking, path.steps, options);
  await checkParent(reading, page);
  if (isCount) return { status: 200, text: String(page.count) };
  const value = await valuesOf({ ...reading, options }, page);
  const next = page.next && `${service.base}/${printPath(path)}${searchOf(page.next)}`;
  return {
    status: 200,
    json: {
      ...(page.count === undefined ? {} : { '@iot.count': page.count }),
      ...(next === undefined ? {} : { '@iot.nextLink': next }),
      value,
    },
  };
}

/** Everybody may read. Throws invalid with the option and the place in it, and not-found. */
export async function readCall(service: Service, { path: written, search }: Call): Promise<Answer> {
  if (written === '') return readRoot(service.base);
  const path = parsePath(written);
  const last = lastOf(path);
  const pairs = pairsOf(search);
  checkOptions(
    path,
    pairs.map(([name]) => name),
  );
  const options = parseOptions(last.kind, pairs);
  const { house, base } = service;
  const asking: Asking = { house, base, budget: { left: mostEntities } };
  const reading: Reading = { service, path, options, asking };
  if (path.property !== undefined) return readProperty(reading);
  return last.many && last.id === undefined ? readSet(reading) : readEntity(reading);
}
