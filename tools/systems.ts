// Runs the acceptance tests of every system of the edition and writes docs/systems.md and docs/systems.json.

import { join } from 'node:path';
import { settleAndTell } from './generated.ts';
import { assess, findProblems, stateCounts, toMarkdown } from './systems/assess.ts';
import { readDefined, readListed } from './systems/run.ts';

const root = join(import.meta.dirname, '..');
const edition = process.env.LAMPPOST_EDITION ?? 'hong-kong';

const listed = readListed(root, edition);
const defined = await readDefined(root, edition);
const problems = findProblems(listed, defined);
const failed = defined.flatMap((one) => one.tests.failed.map((title) => `${one.file}: failed: ${title}`));
for (const line of [...problems, ...failed]) console.error(line);

if (problems.length > 0) {
  process.exitCode = 1;
} else {
  const reports = assess(listed, defined);
  const files = {
    'docs/systems.json': `${JSON.stringify(reports, null, 2)}\n`,
    'docs/systems.md': toMarkdown(listed, reports),
  };
  const code = settleAndTell(files, 'npm run systems');
  process.exitCode = failed.length > 0 ? 1 : code;
  console.log(`${reports.length} systems: ${stateCounts(reports)}.`);
}
