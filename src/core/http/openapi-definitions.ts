// Moves the named parts of a JSON Schema into the components of an OpenAPI document.

type Json = Record<string, unknown>;

const localPrefix = '#/$defs/';

/**
 * The schema without its `$defs`; they are put into `schemas` and every reference follows them.
 * Names that Zod made up (`__schema0`) are not the same thing in two schemas: `owner` keeps them apart.
 */
export function takeDefinitions(schema: Json, owner: string, schemas: Json): Json {
  const { $defs = {}, ...rest } = schema;
  const nameOf = (name: string) => (name.startsWith('__') ? `${owner}${name.slice(2)}` : name);
  const refersToRoot = JSON.stringify(schema).includes('"$ref":"#"');
  const root = `${owner}Root`;
  const follow = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(follow);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, key === '$ref' ? target(inner) : follow(inner)]),
    );
  };
  const target = (reference: unknown) => {
    if (typeof reference !== 'string') return follow(reference);
    if (reference === '#') return `#/components/schemas/${root}`;
    if (!reference.startsWith(localPrefix)) return reference;
    return `#/components/schemas/${nameOf(reference.slice(localPrefix.length))}`;
  };
  for (const [name, definition] of Object.entries($defs as Json)) {
    const { id: _id, ...shape } = definition as Json;
    schemas[nameOf(name)] = follow(shape);
  }
  const followed = follow(rest) as Json;
  if (!refersToRoot) return followed;
  schemas[root] = followed;
  return { $ref: `#/components/schemas/${root}` };
}
