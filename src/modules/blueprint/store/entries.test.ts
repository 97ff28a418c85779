// Proves that entries of officers are checked, told by an event, and never rewrite what was recorded.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BlueprintHouse, openBlueprintHouse } from '../../../../test/kit/blueprint-house.ts';
import { edition as harbour } from '../../../city/harbour-test/city.ts';
import { initiativeAsOf } from '../rules/index.ts';
import type { BlueprintData } from '../schema/index.ts';
import {
  getRegister,
  loadRegister,
  readBlueprint,
  recordProgress,
  recordStatus,
  reviseTarget,
} from './index.ts';

let open: BlueprintHouse;
let data: BlueprintData;

beforeEach(async () => {
  open = await openBlueprintHouse(harbour);
  data = await readBlueprint(harbour);
});
afterEach(() => open.close());

const find = (id: string) => data.initiatives.find((initiative) => initiative.id === id)!;

describe('entries of officers', () => {
  const source = { statement: { en: 'Statement of the Harbour Office', tc: '港務處聲明' } };
  beforeEach(() => loadRegister(open.house, data));

  it('records a status from its day on, with its event, and the register shows it at once', async () => {
    await recordStatus(open.house, {
      initiative: 'STR-01',
      status: 'completed-or-ongoing',
      from: '2026-11-01',
      source,
    });
    const register = await getRegister(open.house);
    const lamps = register.initiativeById.get('STR-01')!;
    expect(initiativeAsOf(register, lamps, '2026-10-31')!.status).toBe('in-progress');
    expect(initiativeAsOf(register, lamps, '2026-11-01')!.status).toBe('completed-or-ongoing');
    expect((await open.events()).at(-1)).toMatchObject({ topic: 'blueprint.status-recorded', key: 'STR-01' });
  });

  it('survives the next load of the same or of grown files', async () => {
    await recordProgress(open.house, {
      initiative: 'HAR-03',
      date: '2026-10',
      text: source.statement,
      source,
    });
    find('HAR-02').title = { en: 'Berths by app', tc: '程式預訂泊位' };
    await loadRegister(open.house, data);
    const register = await getRegister(open.house);
    expect(register.initiativeById.get('HAR-03')!.progress.map((step) => step.date)).toEqual(['2026-10']);
  });

  it('shows the slip of a revised target against its first date', async () => {
    const by = { words: { en: 'spring 2027', tc: '2027年春' }, latest: '2027-05-31' };
    await reviseTarget(open.house, { target: 'STR-01.1', announced: '2026-11-20', by, source });
    const register = await getRegister(open.house);
    const lamps = register.initiativeById.get('STR-01')!;
    const [target] = initiativeAsOf(register, lamps, '2026-11-21')!.targets;
    expect(target).toMatchObject({ baseline: { latest: '2022-12-31' }, by, state: 'ahead' });
    expect(target!.slip).toEqual({ days: 1612, months: 53, atLeast: false });
    expect(initiativeAsOf(register, lamps, '2026-11-19')!.targets[0]!.state).toBe('overdue');
    expect((await open.events()).at(-1)).toMatchObject({ topic: 'blueprint.target-revised', key: 'STR-01' });
  });

  const status = { initiative: 'STR-01', status: 'in-progress' as const, from: '2026-11-01', source };
  const wrong: [string, () => Promise<void>, object][] = [
    [
      'an unknown initiative',
      () => recordStatus(open.house, { ...status, initiative: 'X' }),
      { kind: 'not-found' },
    ],
    [
      'a status older than the last',
      () => recordStatus(open.house, { ...status, from: '2022' }),
      { kind: 'conflict' },
    ],
    [
      'a status of the future',
      () => recordStatus(open.house, { ...status, from: '2027' }),
      { kind: 'invalid', fields: [{ field: 'from' }] },
    ],
    [
      'a status of tomorrow',
      () => recordStatus(open.house, { ...status, from: '2026-11-22' }),
      { kind: 'invalid', fields: [{ field: 'from' }] },
    ],
    [
      'a status of a month that is not over',
      () => recordStatus(open.house, { ...status, from: '2026-11' }),
      { kind: 'invalid', fields: [{ field: 'from' }] },
    ],
    [
      'a document that is not there',
      () => recordStatus(open.house, { ...status, source: { document: 'dream', line: 1 } }),
      { kind: 'invalid', fields: [{ field: 'source.document' }] },
    ],
    [
      'a date that is none',
      () =>
        recordProgress(open.house, {
          initiative: 'HAR-03',
          date: '2026-02-30',
          text: source.statement,
          source,
        }),
      { kind: 'invalid', fields: [{ field: 'date' }] },
    ],
    [
      'a revision of no target',
      () =>
        reviseTarget(open.house, {
          target: 'HAR-09.1',
          announced: '2026-11-20',
          by: { words: source.statement, latest: '2028-01-01' },
          source,
        }),
      { kind: 'not-found' },
    ],
  ];
  it.each(wrong)('refuses %s and writes nothing', async (_what, attempt, expected) => {
    const before = await open.events();
    await expect(attempt()).rejects.toMatchObject(expected);
    expect(await open.events()).toEqual(before);
  });

  it('takes the day that has begun in the city, though not yet elsewhere', async () => {
    open.clock.set('2026-11-21T23:30:00Z');
    const east = { ...open.house, edition: { ...harbour, timeZone: 'Asia/Hong_Kong' } };
    await recordStatus(east, { ...status, from: '2026-11-22' });
    await expect(recordStatus(east, { ...status, from: '2026-11-23' })).rejects.toMatchObject({
      code: 'date-in-future',
    });
  });

  it('refuses the same step twice', async () => {
    const step = { initiative: 'HAR-03', date: '2026-10', text: source.statement, source };
    await recordProgress(open.house, step);
    await expect(recordProgress(open.house, step)).rejects.toMatchObject({ code: 'progress-known' });
  });
});
