// Endpoints of the software systems of the blueprint.

import { z } from 'zod';
import { notFound } from '../../../core/errors.ts';
import { route } from '../../../core/module.ts';
import { inAllLanguages } from '../../../core/texts.ts';
import { type Register, type System, systemStates } from '../schema/index.ts';
import { readAsOf } from '../store/index.ts';
import { pageOf, pageQuery, pageShape } from './paging.ts';
import { named, namedShape, sourceShape, textShape } from './shapes.ts';

const get = { method: 'GET', audience: 'public', cache: 'change' } as const;

const systemShape = z.object({
  id: z.string(),
  number: z.int(),
  name: textShape,
  basis: z.enum(['named', 'implied']).describe('Named by the documents, or implied.'),
  does: textShape,
  scale: textShape.nullable(),
  users: textShape,
  acceptance: textShape.describe('What an outside observer can check.'),
  engines: z.array(namedShape).describe('The first delivers it, the others serve it.'),
  state: z.enum(systemStates),
  proof: z.string().nullable(),
  missing: z.string().nullable(),
  initiatives: z.array(z.string()),
  programme: z.array(z.string()).describe('Rows of the programme by technology.'),
  sources: z.array(sourceShape),
  page: z.string(),
});

function systemOf(register: Register, system: System) {
  const { state, proof, missing } = register.systemStates.get(system.id)!;
  return {
    ...system,
    name: inAllLanguages(system.name),
    does: inAllLanguages(system.does),
    scale: system.scale && inAllLanguages(system.scale),
    users: inAllLanguages(system.users),
    acceptance: inAllLanguages(system.acceptance),
    engines: system.engines.map((id) => named(register.engineById.get(id)!)),
    state,
    proof,
    missing,
    page: `/systems/${system.id}`,
  };
}

const systems = route({
  ...get,
  path: '/api/v1/systems',
  summary: 'Software systems of the blueprint, each with its true state here',
  query: z.object({ state: z.enum(systemStates).optional(), ...pageQuery() }),
  response: z.object({ ...pageShape, items: z.array(systemShape) }),
  async handle({ house, query }) {
    const { register } = await readAsOf(house);
    const { state } = query;
    const found = register.systems.filter(
      ({ id }) => state === undefined || register.systemStates.get(id)!.state === state,
    );
    const order = register.systems.map(({ id }) => id);
    const page = pageOf({ found, idOf: ({ id }) => id, order }, query);
    return { ...page, items: page.items.map((system) => systemOf(register, system)) };
  },
});

const system = route({
  ...get,
  path: '/api/v1/systems/:id',
  summary: 'One system',
  params: z.object({ id: z.string().max(80) }),
  response: systemShape,
  async handle({ house, params }) {
    const { register } = await readAsOf(house);
    const found = register.systemById.get(params.id);
    if (found) return systemOf(register, found);
    throw notFound('unknown-system', { en: 'There is no system of this id.', tc: '沒有這個編號的系統。' });
  },
});

export const systemRoutes = [systems, system];
