// JSON Patch (RFC 6902): operations on a document, applied one after another or not at all.

import { z } from 'zod';

const pointer = z
  .string()
  .max(500)
  .regex(/^(?:\/(?:[^~/]|~[01])*)*$/);

export const jsonPatchSchema = z
  .array(
    z.discriminatedUnion('op', [
      z.object({ op: z.literal('add'), path: pointer, value: z.json() }),
      z.object({ op: z.literal('replace'), path: pointer, value: z.json() }),
      z.object({ op: z.literal('test'), path: pointer, value: z.json() }),
      z.object({ op: z.literal('remove'), path: pointer }),
      z.object({ op: z.literal('move'), path: pointer, from: pointer }),
      z.object({ op: z.literal('copy'), path: pointer, from: pointer }),
    ]),
  )
  .max(500);
export type JsonPatch = z.output<typeof jsonPatchSchema>;

type Container = Record<string, unknown> | unknown[];

/** Which operation could not be done, counted from 0. */
export class PatchFailure extends Error {
  override readonly name = 'PatchFailure';
  constructor(readonly operation: number) {
    super(`operation ${operation} cannot be done`);
  }
}

const stepsOf = (path: string) =>
  path
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;

/** The place of a step in a list; undefined when it is none, or beyond the end. */
function indexIn(list: unknown[], step: string, most: number): number | undefined {
  if (!/^(?:0|[1-9]\d{0,6})$/.test(step)) return undefined;
  const index = Number(step);
  return index <= most && index <= list.length ? index : undefined;
}

function get(container: Container, step: string): { value: unknown } | undefined {
  if (!Array.isArray(container))
    return Object.hasOwn(container, step) ? { value: container[step] } : undefined;
  const index = indexIn(container, step, container.length - 1);
  return index === undefined ? undefined : { value: container[index] };
}

function find(root: unknown, steps: readonly string[]): { value: unknown } | undefined {
  let found: { value: unknown } | undefined = { value: root };
  for (const step of steps) {
    if (found === undefined || !isContainer(found.value)) return undefined;
    found = get(found.value, step);
  }
  return found;
}

/** What holds the last step of a path. */
function holderOf(root: unknown, steps: readonly string[]): { holder: Container; last: string } | undefined {
  const holder = find(root, steps.slice(0, -1))?.value;
  return isContainer(holder) && steps.length > 0 ? { holder, last: steps.at(-1)! } : undefined;
}

function set(container: Record<string, unknown>, name: string, value: unknown): void {
  // `__proto__` is a name like any other.
  Object.defineProperty(container, name, { value, enumerable: true, configurable: true, writable: true });
}

function add(root: unknown, steps: readonly string[], value: unknown): boolean {
  const place = holderOf(root, steps);
  if (place === undefined) return false;
  const { holder, last } = place;
  if (!Array.isArray(holder)) {
    set(holder, last, value);
    return true;
  }
  const index = last === '-' ? holder.length : indexIn(holder, last, holder.length);
  if (index === undefined) return false;
  holder.splice(index, 0, value);
  return true;
}

function remove(root: unknown, steps: readonly string[]): boolean {
  const place = holderOf(root, steps);
  if (place === undefined || get(place.holder, place.last) === undefined) return false;
  const { holder, last } = place;
  if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else delete holder[last];
  return true;
}

function isSame(left: unknown, right: unknown): boolean {
  if (!isContainer(left) || !isContainer(right)) return left === right;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  return keys.every((key) => {
    const [first, second] = [get(left, key), get(right, key)];
    return first !== undefined && second !== undefined && isSame(first.value, second.value);
  });
}

function apply(root: unknown, operation: JsonPatch[number]): boolean {
  const steps = stepsOf(operation.path);
  switch (operation.op) {
    case 'add':
      return add(root, steps, structuredClone(operation.value));
    case 'replace':
      return remove(root, steps) && add(root, steps, structuredClone(operation.value));
    case 'remove':
      return remove(root, steps);
    case 'test': {
      const found = find(root, steps);
      return found !== undefined && isSame(found.value, operation.value);
    }
    default: {
      const source = stepsOf(operation.from);
      const found = find(root, source);
      const isInItself = operation.op === 'move' && `${operation.path}/`.startsWith(`${operation.from}/`);
      if (found === undefined || isInItself) return operation.path === operation.from && found !== undefined;
      if (operation.op === 'move') remove(root, source);
      return add(root, steps, structuredClone(found.value));
    }
  }
}

/** The document after all operations; the one given stays as it is. Throws PatchFailure. */
export function applyPatch<Document extends Record<string, unknown>>(
  document: Document,
  patch: JsonPatch,
): Record<string, unknown> {
  const changed = structuredClone(document) as Record<string, unknown>;
  for (const [index, operation] of patch.entries()) {
    if (!apply(changed, operation)) throw new PatchFailure(index);
  }
  return changed;
}
