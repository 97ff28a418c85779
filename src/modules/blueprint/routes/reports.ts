// Reports for those who steer the programme; each can be made again later, identical.

import { z } from 'zod';
import { invalid } from '../../../core/errors.ts';
import { type Route, route } from '../../../core/module.ts';
import { inAllLanguages, overdueReport, registerKnownAt } from '../rules/index.ts';
import { asOfParameter } from '../schema/index.ts';
import { dayShape, namedShape, reading, targetOf, targetShape, textShape } from './shapes.ts';

const knownAtParameter = z.iso
  .datetime({ offset: true })
  .optional()
  .describe(
    'Leave out what was recorded after this instant (ISO 8601 with zone): the report as it was then.',
  );

const overdue = route({
  method: 'GET',
  path: '/api/v1/reports/overdue',
  summary: 'Targets past their date, for a committee',
  description:
    'As of the day of a meeting, with the bodies named for each initiative. The answer names `knownAt`; asked ' +
    'again with it, the report is identical, whatever was recorded since.',
  audience: 'public',
  cache: 'none',
  query: z.object({ asOf: asOfParameter, knownAt: knownAtParameter }),
  response: z.object({
    asOf: dayShape,
    knownAt: z.string().describe('Instant up to which recorded facts are taken in.'),
    total: z.int(),
    items: z.array(
      z.object({
        initiative: namedShape,
        bodies: z.array(z.object({ id: z.string(), name: textShape, role: z.enum(['lead', 'contributor']) })),
        target: targetShape,
        due: dayShape,
        daysLate: z.int(),
        silentDays: z.int().describe('Days since anything was published of the initiative.'),
      }),
    ),
  }),
  async handle({ house, query }) {
    const now = house.clock.now().toISOString();
    const knownAt = query.knownAt ?? now;
    if (Date.parse(knownAt) > Date.parse(now)) {
      const message = { en: 'This instant is still to come.', tc: '這個時刻尚未到。' };
      throw invalid('future-instant', message, { fields: [{ field: 'knownAt', message }] });
    }
    const { register, day } = await reading(house, query.asOf);
    const rows = overdueReport(registerKnownAt(register, knownAt), day);
    return {
      asOf: day,
      knownAt,
      total: rows.length,
      items: rows.map(({ initiative, target, due, daysLate, silentDays }) => ({
        initiative: { id: initiative.id, name: inAllLanguages(initiative.title) },
        bodies: initiative.bodies.map(({ body, role }) => ({
          id: body,
          name: inAllLanguages(register.bodyById.get(body)!.name),
          role,
        })),
        target: targetOf(target),
        due,
        daysLate,
        silentDays,
      })),
    };
  },
});

export const reportRoutes: Route[] = [overdue];
