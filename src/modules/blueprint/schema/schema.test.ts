// Proves that a broken file of the edition is refused with its name, line and field.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { edition } from '../../../city/harbour-test/city.ts';
import { readBlueprintFiles } from '../store/index.ts';
import {
  BlueprintDataError,
  daysBetween,
  firstDay,
  isWrittenDate,
  lastDay,
  monthsBetween,
  parseBlueprint,
} from './index.ts';

const { folder } = edition.data.blueprint as { folder: URL };
const files = await readBlueprintFiles(folder);

/** The files with one of them changed; the text must be there exactly once. */
function broken(path: string, from: string, to: string) {
  return files.map((file) => {
    if (file.path !== path) return file;
    expect(file.text.split(from)).toHaveLength(2);
    return { path, text: file.text.replace(from, to) };
  });
}

function problemsOf(changed: typeof files) {
  try {
    parseBlueprint(changed);
  } catch (error) {
    if (error instanceof BlueprintDataError) return error.problems;
    throw error;
  }
  return [];
}

const lineOf = (path: string, text: string) => {
  const file = files.find((one) => one.path === path)!;
  return file.text.slice(0, file.text.indexOf(text)).split('\n').length;
};

describe('the files of an edition', () => {
  it('are accepted as they are', () => {
    expect(problemsOf(files)).toEqual([]);
  });

  it.each([
    ['a missing brace', 'units.json', '{ "id": "percent"', '"id": "percent"', '', /not valid JSON/],
    [
      'a wrong date',
      'initiatives/harbour.json',
      '"2021-05-31"',
      '"2021-02-30"',
      'initiatives.0.progress.2.date',
      /must be a date/,
    ],
    [
      'an unknown status',
      'initiatives/streets.json',
      '"in-progress"',
      '"late"',
      'initiatives.0.statuses.0.status',
      /in-progress/,
    ],
    [
      'an unknown field',
      'documents.json',
      '"id": "talk",',
      '"id": "talk", "colour": 1,',
      'documents.2.colour',
      /unknown field/,
    ],
    ['an empty translation', 'areas.json', '"tc": "街道"', '"tc": ""', 'areas.1.name.tc', /.+/],
    [
      'an unknown system',
      'initiatives/streets.json',
      '"systems": ["lamp-control"]',
      '"systems": ["lamp"]',
      'initiatives.0.systems.0',
      /unknown system "lamp"/,
    ],
    [
      'an unknown area',
      'initiatives/storm.json',
      '"area": "storm"',
      '"area": "sky"',
      'initiatives.0.classifications.0.area',
      /unknown area "sky"/,
    ],
    [
      'an unknown body',
      'initiatives/streets.json',
      '"body": "lamp-works"',
      '"body": "nobody"',
      'initiatives.0.bodies.0.body',
      /unknown body/,
    ],
    [
      'an unknown technology',
      'initiatives/streets.json',
      '{ "id": "led"',
      '{ "id": "ledd"',
      'initiatives.0.technologies.0.id',
      /unknown technology/,
    ],
    [
      'an unknown unit',
      'indicators.json',
      '"unit": "rank"',
      '"unit": "stars"',
      'indicators.2.unit',
      /unknown unit/,
    ],
    [
      'an unknown topic',
      'indicators.json',
      '"topic": "ranking"',
      '"topic": "x"',
      'indicators.2.topic',
      /unknown topic/,
    ],
    [
      'an unknown initiative',
      'systems.json',
      '"STM-01"',
      '"STM-02"',
      'systems.0.initiatives.1',
      /unknown initiative/,
    ],
    ['an unknown category', 'systems.json', '"W-01"', '"W-02"', 'systems.0.programme.0', /unknown category/],
    [
      'an unknown document',
      'milestones.json',
      '"document": "plan"',
      '"document": "dream"',
      'milestones.0.source.document',
      /unknown document "dream"/,
    ],
    ['a doubled id', 'documents.json', '"id": "talk"', '"id": "plan"', 'documents.2.id', /is there twice/],
    [
      'a doubled id across files',
      'initiatives/storm.json',
      '"STM-01"',
      '"HAR-01"',
      'initiatives.0.id',
      /is there twice/,
    ],
    [
      'a revision before its target',
      'initiatives/harbour.json',
      '"announced": "2021-09"',
      '"announced": "2021-01"',
      'initiatives.0.targets.0.revisions.0.announced',
      /does not come after/,
    ],
    [
      'statuses out of order',
      'initiatives/harbour.json',
      '"from": "2021-09"',
      '"from": "2024-09"',
      'initiatives.0.statuses.1.from',
      /does not come after/,
    ],
    ['a row too short', 'tables.json', ', null]', ']', 'tables.0.rows', /as many cells/],
  ])('are refused for %s, by file, line and field', (...[_what, path, from, to, field, message]) => {
    const [problem] = problemsOf(broken(path, from, to));
    expect(problem).toMatchObject({ file: path, field, message: expect.stringMatching(message) });
    const text = field.endsWith('.rows') ? '"rows"' : from;
    if (field !== '' && !field.includes('statuses.1')) expect(problem!.line).toBe(lineOf(path, text));
    expect(problem!.line).toBeGreaterThan(1);
  });

  it('are refused when one is missing or unknown', () => {
    expect(problemsOf(files.filter(({ path }) => path !== 'areas.json'))[0]).toMatchObject({
      file: 'areas.json',
    });
    expect(problemsOf([...files, { path: 'extra.json', text: '{}' }])[0]).toMatchObject({
      file: 'extra.json',
      line: 1,
    });
  });

  it('tell all their problems at once, one a line', () => {
    const changed = broken('initiatives/streets.json', '"body": "lamp-works"', '"body": "nobody"').map(
      (file) =>
        file.path === 'milestones.json'
          ? { ...file, text: file.text.replace('"document": "plan"', '"document": "x"') }
          : file,
    );
    expect(() => parseBlueprint(changed)).toThrow(
      /2 problem\(s\):\ninitiatives\/streets\.json:\d+ .*nobody"\nmilestones\.json:\d+ .*"x"/,
    );
  });
});

