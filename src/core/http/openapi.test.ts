// Tests of the description of the API.

import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openFakeSite, tinyEdition } from '../../../test/kit/fake-site.ts';
import { type Module, route } from '../module.ts';
import { openApi } from './openapi.ts';

const area = z.object({ id: z.string(), name: z.string() }).meta({ id: 'Area' });
const tree: z.ZodType = z.object({
  name: z.string(),
  get children() {
    return z.array(tree);
  },
});

const module: Module = {
  name: 'register',
  enabled: () => true,
  routes: [
    route({
      method: 'GET',
      path: '/api/v1/areas/:id',
      summary: 'One area',
      description: 'With its initiatives.',
      audience: 'public',
      cache: 'change',
      params: z.object({ id: z.string().describe('Code of the area.') }),
      query: z.object({
        asOf: z.iso.date().optional().describe('The day to look from.'),
        status: z.array(z.enum(['done', 'late'])).optional(),
        limit: z.coerce.number().int().min(1).max(100).default(20),
        q: z.string().transform((text) => text.length),
      }),
      response: z.object({ area, next: z.array(area) }),
      handle: async () => ({}),
    }),
    route({
      method: 'POST',
      path: '/api/v1/areas',
      summary: 'Add an area',
      tag: 'editing',
      audience: 'public',
      body: z.object({ area }),
      response: tree,
      handle: async () => ({}),
    }),
    route({
      method: 'GET',
      path: '/api/v1/areas.csv',
      summary: 'All as CSV',
      audience: 'public',
      response: { contentType: 'text/csv', description: 'One row an area.' },
      handle: async () => ({}),
    }),
  ],
};

type Document = {
  paths: Record<
    string,
    Record<string, Record<string, unknown> & { parameters: Record<string, unknown>[]; responses: object }>
  >;
  components: { schemas: object; responses: object };
};

const document = openApi([module], tinyEdition) as unknown as Document;

/** Every `$ref` in a document. */
function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' ? [String(inner)] : references(inner),
  );
}

describe('the description of the API', () => {
  it('has every route, with its parameters, who may use it, and what it may answer', () => {
    const operation = document.paths['/api/v1/areas/{id}']?.get;
    expect(Object.keys(document.paths)).toEqual(['/api/v1/areas/{id}', '/api/v1/areas', '/api/v1/areas.csv']);
    expect(operation).toMatchObject({
      operationId: 'getApiV1AreasId',
      summary: 'One area',
      description: 'With its initiatives.',
      tags: ['register'],
      'x-audience': 'public',
    });
    expect(operation?.parameters.map(({ name, in: place, required }) => [name, place, required])).toEqual([
      ['id', 'path', true],
      ['asOf', 'query', false],
      ['status', 'query', false],
      ['limit', 'query', false],
      ['q', 'query', true],
    ]);
    expect(operation?.parameters[0]).toMatchObject({ description: 'Code of the area.' });
    expect(operation?.parameters[3]).toMatchObject({
      schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
    });
    expect(Object.keys(operation?.responses ?? {})).toEqual([
      '200',
      '304',
      '400',
      '404',
      '429',
      '500',
      '503',
    ]);
  });

  it('describes bodies, other media types and groups', () => {
    expect(document.paths['/api/v1/areas']?.post).toMatchObject({
      tags: ['editing'],
      requestBody: { required: true, content: { 'application/json': { schema: { type: 'object' } } } },
    });
    expect(document.paths['/api/v1/areas.csv']?.get).toMatchObject({
      responses: { 200: { description: 'One row an area.', content: { 'text/csv': {} } } },
    });
  });

  it('refers only to what it holds', () => {
    const all = references(document);
    expect(all).toContain('#/components/schemas/Area');
    expect(all).toContain('#/components/schemas/Problem');
    for (const reference of all) {
      const [, , kind, name] = reference.split('/');
      expect(Object.keys(document.components[kind as 'schemas'])).toContain(name);
    }
  });

  it('is served, with a tag', async () => {
    const { server } = openFakeSite([module]);
    const { headers, payload } = await server.fastify.inject({ url: '/api/openapi.json' });
    expect(JSON.parse(payload)).toEqual(JSON.parse(JSON.stringify(document)));
    const again = await server.fastify.inject({
      url: '/api/openapi.json',
      headers: { 'if-none-match': String(headers.etag) },
    });
    expect(again.statusCode).toBe(304);
    await server.stop();
  });
});
