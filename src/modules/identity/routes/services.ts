// Endpoints of the register of services: register, change, give a new secret, disable.

import { z } from 'zod';
import type { Actor } from '../../../core/access.ts';
import type { House } from '../../../core/house.ts';
import { type Route, route } from '../../../core/module.ts';
import { wholeNumber } from '../../../core/numbers.ts';
import { inAllLanguages } from '../../../core/texts.ts';
import { changeService, createService, disableService, renewSecret } from '../protocols/index.ts';
import { identityEditionOf, requireRecent } from '../rules/index.ts';
import type { Service } from '../schema.ts';
import { getDepartment, getService, listDepartments, listServicesOf } from '../store/index.ts';
import { iso, isoOrNull } from './account-parts.ts';

const tag = 'services';
const bodyLimitBytes = 64 * 1024;
const id = z.string().min(1).max(100);
const params = z.object({ id });
const name = z.object({ en: z.string().trim().min(1).max(80), tc: z.string().trim().min(1).max(80) });
const metadata = z
  .record(z.string(), z.unknown())
  .describe('OpenID Connect Dynamic Client Registration 1.0, section 2, in snake case.');
const secret = z
  .string()
  .nullable()
  .describe('Given once; null where the service has, or keeps, its own proof.');

const serviceShape = z.object({
  id: z.string(),
  name: z.object({ en: z.string(), tc: z.string(), sc: z.string() }),
  department: z.string().nullable(),
  createdAt: z.iso.datetime(),
  disabledAt: z.iso.datetime().nullable(),
});
const wholeShape = serviceShape.extend({ metadata });

const serviceOf = (service: Service) => ({
  id: service.id,
  name: inAllLanguages(service.name),
  department: service.department ?? null,
  createdAt: iso(service.createdAt),
  disabledAt: isoOrNull(service.disabledAt),
});
const wholeOf = ({ metadata, ...service }: Awaited<ReturnType<typeof getService>>) => ({
  ...serviceOf(service),
  metadata,
});

type Action = 'identity.see-services' | 'identity.register-service';

/** The service, where the actor may do this to it; one of no department is the coordinating department's. */
async function serviceFor(house: House, actor: Actor, { action, id }: { action: Action; id: string }) {
  const service = await getService(house, id);
  const { coordinating } = identityEditionOf(house.edition);
  house.access.require(actor, action, { department: service.department ?? coordinating });
  return service;
}

const listRoute = route({
  method: 'GET',
  path: '/api/v1/services',
  summary: 'Registered services of the departments in which I may see them',
  tag,
  audience: { may: 'identity.see-services' },
  query: z.object({
    limit: wholeNumber({ min: 1, max: 100 }).default(20).describe('At most this many.'),
    cursor: id.optional().describe('`next` of the previous answer.'),
  }),
  response: z.object({
    items: z.array(serviceShape),
    next: z.string().nullable().describe('Cursor of the next page, or null at the end.'),
  }),
  async handle({ house, actor, query: { limit, cursor } }) {
    const mayAt = (department: string) => house.access.may(actor, 'identity.see-services', { department });
    const departments = (await listDepartments(house)).map((one) => one.id).filter(mayAt);
    const unowned = mayAt(identityEditionOf(house.edition).coordinating);
    const place = cursor === undefined ? {} : { after: cursor };
    const found = await listServicesOf(house, { departments, unowned, limit: limit + 1, ...place });
    const items = found.slice(0, limit);
    return { items: items.map(serviceOf), next: found.length > limit ? items.at(-1)!.id : null };
  },
});

const getRoute = route({
  method: 'GET',
  path: '/api/v1/services/:id',
  summary: 'A registered service with its settings',
  tag,
  audience: { may: 'identity.see-services' },
  params,
  response: wholeShape,
  handle: async ({ house, actor, params }) =>
    wholeOf(await serviceFor(house, actor, { action: 'identity.see-services', ...params })),
});

const registerRoute = route({
  method: 'POST',
  path: '/api/v1/services',
  summary: 'Register a service',
  tag,
  audience: { may: 'identity.register-service' },
  bodyLimitBytes,
  body: z.object({
    id: z
      .string()
      .regex(/^[\w.~-]{1,100}$/)
      .optional()
      .describe('Client identifier; drawn by chance when absent.'),
    name,
    department: z.string().min(1).max(100),
    metadata,
  }),
  response: wholeShape.extend({ secret }),
  async handle({ house, actor, body }) {
    requireRecent(actor, house.clock.now());
    house.access.require(actor, 'identity.register-service', { department: body.department });
    const { id: department } = await getDepartment(house, body.department);
    const made = await createService(house, actor, { ...body, department });
    return { ...wholeOf(await getService(house, made.id)), secret: made.secret ?? null };
  },
});

const changeRoute = route({
  method: 'PATCH',
  path: '/api/v1/services/:id',
  summary: 'Change the name or settings of a service',
  description:
    'The client identifier stays, so people stay who they are to the service. Of `metadata` only what is named ' +
    'changes; null takes a setting away (RFC 7396). A secret is given where one is needed from now on.',
  tag,
  audience: { may: 'identity.register-service' },
  bodyLimitBytes,
  params,
  body: z.object({ name: name.optional(), metadata: metadata.optional() }),
  response: wholeShape.extend({ secret }),
  async handle({ house, actor, params: { id }, body }) {
    requireRecent(actor, house.clock.now());
    await serviceFor(house, actor, { action: 'identity.register-service', id });
    const changed = await changeService(house, actor, { id, ...body });
    return { ...wholeOf(await getService(house, id)), secret: changed.secret ?? null };
  },
});

const secretRoute = route({
  method: 'POST',
  path: '/api/v1/services/:id/secret',
  summary: 'Give a service a new secret',
  description: 'The secret before stops working at once. Only for services that use client_secret_basic.',
  tag,
  audience: { may: 'identity.register-service' },
  params,
  response: z.object({ secret: z.string().describe('Given once; nobody can read it again.') }),
  async handle({ house, actor, params: { id } }) {
    requireRecent(actor, house.clock.now());
    await serviceFor(house, actor, { action: 'identity.register-service', id });
    return { secret: await renewSecret(house, actor, id) };
  },
});

const disableRoute = route({
  method: 'DELETE',
  path: '/api/v1/services/:id',
  summary: 'Disable a service',
  description: 'At once nobody signs in to it and its tokens end. This cannot be undone.',
  tag,
  audience: { may: 'identity.register-service' },
  params,
  response: wholeShape,
  async handle({ house, actor, params: { id } }) {
    requireRecent(actor, house.clock.now());
    await serviceFor(house, actor, { action: 'identity.register-service', id });
    await disableService(house, actor, id);
    return wholeOf(await getService(house, id));
  },
});

export const serviceRoutes: Route[] = [
  listRoute,
  getRoute,
  registerRoute,
  changeRoute,
  secretRoute,
  disableRoute,
];
