// Writes the documents that follow from the code: settings, API, modules. With --check it only compares.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getEdition } from '../src/city/index.ts';
import { coreSettings, settingsTable } from '../src/core/config.ts';
import { openApi } from '../src/core/http/index.ts';
import type { Module } from '../src/core/module.ts';
import { modules } from '../src/modules.ts';
import { apiPage, type OpenApi } from './docs/api.ts';
import { configurationPage } from './docs/configuration.ts';
import { type ModuleEntry, modulesPage } from './docs/modules.ts';
import { settleAndTell } from './generated.ts';

const root = join(import.meta.dirname, '..');

function entryOf(module: Module): ModuleEntry {
  // A missing README is the house test's to report.
  const readme = join(root, 'src/modules', module.name, 'README.md');
  return {
    name: module.name,
    readme: existsSync(readme) ? readFileSync(readme, 'utf8') : '',
    routes: module.routes?.length ?? 0,
    pages: module.pages?.length ?? 0,
    jobs: module.jobs?.length ?? 0,
    subscriptions: [...new Set((module.subscriptions ?? []).flatMap((one) => one.topics))],
  };
}

const edition = await getEdition('hong-kong');
const enabled = modules.filter((module) => module.enabled(edition));
const api = openApi(enabled, edition);
const groups = [
  { title: 'The house', settings: settingsTable(coreSettings) },
  ...modules.map((module) => ({
    title: `Module ${module.name}`,
    settings: settingsTable(module.config ?? {}),
  })),
];

process.exitCode = settleAndTell(
  {
    'docs/configuration.md': configurationPage(groups),
    'docs/openapi.json': `${JSON.stringify(api, null, 2)}\n`,
    'docs/api.md': apiPage(api as OpenApi),
    'docs/modules.md': modulesPage(modules.map(entryOf)),
  },
  'npm run docs',
);
