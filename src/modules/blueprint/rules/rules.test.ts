// Proves what the register knew on which day, on the real blueprint and on invented facts.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { edition as hongKong } from '../../../city/hong-kong/city.ts';
import {
  buildRegister,
  type Day,
  type Initiative,
  publishedDay,
  type Register,
  type StatusFact,
} from '../schema/index.ts';
import { readBlueprint } from '../store/index.ts';
import {
  askedDay,
  changesAsOf,
  differencesOf,
  doubtAsOf,
  filterInitiatives,
  initiativeAsOf,
  initiativesAsOf,
  milestonesAsOf,
  relatedInitiatives,
  searchDocumentsOf,
  sourcesAsOf,
  summaryAsOf,
} from './index.ts';

const register = buildRegister(await readBlueprint(hongKong));
const today = '2026-11-21';
const six = ['mobility', 'living', 'environment', 'people', 'government', 'economy'];
const anyDay = fc
  .date({ min: new Date('2015-01-01'), max: new Date('2032-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

const table = (day: Day) =>
  Object.fromEntries(
    summaryAsOf(register, day).rows.map(({ area, counts: { completedOrOngoing, inProgress, total } }) => [
      area.id,
      `${completedOrOngoing}+${inProgress}=${total}`,
    ]),
  );

describe('the counts of the Blueprint', () => {
  it('as of December 2020 are 31, 15, 18, 12, 31, 20 and 13, together 140, villages apart', () => {
    const summary = summaryAsOf(register, '2020-12-31');
    const counts = Object.fromEntries(summary.rows.map((row) => [row.area.id, row.counts.total]));
    expect(counts).toEqual({
      mobility: 31,
      living: 15,
      environment: 18,
      people: 12,
      government: 31,
      economy: 20,
      covid: 13,
      village: 4,
    });
    expect(summary.total).toMatchObject({ total: 140, announced: 140, inProgress: 0, completedOrOngoing: 0 });
    expect(summary.rows.filter((row) => !row.counted).map((row) => row.area.id)).toEqual(['village']);
    expect(summary.differences).toEqual([]);
  });

  it('as of 30 June 2024 are the printed table of Annex 1, line by line', () => {
    expect(table('2024-06-30')).toEqual({
      mobility: '28+4=32',
      living: '15+1=16',
      environment: '20+0=20',
      people: '12+0=12',
      government: '31+0=31',
      economy: '20+0=20',
      covid: '13+0=13',
      village: '0+0=0',
    });
    const summary = summaryAsOf(register, '2024-06-30');
    expect(summary.total).toMatchObject({ total: 131, completedOrOngoing: 126, inProgress: 5, announced: 0 });
    expect(summary.rows.filter((row) => row.counted).map((row) => row.area.id)).toEqual(six);
    expect(summary.differences).toEqual([]);
    expect(
      filterInitiatives(register, { status: 'in-progress' }, '2024-06-30').map((one) => one.initiative.id),
    ).toEqual(['MOB-04', 'MOB-10', 'MOB-23', 'MOB-30', 'LIV-14']);
  });

  it('on the day before still are those of 2020', () => {
    expect(summaryAsOf(register, '2024-06-29').total).toMatchObject({ total: 140, announced: 140 });
  });

  it('before Blueprint 2.0 are the 70 carried on, of 76 printed, filed under no area', () => {
    const summary = summaryAsOf(register, '2019-06-30');
    expect(summary.total.total).toBe(70);
    expect(summary.unfiled.total).toBe(70);
    expect(summary.tally!.total.total).toBe(76);
    expect(summary.differences).toContainEqual({ area: null, field: 'total', printed: 76, ours: 70 });
    expect(summaryAsOf(register, '2017-12-30').everything.total).toBe(0);
  });

  it('always add up, on any day', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const { rows, total, everything, unfiled } = summaryAsOf(register, day);
        const sum = (list: typeof rows) => list.reduce((all, row) => all + row.counts.total, 0);
        expect(sum(rows) + unfiled.total).toBe(everything.total);
        expect(sum(rows.filter((row) => row.counted)) + unfiled.total).toBe(total.total);
        expect(everything.announced + everything.inProgress + everything.completedOrOngoing).toBe(
          everything.total,
        );
      }),
    );
  });
});

