// Proves on a real PostgreSQL how long things are kept: history, months, batches, credentials, quarantine.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type ObservationsHouse,
  openObservationsHouse,
  testNow,
} from '../../../../test/kit/observations-house.ts';
import {
  checkCredential,
  clearHistory,
  createCredential,
  dropBatches,
  ingest,
  listCredentials,
  listQuarantine,
  openPosition,
  prepareMonths,
  quarantine,
  removeEntity,
  resolveQuarantine,
  revokeCredential,
} from './index.ts';

let city: ObservationsHouse;
beforeEach(async () => {
  city = await openObservationsHouse();
});
afterEach(() => city.close());

const dayMs = 86_400_000;
const count = async (table: string) =>
  (await city.rows<{ n: number }>(`select count(*) as n from observations.${table}`))[0]!.n;
const months = async () =>
  (
    await city.rows<{ name: string }>(`select relname as name from pg_class
    where relname ~ '^observation_\\d+_\\d+$' order by 1`)
  ).map(({ name }) => name);

describe('history', () => {
  it('goes when it is older than its datastream keeps, with its minutes, and hours and days stay', async () => {
    const [short, long] = [await city.addDatastream({ retentionDays: 10 }), await city.addDatastream()];
    const days = [-70, -9, -1].map((day) => testNow + day * dayMs);
    const readings = [short, long].flatMap((datastreamId) =>
      days.map((at) => ({ datastreamId, at, value: 1 })),
    );
    expect(await ingest(city.house, readings)).toEqual(['expired', ...Array(5).fill('stored')]);
    await city.fold();
    city.clock.set(new Date(testNow + 5 * dayMs));
    await clearHistory(city.house);
    const left = await city.rows('select datastream_id as id from observations.observation order by at, 1');
    expect(left).toEqual([{ id: long }, { id: long }, { id: short }, { id: long }]);
    const tables = ['rollup_minute', 'rollup_hour', 'rollup_day'];
    expect(await Promise.all(tables.map(count))).toEqual([4, 5, 5]);
  });

  it('of a month in which nothing is kept is dropped whole, and the month comes back when it is needed', async () => {
    const id = await city.addDatastream({ retentionDays: 10 });
    await ingest(city.house, [{ datastreamId: id, at: testNow, value: 1 }]);
    await city.fold();
    const [month] = await months();
    city.clock.set(new Date(testNow + 100 * dayMs));
    await clearHistory(city.house);
    expect(await months()).not.toContain(month);
    city.clock.set(new Date(testNow));
    expect(await ingest(city.house, [{ datastreamId: id, at: testNow + 1, value: 1 }])).toEqual(['stored']);
    expect(await months()).toContain(month);
  });

  it('of a datastream that was removed is cleared away', async () => {
    const id = await city.addDatastream();
    await ingest(city.house, [{ datastreamId: id, at: testNow, value: 1 }]);
    await city.fold();
    await removeEntity(city.house, { kind: 'Datastream', id });
    await clearHistory(city.house);
    const tables = ['observation', 'rollup', 'latest', 'forgotten'];
    expect(await Promise.all(tables.map(count))).toEqual([0, 0, 0, 0]);
  });

  it('has its months made ahead', async () => {
    await prepareMonths(city.house);
    await prepareMonths(city.house);
    expect(await months()).toEqual(
      ['11', '12']
        .map((one) => `observation_2026_${one}`)
        .concat([...['observation_2027_01', 'observation_2027_02']]),
    );
  });
});

describe('a batch', () => {
  it('stays until it is old, folded, and passed by every reader', async () => {
    const id = await city.addDatastream();
    const { database } = city.house;
    await openPosition(database, 'slow');
    await ingest(city.house, [{ datastreamId: id, at: testNow, value: 1 }]);
    const later = new Date(testNow + 1);
    expect(await dropBatches(database, later)).toBe(0);
    await city.fold();
    expect(await dropBatches(database, later)).toBe(0);
    await city.rows(`update observations.position set sequence = 1 where name = 'slow'`);
    expect(await dropBatches(database, new Date(testNow))).toBe(0);
    expect(await dropBatches(database, later)).toBe(1);
  });
});

describe('a credential', () => {
  it('is proved by its secret, of which only a digest is kept, until it is revoked', async () => {
    const given = { name: 'Mast 1', department: 'hko', patterns: ['mast-1-*'] };
    const { id, secret } = await createCredential(city.house, given);
    expect(await checkCredential(city.house, id, secret)).toMatchObject({ id, ...given });
    expect(await checkCredential(city.house, id, `${secret}x`)).toBeUndefined();
    expect(await checkCredential(city.house, 'nobody', secret)).toBeUndefined();
    expect(JSON.stringify(await city.rows('select * from observations.credential'))).not.toContain(secret);
    expect(await listCredentials(city.house.database, ['td'])).toEqual([]);
    expect(await listCredentials(city.house.database, ['hko'])).toMatchObject([
      { id, lastUsedAt: new Date(testNow) },
    ]);
    expect(await revokeCredential(city.house, id)).toBe(true);
    expect(await checkCredential(city.house, id, secret)).toBeUndefined();
    expect(await revokeCredential(city.house, id)).toBe(false);
  });

  it('revoked by another process is refused seconds later', async () => {
    const { id, secret } = await createCredential(city.house, { name: 'x', department: 'y', patterns: [] });
    await checkCredential(city.house, id, secret);
    await revokeCredential(city.another().house, id);
    city.clock.set(new Date(testNow + 6000));
    expect(await checkCredential(city.house, id, secret)).toBeUndefined();
  });
});

describe('quarantine', () => {
  it('keeps what was refused with its reason until somebody looked at it', async () => {
    const { database } = city.house;
    const refused = { way: 'mqtt', source: 'mast-1', code: 'malformed-json', detail: 'at 3' } as const;
    await quarantine(database, { ...refused, payload: Buffer.from([0, 255]), receivedAt: new Date(testNow) });
    const [entry] = await listQuarantine(database, { limit: 10 });
    expect(entry).toMatchObject({ ...refused, payload: Buffer.from([0, 255]), resolvedAt: null });
    expect(await listQuarantine(database, { limit: 10, source: 'other' })).toEqual([]);
    expect(await resolveQuarantine(database, entry!.id, new Date(testNow))).toBe(true);
    expect(await resolveQuarantine(database, entry!.id, new Date(testNow))).toBe(false);
    expect(await listQuarantine(database, { limit: 10 })).toEqual([]);
  });
});
