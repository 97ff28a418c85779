// A small module with one endpoint of every kind, sound and broken, for tests of the web door.

import { h } from 'preact';
import { z } from 'zod';
import { conflict, notFound } from '../../src/core/errors.ts';
import { type Module, page, route } from '../../src/core/module.ts';
import { sameText } from '../../src/core/texts.ts';

const thingId = z.object({ id: z.string().regex(/^[A-Z]{3}-\d\d$/) });
const filters = z.object({ area: z.enum(['mobility', 'living']).optional(), asOf: z.iso.date().optional() });

/** Things with an id, filters, a file, a body, pages. */
export const things: Module = {
  name: 'things',
  enabled: () => true,
  menu: [
    { label: { en: 'Last', tc: '末' }, path: '/last', order: 9 },
    { label: { en: 'Things', tc: '事物' }, path: '/things', order: 1 },
  ],
  routes: [
    route({
      method: 'GET',
      path: '/api/v1/things/:id',
      summary: 'One thing',
      audience: 'public',
      params: thingId,
      query: filters,
      response: z.object({ id: z.string(), part: z.object({ shown: z.boolean() }) }),
      async handle({ params }) {
        if (params.id === 'BAD-00') throw new Error('secret: the cupboard is open');
        if (params.id === 'WRG-00') return { id: 7 };
        if (params.id !== 'MOB-01')
          throw notFound('unknown-thing', { en: 'No such thing.', tc: '沒有此事物。' });
        return { id: params.id, password: 'hidden', part: { shown: true, inner: 'hidden' } };
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/things.csv',
      summary: 'All things',
      audience: 'public',
      response: { contentType: 'text/csv', description: 'Rows' },
      handle: async () => ({ contentType: 'text/csv', body: 'a,b\r\n', fileName: '事物 "1".csv' }),
    }),
    route({
      method: 'POST',
      path: '/api/v1/things',
      summary: 'Add',
      audience: 'public',
      body: z.object({ name: z.string().min(2) }),
      bodyLimitBytes: 200,
      response: z.object({ name: z.string() }),
      async handle({ body }) {
        if (body.name === 'taken') throw conflict('name-taken', sameText('Taken'));
        return body;
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/evil',
      summary: 'A header that cannot be sent',
      audience: 'public',
      response: { contentType: 'text/plain', description: '' },
      handle: async () => ({ contentType: 'text/plain', body: 'x', headers: { 'X-A': 'a\r\nX-Evil: 1' } }),
    }),
  ],
  pages: [
    page({
      path: '/',
      audience: 'public',
      render: async ({ language }) => ({ title: `Home ${language}`, main: 'home' }),
    }),
    page({
      path: '/things/:id',
      audience: 'public',
      cache: 'change',
      params: thingId,
      query: filters,
      render: async ({ params, query, path, search, origin }) => ({
        title: params.id,
        main: h('p', null, JSON.stringify({ query, path, search, origin })),
      }),
    }),
    page({
      path: '/gone',
      audience: 'public',
      render: async () => ({ title: 'Gone', main: 'gone', status: 410 }),
    }),
    page({ path: '/broken', audience: 'public', render: async () => Promise.reject(new Error('secret')) }),
  ],
};