describe('as of a day', () => {
  const later = (initiative: Initiative, from: Day): Initiative => {
    const source = initiative.sources[0]!;
    const statuses = [
      ...initiative.statuses,
      { status: 'in-progress', from, basis: 'printed', source } as StatusFact,
    ];
    const classifications = [
      ...initiative.classifications,
      { area: 'covid', from, basis: 'printed' as const, source },
    ];
    const step = { date: from, knownFrom: from, text: initiative.title, source };
    const revision = { announced: from, by: { words: initiative.title, latest: '2040-01-01' }, source };
    const targets = initiative.targets.map((one) => ({ ...one, revisions: [...one.revisions, revision] }));
    return { ...initiative, statuses, classifications, targets, progress: [...initiative.progress, step] };
  };

  it('nothing dated later changes an answer', () => {
    const pick = fc.constantFrom(...register.initiatives);
    fc.assert(
      fc.property(pick, anyDay, anyDay, (initiative, a, b) => {
        fc.pre(a !== b);
        const [day, after] = a < b ? [a, b] : [b, a];
        const { initiative: _one, ...plain } = initiativeAsOf(register, initiative, day) ?? { initiative };
        const { initiative: _two, ...grown } = initiativeAsOf(register, later(initiative, after), day) ?? {
          initiative,
        };
        const targets = (view: typeof plain) =>
          'targets' in view ? view.targets.map(({ target: _target, ...rest }) => rest) : [];
        expect({ ...grown, targets: targets(grown) }).toEqual({ ...plain, targets: targets(plain) });
      }),
    );
  });

  it('no initiative ever disappears, and none is older than its announcement', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (a, b) => {
        const [day, after] = a < b ? [a, b] : [b, a];
        const known = initiativesAsOf(register, day).map((one) => one.initiative.id);
        const then = new Set(initiativesAsOf(register, after).map((one) => one.initiative.id));
        expect(known.filter((id) => !then.has(id))).toEqual([]);
        for (const one of initiativesAsOf(register, day)) expect(one.updatedAt <= day).toBe(true);
      }),
    );
  });

  it('shows the seven steps of the talk on GOV-01 in their order, and the later one last', () => {
    const { progress } = initiativeAsOf(register, register.initiativeById.get('GOV-01')!, today)!;
    expect(progress.map((step) => step.date)).toEqual([
      ...['2018', null, null, '2019-12-31', null, '2020-08-31', null],
      '2024-07-12',
    ]);
  });
});

describe('the day asked for', () => {
  it.each([
    [undefined, today],
    ['2024', '2024-12-31'],
    ['2024-02', '2024-02-29'],
    ['2024-06-30', '2024-06-30'],
    ['2026', today],
  ])('%s means %s', (asked, day) => {
    expect(askedDay(asked, today)).toBe(day);
  });

  it.each(['2027', '2026-12', '2024-13', '2023-02-29', 'soon', '2020/2021', ''])('%j is refused', (asked) => {
    expect(() => askedDay(asked, today)).toThrow(expect.objectContaining({ kind: 'invalid' }));
  });
});

