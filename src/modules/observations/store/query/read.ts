// Reads entities with what is expanded in them, in as many statements as the query has expansions.

import { sql } from '../../../../core/database/index.ts';
import { LamppostError } from '../../../../core/errors.ts';
import type { House } from '../../../../core/house.ts';
import type { Expansion, Options, Step } from '../../rules/odata/ast.ts';
import type { Kind } from '../../rules/odata/model.ts';
import { pairsFrom, searchOf } from '../../rules/odata/print.ts';
import { knownDatastreams } from '../datastreams.ts';
import { type Ordering, tokenOf } from './orders.ts';
import { addressOf, checkSelection, type Entity, entityOf, idOf } from './shape.ts';
import {
  count,
  countingOfEach,
  isAt,
  listing,
  listingOfEach,
  listingOfLatest,
  type Parents,
  positionIn,
  type Row,
  run,
  sizeOf,
} from './statements.ts';
import { linkColumn } from './tables.ts';
import { type Sql, wholeParameter } from './typed.ts';

/** What reading needs of the house. */
export type ReadHouse = Pick<House, 'database' | 'revisions' | 'clock'>;

/** One request: the address of the service, and how many entities it may still gather. */
export type Asking = { house: ReadHouse; base: string; budget: { left: number } };

export const mostEntities = 50_000;

const tooMuch = () =>
  new LamppostError('invalid', 'answer-too-large', {
    en: 'This would gather too many entities at once. Use $top, $select or fewer expansions.',
    tc: '一次收集的實體過多，請使用$top、$select或減少展開。',
  });

function spend({ budget }: Asking, rows: readonly Row[]): void {
  budget.left -= rows.length;
  if (budget.left < 0) throw tooMuch();
}

const nobody = () => false;

/** Entities of rows, with what is expanded in them. */
export async function build(
  asking: Asking,
  kind: Kind,
  given: { rows: Row[]; options: Options },
): Promise<Entity[]> {
  const { rows, options } = given;
  const { house, base } = asking;
  checkSelection(kind, options);
  let isMulti: (id: number) => boolean = nobody;
  if (kind === 'Observation') {
    const ids = new Set(rows.map((row) => row.datastream_id as number));
    const known = await knownDatastreams(house, ids);
    isMulti = (id) => known.get(id)?.multi ?? false;
  }
  const entities = rows.map((row) => entityOf(kind, row, { base, options, isMulti }));
  for (const expansion of options.expand) {
    const fieldsOf = await expand(asking, { kind, rows }, expansion);
    for (const [index, row] of rows.entries()) Object.assign(entities[index]!, fieldsOf(row));
  }
  return entities;
}

type Parent = { kind: Kind; rows: Row[] };
type FieldsOf = (row: Row) => Entity;

async function expand(asking: Asking, parent: Parent, expansion: Expansion): Promise<FieldsOf> {
  const keptIn = linkColumn[parent.kind]?.[expansion.link];
  if (keptIn !== undefined) return expandOne(asking, { ...parent, keptIn }, expansion);
  return expandMany(asking, parent, expansion);
}

async function expandOne(
  asking: Asking,
  { rows, keptIn }: Parent & { keptIn: string },
  { link, kind, options }: Expansion,
): Promise<FieldsOf> {
  const ids = [...new Set(rows.map((row) => row[keptIn] as number | null))].filter((id) => id !== null);
  if (ids.length === 0) return () => ({});
  const { database, clock } = asking.house;
  const meet = (alias: string): Sql => sql`${sql.ref(`${alias}.id`)} = any(${ids}::bigint[])`;
  const { skip: _skip, ...asked } = options;
  const wanted = { kind, meet, now: clock.now(), options: asked, limit: ids.length };
  const found = await run(database, listing(wanted).statement);
  spend(asking, found);
  const entities = await build(asking, kind, { rows: found, options });
  const byId = new Map(found.map((row, index) => [row.id as number, entities[index]!]));
  return (row) => {
    const entity = byId.get(row[keptIn] as number);
    return entity === undefined ? {} : { [link]: entity };
  };
}

/** The newest observation alone is kept: the history need not be asked. */
function wantsLatest({ kind, options }: Expansion): boolean {
  const { filter, orderby, top, skip = 0, count: counted, skiptoken } = options;
  const [order] = orderby;
  const isByTime =
    orderby.length === 1 &&
    order!.descending &&
    order!.by.type === 'path' &&
    order!.by.steps.join('/') === 'phenomenonTime';
  const isPlain = filter === undefined && skip === 0 && counted !== true && skiptoken === undefined;
  return kind === 'Observation' && isByTime && isPlain && top === 1;
}

type Each = { rows: Row[]; ordering?: Ordering; hasMore?: (rows: Row[]) => boolean };

