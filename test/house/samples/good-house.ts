// A small house that keeps every law; samples are changes to it that break one.

export type Files = Record<string, string>;

/** A module with its two compulsory files. */
export const moduleFiles = (name: string): Files => ({
  [`src/modules/${name}/README.md`]: `# ${name}\n`,
  [`src/modules/${name}/index.ts`]: [
    `// The door of ${name}: its one function.`,
    '/** Counts things. */',
    'export const count = 1;',
  ].join('\n'),
});

/** A house that keeps every law. */
export const goodHouse: Files = {
  'package.json': '{ "dependencies": { "left-pad": "1.0.0", "other-pad": "1.0.0" } }',
  'src/main.ts':
    "// The entrance of a small house.\nimport { modules } from './modules.ts';\nexport const all = modules;\n",
  'src/modules.ts': `// The floors of a small house, foundation first.
import { count as lower } from './modules/lower/index.ts';
import { count as upper } from './modules/upper/index.ts';
export const modules = [lower, upper] as const;
`,
  ...moduleFiles('lower'),
  ...moduleFiles('upper'),
  'src/core/clock.ts':
    '// The time of a small house.\n\n/** The time in a small house. */\nexport function now(): number {\n  return 1;\n}\n',
  'src/core/pad.ts':
    "// The one entrance of left-pad.\nimport pad from 'left-pad';\nexport const padded = pad;\n",
  'src/core/database/index.ts':
    "// The door of the database.\n/** Runs a query. */\nexport { query } from './query.ts';\n",
  'src/core/database/query.ts':
    '// A query, run on the database.\n/** Runs it. */\nexport const query = 1;\n',
  'src/ui/index.ts': '// The door of the looks of a small house.\n/** A box. */\nexport const Box = 1;\n',
  'src/ui/styles/page.css': '/* The styles of every page. */\nbody { margin: 0; }\n',
  'src/modules/upper/schema.ts': '// The shapes of upper things.\nexport type Thing = { id: string };\n',
  'src/modules/upper/rules.ts':
    "// The decisions about upper things.\nimport type { Thing } from './schema.ts';\nexport const idOf = (one: Thing) => one.id;\n",
  'src/modules/upper/store.ts': `// The SQL of upper things.
import { query } from '../../core/database/index.ts';
import { idOf } from './rules.ts';
export const list = [query, idOf, 'select id from upper.thing', sql\`update upper.thing set id = 1\`];
declare const sql: (parts: TemplateStringsArray) => string;
`,
  'src/modules/upper/texts.ts':
    "// The words of upper things.\nexport const title = { en: 'Thing', tc: '事物' };\n",
  'src/modules/upper/pages.tsx': `// The pages of upper things.
import { Box } from '../../ui/index.ts';
import { count } from '../lower/index.ts';
import { list } from './store.ts';
import { title } from './texts.ts';
export const page = () => <p class="lead">{[Box, count, list, title.en]}</p>;
`,
  'src/modules/upper/migrations/0001-things.sql':
    '-- The tables of upper things.\ncreate table upper.thing (id text);\n',
  'src/modules/upper/rules.test.ts':
    "// Tests of the decisions about upper things.\nit('gives the id of a thing', () => { expect(1).toBe(1); });\n",
  'src/city/tiny/city.ts':
    "// A tiny city, made for tests only.\nimport { count } from '../../modules/upper/index.ts';\nexport const city = count;\n",
};

/** A file with its first line and the given code. */
export const line = (text: string, first = '// A file that breaks a law.') => `${first}\n${text}\n`;

/** Folder of the upper module. */
export const upper = 'src/modules/upper';

/** What is planted, the files that plant it, and words of the message that must follow. */
export type Planted = [title: string, files: Files, expect: string];
