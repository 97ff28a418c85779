// Statements that find entities: those at a path, those that many are linked to, and how many there are.

import { type Database, sql, sqlStateOf } from '../../../../core/database/index.ts';
import { LamppostError } from '../../../../core/errors.ts';
import type { Options, Step } from '../../rules/odata/ast.ts';
import type { Kind } from '../../rules/odata/model.ts';
import { badQuery } from '../../rules/odata/query-error.ts';
import { conditionOf } from './compile.ts';
import { after, keyColumns, type Ordering, orderingOf } from './orders.ts';
import { Scope } from './scope.ts';
import { column, from, hasId, isLinked, isOfKind, ownedBy, selected, selectedFrom } from './tables.ts';
import { both, type Sql } from './typed.ts';

export type Row = Record<string, unknown>;

/** Entities of a kind that meet a condition, which is told the name of their table. */
export type Wanted = {
  kind: Kind;
  meet?: (alias: string) => Sql;
  options: Options;
  now: Date;
  /** Comes first where no order is asked for. */
  first?: Sql[];
  /** Rows at most, in place of a page and one more. */
  limit?: number;
};

const usualSize = 100;
export const largestSize = 10_000;

/** How many entities a page has. */
export const sizeOf = ({ top }: Options): number => Math.min(top ?? usualSize, largestSize);

const alias = 't';

/** The entities that a path leads to, by the name of the table they are in. */
export function isAt(steps: readonly Step[], child: string): Sql {
  const last = steps.at(-1)!;
  const own = isOfKind(last.kind, child);
  const conditions = [
    ...(own === undefined ? [] : [own]),
    ...(last.id === undefined ? [] : [hasId(last.kind, child, last.id)]),
  ];
  const before = steps.slice(0, -1);
  const parent = before.at(-1);
  if (parent !== undefined) {
    const name = `p${before.length}`;
    const linked = isLinked(parent.kind, last.name, { parent: name, child, kind: last.kind });
    conditions.push(sql`exists (select 1 from ${from(parent.kind, name)}
      where ${both([linked, isAt(before, name)])})`);
  }
  return both(conditions);
}

type Compiled = { scope: Scope; where: Sql; ordering: Ordering };

function compile({ kind, meet, options, now, first = [] }: Wanted): Compiled {
  const scope = new Scope({ kind, alias });
  const own = isOfKind(kind, alias);
  const conditions = [
    ...(own === undefined ? [] : [own]),
    ...(meet === undefined ? [] : [meet(alias)]),
    ...(options.filter === undefined
      ? []
      : [conditionOf(options.filter, { scope, option: '$filter', now, isNegated: false })]),
  ];
  const around = { scope, option: '$orderby', now, isNegated: false };
  const ordering = orderingOf(options.orderby, around, first);
  if (options.skiptoken !== undefined) conditions.push(after(ordering, options.skiptoken));
  return { scope, where: both(conditions), ordering };
}

export type Found = { statement: Sql; ordering: Ordering };

/** One row more than the page has, so that it is known whether there is a next one. */
export function listing(wanted: Wanted): Found {
  const { kind, options } = wanted;
  const { scope, where, ordering } = compile(wanted);
  const columns = sql.join([selected(kind, alias), ...keyColumns(ordering)]);
  const skip = options.skip === undefined ? sql`` : sql` offset ${options.skip}::bigint`;
  const statement = sql`select ${columns} from ${selectedFrom(kind, alias)}${scope.joins}
    where ${where} order by ${ordering.sql} limit ${wanted.limit ?? sizeOf(options) + 1}::bigint${skip}`;
  return { statement, ordering };
}

/** The parents, as a table of their ids named `given`. */
export type Parents = { kind: Kind; link: string; ids: readonly number[] };

const linkedTo =
  ({ kind, link }: Parents, child: Kind) =>
  (name: string) =>
    isLinked(kind, link, { parent: 'given', child: name, kind: child });

const given = ({ ids }: Parents): Sql => sql`unnest(${ids}::bigint[]) as given (id)`;

/** Position of an observed property in its MultiDatastream, which is that of its value in a result. */
export const positionIn = (
  parent: Sql,
): Sql => sql`(select min(position) from observations.datastream_property
  where datastream_id = ${parent} and observed_property_id = ${column(alias, 'id')})`;

