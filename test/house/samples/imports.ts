// Planted breaches of the floors, the rooms, the tables and the packages.

import { line, moduleFiles, type Planted, upper } from './good-house.ts';

export const floors: Planted[] = [
  [
    'core that imports ui',
    { 'src/core/bad.ts': line("import '../ui/index.ts';") },
    'core imports src/ui/index.ts',
  ],
  [
    'core that imports a module',
    { 'src/core/bad.ts': line("import '../modules/lower/index.ts';") },
    'core imports',
  ],
  [
    'ui that imports a module',
    { 'src/ui/bad.ts': line("export * from '../modules/lower/index.ts';") },
    'ui imports',
  ],
  [
    'a module that imports the city',
    { [`${upper}/jobs.ts`]: line("import '../../city/tiny/city.ts';") },
    'modules imports',
  ],
  [
    'a module that waits for the city',
    { [`${upper}/jobs.ts`]: line("await import('../../city/tiny/city.ts');") },
    'modules imp',
  ],
  [
    'a lower module that imports a higher one',
    { 'src/modules/lower/jobs.ts': line("import '../upper/index.ts';") },
    'stands above',
  ],
  [
    'a module that passes a door',
    { [`${upper}/jobs.ts`]: line("import '../lower/store.ts';") },
    'past its door',
  ],
  [
    'a city that passes a door',
    { 'src/city/tiny/x.ts': line("import '../../modules/lower/store.ts';") },
    'past its door',
  ],
  [
    'a module that passes the door of core',
    { [`${upper}/jobs.ts`]: line("import '../../core/database/query.ts';") },
    'core/database past',
  ],
  [
    'a module that passes the door of ui',
    { [`${upper}/jobs.ts`]: line("import '../../ui/box.tsx';") },
    'into ui past',
  ],
  [
    'a program that imports its tests',
    { 'src/core/bad.ts': line("import '../../test/kit/house.ts';") },
    'not part of the program',
  ],
  ['a module that is not listed', moduleFiles('forgotten'), 'module forgotten is not in the list'],
];

export const rooms: Planted[] = [
  ['a room with a new name', { [`${upper}/service.ts`]: line('export {};') }, 'service.ts is no room'],
  ['a folder that is no room', { [`${upper}/lib/x.ts`]: line('export {};') }, 'lib/ is no room'],
  [
    'a migration without a number',
    { [`${upper}/migrations/things.sql`]: line('', '-- Tables of things.') },
    'is no migration',
  ],
  ['a module without README', { 'src/modules/bare/index.ts': line('export {};') }, 'has its README.md'],
  [
    'pages that use routes',
    { [`${upper}/pages.tsx`]: line("import './routes.ts';") },
    'hands never use each other',
  ],
  [
    'a folder room that uses jobs',
    { [`${upper}/feeds/x.ts`]: line("import '../jobs.ts';") },
    'hands never use each other',
  ],
  [
    'a store that uses protocols',
    { [`${upper}/store.ts`]: line("import './protocols.ts';") },
    'store imports protocols',
  ],
  [
    'protocols that use pages',
    { [`${upper}/protocols.ts`]: line("import './pages.tsx';") },
    'protocols imports pages',
  ],
  [
    'a schema that uses rules',
    { [`${upper}/schema.ts`]: line("import './rules.ts';") },
    'schema imports rules',
  ],
  [
    'rules that use the store',
    { [`${upper}/rules.ts`]: line("import './store.ts';") },
    'rules imports store',
  ],
  [
    'a heart that uses a hand',
    { [`${upper}/store.ts`]: line("import './routes.ts';") },
    'store imports routes',
  ],
  ['a room that uses its own door', { [`${upper}/jobs.ts`]: line("import './index.ts';") }, 'its own door'],
  [
    'an island that uses the store',
    { [`${upper}/browser.tsx`]: line("import './store.ts';") },
    'never leaves the server',
  ],
  ['rules that read a file', { [`${upper}/rules.ts`]: line("import 'node:fs';") }, 'no input or output'],
  [
    'rules that use the database',
    { [`${upper}/rules.ts`]: line("import '../../core/database/index.ts';") },
    'no input or output',
  ],
  ['rules that fetch', { [`${upper}/rules.ts`]: line("export const x = () => fetch('/');") }, 'calls fetch'],
  [
    'rules that look at the clock',
    { [`${upper}/rules.ts`]: line('export const x = () => new Date();') },
    'new Date()',
  ],
];

export const tables: Planted[] = [
  [
    'a page with SQL',
    { [`${upper}/pages.tsx`]: line("export const x = 'select a from upper.thing';") },
    'SQL outside a store',
  ],
  [
    'a route with a query builder',
    { [`${upper}/routes.ts`]: line("export const x = db.selectFrom('upper.thing');") },
    'SQL outside',
  ],
  [
    'a store that names a foreign table',
    { [`${upper}/store.ts`]: line("export const x = 'select a from lower.thing';") },
    'table of lower',
  ],
  [
    'a builder that names a foreign table',
    { [`${upper}/store.ts`]: line("export const x = db.insertInto('lower.thing');") },
    'table of lower',
  ],
  [
    'a store that names a table of core',
    { [`${upper}/store.ts`]: line('export const x = sql`delete from core.event`;') },
    'table of core',
  ],
  [
    'a migration of a foreign table',
    { [`${upper}/migrations/0002-x.sql`]: line('alter table lower.thing add a text;', '-- More of things.') },
    'table of lower',
  ],
];

export const packages: Planted[] = [
  [
    'a package that enters twice',
    { [`${upper}/jobs.ts`]: line("import 'left-pad';") },
    'already enters at src/core/pad.ts',
  ],
  [
    'a package that nobody declared',
    { 'src/core/x.ts': line("import 'unheard-of/deep';") },
    'package.json does not name',
  ],
];
