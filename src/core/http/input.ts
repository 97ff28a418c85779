// Checks what a client sent - path parameters, query, body - against the schemas of the endpoint.

import { z } from 'zod';
import { type FieldProblem, invalid } from '../errors.ts';
import type { Text } from '../texts.ts';
import { echo, issueWords, words } from './input-words.ts';

type Values = Record<string, unknown>;
export type RawInput = { params: unknown; query: unknown; body: unknown };
export type Schemas = { params?: z.ZodObject; query?: z.ZodObject; body?: z.ZodType };

/** How one query parameter is read from text. */
type Field = { name: string; list: boolean; kind: string };

export type Reader = {
  /** The checked values, or a `LamppostError` of kind invalid that names every field at fault. */
  read(raw: RawInput): { params: Values; query: Values; body: unknown };
  /** The query in its one canonical spelling: sorted, without empty values; with `?`, or empty. */
  canonicalSearch(query: unknown): string;
};

const deepestBody = 64;
/** An answer may not be many times as long as what was asked. */
const mostListed = 10;

/** Prepares the checks of one endpoint. `emptyIsAbsent`: HTML forms send every field, filled in or not. */
export function openReader(schemas: Schemas, emptyIsAbsent: boolean): Reader {
  const params = (schemas.params ?? z.object({})).strict();
  const query = (schemas.query ?? z.object({})).strict();
  const body = schemas.body instanceof z.ZodObject ? schemas.body.strict() : schemas.body;
  const fields = Object.entries(query.shape).map(([name, type]) => fieldOf(name, type as z.ZodType));
  const byName = new Map(fields.map((field) => [field.name, field]));
  return {
    read: (raw) => {
      const problems: FieldProblem[] = [];
      const given = tidyQuery({ raw: raw.query as Values, byName, emptyIsAbsent }, problems);
      const named = checkText(raw.params as Values, problems);
      const checked = {
        params: check({ schema: params, value: named, problems, prefix: '' }) as Values,
        query: check({ schema: query, value: given, problems, prefix: '' }) as Values,
        body: body === undefined ? undefined : checkBody(body, raw.body, problems),
      };
      if (problems.length > 0) throw invalidInput(problems);
      return checked;
    },
    canonicalSearch: (raw) => canonicalSearch(raw as Values, byName),
  };
}

/** The error for fields at fault: the first of them, and the number of all. */
export function invalidInput(problems: FieldProblem[]) {
  const byField = new Map<string, FieldProblem>();
  for (const one of problems) if (!byField.has(one.field)) byField.set(one.field, one);
  const fields = [...byField.values()];
  const [first] = fields;
  const named = first === undefined ? '' : `${first.field}: `;
  const more = fields.length - 1;
  const [others, othersChinese] = more > 0 ? [` (and ${more} more)`, `（另有 ${more} 項）`] : ['', ''];
  const message: Text = {
    en: `Something in this request is not right. ${named}${first?.message.en ?? ''}${others}`,
    tc: `這個要求有不正確的地方。${named}${first?.message.tc ?? ''}${othersChinese}`,
  };
  return invalid('invalid-input', message, { fields: fields.slice(0, mostListed) });
}

/** The type under optional, default, transform and the like. */
function innermost(type: z.ZodType): z.ZodType {
  const { innerType, in: source } = type.def as { innerType?: z.ZodType; in?: z.ZodType };
  const inner = innerType ?? source;
  return inner === undefined || type.def.type === 'transform' ? type : innermost(inner);
}

function fieldOf(name: string, type: z.ZodType): Field {
  const kind = innermost(type).def.type;
  return { name, list: kind === 'array' || kind === 'set' || kind === 'tuple', kind };
}

const hasControl = (value: string) => value.includes('\u0000');
/** A parameter without a name, as in `?=1`, must still be named. */
const problem = (field: string, message: Text): FieldProblem => ({ field: echo(field) || '""', message });

function checkText(values: Values, problems: FieldProblem[]): Values {
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'string' && hasControl(value)) problems.push(problem(name, words.control));
  }
  return { ...values };
}

