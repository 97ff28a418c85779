// Proves the endpoints over HTTP: what they answer, on which day, and what they refuse.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHouse, type TestHouse } from '../../../../test/kit/house.ts';
import { recordStatus } from '../store/index.ts';

let city: TestHouse;
beforeAll(async () => {
  city = await openTestHouse({ edition: 'harbour-test' });
});
afterAll(() => city.close());

const ask = (url: string) => city.server.fastify.inject({ url });
async function answer(url: string) {
  const response = await ask(url);
  expect([url, response.statusCode]).toEqual([url, 200]);
  return response.json();
}
const idsOf = (list: { items: { id: string }[] }) => list.items.map(({ id }) => id);

describe('GET /api/v1/initiatives', () => {
  it.each([
    ['', ['HAR-01', 'HAR-02', 'HAR-03', 'STR-01', 'STR-02', 'STM-01']],
    ['area=streets', ['STR-01', 'STR-02']],
    ['area=harbour', ['HAR-01', 'HAR-02', 'HAR-03', 'STM-01']],
    ['area=harbour&asOf=2021-12-31', ['HAR-01', 'HAR-02', 'HAR-03']],
    ['area=storm&asOf=2021', ['STM-01']],
    ['asOf=2020', ['HAR-01', 'HAR-02', 'STR-01']],
    ['status=in-progress', ['STR-01']],
    ['status=announced', ['HAR-03', 'STM-01']],
    ['lead=harbour-office', ['HAR-01']],
    ['technology=iot', ['HAR-01', 'STR-01']],
    ['system=tide-board', ['HAR-01', 'STM-01']],
    ['blueprint=2', ['HAR-03', 'STR-02', 'STM-01']],
    ['new=true', ['HAR-03', 'STR-02', 'STM-01']],
    ['new=false', ['HAR-01', 'HAR-02', 'STR-01']],
    ['overdue=true', ['STR-01', 'STR-02']],
    ['overdue=true&asOf=2022-06-30', ['HAR-02']],
    ['silentForDays=2000', ['HAR-03']],
    ['q=gauge', ['HAR-01']],
    [`q=${encodeURIComponent('街燈')}`, ['STR-01']],
    [`q=${encodeURIComponent('街灯')}`, ['STR-01']],
    ['q=lamp+works', ['STR-01']],
    ['q=nothing+like+it', []],
    ['area=streets&overdue=true&new=true', ['STR-02']],
  ])('with ?%s finds %j', async (query, ids) => {
    const list = await answer(`/api/v1/initiatives?${query}`);
    expect(idsOf(list)).toEqual(ids);
    expect(list.total).toBe(ids.length);
  });

  it('pages by a cursor without losing or repeating any', async () => {
    const seen: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page: Awaited<ReturnType<typeof answer>> = await answer(
        `/api/v1/initiatives?limit=2${next ? `&cursor=${next}` : ''}`,
      );
      seen.push(...idsOf(page));
      next = page.next;
    }
    expect(seen).toEqual(['HAR-01', 'HAR-02', 'HAR-03', 'STR-01', 'STR-02', 'STM-01']);
  });

  it('gives every text in three languages', async () => {
    const { items } = await answer('/api/v1/initiatives?q=lamps');
    expect(items[0].title).toEqual({ en: 'Warm street lamps', tc: '暖色街燈', sc: '暖色街灯' });
  });

  it.each([
    ['area=moon', 'area'],
    ['lead=nobody', 'lead'],
    ['technology=magic', 'technology'],
    ['system=none', 'system'],
    ['status=done', 'status'],
    ['asOf=2024-02-30', 'asOf'],
    ['asOf=2020/2021', 'asOf'],
    ['asOf=2027', 'asOf'],
    ['limit=0', 'limit'],
    ['limit=201', 'limit'],
    ['cursor=NOPE', 'cursor'],
    ['silentForDays=-1', 'silentForDays'],
    ['silentForDays=0x10', 'silentForDays'],
    ['blueprint=1e0', 'blueprint'],
    ['new=maybe', 'new'],
    ['colour=red', 'colour'],
  ])('refuses ?%s and names the field', async (query, field) => {
    const response = await ask(`/api/v1/initiatives?${query}`);
    expect(response.statusCode).toBe(400);
    expect(response.headers['content-type']).toContain('application/problem+json');
    expect(response.json().errors.map((one: { field: string }) => one.field)).toEqual([field]);
  });
});

