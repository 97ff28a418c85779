// Functions of text, time and number as SQL (OGC 18-088, clause 9.3.3.5.2).

import { sql } from '../../../../core/database/index.ts';
import { badQuery, type Spot } from '../../rules/odata/query-error.ts';
import {
  coerce,
  dateAsTime,
  parameter,
  type Scalar,
  type ScalarSql,
  type Sql,
  scalar,
  type Typed,
} from './typed.ts';

type Given = { given: readonly Typed[]; spot: Spot; now: Date };

function need({ given, spot }: Given, index: number, type: Scalar): Sql {
  const typed = given[index]!;
  const found = coerce(typed, type);
  if (found === undefined) {
    throw badQuery(spot, {
      en: `This function takes ${type}, not ${typed.type}.`,
      tc: `此函數接受${type}，不接受${typed.type}。`,
    });
  }
  return found.sql;
}

const text = (call: Given, index: number) => need(call, index, 'text');
const number = (call: Given, index: number) => need(call, index, 'number');

/** A whole number that positions in a text can be. */
const whole = (expression: Sql): Sql => sql`least(greatest(floor(${expression}), 0), 1000000)::int`;

const part =
  (name: string, takes: readonly Scalar[]) =>
  (call: Given): ScalarSql => {
    const [typed] = call.given as [Typed];
    const type = takes.find((one) => one === typed.type) ?? takes[0]!;
    const value = need(call, 0, type);
    const local = type === 'time' ? sql`(${value} at time zone 'UTC')` : value;
    return scalar('number', sql`extract(${sql.raw(name)} from ${local})::float8`);
  };

const ofDay = ['time', 'date'] as const;
const ofClock = ['time', 'timeOfDay'] as const;

function substring(call: Given): ScalarSql {
  const start = sql`${whole(number(call, 1))} + 1`;
  if (call.given.length === 2) return scalar('text', sql`substr(${text(call, 0)}, ${start})`);
  return scalar('text', sql`substr(${text(call, 0)}, ${start}, ${whole(number(call, 2))})`);
}

function fraction(call: Given): ScalarSql {
  const { sql: seconds } = part('second', ofClock)(call);
  return scalar('number', sql`(${seconds} - floor(${seconds}))`);
}

const callable: Readonly<Record<string, (call: Given) => ScalarSql>> = {
  substringof: (call) => scalar('boolean', sql`(strpos(${text(call, 1)}, ${text(call, 0)}) > 0)`),
  contains: (call) => scalar('boolean', sql`(strpos(${text(call, 0)}, ${text(call, 1)}) > 0)`),
  startswith: (call) => scalar('boolean', sql`starts_with(${text(call, 0)}, ${text(call, 1)})`),
  endswith: (call) =>
    scalar('boolean', sql`(right(${text(call, 0)}, length(${text(call, 1)})) = ${text(call, 1)})`),
  length: (call) => scalar('number', sql`length(${text(call, 0)})::float8`),
  indexof: (call) => scalar('number', sql`(strpos(${text(call, 0)}, ${text(call, 1)}) - 1)::float8`),
  substring,
  tolower: (call) => scalar('text', sql`lower(${text(call, 0)})`),
  toupper: (call) => scalar('text', sql`upper(${text(call, 0)})`),
  trim: (call) => scalar('text', sql`btrim(${text(call, 0)}, E' \\t\\r\\n')`),
  concat: (call) => scalar('text', sql`(${text(call, 0)} || ${text(call, 1)})`),
  year: part('year', ofDay),
  month: part('month', ofDay),
  day: part('day', ofDay),
  hour: part('hour', ofClock),
  minute: part('minute', ofClock),
  second: (call) => scalar('number', sql`floor(${part('second', ofClock)(call).sql})`),
  fractionalseconds: fraction,
  date: (call) => scalar('date', sql`(${need(call, 0, 'time')} at time zone 'UTC')::date`),
  time: (call) => scalar('timeOfDay', sql`(${need(call, 0, 'time')} at time zone 'UTC')::time`),
  // Times are kept as instants, and shown in UTC.
  totaloffsetminutes: (call) =>
    scalar('number', sql`(0 * extract(day from ${need(call, 0, 'time')}))::float8`),
  now: ({ now }) => parameter('time', now),
  mindatetime: () => scalar('time', sql`'-infinity'::timestamptz`),
  maxdatetime: () => scalar('time', sql`'infinity'::timestamptz`),
  // Halves go away from zero.
  round: (call) => scalar('number', sql`round((${number(call, 0)})::numeric)::float8`),
  floor: (call) => scalar('number', sql`floor(${number(call, 0)})`),
  ceiling: (call) => scalar('number', sql`ceil(${number(call, 0)})`),
};

/** The value of a function; undefined for one that is not of text, time or number. */
export function callFunction(name: string, call: Given): ScalarSql | undefined {
  return Object.hasOwn(callable, name) ? callable[name]!(call) : undefined;
}

const arithmetic = { add: sql`+`, sub: sql`-`, mul: sql`*` };
type Sides = { left: Typed; right: Typed; spot: Spot };

const asNumber = (typed: Typed) => coerce(typed, 'number')?.sql;
const isNumeric = ({ type }: Typed) => type === 'number' || type === 'json' || type === 'null';
const asTime = (typed: Typed) =>
  typed.type === 'date'
    ? dateAsTime(typed.sql)
    : typed.type === 'time' || typed.type === 'interval'
      ? coerce(typed, 'time')?.sql
      : undefined;

function numbers(operator: string, left: Sql, right: Sql): ScalarSql {
  // What is divided by nothing is null, not the end of the whole query.
  if (operator === 'div') return scalar('number', sql`(${left} / nullif(${right}, 0))`);
  if (operator === 'mod') {
    return scalar('number', sql`mod((${left})::numeric, nullif((${right})::numeric, 0))::float8`);
  }
  return scalar('number', sql`(${left} ${arithmetic[operator as 'add']} ${right})`);
}

function times(operator: string, { left, right }: Sides): ScalarSql | undefined {
  if (operator !== 'add' && operator !== 'sub') return undefined;
  const sign = arithmetic[operator];
  const [first, second] = [asTime(left), asTime(right)];
  const [before, after] = [left, right].map((one) => (one.type === 'duration' ? one.sql : undefined));
  if (first && after) return scalar('time', sql`(${first} ${sign} ${after})`);
  if (before && second && operator === 'add') return scalar('time', sql`(${second} + ${before})`);
  if (before && after) return scalar('duration', sql`(${before} ${sign} ${after})`);
  if (first && second && operator === 'sub') return scalar('duration', sql`(${first} - ${second})`);
  return undefined;
}

/** Sums, differences, products, quotients and remainders. Throws invalid for what cannot be calculated. */
export function calculate(operator: string, sides: Sides): ScalarSql {
  const { left, right, spot } = sides;
  if (isNumeric(left) && isNumeric(right)) return numbers(operator, asNumber(left)!, asNumber(right)!);
  const found = times(operator, sides);
  if (found !== undefined) return found;
  throw badQuery(spot, {
    en: `This cannot be done with ${left.type} and ${right.type}.`,
    tc: `不能以${left.type}與${right.type}進行此運算。`,
  });
}
