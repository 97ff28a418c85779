// Expressions of a query as SQL: every value a parameter, every name one that is known here.

import { sql } from '../../../../core/database/index.ts';
import type { Expression, Literal } from '../../rules/odata/ast.ts';
import { badQuery, echo, notSupported, type Spot } from '../../rules/odata/query-error.ts';
import { calculate, callFunction } from './calls.ts';
import { propertyOf } from './columns.ts';
import { type Comparison, compare } from './compare.ts';
import { placeFunction } from './places.ts';
import { leadsToMany, type Scope } from './scope.ts';
import { coerce, parameter, type Sql, scalar, type Typed } from './typed.ts';

/** What a compilation stands in. */
export type Around = { scope: Scope; option: string; now: Date; isNegated: boolean };

/** PostgreSQL takes the sign before each part, not before the whole. */
function duration(value: string): Typed {
  const { sql: interval } = parameter('duration', value.replace(/^-/, ''));
  return scalar('duration', value.startsWith('-') ? sql`(- ${interval})` : interval);
}

function ofLiteral(literal: Literal): Typed {
  switch (literal.kind) {
    case 'null':
      return { type: 'null' };
    case 'geometry':
      return { type: 'geometry', value: literal.value };
    case 'interval': {
      const [start, end] = literal.value.split('/');
      return { type: 'interval', from: parameter('time', start).sql, to: parameter('time', end).sql };
    }
    case 'duration':
      return duration(literal.value);
    default:
      return parameter(literal.kind, literal.value);
  }
}

const pathsOf = (expression: Expression): string[][] => {
  switch (expression.type) {
    case 'path':
      return [expression.steps];
    case 'not':
    case 'negate':
      return pathsOf(expression.of);
    case 'binary':
      return [...pathsOf(expression.left), ...pathsOf(expression.right)];
    case 'call':
      return expression.given.flatMap(pathsOf);
    default:
      return [];
  }
};

const spotOf = ({ option }: Around, { at }: Expression): Spot => ({ option, at });

function ofPath(expression: Expression & { type: 'path' }, around: Around): Typed {
  const { scope } = around;
  const spot = spotOf(around, expression);
  const shown = echo(expression.steps.join('/'));
  const found = scope.follow(expression.steps);
  if (found === undefined) {
    throw badQuery(spot, { en: `${shown} leads to many, not to one.`, tc: `${shown}通往多個實體。` });
  }
  const { kind, alias } = found.place;
  const typed = propertyOf(kind, alias, found.rest);
  if (typed === undefined) {
    const name = echo(found.rest.join('/'));
    if (name === '') throw badQuery(spot, { en: `${shown} is no value.`, tc: `${shown}並非數值。` });
    throw badQuery(spot, { en: `${kind} has no property ${name}.`, tc: `${kind}沒有屬性${name}。` });
  }
  if (typed.type === 'absent') throw notSupported(spot, typed.why);
  // What is joined may not be there.
  if (alias !== scope.root.alias && 'sure' in typed) return { ...typed, sure: false };
  return typed;
}

/** The value of an expression. */
export function typedOf(expression: Expression, around: Around): Typed {
  const spot = spotOf(around, expression);
  switch (expression.type) {
    case 'literal':
      return ofLiteral(expression.literal);
    case 'path':
      return ofPath(expression, around);
    case 'negate': {
      const of = typedOf(expression.of, around);
      if (of.type === 'duration') return scalar('duration', sql`(- ${of.sql})`);
      const number = coerce(of, 'number');
      if (number !== undefined) return scalar('number', sql`(- ${number.sql})`);
      throw badQuery(spot, { en: `There is no minus ${of.type}.`, tc: `${of.type}不能取負。` });
    }
    case 'binary':
      if (['add', 'sub', 'mul', 'div', 'mod'].includes(expression.operator)) {
        const left = typedOf(expression.left, around);
        return calculate(expression.operator, { left, right: typedOf(expression.right, around), spot });
      }
      return scalar('boolean', conditionOf(expression, around));
    case 'not':
      return scalar('boolean', conditionOf(expression, around));
    default: {
      const given = expression.given.map((one) => typedOf(one, around));
      const call = { given, spot, now: around.now };
      const { name } = expression;
      return callFunction(name, call) ?? placeFunction(given, { name, spot, isNegated: around.isNegated });
    }
  }
}

function asCondition(expression: Expression, around: Around): Sql {
  const found = typedOf(expression, around);
  const truth = coerce(found, 'boolean');
  if (truth !== undefined) return truth.sql;
  throw badQuery(spotOf(around, expression), {
    en: `This is ${found.type}; expected something true or false.`,
    tc: `此處為${found.type}，應為真或假的條件。`,
  });
}

function plainCondition(expression: Expression, around: Around): Sql {
  if (expression.type !== 'binary') return asCondition(expression, around);
  const { operator } = expression;
  if (!['eq', 'ne', 'gt', 'ge', 'lt', 'le'].includes(operator)) return asCondition(expression, around);
  const sides = { left: typedOf(expression.left, around), right: typedOf(expression.right, around) };
  return compare(operator as Comparison, { ...sides, spot: spotOf(around, expression) });
}

/**
 * The condition of a filter. Where a path leads to many, as in `Datastreams/name eq 'x'`, it is met when one
 * of them meets it.
 */
export function conditionOf(expression: Expression, around: Around): Sql {
  if (expression.type === 'binary' && (expression.operator === 'and' || expression.operator === 'or')) {
    const [left, right] = [conditionOf(expression.left, around), conditionOf(expression.right, around)];
    return expression.operator === 'and' ? sql`(${left} and ${right})` : sql`(${left} or ${right})`;
  }
  if (expression.type === 'not') {
    return sql`(not ${conditionOf(expression.of, { ...around, isNegated: true })})`;
  }
  const { scope } = around;
  const isAboutMany = pathsOf(expression).some((steps) => leadsToMany(scope.root.kind, steps));
  if (!isAboutMany || scope.takesMany) return plainCondition(expression, around);
  const inner = scope.inner();
  return inner.exists(plainCondition(expression, { ...around, scope: inner }));
}
