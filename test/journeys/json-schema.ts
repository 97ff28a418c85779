// Compares a value with a JSON Schema of the OpenAPI description, as far as the description makes use of it.

export type JsonSchema = {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  propertyNames?: JsonSchema;
  items?: JsonSchema | boolean;
  prefixItems?: JsonSchema[];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  pattern?: string;
};

type Schemas = Record<string, JsonSchema>;

const understood = new Set([
  ...['$ref', 'type', 'const', 'enum', 'anyOf', 'oneOf', 'allOf', 'properties', 'required'],
  ...['additionalProperties', 'propertyNames', 'items', 'prefixItems', 'minimum', 'maximum'],
  ...['exclusiveMinimum', 'minLength', 'maxLength', 'minItems', 'maxItems', 'pattern'],
  ...['description', 'title', 'format', 'default', 'examples', 'deprecated'],
]);

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

const isOfType = (value: unknown, type: string) =>
  type === 'integer' ? Number.isInteger(value) : typeOf(value) === type;

/** Where the value is not what the schema says, one line each, with the place as `$.items.0.id`. */
export function differencesFrom(schema: JsonSchema, value: unknown, schemas: Schemas): string[] {
  return differences({ schemas, at: '$' }, schema, value);
}

type Place = { schemas: Schemas; at: string };
const inside = ({ schemas, at }: Place, name: string | number): Place => ({ schemas, at: `${at}.${name}` });

function differences(place: Place, schema: JsonSchema, value: unknown): string[] {
  const strange = Object.keys(schema).filter((key) => !understood.has(key));
  if (strange.length > 0)
    return [`${place.at}: the schema says ${strange.join(', ')}, which nobody here reads`];
  if (schema.$ref !== undefined) {
    const target = place.schemas[schema.$ref.replace('#/components/schemas/', '')];
    return target ? differences(place, target, value) : [`${place.at}: ${schema.$ref} leads nowhere`];
  }
  const types = schema.type === undefined ? [] : [schema.type].flat();
  if (types.length > 0 && !types.some((type) => isOfType(value, type)))
    return [`${place.at} is ${typeOf(value)}, not ${types.join(' or ')}`];
  return [
    ...choices(place, schema, value),
    ...bounds(place, schema, value),
    ...(Array.isArray(value) ? listed(place, schema, value) : []),
    ...(typeOf(value) === 'object' ? parts(place, schema, value as Record<string, unknown>) : []),
  ];
}

function choices(place: Place, schema: JsonSchema, value: unknown): string[] {
  const wrong: string[] = [];
  if (schema.const !== undefined && schema.const !== value) wrong.push(`${place.at} is not ${schema.const}`);
  if (schema.enum && !schema.enum.includes(value))
    wrong.push(`${place.at} is none of ${schema.enum.join(', ')}`);
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches) {
    const tried = branches.map((branch) => differences(place, branch, value));
    if (tried.every((found) => found.length > 0))
      wrong.push(tried.toSorted((a, b) => a.length - b.length)[0]![0]!);
  }
  return [...wrong, ...(schema.allOf ?? []).flatMap((part) => differences(place, part, value))];
}

function bounds({ at }: Place, schema: JsonSchema, value: unknown): string[] {
  const size =
    typeof value === 'string' ? [...value].length : Array.isArray(value) ? value.length : undefined;
  const least = typeof value === 'string' ? schema.minLength : schema.minItems;
  const most = typeof value === 'string' ? schema.maxLength : schema.maxItems;
  const number = typeof value === 'number' ? value : undefined;
  const isOutside =
    (size !== undefined && (size < (least ?? 0) || size > (most ?? Number.POSITIVE_INFINITY))) ||
    (number !== undefined &&
      (number < (schema.minimum ?? -Infinity) ||
        number > (schema.maximum ?? Infinity) ||
        number <= (schema.exclusiveMinimum ?? -Infinity)));
  const misspelt =
    typeof value === 'string' && schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(value);
  return isOutside || misspelt ? [`${at} is ${JSON.stringify(value)}, out of its bounds`] : [];
}

function listed(place: Place, { items, prefixItems = [] }: JsonSchema, value: unknown[]): string[] {
  return value.flatMap((one, index) => {
    const schema = prefixItems[index] ?? items;
    return typeof schema === 'object' ? differences(inside(place, index), schema, one) : [];
  });
}

function parts(place: Place, schema: JsonSchema, value: Record<string, unknown>): string[] {
  const { properties = {}, required = [], additionalProperties } = schema;
  const missing = required.filter((name) => !(name in value)).map((name) => `${place.at}.${name} is missing`);
  const wrong = Object.entries(value).flatMap(([name, one]) => {
    const own = properties[name];
    if (own) return differences(inside(place, name), own, one);
    if (additionalProperties === false) return [`${place.at}.${name} is not described`];
    return typeof additionalProperties === 'object'
      ? differences(inside(place, name), additionalProperties, one)
      : [];
  });
  return [...missing, ...wrong];
}
