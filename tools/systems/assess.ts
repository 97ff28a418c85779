// Decides the state of each system from its definition and the tests that passed; no input or output.

import type { System, SystemReport } from '../../src/city/system.ts';

/** A system as the blueprint lists it. */
export type ListedSystem = { id: string; number: number; name: string; acceptance: string };

/** Titles of the tests of one system's acceptance file, by whether they passed. */
export type TestTitles = { passed: string[]; failed: string[] };

export type Defined = { system: System; file: string; tests: TestTitles };

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

function reportOf(listed: ListedSystem, defined: Defined | undefined): SystemReport {
  if (!defined) return { id: listed.id, state: 'not-yet', proof: '', missing: 'Not begun.' };
  const { system, file, tests } = defined;
  const open = system.parts.filter((one) => one.test === null || !tests.passed.includes(one.test));
  const proven = system.parts.length - open.length;
  const state = open.length === 0 ? 'works' : proven > 0 ? 'partly' : 'not-yet';
  const proof = proven === 0 ? '' : `${proven} of ${counted(system.parts.length, 'part')} proven by ${file}`;
  const parts =
    open.length === 0 ? '' : `Not proven: ${open.map((one) => one.part.replace(/\.$/, '')).join('; ')}.`;
  const missing = [state === 'works' ? '' : (system.missing ?? ''), parts].filter(Boolean).join(' ');
  return { id: listed.id, state, proof, missing };
}

/** The report of every listed system, in the order of the list. */
export function assess(listed: ListedSystem[], defined: Defined[]): SystemReport[] {
  const byId = new Map(defined.map((one) => [one.system.id, one]));
  return listed.map((one) => reportOf(one, byId.get(one.id)));
}

function problemsOf(one: Defined, folder: string): string[] {
  const { system, tests } = one;
  const titles = [...tests.passed, ...tests.failed];
  const absent = system.parts.filter((part) => part.test !== null && !titles.includes(part.test));
  const named = system.parts.flatMap((part) => part.test ?? []);
  const twice = named.filter((title, index) => named.indexOf(title) !== index);
  return [
    ...(system.id === folder ? [] : [`the folder is ${folder}, the id is ${system.id}`]),
    ...(system.parts.length > 0 ? [] : ['it has no parts, so nothing could prove it']),
    ...absent.map((part) => `no test has the title "${part.test}"`),
    ...twice.map((title) => `two parts name the test "${title}"`),
  ];
}

/** What is wrong with the definitions themselves; a report over wrong definitions would not be true. */
export function findProblems(listed: ListedSystem[], defined: Defined[]): string[] {
  const ids = new Set(listed.map((one) => one.id));
  return defined.flatMap((one) => {
    const folder = one.file.split('/').at(-2) ?? '';
    const unknown = ids.has(one.system.id) ? [] : ['the blueprint lists no such system'];
    return [...unknown, ...problemsOf(one, folder)].map((problem) => `${one.file}: ${problem}`);
  });
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** How many systems are in each state, in words. */
export function stateCounts(reports: SystemReport[]): string {
  const count = (state: string) => reports.filter((one) => one.state === state).length;
  return `${count('works')} ${count('works') === 1 ? 'works' : 'work'}, ${count('partly')} partly, ${count('not-yet')} not yet`;
}

/** The reports as a page to read. */
export function toMarkdown(listed: ListedSystem[], reports: SystemReport[]): string {
  const rows = listed.map((one, index) => {
    const { state, proof, missing } = reports[index]!;
    return `| ${one.number} | ${cell(one.name)} \`${one.id}\` | ${state} | ${cell(proof)} | ${cell(missing)} |`;
  });
  return `# Systems of the blueprint

Written by \`npm run systems\`, which runs the acceptance tests of every system; edit those, not this page.
A system works only when a passing test proves every part of its acceptance.

${counted(reports.length, 'system')}: ${stateCounts(reports)}.

| # | system | state | proof | missing |
|---|---|---|---|---|
${rows.join('\n')}
`;
}