type QueryReading = { raw: Values; byName: ReadonlyMap<string, Field>; emptyIsAbsent: boolean };

function tidyQuery({ raw, byName, emptyIsAbsent }: QueryReading, problems: FieldProblem[]): Values {
  const tidy: Values = {};
  const unknown = words.unknown([...byName.keys()]);
  let isNamed = false;
  for (const [name, value] of Object.entries(raw ?? {})) {
    const field = byName.get(name);
    const all = (Array.isArray(value) ? value : [value]) as string[];
    const filled = all.filter((one) => one !== '');
    if (field === undefined) {
      problems.push(problem(name, isNamed ? words.unknownField : unknown));
      isNamed = true;
    } else if (filled.length < all.length && !emptyIsAbsent) problems.push(problem(name, words.empty));
    else if (filled.some(hasControl)) problems.push(problem(name, words.control));
    else if (filled.length > 1 && !field.list) problems.push(problem(name, words.repeated));
    else if (filled.length > 0) tidy[name] = readField(field, filled, problems);
  }
  return tidy;
}

function readField({ name, list, kind }: Field, filled: string[], problems: FieldProblem[]): unknown {
  if (list) return filled;
  const [value = ''] = filled;
  // JavaScript takes blanks for the number 0, and any text for true.
  if (kind === 'number' && value.trim() === '') problems.push(problem(name, words.number));
  if (kind !== 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  problems.push(problem(name, words.boolean));
  return undefined;
}

type Check = { schema: z.ZodType; value: unknown; problems: FieldProblem[]; prefix: string };

function check({ schema, value, problems, prefix }: Check): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const refused = new Set(problems.map(({ field }) => field));
  for (const issue of flatten(result.error.issues)) {
    const found = problemsOf(issue, value, prefix).filter(({ field }) => !refused.has(field));
    problems.push(...found);
  }
  return {};
}

/** A union that failed in every branch tells what the first branch that got furthest says. */
function flatten(issues: z.core.$ZodIssue[]): z.core.$ZodIssue[] {
  return issues.flatMap((issue) => {
    if (issue.code !== 'invalid_union') return [issue];
    const [branch] = [...issue.errors].sort((a, b) => a.length - b.length);
    return flatten((branch ?? []).map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })));
  });
}

function problemsOf(issue: z.core.$ZodIssue, value: unknown, prefix: string): FieldProblem[] {
  const path = [...(prefix === '' ? [] : [prefix]), ...issue.path.map(String)];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => problem([...path, key].join('.'), words.unknownField));
  }
  const given = issue.path.reduce<unknown>((at, step) => (at as Values | undefined)?.[step as string], value);
  return [problem(path.join('.') || 'body', issueWords(issue, given))];
}

function checkBody(schema: z.ZodType, value: unknown, problems: FieldProblem[]): unknown {
  const trouble = findControl(value, [], 0);
  if (trouble !== undefined) {
    problems.push(problem(trouble.join('.') || 'body', words.control));
    return undefined;
  }
  return check({ schema, value, problems, prefix: '' });
}

/** PostgreSQL cannot hold NUL in a text: the path to the first one, or to what is nested too deeply. */
function findControl(value: unknown, path: string[], depth: number): string[] | undefined {
  if (typeof value === 'string') return hasControl(value) ? path : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth > deepestBody) return path;
  for (const [name, inner] of Object.entries(value)) {
    const found = hasControl(name) ? [...path, name] : findControl(inner, [...path, name], depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function canonicalSearch(raw: Values, byName: ReadonlyMap<string, Field>): string {
  const sorted = new URLSearchParams();
  for (const name of [...byName.keys()].sort()) {
    const value = raw[name];
    const all = (Array.isArray(value) ? value : [value]) as (string | undefined)[];
    for (const one of all) if (one !== undefined && one !== '') sorted.append(name, one);
  }
  const written = sorted.toString();
  return written === '' ? '' : `?${written}`;
}
