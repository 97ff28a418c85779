// The table of settings as a page, from the same table that the program reads at start.

import type { SettingRow } from '../../src/core/config.ts';

/** Settings of core, or of one module. */
export type SettingGroup = { title: string; settings: SettingRow[] };

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function row(one: SettingRow): string {
  const about = one.secret ? `${one.about} Secret: never logged or shown.` : one.about;
  return `| \`${one.name}\` | ${cell(one.kind)} | ${one.default ? `\`${cell(one.default)}\`` : ''} | ${cell(about)} |`;
}

/** `docs/configuration.md`. */
export function configurationPage(groups: SettingGroup[]): string {
  const tables = groups
    .filter((group) => group.settings.length > 0)
    .map((group) => {
      const rows = group.settings.map(row).join('\n');
      return `## ${group.title}\n\n| name | value | default | what it does |\n|---|---|---|---|\n${rows}\n`;
    });
  return `# Configuration

Written by \`npm run docs\` from the tables in \`src/core/config.ts\` and the modules; edit those, not this page.

All settings come from the environment. A value that cannot be used, and a \`LAMPPOST_\` name that does not exist,
stop the program at start with the name and what was expected. With nothing set, the city runs.

${tables.join('\n')}`;
}