async function findMany(asking: Asking, parents: Parents, expansion: Expansion): Promise<Each> {
  const { database, clock } = asking.house;
  const { kind, options } = expansion;
  if (parents.kind !== 'FeatureOfInterest' && wantsLatest(expansion)) {
    const rows = await run(database, listingOfLatest(parents.ids));
    const hasMore = ([row]: Row[]) => (row?.count as number) > 1;
    return { rows, hasMore, ordering: listing({ kind, options, now: clock.now() }).ordering };
  }
  const wanted = { kind, options, now: clock.now() };
  const { statement, ordering } = listingOfEach(wanted, parents, asking.budget.left + 1);
  return { rows: await run(database, statement), ordering };
}

async function expandMany(asking: Asking, parent: Parent, expansion: Expansion): Promise<FieldsOf> {
  const { link, kind, many, options } = expansion;
  const parents = { kind: parent.kind, link, ids: parent.rows.map((row) => row.id as number) };
  if (parents.ids.length === 0) return () => ({});
  const each = await findMany(asking, parents, expansion);
  spend(asking, each.rows);
  const size = sizeOf(options);
  const rowsOf = new Map<number, Row[]>(parents.ids.map((id) => [id, []]));
  for (const row of each.rows) rowsOf.get(row.parent_id as number)?.push(row);
  const shown = [...rowsOf.values()].flatMap((rows) => rows.slice(0, size));
  const entities = await build(asking, kind, { rows: shown, options });
  const entityFor = new Map(shown.map((row, index) => [row, entities[index]!]));
  const counts = options.count ? await countEach(asking, parents, expansion) : undefined;
  return (row) => {
    const id = row.id as number;
    const rows = rowsOf.get(id)!;
    const page = rows.slice(0, size).map((one) => entityFor.get(one)!);
    if (!many) return page[0] === undefined ? {} : { [link]: page[0] };
    const isMore = each.hasMore?.(rows) ?? rows.length > size;
    const address = `${addressOf(asking.base, parent.kind, idOf(parent.kind, row))}/${link}`;
    const next = isMore ? nextPairs({ options, ordering: each.ordering, last: rows[size - 1] }) : undefined;
    return {
      ...(counts === undefined ? {} : { [`${link}@iot.count`]: counts.get(id) ?? 0 }),
      [link]: page,
      ...(next === undefined ? {} : { [`${link}@iot.nextLink`]: `${address}${searchOf(next)}` }),
    };
  };
}

async function countEach(asking: Asking, parents: Parents, { kind, options }: Expansion) {
  const { database, clock } = asking.house;
  const counting = countingOfEach({ kind, options, now: clock.now() }, parents);
  const rows = await run<{ parent_id: number; n: number }>(database, counting);
  return new Map(rows.map((row) => [row.parent_id, row.n]));
}

type Ending = { options: Options; ordering: Ordering | undefined; last: Row | undefined };

/** The options of the next page: from where this one ends, or else by counting. */
function nextPairs({ options, ordering, last }: Ending): [string, string][] | undefined {
  if (last === undefined) return undefined;
  const { skip = 0, skiptoken: _token, ...rest } = options;
  const token = ordering && tokenOf(ordering, last);
  return pairsFrom(
    token === undefined ? { ...rest, skip: skip + sizeOf(options) } : { ...rest, skiptoken: token },
  );
}

/** A page of entities, as rows. */
export type Page = { rows: Row[]; next?: [string, string][]; count?: number };

function firstOf(steps: readonly Step[]): Sql[] {
  const parent = steps.at(-2);
  if (steps.at(-1)!.name !== 'ObservedProperties' || typeof parent?.id !== 'number') return [];
  return [positionIn(wholeParameter(parent.id))];
}

/** The entities that a path leads to, a page of them. */
export async function readPage(asking: Asking, steps: readonly Step[], options: Options): Promise<Page> {
  const { database, clock } = asking.house;
  const { kind } = steps.at(-1)!;
  const wanted = {
    ...{ kind, options, now: clock.now() },
    meet: (alias: string) => isAt(steps, alias),
    first: firstOf(steps),
  };
  const { statement, ordering } = listing(wanted);
  const found = await run(database, statement);
  const size = sizeOf(options);
  const rows = found.slice(0, size);
  spend(asking, rows);
  const next = found.length > size ? nextPairs({ options, ordering, last: rows.at(-1) }) : undefined;
  const page: Page = { rows, ...(next === undefined ? {} : { next }) };
  if (options.count !== true) return page;
  const isWhole = found.length <= size && !options.skip && options.skiptoken === undefined;
  const parent = steps.at(-2);
  const streamId =
    kind === 'Observation' && typeof parent?.id === 'number' && parent.name !== 'FeaturesOfInterest';
  const counted = isWhole
    ? rows.length
    : await count(database, wanted, streamId && steps.length === 2 ? (parent.id as number) : undefined);
  return { ...page, count: Math.max(counted, rows.length) };
}

/** The row of the one entity that a path leads to; undefined when there is none. */
export async function findRow(house: ReadHouse, steps: readonly Step[]): Promise<Row | undefined> {
  const { kind } = steps.at(-1)!;
  const meet = (alias: string) => isAt(steps, alias);
  const options: Options = { orderby: [], expand: [], top: 1 };
  const { statement } = listing({ kind, meet, options, now: house.clock.now() });
  return (await run(house.database, statement))[0];
}
