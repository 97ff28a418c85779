// Proves what becomes of a target: met, passed, revised, slipped.

import { describe, expect, it } from 'vitest';
import { edition as hongKong } from '../../../city/hong-kong/city.ts';
import { buildRegister, type StatusFact } from '../schema/index.ts';
import { readBlueprint } from '../store/index.ts';
import {
  filterInitiatives,
  initiativeAsOf,
  isOverdue,
  slipBetween,
  targetAsOf,
  targetTimeline,
} from './index.ts';

const register = buildRegister(await readBlueprint(hongKong));
const today = '2026-11-21';
describe('targets', () => {
  const source = { document: '001', line: 1 };
  const words = { en: 'by then', tc: '屆時' };
  const target = {
    id: 'X.1',
    what: words,
    announced: '2020-12-10',
    by: { words, latest: '2022-12-31' },
    value: null,
    unit: null,
    source,
    revisions: [],
  };
  const status = (value: StatusFact['status'], from: string): StatusFact => ({
    status: value,
    from,
    basis: 'printed',
    source,
  });
  it.each([
    ['ahead', undefined, '2022-12-31'],
    ['passed-no-status', undefined, '2023-01-01'],
    ['overdue', status('in-progress', '2022-06'), '2023-01-01'],
    ['passed-unconfirmed', status('completed-or-ongoing', '2022-06'), '2023-01-01'],
    ['met', status('completed-or-ongoing', '2024-06-30'), '2024-06-30'],
    ['met', status('completed-or-ongoing', '2022-12'), '2023-01-01'],
  ])('are %s', (state, fact, day) => {
    const view = targetAsOf(target, fact, day)!;
    expect(view.state).toBe(state);
    expect(isOverdue(view)).toBe(!['ahead', 'met'].includes(state));
  });

  it('do not exist before they are announced', () => {
    expect(targetAsOf(target, undefined, '2020-12-09')).toBeUndefined();
  });

  it('slip from end to end, at least to a new beginning, and not from nothing', () => {
    expect(slipBetween({ words, latest: '2022-12-31' }, { words, latest: '2024-03-31' })).toEqual({
      days: 456,
      months: 15,
      atLeast: false,
    });
    expect(slipBetween({ words, latest: '2022-12-31' }, { words, from: '2023-12-31' })).toEqual({
      days: 365,
      months: 12,
      atLeast: true,
    });
    expect(slipBetween(null, { words, from: '2024-12-31' })).toBeNull();
    expect(slipBetween({ words, latest: '2022-12-31' }, { words, latest: '2022-11-30' })).toMatchObject({
      months: -1,
    });
  });

  it('of the five in progress got their first date from Annex 1, as a revision without slip', () => {
    const roadPricing = register.initiativeById.get('MOB-04')!;
    expect(initiativeAsOf(register, roadPricing, '2024-06-29')!.targets[0]).toMatchObject({
      by: null,
      state: 'undated',
    });
    expect(initiativeAsOf(register, roadPricing, '2024-06-30')!.targets[0]).toMatchObject({
      baseline: null,
      by: { from: '2024-12-31' },
      slip: null,
      state: 'open-ended',
    });
  });

  it('that passed without a later word are overdue with all who lead them', () => {
    expect(filterInitiatives(register, { overdue: true }, today).map((one) => one.initiative.id)).toEqual([
      'GOV-03',
      'ECO-17',
    ]);
  });

  it('stand on the timeline in the order of their days', () => {
    const days = targetTimeline(register, today).map((entry) => entry.day);
    expect(days).toEqual(days.toSorted());
    expect(days).toHaveLength(22);
  });
});
