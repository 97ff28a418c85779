// What a query means: expressions, orders, expansions and resource paths, as trees.

import type { Geometry } from './geometry.ts';
import type { Kind } from './model.ts';

/** Values written out in a query. Times stay as text, checked; an interval is two with a slash between. */
export type Literal =
  | { kind: 'null' }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'number'; value: number }
  | { kind: 'text'; value: string }
  | { kind: 'time'; value: string }
  | { kind: 'interval'; value: string }
  | { kind: 'date'; value: string }
  | { kind: 'timeOfDay'; value: string }
  | { kind: 'duration'; value: string }
  | { kind: 'geometry'; value: Geometry };

export const operators = [
  ...(['or', 'and'] as const),
  ...(['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const),
  ...(['add', 'sub', 'mul', 'div', 'mod'] as const),
] as const;
export type Operator = (typeof operators)[number];

/** `at` is where it stands in the text of its option, counted from 1; for words about errors. */
export type Expression = { at: number } & (
  | { type: 'literal'; literal: Literal }
  | { type: 'path'; steps: string[] }
  | { type: 'not' | 'negate'; of: Expression }
  | { type: 'binary'; operator: Operator; left: Expression; right: Expression }
  | { type: 'call'; name: string; given: Expression[] }
);

export type Order = { by: Expression; descending: boolean };

export type Expansion = { link: string; kind: Kind; many: boolean; options: Options };

export type Options = {
  filter?: Expression;
  orderby: Order[];
  /** Absent: everything. Each is a property, a link, or a path into a property. */
  select?: string[][];
  expand: Expansion[];
  top?: number;
  skip?: number;
  count?: boolean;
  resultFormat?: 'dataArray';
  /** Where a former page ended. */
  skiptoken?: string;
};

/** A number; of an Observation its id as text. */
export type EntityId = number | string;

/** One step of a resource path: an entity set or a link, and perhaps one entity of it. */
export type Step = { name: string; kind: Kind; many: boolean; id?: EntityId };

export type ResourcePath = {
  steps: [Step, ...Step[]];
  /** A property of the last entity, and what is inside it. */
  property?: string[];
  /** Only addresses, the bare value, or how many. */
  tail?: '$ref' | '$value' | '$count';
};
