// In which order entities come, and where a page ends so that the next one can go on from there.

import { sql } from '../../../../core/database/index.ts';
import type { Order } from '../../rules/odata/ast.ts';
import type { Kind } from '../../rules/odata/model.ts';
import { badQuery } from '../../rules/odata/query-error.ts';
import { type Around, typedOf } from './compile.ts';
import { column } from './tables.ts';
import { both, parameter, type Scalar, type Sql, type Typed, wholeJson, wholeParameter } from './typed.ts';

/** One part of the order. `sure`: never null, and of a type that a page can go on from. */
type Key = { sql: Sql; type: Scalar | 'json'; descending: boolean; sure: boolean; whole?: boolean };

export type Ordering = {
  /** For `order by`. */
  sql: Sql;
  /** Selected with each row as `key_0` and so on; absent where pages cannot go on from a row. */
  keys?: readonly Key[];
};

const timeKey = (expression: Sql, sure: boolean) => ({ sql: expression, type: 'time' as const, sure });

function keysOf(typed: Typed, around: Around, { by, descending }: Order): Key[] {
  switch (typed.type) {
    case 'interval':
      return [{ ...timeKey(typed.from, typed.sure ?? false), descending }];
    case 'observationId':
      return [
        { sql: column(typed.alias, 'datastream_id'), type: 'number', sure: true, whole: true, descending },
        { ...timeKey(column(typed.alias, 'at'), true), descending },
      ];
    case 'json': {
      const rest: Key = { sql: typed.sql, type: 'json', sure: false, descending };
      // Results that are numbers first, in their order; an index of theirs can help.
      if (typed.number === undefined) return [{ ...rest, sql: wholeJson(typed) }];
      return [{ sql: typed.number, type: 'number', sure: false, descending }, rest];
    }
    case 'null':
    case 'place':
    case 'geometry':
    case 'absent':
      throw badQuery(
        { option: around.option, at: by.at },
        { en: `There is no order of ${typed.type}.`, tc: `${typed.type}不能排序。` },
      );
    default:
      return [
        {
          sql: typed.sql,
          type: typed.type,
          sure: typed.sure ?? false,
          whole: typed.whole ?? false,
          descending,
        },
      ];
  }
}

function ownKeys(kind: Kind, alias: string): Key[] {
  if (kind !== 'Observation') {
    return [{ sql: column(alias, 'id'), type: 'number', sure: true, whole: true, descending: false }];
  }
  return [
    { sql: column(alias, 'datastream_id'), type: 'number', sure: true, whole: true, descending: false },
    { ...timeKey(column(alias, 'at'), true), descending: false },
  ];
}

const named = ({ sql: expression, descending, sure }: Key): Sql => {
  // Null is less than every value; a column without null must not say so, or no index fits.
  if (sure) return descending ? sql`${expression} desc` : expression;
  return descending ? sql`${expression} desc nulls last` : sql`${expression} asc nulls first`;
};

/** The order that is asked for, made complete, so that no two entities have the same place in it. */
export function orderingOf(orders: readonly Order[], around: Around, first: readonly Sql[] = []): Ordering {
  const { root } = around.scope;
  const asked = orders.flatMap((order) => keysOf(typedOf(order.by, around), around, order));
  const keys = [...asked, ...ownKeys(root.kind, root.alias)];
  const ordered = sql.join([...(asked.length === 0 ? first : []), ...keys.map(named)]);
  const canContinue = first.length === 0 && keys.every(({ sure, type }) => sure && type !== 'json');
  return canContinue ? { sql: ordered, keys } : { sql: ordered };
}

/** The keys of each row, as columns. */
export const keyColumns = ({ keys = [] }: Ordering): Sql[] =>
  keys.map(({ sql: expression }, index) => sql`${expression} as ${sql.ref(`key_${index}`)}`);

type Row = Readonly<Record<string, unknown>>;
const longestToken = 1500;

/** Where the page that ends with this row ends; undefined where the next cannot go on from it. */
export function tokenOf({ keys }: Ordering, row: Row): string | undefined {
  if (keys === undefined) return undefined;
  const values = keys.map((_key, index) => {
    const value = row[`key_${index}`];
    return value instanceof Date ? value.toISOString() : value;
  });
  if (!values.every((value) => ['string', 'number', 'boolean'].includes(typeof value))) return undefined;
  const token = Buffer.from(JSON.stringify(values)).toString('base64url');
  return token.length <= longestToken ? token : undefined;
}

const badToken = () =>
  badQuery(
    { option: '$skiptoken', at: 1 },
    { en: 'Follow @iot.nextLink as it was given.', tc: '請按原樣使用@iot.nextLink。' },
  );

const isValue: Readonly<Record<Scalar, (value: unknown) => boolean>> = {
  number: (value) => typeof value === 'number',
  text: (value) => typeof value === 'string' && !value.includes('\0'),
  boolean: (value) => typeof value === 'boolean',
  time: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]{8,12}Z$/.test(value),
  ...{ date: () => false, timeOfDay: () => false, duration: () => false },
};

function valuesIn(token: string, keys: readonly Key[]): unknown[] {
  let values: unknown;
  try {
    values = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
  } catch {
    throw badToken();
  }
  const fits =
    Array.isArray(values) &&
    values.length === keys.length &&
    keys.every(({ type, whole }, index) =>
      whole ? Number.isSafeInteger(values[index]) : isValue[type as Scalar](values[index]),
    );
  if (!fits) throw badToken();
  return values as unknown[];
}

/** What comes after the row at which a former page ended. Throws invalid for a token of another query. */
export function after({ keys }: Ordering, token: string): Sql {
  if (keys === undefined) throw badToken();
  const values = valuesIn(token, keys).map((value, index) => {
    const { type, whole } = keys[index]!;
    return whole ? wholeParameter(value as number) : parameter(type as Scalar, value).sql;
  });
  const beyond = (index: number) =>
    keys[index]!.descending
      ? sql`${keys[index]!.sql} < ${values[index]}`
      : sql`${keys[index]!.sql} > ${values[index]}`;
  const cases = keys.map((_key, index) => {
    const same = keys.slice(0, index).map(({ sql: key }, place) => sql`${key} = ${values[place]}`);
    return sql`(${both([...same, beyond(index)])})`;
  });
  const [leading] = keys as [Key];
  // An index can begin with this one; the cases it cannot use.
  const bound = leading.descending
    ? sql`${leading.sql} <= ${values[0]}`
    : sql`${leading.sql} >= ${values[0]}`;
  return sql`(${bound} and (${sql.join(cases, sql` or `)}))`;
}
