// Planted breaches of the numbers, the names, the comments, the words and the tests.

import { line, type Planted, upper } from './good-house.ts';

const long = (count: number, text: string) => Array(count).fill(text).join('\n');

export const numbers: Planted[] = [
  ['a file of 301 lines', { 'src/core/x.ts': line(long(300, 'void 0;')) }, 'file of 301 lines'],
  [
    'a style sheet of 301 lines',
    { 'src/ui/styles/x.css': line(long(300, 'a { color: red; }'), '/* The style of all. */') },
    'file of 301',
  ],
  [
    'a function of 71 lines',
    { 'tools/x.ts': line(`const f = () => {\n${long(69, 'void 0;')}\n};`) },
    'f has 71 lines',
  ],
  [
    'a function of four parameters',
    { 'src/core/x.ts': line('const f = (a, b, c, d) => a;') },
    'f has 4 parameters',
  ],
  [
    'a line of 111 characters',
    { 'src/core/x.ts': line(`const a = [${'1, '.repeat(32)}10];`) },
    'line of 111 characters',
  ],
  ['a comment of more than 110 characters', { 'src/core/x.ts': line(`// ${'word '.repeat(24)}`) }, 'line of'],
  [
    'a door of 21 exports',
    {
      'src/ui/index.ts': line(
        Array.from({ length: 21 }, (_, at) => `/** Thing. */\nexport const a${at} = 1;`).join('\n'),
      ),
    },
    'door with 21 exports',
  ],
  [
    'a door that lets all out',
    { 'src/ui/index.ts': line("export * from './box.ts';") },
    'names what it lets out',
  ],
];

export const names: Planted[] = [
  ['a file in camel case', { 'src/core/fileStore.ts': line('export {};') }, 'fileStore.ts is not kebab-case'],
  ['a folder in capitals', { 'src/ui/Charts/bar.tsx': line('export {};') }, 'Charts is not kebab-case'],
  ['a file that says nothing', { 'src/core/date-utils.ts': line('export {};') }, '"utils" says nothing'],
  [
    'a class that says nothing',
    { 'src/core/x.ts': line('export class FeedManager {}') },
    'FeedManager says nothing',
  ],
];

export const comments: Planted[] = [
  ['a file without its sentence', { 'src/core/x.ts': 'export {};\n' }, 'does not say'],
  ['a first line that is no sentence', { 'src/core/x.ts': line('export {};', '// stuff') }, 'does not say'],
  ['a migration without its sentence', { [`${upper}/migrations/0002-x.sql`]: 'select 1;\n' }, 'does not say'],
  [
    'a door without a doc comment',
    { [`${upper}/index.ts`]: line('export const count = 1;') },
    'count leaves by a door',
  ],
  [
    'a door that passes on an undocumented name',
    { [`${upper}/index.ts`]: line("export { idOf as count } from './rules.ts';") },
    'idOf leaves',
  ],
  [
    'a checker that is switched off',
    { 'src/core/x.ts': line('// @ts-ignore because\nexport {};') },
    'switched off',
  ],
  [
    'a lint that is ignored without reason',
    { 'src/core/x.ts': line('// biome-ignore lint/a/b: <x>\nexport {};') },
    'without its reason',
  ],
  [
    'work put off without a decision',
    { 'src/core/x.ts': line('export {};\n// TODO later') },
    'unfinished work',
  ],
];

export const words: Planted[] = [
  [
    'a text without Chinese',
    { [`${upper}/texts.ts`]: line("export const a = { en: 'Thing' };") },
    'a text without tc',
  ],
  [
    'a text with an empty language',
    { [`${upper}/texts.ts`]: line("export const a = { en: 'Thing', tc: ' ' };") },
    'an empty tc',
  ],
  [
    'an inline style',
    { [`${upper}/pages.tsx`]: line('export const a = <p style="color: red">x</p>;') },
    'inline style',
  ],
  [
    'an inline script',
    { [`${upper}/pages.tsx`]: line('export const a = <p onclick="go()">x</p>;') },
    'inline script never runs',
  ],
  [
    'raw HTML',
    { [`${upper}/pages.tsx`]: line('export const a = <p dangerouslySetInnerHTML={x} />;') },
    'raw HTML',
  ],
];

const test = (body: string) => ({
  'src/core/x.test.ts': line(`it('does what it says', () => { ${body} });`),
});
export const tests: Planted[] = [
  ['a test that measures time', test('expect(elapsedMs).toBeLessThan(50);'), 'elapsed time'],
  [
    'a test that measures a difference',
    test('expect(Date.now() - started).toBeLessThan(50);'),
    'elapsed time',
  ],
  [
    'a test that hides the others',
    { 'src/core/x.test.ts': line("it.only('does what it says', () => expect(1));") },
    '.only hides',
  ],
  [
    'a test that is skipped',
    { 'src/core/x.test.ts': line("it.skip('does what it says', () => expect(1));") },
    'runs or is deleted',
  ],
  ['a test that cannot fail', test('run();'), 'cannot fail'],
  [
    'a test without a sentence',
    { 'src/core/x.test.ts': line("it('works', () => expect(1));") },
    'no sentence',
  ],
];