/** A page for each parent, in one statement; `parent_id` says whose a row is. */
export function listingOfEach(wanted: Wanted, parents: Parents, most: number): Found {
  const { kind, options } = wanted;
  const by = ownedBy(parents.kind, parents.link);
  if (by !== undefined && kind !== 'Observation' && options.top === undefined && options.skip === undefined) {
    // All at once is faster than parent by parent; there are few more than are shown.
    const meet = (name: string) => sql`${column(name, by)} = any(${parents.ids}::bigint[])`;
    const { statement, ordering } = listing({ ...wanted, meet, limit: most });
    return {
      statement: sql`select found.*, found.${sql.ref(by)} as parent_id from (${statement}) as found`,
      ordering,
    };
  }
  const isInOrder = parents.link === 'ObservedProperties';
  const { statement, ordering } = listing({
    ...wanted,
    meet: linkedTo(parents, kind),
    ...(isInOrder ? { first: [positionIn(column('given', 'id'))] } : {}),
  });
  const all = sql`select given.id as parent_id, found.* from ${given(parents)}
    cross join lateral (${statement}) as found limit ${most}::bigint`;
  return { statement: all, ordering };
}

const mostCounted = 100_000;

/** How many each parent has; of very many, how many are certain. */
export function countingOfEach(wanted: Wanted, parents: Parents): Sql {
  const { skip: _skip, skiptoken: _token, ...options } = wanted.options;
  const { scope, where } = compile({ ...wanted, options, meet: linkedTo(parents, wanted.kind) });
  return sql`select given.id as parent_id, (select count(*) from (
      select 1 from ${from(wanted.kind, alias)}${scope.joins} where ${where} limit ${mostCounted}::bigint
    ) as one) as n from ${given(parents)}`;
}

/** What the newest observation of each datastream is, with how many there are. */
export const listingOfLatest = (ids: readonly number[]): Sql => sql`
  select datastream_id as parent_id, datastream_id, at, revision, value, result, until, result_at, flags,
    feature_id, extra, count, at as key_0, datastream_id as key_1, at as key_2
  from observations.latest where datastream_id = any(${ids}::bigint[])`;

/** Beyond this cost the planner's estimate has to do: no request walks through a history. */
const mostCost = 3000;

type Plan = { 'QUERY PLAN': [{ Plan: { 'Plan Rows': number; 'Total Cost': number } }] };

/** How many entities meet the condition: exact where that is cheap, else kept or estimated. */
export async function count(database: Database, wanted: Wanted, streamId?: number): Promise<number> {
  const { skip: _skip, skiptoken: _token, ...options } = wanted.options;
  const { scope, where } = compile({ ...wanted, options });
  const rows = sql`from ${from(wanted.kind, alias)}${scope.joins} where ${where}`;
  const [plan] = await run<Plan>(database, sql`explain (format json) select 1 ${rows}`);
  const { 'Plan Rows': estimated, 'Total Cost': cost } = plan!['QUERY PLAN'][0].Plan;
  if (cost <= mostCost) {
    const [exact] = await run<{ n: number }>(database, sql`select count(*) as n ${rows}`);
    return exact!.n;
  }
  if (streamId === undefined || options.filter !== undefined) return Math.round(estimated);
  const kept = sql`select count as n from observations.latest where datastream_id = ${streamId}::bigint`;
  const [latest] = await run<{ n: number }>(database, kept);
  return latest?.n ?? 0;
}

const unfit = () =>
  badQuery(
    { option: '$filter', at: 1 },
    { en: 'A value in it cannot be calculated with like this.', tc: '當中有數值不能如此運算。' },
  );

const tooSlow = () =>
  new LamppostError('unavailable', 'query-too-slow', {
    en: 'This query takes too long. Filter by Datastream or time, or ask for less.',
    tc: '此查詢需時過長，請以數據流或時間篩選，或縮小查詢範圍。',
  });

/** Rows of a statement; what a query made impossible is the query's error. */
export async function run<Found = Row>(database: Database, statement: Sql): Promise<Found[]> {
  try {
    return (await (statement as ReturnType<typeof sql<Found>>).execute(database)).rows;
  } catch (error) {
    const state = sqlStateOf(error) ?? '';
    if (state.startsWith('22')) throw unfit();
    if (state === '57014') throw tooSlow();
    throw error;
  }
}
