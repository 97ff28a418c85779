// Writes a query down again, in one spelling.

import type { Expansion, Expression, Literal, Options, ResourcePath } from './ast.ts';
import { printGeometry } from './geometry.ts';

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

function printLiteral(literal: Literal): string {
  switch (literal.kind) {
    case 'null':
      return 'null';
    case 'text':
      return quoted(literal.value);
    case 'geometry':
      return `geography'${printGeometry(literal.value)}'`;
    case 'duration':
      return `duration'${literal.value}'`;
    default:
      return `${literal.value}`;
  }
}

const inner = (expression: Expression) => {
  const text = printExpression(expression);
  return ['binary', 'not', 'negate'].includes(expression.type) ? `(${text})` : text;
};

/** The text of an expression; brackets around everything that has parts. */
export function printExpression(expression: Expression): string {
  switch (expression.type) {
    case 'literal':
      return printLiteral(expression.literal);
    case 'path':
      return expression.steps.join('/');
    case 'not':
      return `not ${inner(expression.of)}`;
    case 'negate':
      return `-${inner(expression.of)}`;
    case 'call':
      return `${expression.name}(${expression.given.map(printExpression).join(',')})`;
    default:
      return `${inner(expression.left)} ${expression.operator} ${inner(expression.right)}`;
  }
}

function printExpansion({ link, options }: Expansion): string {
  const inside = pairsFrom(options).map(([name, text]) => `${name}=${text}`);
  return inside.length === 0 ? link : `${link}(${inside.join(';')})`;
}

/** The options as names and values. */
export function pairsFrom(options: Options): [string, string][] {
  const { filter, orderby, select, expand, top, skip, count, resultFormat, skiptoken } = options;
  const orders = orderby.map(({ by, descending }) => `${printExpression(by)}${descending ? ' desc' : ''}`);
  const pairs: [string, string | undefined][] = [
    ['$filter', filter && printExpression(filter)],
    ['$orderby', orders.length === 0 ? undefined : orders.join(',')],
    ['$select', select?.map((steps) => steps.join('/')).join(',')],
    ['$expand', expand.length === 0 ? undefined : expand.map(printExpansion).join(',')],
    ['$top', top?.toString()],
    ['$skip', skip?.toString()],
    ['$count', count?.toString()],
    ['$resultFormat', resultFormat],
    ['$skiptoken', skiptoken],
  ];
  return pairs.filter((pair): pair is [string, string] => pair[1] !== undefined);
}

/** The path below the service root. */
export function printPath({ steps, property = [], tail }: ResourcePath): string {
  const written = steps.map(({ name, id }) => {
    if (id === undefined) return name;
    return typeof id === 'number' ? `${name}(${id})` : `${name}(${quoted(id)})`;
  });
  return [...written, ...property, ...(tail === undefined ? [] : [tail])].join('/');
}

const unsafe = /[^\w\-.~!*'()$@:/,;=]/gu;

/** A query string of names and values, escaped only where it must be; with its question mark, or empty. */
export function searchOf(pairs: readonly (readonly [string, string])[]): string {
  const written = pairs.map(
    ([name, text]) => `${name}=${text.replace(unsafe, (mark) => encodeURIComponent(mark))}`,
  );
  return written.length === 0 ? '' : `?${written.join('&')}`;
}
