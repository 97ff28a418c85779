// Acceptance of system 3: what is late is reported with its lead body, and the report can be made again.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHouse, type TestHouse } from '../../../../../test/kit/house.ts';
import { fixedClock } from '../../../../core/clock.ts';
import { recordProgress, recordStatus, reviseTarget } from '../../../../modules/blueprint/index.ts';

const clock = fixedClock('2026-08-15T01:00:00Z');
const source = { statement: { en: 'Letter to the Smart City Office', tc: '致智慧城市辦事處函' } };
const meeting = '2026-10-15';

type Report = { asOf: string; knownAt: string; items: { initiative: string; target: { id: string } }[] };

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

  const ask = async (query: string) => {
    const answer = await city.server.fastify.inject(`/api/v1/reports/overdue?${query}`);
    expect(answer.statusCode).toBe(200);
    return { text: answer.body, data: answer.json() as Report };
  };
  const report = async (query: string) => {
    await city.house.revisions.refresh();
    return ask(query);
  };
  const lateIn = ({ data }: { data: Report }) => data.items.map(({ initiative }) => initiative);
  const knownAt = ({ data }: { data: Report }) => `knownAt=${encodeURIComponent(data.knownAt)}`;

  it('lists an initiative whose target date passed without an update, with its lead body', async () => {
    clock.set('2026-10-15T02:00:00Z');
    const before = await report('asOf=2026-09-30');
    expect(lateIn(before)).not.toContain('LIV-07');
    const { data } = await report(`asOf=${meeting}`);
    expect(data.items.find(({ initiative }) => initiative === 'LIV-07')).toMatchObject({
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
    expect(lateIn(asKnownNow)).not.toContain('LIV-07');
    const again = await report(`asOf=${meeting}&${knownAt(first)}`);
    expect(lateIn(again)).toContain('LIV-07');
    expect(again.text).toBe(first.text);
  });

  it('makes a report again also when facts were recorded while it was made', async () => {
    clock.set('2026-11-20T04:00:00Z');
    const [late = ''] = lateIn(await report(`asOf=${meeting}`));
    const reached = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    const emit = () => {
      reached.resolve();
      return held.promise;
    };
    const recording = recordStatus(
      { ...city.house, events: { ...city.house.events, emit } },
      { initiative: late, status: 'completed-or-ongoing', from: '2026-10-02', source },
    );
    // It has taken its instant, but has not committed, when the report is made.
    await reached.promise;
    clock.set('2026-11-20T04:00:01Z');
    const during = await ask(`asOf=${meeting}`);
    held.resolve();
    await recording;
    const after = await report(`asOf=${meeting}`);
    expect(lateIn(during)).toContain(late);
    expect(lateIn(after).filter((one) => one === late).length).toBeLessThan(
      lateIn(during).filter((one) => one === late).length,
    );
    expect(after.data.knownAt > during.data.knownAt).toBe(true);
    const again = await report(`asOf=${meeting}&${knownAt(during)}`);
    expect(again.text).toBe(during.text);
  });

  it('gives later recordings later instants, even when a clock is behind', async () => {
    const before = await report(`asOf=${meeting}`);
    clock.set('2026-11-20T03:30:00Z');
    const text = { en: 'A first trial has begun.', tc: '首次試驗已展開。' };
    await recordProgress(city.house, { initiative: 'LIV-07', date: '2026-11-19', text, source });
    const after = await report(`asOf=${meeting}`);
    expect(after.data.knownAt > before.data.knownAt).toBe(true);
    expect((await report(`asOf=${meeting}&${knownAt(before)}`)).text).toBe(before.text);
  });

  it('takes the day of what it knows when no day is named, so that it can be asked again', async () => {
    clock.set('2026-11-20T05:00:00Z');
    const first = await report('');
    expect(first.data.asOf).toBe('2026-11-20');
    clock.set('2027-03-01T05:00:00Z');
    expect((await report(knownAt(first))).text).toBe(first.text);
  });

  it('holds no wording, which may be corrected', async () => {
    const { text } = await report(`asOf=${meeting}`);
    expect(text).not.toMatch(/"(en|tc|sc|title|name|words)":/);
  });
});
