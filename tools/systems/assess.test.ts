// Tests of how the state of a system follows from its parts and the tests that passed.

import { describe, expect, it } from 'vitest';
import type { System } from '../../src/city/system.ts';
import { assess, type Defined, findProblems, type ListedSystem, toMarkdown } from './assess.ts';

const listed: ListedSystem[] = [
  { id: 'hill-fire', number: 1, name: 'Hill fire', acceptance: 'a fire is seen; an alarm is sent' },
  { id: 'wet-market', number: 2, name: 'Wet market', acceptance: 'a stall is found' },
];

const fire: System = {
  id: 'hill-fire',
  modules: ['observations'],
  parts: [
    { part: 'a fire is seen', test: 'sees a fire' },
    { part: 'an alarm is sent', test: 'sends an alarm' },
  ],
  missing: 'Alarms need the messages module.',
};

const file = 'src/city/tiny/systems/hill-fire/acceptance.test.ts';
const defined = (passed: string[], failed: string[] = [], system = fire): Defined[] => [
  { system, file, tests: { passed, failed } },
];

describe('the state of a system', () => {
  it('is works when every part has a test that passed', () => {
    const [report] = assess(listed, defined(['sees a fire', 'sends an alarm']));
    expect(report).toEqual({
      id: 'hill-fire',
      state: 'works',
      proof: `2 of 2 parts proven by ${file}`,
      missing: '',
    });
  });

  it('is partly when one of two tests failed, and says what is not proven', () => {
    const [report] = assess(listed, defined(['sees a fire'], ['sends an alarm']));
    expect(report).toMatchObject({ state: 'partly', proof: `1 of 2 parts proven by ${file}` });
    expect(report?.missing).toBe('Alarms need the messages module. Not proven: an alarm is sent.');
  });

  it('is not-yet when no part is proven, and when no definition exists', () => {
    const reports = assess(listed, defined([], ['sees a fire', 'sends an alarm']));
    expect(reports.map((one) => [one.id, one.state, one.proof])).toEqual([
      ['hill-fire', 'not-yet', ''],
      ['wet-market', 'not-yet', ''],
    ]);
  });

  it('never is works while a part has no test', () => {
    const system = { ...fire, parts: [...fire.parts, { part: 'a drill is held', test: null }] };
    expect(assess(listed, defined(['sees a fire', 'sends an alarm'], [], system))[0]?.state).toBe('partly');
  });
});

describe('a wrong definition', () => {
  const problemsOf = (system: System, passed: string[]) =>
    findProblems(listed, defined(passed, [], system)).join('\n');
  const both = ['sees a fire', 'sends an alarm'];

  it('is found when it names a test that is not there', () => {
    expect(problemsOf(fire, ['sees a fire'])).toContain('no test has the title "sends an alarm"');
  });

  it('is found when its id is unknown or differs from the folder', () => {
    expect(problemsOf({ ...fire, id: 'forest-fire' }, both)).toContain('lists no such system');
    expect(problemsOf({ ...fire, id: 'wet-market' }, both)).toContain('the folder is hill-fire');
  });

  it('is found when it has no parts or proves two parts by one test', () => {
    expect(problemsOf({ ...fire, parts: [] }, both)).toContain('no parts');
    const parts = fire.parts.map((one) => ({ ...one, test: 'sees a fire' }));
    expect(problemsOf({ ...fire, parts }, both)).toContain('two parts name the test');
  });

  it('is not seen in a good one', () => {
    expect(problemsOf(fire, both)).toBe('');
  });
});

describe('the page of systems', () => {
  it('counts the states and lists every system once, in the order of the blueprint', () => {
    const page = toMarkdown(listed, assess(listed, defined(['sees a fire'])));
    expect(page).toContain('2 systems: 0 work, 1 partly, 1 not yet.');
    expect(page.indexOf('| 1 | Hill fire')).toBeLessThan(page.indexOf('| 2 | Wet market'));
  });
});