describe('written dates', () => {
  it.each([
    ['2020', '2020-01-01', '2020-12-31'],
    ['2020-02', '2020-02-01', '2020-02-29'],
    ['2021-02', '2021-02-01', '2021-02-28'],
    ['2020-12-10', '2020-12-10', '2020-12-10'],
    ['2024-04/2025-03', '2024-04-01', '2025-03-31'],
    ['2018/2020', '2018-01-01', '2020-12-31'],
  ])('%s lasts from %s to %s', (date, first, last) => {
    expect([firstDay(date), lastDay(date)]).toEqual([first, last]);
  });

  it.each(['', '20', '2020-13', '2021-02-29', '2020-1', '2021/2020', '2020/2021/2022', '2020-12-32', 'soon'])(
    '%j is none',
    (text) => {
      expect(isWrittenDate(text)).toBe(false);
      expect(() => lastDay(text)).toThrow(RangeError);
    },
  );

  it('count days and months the same way in both directions', () => {
    const day = fc
      .date({ min: new Date('1990-01-01'), max: new Date('2060-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, day, (a, b) => {
        expect(daysBetween(a, b)).toBe(0 - daysBetween(b, a));
        expect(monthsBetween(a, b)).toBe(0 - monthsBetween(b, a));
        expect(Math.abs(monthsBetween(a, b)) * 28).toBeLessThanOrEqual(Math.abs(daysBetween(a, b)));
      }),
    );
  });

  it('count a month as full at its last day', () => {
    expect(monthsBetween('2022-12-31', '2024-02-29')).toBe(14);
    expect(monthsBetween('2022-01-15', '2022-02-14')).toBe(0);
  });
});
