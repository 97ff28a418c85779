// Proves that every fact of the register, loaded or recorded by an officer, has a receipt that holds.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHouse, type TestHouse } from '../../../../test/kit/house.ts';
import { inTransaction, sql } from '../../../core/database/index.ts';
import { checkReceipt, findReceipt, listKeys } from '../../receipts/index.ts';
import { recordProgress, recordStatus } from './index.ts';

let city: TestHouse;
beforeAll(async () => {
  city = await openTestHouse({ edition: 'harbour-test' });
});
afterAll(() => city.close());

type Listed = { actId: string; topic: string; subject: string };

/** The public acts once each has its place: the house numbers them by itself. */
async function acts(query = ''): Promise<Listed[]> {
  for (;;) {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from receipts.pending`.execute(
      city.house.database,
    );
    if (rows[0]!.n === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await city.house.revisions.refresh();
  const answer = await city.server.fastify.inject(`/api/v1/receipts?limit=100${query}`);
  return answer.json().items;
}

describe('the register', () => {
  it('has an act for every kind of fact of the edition', async () => {
    expect([...new Set((await acts()).map(({ topic }) => topic))].sort()).toEqual([
      'blueprint.area-recorded',
      'blueprint.initiative-recorded',
      'blueprint.point-recorded',
      'blueprint.progress-recorded',
      'blueprint.register-loaded',
      'blueprint.status-recorded',
      'blueprint.target-recorded',
      'blueprint.target-revised',
    ]);
  });

  it('gets a receipt for what an officer records, with the source as evidence', async () => {
    const source = { document: 'report', line: 77 };
    const text = { en: 'A third gauge stands.', tc: '第三個潮汐計落成。' };
    await recordProgress(city.house, { initiative: 'HAR-01', date: '2025-01-01', text, source });
    const [latest] = await acts('&subject=HAR-01');
    expect(latest?.topic).toBe('blueprint.progress-recorded');
    const receipt = await findReceipt(city.house, latest!.actId);
    expect(receipt).toMatchObject({ subject: 'HAR-01', details: { text, source } });
    expect(checkReceipt(JSON.stringify(receipt), await listKeys(city.house.database)).valid).toBe(true);
  });

  it('records no act when the entry is refused', async () => {
    const before = (await acts()).length;
    const entry = {
      initiative: 'NONE-99',
      status: 'in-progress',
      from: '2025-01',
      source: { document: 'report' },
    };
    const refused = recordStatus(city.house, entry as Parameters<typeof recordStatus>[1]);
    await expect(refused).rejects.toThrow();
    const { rows } = await inTransaction(city.house.database, (transaction) =>
      sql`select from receipts.pending`.execute(transaction),
    );
    expect([rows.length, (await acts()).length]).toEqual([0, before]);
  });
});
