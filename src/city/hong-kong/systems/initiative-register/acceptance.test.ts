// Acceptance of system 2: the register counts as Annex 1 printed, and GOV-01 tells its seven steps in order.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHouse, type TestHouse } from '../../../../../test/kit/house.ts';

type Row = { area: { id: string } | string; counts: Record<string, number> };

describe('initiative-register', () => {
  let city: TestHouse;
  beforeAll(async () => {
    city = await openTestHouse();
  });
  afterAll(() => city.close());

  it('gives the summary of Annex 1 line by line as of 2024-06-30', async () => {
    const answer = await city.server.fastify.inject('/api/v1/summary?asOf=2024-06-30');
    expect(answer.statusCode).toBe(200);
    const summary = answer.json() as { rows: Row[]; total: Record<string, number> };
    const lines = summary.rows.map(({ area, counts }) => {
      const id = typeof area === 'string' ? area : area.id;
      return [id, counts.completedOrOngoing, counts.inProgress, counts.total];
    });
    expect(lines).toEqual([
      ['mobility', 28, 4, 32],
      ['living', 15, 1, 16],
      ['environment', 20, 0, 20],
      ['people', 12, 0, 12],
      ['government', 31, 0, 31],
      ['economy', 20, 0, 20],
      ['covid', 13, 0, 13],
      ['village', 0, 0, 0],
    ]);
    expect(summary.total).toMatchObject({ completedOrOngoing: 126, inProgress: 5, total: 131 });
  });

  it('shows the seven progress entries of the talk on GOV-01 in order', async () => {
    const page = await city.server.fastify.inject('/en/initiatives/GOV-01');
    const entries = [
      'Open data policy announced.',
      'First annual open data plans published.',
      'Arrival data of three bus companies and four MTR lines opened.',
      '700 new datasets in 2019; City Dashboards launched.',
      'Second annual plans published.',
      '171 of the year’s target of over 230 new datasets are open.'.replace('’', '&#39;'),
      'Third annual plans in preparation.',
    ];
    const html = page.body.replaceAll('&#x27;', '&#39;').replaceAll("'", '&#39;');
    const places = entries.map((entry) => html.indexOf(entry));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });
});
