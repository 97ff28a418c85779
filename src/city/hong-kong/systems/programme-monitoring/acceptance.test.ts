// Acceptance of system 3: what is late is reported with its lead body, and the report can be made again.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHouse, type TestHouse } from '../../../../../test/kit/house.ts';
import { fixedClock } from '../../../../core/clock.ts';
import { recordStatus, reviseTarget } from '../../../../modules/blueprint/index.ts';

const clock = fixedClock('2026-08-15T01:00:00Z');
const source = { statement: { en: 'Letter to the Smart City Office', tc: '致智慧城市辦事處函' } };
const meeting = '2026-10-15';

type Report = { knownAt: string; items: { initiative: { id: string } }[] };

describe('programme-monitoring', () => {
  let city: TestHouse;
  beforeAll(async () => {
    city = await openTestHouse({ clock });
    await reviseTarget(city.house, {
      target: 'LIV-07.1',
      announced: '2026-08-15',
      by: { words: { en: 'end of September 2026', tc: '2026年9月底' }, latest: '2026-09-30' },
      source,
    });
  });
  afterAll(() => city.close());

  const report = async (query: string) => {
    await city.house.revisions.refresh();
    const answer = await city.server.fastify.inject(`/api/v1/reports/overdue?${query}`);
    expect(answer.statusCode).toBe(200);
    return { text: answer.body, data: answer.json() as Report };
  };

  it('lists an initiative whose target date passed without an update, with its lead body', async () => {
    clock.set('2026-10-15T02:00:00Z');
    const before = await report('asOf=2026-09-30');
    expect(before.data.items.map(({ initiative }) => initiative.id)).not.toContain('LIV-07');
    const { data } = await report(`asOf=${meeting}`);
    expect(data.items.find(({ initiative }) => initiative.id === 'LIV-07')).toMatchObject({
      bodies: [{ id: 'social-welfare-department', role: 'lead' }],
      due: '2026-09-30',
      daysLate: 15,
    });
  });

  it('makes the report of a committee date again later, identical, whatever was recorded since', async () => {
    clock.set('2026-10-15T03:00:00Z');
    const first = await report(`asOf=${meeting}`);
    clock.set('2026-11-20T03:00:00Z');
    const status = 'completed-or-ongoing';
    await recordStatus(city.house, { initiative: 'LIV-07', status, from: '2026-10-01', source });
    const asKnownNow = await report(`asOf=${meeting}`);
    expect(asKnownNow.data.items.map(({ initiative }) => initiative.id)).not.toContain('LIV-07');
    const again = await report(`asOf=${meeting}&knownAt=${encodeURIComponent(first.data.knownAt)}`);
    expect(again.text).toBe(first.text);
  });
});
