// SQL with its type: what an expression of a query becomes, and how one type becomes another.

import type { RawBuilder } from 'kysely';
import { sql } from '../../../../core/database/index.ts';
import type { Geometry } from '../../rules/odata/geometry.ts';

export type Sql = RawBuilder<unknown>;

export type Scalar = 'number' | 'text' | 'boolean' | 'time' | 'date' | 'timeOfDay' | 'duration';

/**
 * `sure`: never null, so that pages may go on from it. `whole`: kept as a whole number. `value`: what the
 * query wrote.
 */
export type ScalarSql = { type: Scalar; sql: Sql; sure?: boolean; whole?: boolean; value?: unknown };
/** Any JSON; `number` is where numbers are kept when that is elsewhere. */
export type JsonSql = { type: 'json'; sql: Sql; number?: Sql };
/** A span of time; both ends are the same for an instant. `sure`: the start is never null. */
export type IntervalSql = { type: 'interval'; from: Sql; to: Sql; sure?: boolean };
/** A stored geometry, of which points are understood. */
export type PlaceSql = { type: 'place'; longitude: Sql; latitude: Sql; isPoint: Sql; json: Sql };

export type Typed =
  | ScalarSql
  | JsonSql
  | IntervalSql
  | PlaceSql
  | { type: 'geometry'; value: Geometry }
  | { type: 'observationId'; alias: string }
  | { type: 'null' }
  /** By the standard, but not here; the words say why. */
  | { type: 'absent'; why: { en: string; tc: string } };

export const scalar = (type: Scalar, expression: Sql, sure = false): ScalarSql => ({
  ...{ type, sql: expression },
  ...(sure ? { sure } : {}),
});

const instantText = '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?(Z|[+-]\\d\\d(:?\\d\\d)?)$';

const textIn = (json: Sql) => sql`(${json} #>> '{}')`;

/** The value inside JSON if it is of that type, else null. */
export function fromJson({ sql: json, number }: JsonSql, type: Scalar): ScalarSql | undefined {
  switch (type) {
    case 'number':
      return scalar(
        type,
        number ?? sql`(case when jsonb_typeof(${json}) = 'number' then (${json})::float8 end)`,
      );
    case 'text':
      return scalar(type, sql`(case when jsonb_typeof(${json}) = 'string' then ${textIn(json)} end)`);
    case 'boolean':
      return scalar(type, sql`(case when jsonb_typeof(${json}) = 'boolean' then (${json})::boolean end)`);
    case 'time':
      return scalar(
        type,
        sql`(case when jsonb_typeof(${json}) = 'string' and ${textIn(json)} ~ ${instantText}
          then ${textIn(json)}::timestamptz end)`,
      );
    default:
      return undefined;
  }
}

/** The whole JSON value, numbers too. */
export const wholeJson = ({ sql: json, number }: JsonSql): Sql =>
  number === undefined ? json : sql`coalesce(${json}, to_jsonb(${number}))`;

/** A day is its midnight in UTC where a time is wanted. */
export const dateAsTime = (date: Sql): Sql => sql`((${date})::timestamp at time zone 'UTC')`;

/** The value as that type; undefined where it cannot be one. */
export function coerce(typed: Typed, type: Scalar): ScalarSql | undefined {
  if (typed.type === type) return typed as ScalarSql;
  if (typed.type === 'json') return fromJson(typed, type);
  if (type === 'time' && typed.type === 'interval') return scalar('time', typed.from);
  if (type === 'time' && typed.type === 'date') return scalar('time', dateAsTime(typed.sql));
  if (typed.type === 'null') return scalar(type, sql`null::${sql.raw(castOf[type])}`);
  return undefined;
}

const castOf: Readonly<Record<Scalar, string>> = {
  number: 'float8',
  text: 'text',
  boolean: 'boolean',
  time: 'timestamptz',
  date: 'date',
  timeOfDay: 'time',
  duration: 'interval',
};

/** A value of the query, as a parameter of the statement. */
export const parameter = (type: Scalar, value: unknown): ScalarSql => ({
  ...scalar(type, sql`${value}::${sql.raw(castOf[type])}`),
  value,
});

/** A whole number is compared as one, or no index fits. */
export const wholeParameter = (value: number): Sql => sql`${value}::bigint`;

export const both = (conditions: readonly Sql[]): Sql =>
  conditions.length === 0 ? sql`true` : sql.join([...conditions], sql` and `);
