// Comparisons between values of every type, and what they mean for spans of time, JSON and null.

import { sql } from '../../../../core/database/index.ts';
import type { Operator } from '../../rules/odata/ast.ts';
import { badQuery, type Spot } from '../../rules/odata/query-error.ts';
import { hasId } from './tables.ts';
import {
  both,
  coerce,
  type IntervalSql,
  type JsonSql,
  type Scalar,
  type ScalarSql,
  type Sql,
  type Typed,
  wholeJson,
  wholeParameter,
} from './typed.ts';

export type Comparison = Extract<Operator, 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le'>;

const signs = { gt: sql`>`, ge: sql`>=`, lt: sql`<`, le: sql`<=` };
const turned: Readonly<Record<Comparison, Comparison>> = {
  ...{ eq: 'eq', ne: 'ne', gt: 'lt', ge: 'le', lt: 'gt', le: 'ge' },
};

/** What is null is different from every value. */
function plainly(operator: Comparison, left: Sql, right: Sql): Sql {
  if (operator === 'eq') return sql`(${left} = ${right})`;
  if (operator === 'ne') return sql`(${left} is distinct from ${right})`;
  return sql`(${left} ${signs[operator]} ${right})`;
}

export const mismatch = (spot: Spot, left: Typed, right: Typed) => {
  const [a, b] = [left.type, right.type];
  return badQuery(spot, { en: `This compares ${a} with ${b}.`, tc: `不能比較${a}與${b}。` });
};

function isNull(typed: Typed): Sql {
  switch (typed.type) {
    case 'null':
      return sql`true`;
    case 'json': {
      const whole = wholeJson(typed);
      return sql`(${whole} is null or jsonb_typeof(${whole}) = 'null')`;
    }
    case 'interval':
      return sql`(${typed.from} is null)`;
    case 'place':
      return sql`(${typed.json} is null)`;
    case 'geometry':
    case 'observationId':
    case 'absent':
      return sql`false`;
    default:
      return sql`(${typed.sql} is null)`;
  }
}

const asSpan = (typed: Typed): IntervalSql | undefined => {
  if (typed.type === 'interval') return typed;
  const time = coerce(typed, 'time');
  return time && { type: 'interval', from: time.sql, to: time.sql };
};

/** A span is before another when it ends before that begins; it is equal to an instant that is in it. */
function spans(
  operator: Comparison,
  left: IntervalSql,
  right: { span: IntervalSql; isInstant: boolean },
): Sql {
  const { span, isInstant } = right;
  switch (operator) {
    case 'lt':
      // The first half is what an index knows; the second follows from it only for instants.
      return sql`(${left.from} < ${span.from} and ${left.to} < ${span.from})`;
    case 'le':
      return sql`(${left.from} <= ${span.to} and ${left.to} <= ${span.to})`;
    case 'gt':
      return sql`(${left.from} > ${span.to})`;
    case 'ge':
      return sql`(${left.from} >= ${span.from})`;
    default: {
      const same = isInstant
        ? sql`(${left.from} <= ${span.from} and ${left.to} >= ${span.from})`
        : sql`(${left.from} = ${span.from} and ${left.to} = ${span.to})`;
      return operator === 'eq' ? same : sql`(not coalesce(${same}, false))`;
    }
  }
}

/** JSON of exactly one type against a value: what is of another type is not equal to it. */
function jsonWith(operator: Comparison, left: JsonSql, right: Typed): Sql | undefined {
  if (right.type === 'json') {
    return plainly(operator, wholeJson(left), wholeJson(right));
  }
  const typed = coerce(left, right.type as Scalar);
  return typed && plainly(operator, typed.sql, (right as { sql: Sql }).sql);
}

function ids(operator: Comparison, { alias }: { alias: string }, text: string | undefined): Sql | undefined {
  if (text === undefined || !['eq', 'ne'].includes(operator)) return undefined;
  const same = hasId('Observation', alias, text);
  return operator === 'eq' ? same : sql`(not ${same})`;
}

type Sides = { left: Typed; right: Typed; spot: Spot };

function withInterval(operator: Comparison, { left, right, spot }: Sides): Sql {
  if (left.type !== 'interval' && right.type === 'interval') {
    // An instant against a span: seen from the span, so that equal means in it.
    return withInterval(turned[operator], { left: right, right: left, spot });
  }
  const [first, second] = [asSpan(left), asSpan(right)];
  if (first === undefined || second === undefined) throw mismatch(spot, left, right);
  return spans(operator, first, { span: second, isInstant: right.type !== 'interval' });
}

/** The condition that `left operator right` is. Throws invalid where the types have nothing in common. */
export function compare(operator: Comparison, { left, right, spot }: Sides): Sql {
  if (left.type === 'null' || right.type === 'null') {
    const same = both([isNull(left), isNull(right)]);
    if (operator === 'eq') return sql`(${same})`;
    return operator === 'ne' ? sql`(not (${same}))` : sql`(1 = 0)`;
  }
  if (left.type === 'observationId' || right.type === 'observationId') {
    const [id, other] = left.type === 'observationId' ? [left, right] : [right, left];
    const text = other.type === 'text' && typeof other.value === 'string' ? other.value : undefined;
    const found = id.type === 'observationId' ? ids(operator, id, text) : undefined;
    if (found === undefined) throw mismatch(spot, left, right);
    return found;
  }
  if (left.type === 'interval' || right.type === 'interval') {
    return withInterval(operator, { left, right, spot });
  }
  if (left.type === 'json' || right.type === 'json') {
    const found =
      left.type === 'json'
        ? jsonWith(operator, left, right)
        : jsonWith(turned[operator], right as JsonSql, left);
    if (found === undefined) throw mismatch(spot, left, right);
    return found;
  }
  return scalars(operator, { left, right, spot });
}

function scalars(operator: Comparison, { left, right, spot }: Sides): Sql {
  const type = left.type === 'date' && right.type === 'time' ? 'time' : left.type;
  const known: Scalar[] = ['number', 'text', 'boolean', 'time', 'date', 'timeOfDay', 'duration'];
  if (!known.includes(type as Scalar)) throw mismatch(spot, left, right);
  const [first, second] = [coerce(left, type as Scalar), coerce(right, type as Scalar)];
  if (first === undefined || second === undefined) throw mismatch(spot, left, right);
  return plainly(operator, besides(first, second), besides(second, first));
}

/** A value as it is best compared with the other. */
function besides({ sql: expression, value }: ScalarSql, { whole }: ScalarSql): Sql {
  return whole && Number.isSafeInteger(value) ? wholeParameter(value as number) : expression;
}