describe('GET /api/v1/initiatives/:id', () => {
  it('shows the slip of a target against its first date, and the revision behind it', async () => {
    const one = await answer('/api/v1/initiatives/HAR-01');
    expect(one.targets[0]).toMatchObject({
      baseline: { latest: '2021-12-31' },
      by: { latest: '2022-08-31' },
      slip: { days: 243, months: 8, atLeast: false },
      state: 'met',
      revisions: [{ announced: '2021-09' }],
    });
  });

  it('knows nothing of what came after the day asked for', async () => {
    const one = await answer('/api/v1/initiatives/HAR-01?asOf=2021-06');
    expect(one.status).toBe('announced');
    expect(one.statuses).toEqual([]);
    expect(one.targets[0]).toMatchObject({ slip: null, by: { latest: '2021-12-31' }, state: 'ahead' });
    expect(one.progress.map((step: { date: string }) => step.date)).toEqual(['2019', null, '2021-05-31']);
  });

  it('keeps undated steps in the order of their document', async () => {
    const { progress } = await answer('/api/v1/initiatives/HAR-01');
    expect(progress.map((step: { date: string }) => step.date)).toEqual(['2019', null, '2021-05-31', null]);
    expect(progress.map((step: { knownFrom: string }) => step.knownFrom)).toEqual([
      '2019-12-31',
      '2021-05-31',
      '2021-05-31',
      '2021-09-30',
    ]);
  });

  it('is not found when unknown, or when it had not been announced yet', async () => {
    const unknown = await ask('/api/v1/initiatives/HAR-99');
    expect([unknown.statusCode, unknown.json().code]).toEqual([404, 'unknown-initiative']);
    const early = await ask('/api/v1/initiatives/HAR-03?asOf=2020');
    expect([early.statusCode, early.json().code]).toEqual([404, 'not-yet-announced']);
  });
});

describe('the programme', () => {
  it('gives the counts of a day beside the printed ones', async () => {
    const summary = await answer('/api/v1/summary?asOf=2023-01-31');
    expect(summary.total).toEqual({
      total: 6,
      completedOrOngoing: 3,
      inProgress: 1,
      announced: 2,
      overdue: 1,
    });
    expect(summary.printed.total).toEqual({ total: 6, completedOrOngoing: 3, inProgress: 1 });
    expect(summary.differences).toEqual([]);
    expect(summary.rows.map((row: { counts: { total: number } }) => row.counts.total)).toEqual([4, 2, 0]);
  });

  it('says when nothing of a day is filed under an area', async () => {
    const summary = await answer('/api/v1/summary?asOf=2019');
    expect(summary.unfiled.total).toBe(3);
    expect(summary.printed).toBeNull();
  });

  it('lists dated targets in the order of their days', async () => {
    const { items } = await answer('/api/v1/targets');
    expect(items.map((one: { day: string }) => one.day)).toEqual([
      '2021-12-31',
      '2022-08-31',
      '2022-12-31',
      '2024-01-01',
      '2025-12-31',
      '2030-12-31',
    ]);
  });

  it.each(['targets', 'events', 'systems', 'indicators', 'tables'])(
    'gives /api/v1/%s in pages, each once, in the same order',
    async (list) => {
      const whole = await answer(`/api/v1/${list}`);
      const seen: unknown[] = [];
      let next: string | null = '';
      while (next !== null) {
        const page: Awaited<ReturnType<typeof answer>> = await answer(
          `/api/v1/${list}?limit=1${next ? `&cursor=${next}` : ''}`,
        );
        expect(page.items).toHaveLength(1);
        expect(page.total).toBe(whole.total);
        seen.push(...page.items);
        next = page.next;
      }
      expect(seen).toEqual(whole.items);
      expect([whole.items.length, whole.next]).toEqual([whole.total, null]);
      for (const wrong of ['limit=501', 'limit=1e1', 'cursor=NOPE'])
        expect([wrong, (await ask(`/api/v1/${list}?${wrong}`)).statusCode]).toEqual([wrong, 400]);
    },
  );

  it.each([
    ['/api/v1/areas', 'items', 3],
    ['/api/v1/events', 'items', 2],
    ['/api/v1/documents', 'items', 4],
    ['/api/v1/governance', 'bodies', 2],
    ['/api/v1/systems', 'items', 3],
    ['/api/v1/indicators', 'items', 3],
    ['/api/v1/technologies-programme', 'categories', 1],
  ])('%s lists all of its %s', async (url, list, count) => {
    expect((await answer(url))[list]).toHaveLength(count);
  });

  it('shows a system whose proofs never ran as not yet there', async () => {
    expect(await answer('/api/v1/systems/lamp-control')).toMatchObject({
      state: 'not-yet',
      basis: 'implied',
    });
    expect((await ask('/api/v1/systems/rocket')).statusCode).toBe(404);
  });
});