describe('filters', () => {
  it('never find what does not fit alone, and find fewer the more there are', () => {
    const filters = fc.record(
      {
        area: fc.constantFrom(...six, 'covid'),
        status: fc.constantFrom('announced', 'in-progress', 'completed-or-ongoing'),
        technology: fc.constantFrom('open-data', 'iot', 'ai'),
        isNew: fc.boolean(),
        overdue: fc.boolean(),
        silentForDays: fc.nat(3000),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(filters, anyDay, (given, day) => {
        const found = filterInitiatives(register, given, day);
        for (const [name, value] of Object.entries(given)) {
          const alone = new Set(filterInitiatives(register, { [name]: value }, day));
          expect(found.filter((one) => !alone.has(one))).toEqual([]);
        }
      }),
    );
  });

  it('split the register by NEW marks: 70 carried on and 74 new', () => {
    expect(filterInitiatives(register, { isNew: false }, today)).toHaveLength(70);
    expect(filterInitiatives(register, { isNew: true }, today)).toHaveLength(74);
  });

  it.each([
    ['轉數快', 'LIV-03'],
    ['转数快', 'LIV-03'],
    ['faster pay', 'LIV-03'],
    ['mob-04', 'MOB-04'],
  ])('by words find %s', (words, id) => {
    expect(filterInitiatives(register, { words }, today).map((one) => one.initiative.id)).toContain(id);
  });
});

describe('what leads on', () => {
  it('tells every change once, newest first, and none of the future', () => {
    const changes = changesAsOf(register, today);
    expect(new Set(changes.map(({ id }) => id)).size).toBe(changes.length);
    expect(changes.map(({ day }) => day)).toEqual(
      changes
        .map(({ day }) => day)
        .toSorted()
        .reverse(),
    );
    expect(changesAsOf(register, '2020-12-31').every(({ day }) => day <= '2020-12-31')).toBe(true);
  });

  it('relates initiatives that share a system, and none to itself', () => {
    const related = (id: string) =>
      relatedInitiatives(register, register.initiativeById.get(id)!).map((one) => one.id);
    expect(related('MOB-16')).toEqual(expect.arrayContaining(['MOB-15', 'MOB-18', 'ENV-08']));
    for (const { id } of register.initiatives) expect(related(id)).not.toContain(id);
  });

  it('offers every record to the search once', () => {
    const documents = searchDocumentsOf(register);
    expect(new Set(documents.map(({ id }) => id)).size).toBe(documents.length);
    const count = (kind: string) => documents.filter((one) => one.kind.en === kind).length;
    expect([count('Initiative'), count('Indicator'), count('System'), count('Area')]).toEqual([
      144, 180, 130, 8,
    ]);
  });
});

describe('what later papers say', () => {
  it('does not leak into an earlier day: milestones, differences, sources and doubts', () => {
    const ids = (day: Day) => milestonesAsOf(register, day).map(({ id }) => id);
    for (const { id, source, expected } of register.milestones.filter(({ expected }) => expected)) {
      const published = publishedDay(register.documentById, source)!;
      expect([id, expected, ids(published).includes(id)]).toEqual([id, true, true]);
      expect([id, ids('2016-12-31').includes(id)]).toEqual([id, false]);
    }
    const areas = register.indicatorById.get('blueprint.smart-areas')!;
    expect(differencesOf(register, areas, '2016-12-31')).toEqual([]);
    expect(differencesOf(register, areas, today)).toHaveLength(1);
    const village = register.initiativeById.get('VIL-02')!;
    const early = initiativeAsOf(register, village, '2021-06-30')!;
    const late = initiativeAsOf(register, village, '2021-11-26')!;
    expect(sourcesAsOf(register, early).map((source) => 'document' in source && source.document)).toEqual([
      '001',
    ]);
    expect(sourcesAsOf(register, late)).toEqual(village.sources);
    expect([doubtAsOf(register, early), doubtAsOf(register, late)]).toEqual([null, village.doubt]);
  });
});

describe('the names of changes', () => {
  it('are each there once and do not depend on the order of the steps', () => {
    const names = (one: Register) => changesAsOf(one, today).map(({ id }) => id);
    const all = names(register);
    expect(new Set(all).size).toBe(all.length);
    const turned = register.initiatives.map((one) => ({ ...one, progress: one.progress.toReversed() }));
    expect(names({ ...register, initiatives: turned }).toSorted()).toEqual(all.toSorted());
  });
});
