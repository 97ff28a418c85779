// Resource paths such as Things(1)/Datastreams(2)/Observations/$ref (OGC 18-088, clause 9.2).

import type { EntityId, ResourcePath, Step } from './ast.ts';
import { type Kind, kindOfSet, linkOf, model } from './model.ts';
import { badQuery, echo } from './query-error.ts';

const segment = /^([A-Za-z]+)(?:\(([^()]*)\))?$/;
const mostSegments = 20;
const longest = 500;

function fail(at: number, message: { en: string; tc: string }): never {
  throw badQuery({ option: 'path', at }, message);
}

function parseId(kind: Kind, text: string, at: number): EntityId {
  if (kind === 'Observation') {
    const inside = /^'((?:[^']|'')*)'$/.exec(text)?.[1]?.replaceAll("''", "'");
    return (
      inside ?? fail(at, { en: "Write an id as Observations('...').", tc: "編號須寫成Observations('…')。" })
    );
  }
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value)) {
    fail(at, { en: `The id of a ${kind} is a whole number.`, tc: `${kind}的編號是整數。` });
  }
  return value;
}

function decode(text: string, at: number): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return fail(at, { en: 'Check the percent signs.', tc: '請檢查百分號。' });
  }
}

type Reading = { steps: Step[]; property: string[]; at: number };

/** An entity set or a link; false for what is a property. */
function readEntity({ steps, property, at }: Reading, text: string): boolean {
  const [, name, inside] = segment.exec(text) ?? [];
  if (name === undefined || property.length > 0) return false;
  const last = steps.at(-1);
  let link = last && linkOf(last.kind, name);
  if (last === undefined) {
    const kind = kindOfSet(name);
    const shown = echo(name);
    if (kind === undefined) fail(at, { en: `There is no ${shown}.`, tc: `沒有${shown}。` });
    link = { kind, many: true };
  }
  if (link === undefined) return false;
  if (last?.many && last.id === undefined) {
    fail(at, { en: 'Name one entity before going on from it.', tc: '請先指明一個實體。' });
  }
  if (inside !== undefined && !link.many) {
    fail(at, { en: `${name} leads to one entity and takes no id.`, tc: `${name}只通往一個實體，無須編號。` });
  }
  steps.push({ name, ...link, ...(inside === undefined ? {} : { id: parseId(link.kind, inside, at) }) });
  return true;
}

function readProperty({ steps, property, at }: Reading, text: string): void {
  const last = steps.at(-1);
  const shown = echo(text);
  if (last === undefined) fail(at, { en: `There is no ${shown}.`, tc: `沒有${shown}。` });
  const known = [...model[last.kind].properties, 'id', '@iot.id', '@iot.selfLink'];
  if (property.length === 0 && !known.includes(text)) {
    fail(at, { en: `${last.kind} has no ${shown}.`, tc: `${last.kind}沒有${shown}。` });
  }
  if (last.many && last.id === undefined) {
    fail(at, { en: 'Name one entity before its property.', tc: '屬性之前請先指明一個實體。' });
  }
  property.push(text);
}

const tails = ['$ref', '$value', '$count'] as const;

function checkTail(tail: ResourcePath['tail'], { steps, property, at }: Reading): void {
  const last = steps.at(-1)!;
  const isList = last.many && last.id === undefined;
  const fits =
    tail === undefined ||
    (tail === '$value' && property.length > 0) ||
    (tail === '$ref' && property.length === 0) ||
    (tail === '$count' && property.length === 0 && isList);
  if (!fits) fail(at, { en: `${tail} does not fit here.`, tc: `${tail}不適用於此處。` });
}

/** The path below the service root, as it stands in the address. Throws invalid `invalid-query`. */
export function parsePath(text: string): ResourcePath {
  const parts = text.split('/').filter((part) => part !== '');
  if (parts.length === 0 || parts.length > mostSegments || text.length > longest) {
    fail(1, { en: 'The path is empty or too long.', tc: '路徑空白或過長。' });
  }
  const reading: Reading = { steps: [], property: [], at: 1 };
  let tail: ResourcePath['tail'];
  for (const part of parts) {
    const name = decode(part, reading.at);
    if (tail !== undefined)
      fail(reading.at, { en: `Nothing follows ${tail}.`, tc: `${tail}之後不應有內容。` });
    tail = reading.steps.length > 0 ? tails.find((one) => one === name) : undefined;
    if (tail === undefined && !readEntity(reading, name)) readProperty(reading, name);
    reading.at += part.length + 1;
  }
  checkTail(tail, reading);
  const { steps, property } = reading;
  return {
    steps: steps as ResourcePath['steps'],
    ...(property.length === 0 ? {} : { property }),
    ...(tail === undefined ? {} : { tail }),
  };
}
