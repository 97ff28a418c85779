// Describes the routes of the modules as OpenAPI 3.1, from the same tables that serve them.

import { z } from 'zod';
import type { Edition } from '../edition.ts';
import type { Module, Route } from '../module.ts';
import { takeDefinitions } from './openapi-definitions.ts';

type Json = Record<string, unknown>;

const problemSchema = {
  type: 'object',
  description: 'What went wrong (RFC 9457).',
  required: ['type', 'title', 'status', 'detail', 'code', 'instance'],
  properties: {
    type: {
      type: 'string',
      format: 'uri-reference',
      description: 'Names the problem; `/problems/` and its code.',
    },
    title: { type: 'string', description: 'The kind of problem, in the language of the reader.' },
    status: { type: 'integer', description: 'The HTTP status.' },
    detail: { type: 'string', description: 'What happened and what to do, in the language of the reader.' },
    code: { type: 'string', description: 'Stable code of the problem, for programs.' },
    instance: {
      type: 'string',
      format: 'uri',
      description: 'Number of the request; quote it when you report.',
    },
    errors: {
      type: 'array',
      description: 'The fields at fault.',
      items: {
        type: 'object',
        required: ['field', 'message'],
        properties: { field: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};

const failure = (description: string, headers?: Json) => ({
  description,
  ...(headers === undefined ? {} : { headers }),
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

const failures: Record<string, { name: string; response: Json }> = {
  400: {
    name: 'Invalid',
    response: failure('Something in the request is not right; `errors` names the fields.'),
  },
  401: {
    name: 'SignInFirst',
    response: failure('Nobody is signed in, or the token is no good.', {
      'WWW-Authenticate': { description: 'How to sign in (RFC 9110).', schema: { type: 'string' } },
    }),
  },
  403: { name: 'NotAllowed', response: failure('Not yours to see or do.') },
  404: { name: 'NotFound', response: failure('What was asked for by name is not there.') },
  413: { name: 'TooLarge', response: failure('The body is too large.') },
  415: { name: 'WrongMedia', response: failure('The body is not JSON.') },
  429: {
    name: 'TooMany',
    response: failure('Too many requests from one address.', {
      'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } },
    }),
  },
  500: { name: 'Failed', response: failure('Something went wrong on our side.') },
  503: { name: 'Unavailable', response: failure('Not available now; try again later.') },
};

/** The OpenAPI 3.1 document of all routes of these modules. */
export function openApi(modules: readonly Module[], edition: Edition): Json {
  const schemas: Json = { Problem: problemSchema };
  const paths: Record<string, Json> = {};
  for (const module of modules) {
    for (const route of module.routes ?? []) {
      const path = route.path.replace(/:(\w+)/g, '{$1}');
      paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, module.name, schemas) };
    }
  }
  const tags = [...new Set(modules.flatMap(({ name, routes = [] }) => routes.map(({ tag }) => tag ?? name)))];
  return {
    openapi: '3.1.1',
    info: { title: edition.siteName.en, description: edition.description.en, version: '1' },
    servers: [{ url: '/' }],
    tags: tags.map((name) => ({ name })),
    paths,
    components: {
      schemas,
      responses: Object.fromEntries(Object.values(failures).map(({ name, response }) => [name, response])),
    },
  };
}

/** `public`, `signed-in`, or the action that must be allowed. */
const audienceWord = (audience: Route['audience']) =>
  typeof audience === 'string' ? audience : 'may' in audience ? audience.may : 'signed-in';

/** `GET /api/v1/initiatives/:id` is `getApiV1InitiativesId`. */
function operationIdOf({ method, path }: Route): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

type Side = 'input' | 'output';

function jsonSchema(schema: z.ZodType, io: Side, into: { name: string; schemas: Json }): Json {
  const { $schema: _dialect, ...made } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
  return takeDefinitions(made, into.name, into.schemas);
}

function operation(route: Route, owner: string, schemas: Json): Json {
  const operationId = operationIdOf(route);
  const into = { name: operationId, schemas };
  const parameters = [
    ...parametersOf(route.params, 'path', into),
    ...parametersOf(route.query, 'query', into),
  ];
  return {
    operationId,
    summary: route.summary,
    ...(route.description === undefined ? {} : { description: route.description }),
    tags: [route.tag ?? owner],
    'x-audience': audienceWord(route.audience),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(route.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: jsonSchema(route.body, 'input', into) } },
          },
        }),
    responses: responsesOf(route, into),
  };
}

type Into = { name: string; schemas: Json };

function parametersOf(schema: z.ZodObject | undefined, place: 'path' | 'query', into: Into): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = jsonSchema(schema, 'input', into) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...shape }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: shape,
  }));
}

function responsesOf(route: Route, into: Into): Json {
  const { response, method, cache, params, body } = route;
  const answer =
    'safeParse' in response
      ? {
          description: 'The answer.',
          content: { 'application/json': { schema: jsonSchema(response, 'output', into) } },
        }
      : { description: response.description, content: { [response.contentType]: {} } };
  const isPublic = route.audience === 'public';
  const keepable = method === 'GET' && cache !== 'none' && isPublic;
  const statuses = [
    '400',
    ...(isPublic ? [] : ['401', '403']),
    ...(params === undefined ? [] : ['404']),
    ...(body === undefined ? [] : ['413', '415']),
    '429',
    '500',
    '503',
  ];
  return {
    200: answer,
    ...(keepable
      ? { 304: { description: 'Nothing has changed since the answer with the `If-None-Match` tag.' } }
      : {}),
    ...Object.fromEntries(
      statuses.map((status) => [status, { $ref: `#/components/responses/${failures[status]?.name}` }]),
    ),
  };
}
