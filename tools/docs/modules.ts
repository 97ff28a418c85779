// The floors of the house as a page, from the list of modules and their READMEs.

/** A module as a reader of the floors needs it. */
export type ModuleEntry = {
  name: string;
  /** Text of its README. */
  readme: string;
  routes: number;
  pages: number;
  jobs: number;
  subscriptions: string[];
};

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** The first paragraph below the title of a README, without a label such as `**Purpose.**`. */
export function purposeOf(readme: string): string {
  const paragraphs = readme.split(/\n\s*\n/).map((one) => one.trim());
  const first = paragraphs.find((one) => one !== '' && !one.startsWith('#')) ?? '';
  return first.replace(/^\*\*[^*]+\*\*:?\s*/, '').replaceAll('\n', ' ');
}

function floorsDiagram(names: string[]): string {
  const width = Math.max(...names.map((name) => name.length), 'modules'.length) + 4;
  const line = `  +${'-'.repeat(width)}+`;
  const floors = [...names].reverse().map((name) => `  | ${name.padEnd(width - 2)} |`);
  return ['main', '  city', line, ...floors, line, '  ui', '  core'].join('\n');
}

/** `docs/modules.md`: foundation at the bottom of the diagram, first in the table. */
export function modulesPage(modules: ModuleEntry[]): string {
  const rows = modules.map((one) => {
    const hears = one.subscriptions.join(', ') || '-';
    const counts = `${one.routes} | ${one.pages} | ${one.jobs} | ${cell(hears)}`;
    return `| [${one.name}](../src/modules/${one.name}/README.md) | ${cell(purposeOf(one.readme))} | ${counts} |`;
  });
  return `# Modules

Written by \`npm run docs\` from \`src/modules.ts\`; edit the modules, not this page. Each floor may use only those
below it, by their door.

\`\`\`
${floorsDiagram(modules.map((one) => one.name))}
\`\`\`

| module | purpose | routes | pages | jobs | hears |
|---|---|---|---|---|---|
${rows.join('\n')}
`;
}
