// Throws anything at a small server, and proves that the fuzzing itself notices a broken one.

import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openFakeSite, tinyEdition } from '../../../test/kit/fake-site.ts';
import { fuzzAddresses, fuzzBodies, fuzzReads, fuzzTargets } from '../../../test/kit/fuzz.ts';
import { notFound } from '../errors.ts';
import { type Module, page, route } from '../module.ts';
import { sameText } from '../texts.ts';

const query = z.object({
  asOf: z.iso.date().optional(),
  limit: z.coerce.number().int().min(1).max(50).default(10),
  area: z.array(z.enum(['mobility', 'living'])).optional(),
  q: z.string().trim().max(50).optional(),
});

const sound: Module = {
  name: 'sound',
  enabled: () => true,
  routes: [
    route({
      method: 'GET',
      path: '/api/v1/things/:id/parts/:part',
      summary: 'A part',
      audience: 'public',
      cache: 'change',
      params: z.object({ id: z.string().max(40), part: z.coerce.number().int() }),
      query,
      response: z.object({ id: z.string(), limit: z.number(), q: z.string() }),
      async handle({ params, query: { limit, q = '' } }) {
        if (params.id.length > 20) throw notFound('unknown-thing', sameText('?'));
        return { id: params.id, limit, q };
      },
    }),
    route({
      method: 'POST',
      path: '/api/v1/things',
      summary: 'Add',
      audience: 'public',
      body: z.object({ name: z.string(), more: z.record(z.string(), z.unknown()).optional() }),
      response: z.object({ name: z.string() }),
      handle: async ({ body }) => body,
    }),
  ],
  pages: [
    page({
      path: '/',
      audience: 'public',
      cache: 'change',
      query,
      render: async ({ search }) => ({ title: 'Home', main: search }),
    }),
    page({
      path: '/things/:id',
      audience: 'public',
      cache: 'change',
      params: z.object({ id: z.string() }),
      query,
      render: async ({ params, path }) => ({ title: params.id, main: path }),
    }),
  ],
};

/** Breaks on one of the values that are thrown. */
const fragile: Module = {
  name: 'fragile',
  enabled: () => true,
  routes: [
    route({
      method: 'GET',
      path: '/api/v1/fragile',
      summary: 'Breaks',
      audience: 'public',
      query: z.object({ day: z.string().optional() }),
      response: z.object({ day: z.string() }),
      handle: async ({ query: { day = '2024-01-01' } }) => ({ day: new Date(day).toISOString() }),
    }),
  ],
};

const { server } = openFakeSite([sound]);
afterAll(() => server.stop());

describe('whatever is thrown at it, the server answers and says why', () => {
  it('at its routes and pages', async () => {
    const targets = fuzzTargets([sound], tinyEdition.languages);
    expect(targets).toHaveLength(7);
    await expect(fuzzReads(server.fastify, targets, { runs: 60 })).resolves.toBeUndefined();
  });

  it('at any address', async () => {
    await expect(fuzzAddresses(server.fastify, { runs: 200 })).resolves.toBeUndefined();
  });

  it('as a body', async () => {
    await expect(fuzzBodies(server.fastify, '/api/v1/things', { runs: 150 })).resolves.toBeUndefined();
  });
});

it('the fuzzing finds a route that breaks', async () => {
  const broken = openFakeSite([fragile]);
  const targets = fuzzTargets([fragile], []);
  await expect(fuzzReads(broken.server.fastify, targets, { runs: 200, seed: 1 })).rejects.toMatchObject({
    cause: { message: expect.stringContaining('the server broke') },
  });
  await broken.server.stop();
});
