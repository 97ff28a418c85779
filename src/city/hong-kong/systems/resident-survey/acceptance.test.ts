// Acceptance of system 7, its table: the ranking as printed, with the warning that ratings do not compare
// across groups.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHouse, type TestHouse } from '../../../../../test/kit/house.ts';

const printed: [number, string, string, string][] = [
  [1, 'Zurich', 'AA', 'AAA'],
  [2, 'Oslo', 'A', 'AA'],
  [3, 'Canberra', 'A', 'AAA'],
  [4, 'Geneva', 'AA', 'AAA'],
  [5, 'Singapore', 'A', 'A'],
  [6, 'Copenhagen', 'A', 'AA'],
  [7, 'Lausanne', 'A', 'AA'],
  [8, 'London', 'AA', 'BBB'],
  [9, 'Helsinki', 'A', 'AA'],
  [10, 'Abu Dhabi', 'BB', 'BB'],
  [11, 'Stockholm', 'A', 'A'],
  [12, 'Dubai', 'BB', 'BB'],
  [13, 'Beijing', 'BB', 'BB'],
  [14, 'Hamburg', 'BBB', 'BBB'],
  [15, 'Prague', 'A', 'A'],
  [16, 'Taipei', 'A', 'BBB'],
  [17, 'Seoul', 'AAA', 'BBB'],
  [18, 'Amsterdam', 'A', 'BBB'],
  [19, 'Shanghai', 'BB', 'BB'],
  [20, 'Hong Kong', 'AAA', 'BBB'],
];

const cellsOf = (row: string): string[] =>
  [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell]) => cell!.replace(/<[^>]+>/g, '').trim());

describe('resident-survey', () => {
  let city: TestHouse;
  beforeAll(async () => {
    city = await openTestHouse();
  });
  afterAll(() => city.close());

  it('shows the twenty rows of Annex 3 exactly, and warns that scales differ by group', async () => {
    const page = await city.server.fastify.inject('/en/tables/smart-city-index-2024-top-20');
    expect(page.statusCode).toBe(200);
    const body = /<tbody>(.*?)<\/tbody>/s.exec(page.body)![1]!;
    const rows = [...body.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row]) => cellsOf(row!));
    expect(
      rows.map(([rank, city, , technologies, structures]) => [Number(rank), city, technologies, structures]),
    ).toEqual(printed);
    expect(page.body).toMatch(/class="notice notice-warning".*own rating scale/s);
  });
});