describe('figures', () => {
  it('says where the documents disagree', async () => {
    const gauges = await answer('/api/v1/indicators/gauges.count');
    expect(gauges.differences).toHaveLength(1);
    expect(gauges.differences[0]).toMatchObject({
      kind: 'disagree',
      sentence: { en: 'For May 2021 the documents disagree: 24 gauges (report:30); 20 gauges (talk:4).' },
    });
    expect(gauges.latest.text.en).toBe('about 40 gauges');
  });

  it('gives the series of an id with dots as CSV', async () => {
    const response = await ask('/api/v1/indicators/gauges.count.csv');
    expect(response.headers['content-type']).toBe('text/csv; charset=utf-8; header=present');
    const [head, ...rows] = response.body.trimEnd().split('\r\n');
    expect(head).toMatch(/^\uFEFFindicator,label_en,/);
    expect(rows).toHaveLength(4);
    expect(rows[2]).toBe(
      'gauges.count,Tide gauges,潮汐計,gauges,2021,printed,target,exact,40,"Document plan, The promises (line 12)",,',
    );
  });

  it('gives a table as CSV with texts in both languages, quoted where needed', async () => {
    const { body } = await ask('/api/v1/tables/ports.csv');
    expect(body).toBe(
      '\uFEFFrank,port_en,port_tc,note\r\n1,"Brightwater, North",北光水港,\r\n9,Port Ellery,埃勒里港,"says ""we try"""\r\n',
    );
    expect((await answer('/api/v1/tables/ports')).notes[0].warning).toBe(true);
  });

  it.each(['indicators/x', 'indicators/x.csv', 'tables/x', 'tables/x.csv'])(
    'does not know /api/v1/%s',
    async (path) => {
      const response = await ask(`/api/v1/${path}`);
      expect(response.statusCode).toBe(404);
      expect(response.json().code).toMatch(/^unknown-/);
    },
  );
});

describe('answers and time', () => {
  it('are made new when something is recorded, and are otherwise known by their ETag', async () => {
    const first = await ask('/api/v1/summary');
    const again = await city.server.fastify.inject({
      url: '/api/v1/summary',
      headers: { 'if-none-match': String(first.headers.etag) },
    });
    expect(again.statusCode).toBe(304);
    await recordStatus(city.house, {
      initiative: 'STM-01',
      status: 'in-progress',
      from: '2026-11-20',
      source: { statement: { en: 'Harbour Office', tc: '港務處' } },
    });
    const changed = await answer('/api/v1/summary');
    expect(changed.total.inProgress).toBe(2);
    expect((await answer('/api/v1/summary?asOf=2026-11-19')).total.inProgress).toBe(1);
  });
});
