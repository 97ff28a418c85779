// Measures the headline numbers, all or those named, and writes them into README.md beside this file.

import type { Table } from './figures.ts';
import { measureEvents } from './measures/events.ts';
import { measureIngest } from './measures/ingest.ts';
import { measureLoginRate, measureLogins } from './measures/logins.ts';
import { measurePages } from './measures/pages.ts';
import { measurePaint } from './measures/paint.ts';
import { measureReceipts } from './measures/receipts.ts';
import { measureReceiptsProof } from './measures/receipts-proof.ts';
import { measureSearch } from './measures/search.ts';
import { measureStart } from './measures/start.ts';
import { measureSummary } from './measures/summary.ts';
import { measureWeight } from './measures/weight.ts';
import { describeMachine, inMarkdown, writeTable } from './report.ts';
import { openSetting, type Setting } from './setting.ts';

const measures: Record<string, (setting: Setting) => Promise<Table>> = {
  pages: measurePages,
  search: measureSearch,
  start: measureStart,
  weight: measureWeight,
  paint: measurePaint,
  summary: measureSummary,
  events: measureEvents,
  ingest: measureIngest,
  receipts: measureReceipts,
  'receipts-proof': measureReceiptsProof,
  logins: measureLogins,
  'login-rate': measureLoginRate,
};

const words = process.argv.slice(2);
const quick = words.includes('--quick');
const asked = words.filter((word) => word !== '--quick');
const unknown = asked.filter((name) => !Object.hasOwn(measures, name));

async function measure(setting: Setting, name: string): Promise<boolean> {
  const machine = describeMachine(await setting.city.ask<string>('postgresVersion'));
  const started = performance.now();
  try {
    const table = await measures[name]!(setting);
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    console.log(`\n${table.title} (${name}, measured in ${seconds} s)\n\n${inMarkdown(table)}`);
    if (!quick) writeTable({ name, table, machine });
    return true;
  } catch (error) {
    console.error(`\n${name} could not be measured.`, error);
    return false;
  }
}

async function run(): Promise<void> {
  const setting = await openSetting(quick);
  try {
    for (const name of asked.length > 0 ? asked : Object.keys(measures)) {
      if (!(await measure(setting, name))) process.exitCode = 1;
    }
  } finally {
    await setting.close();
  }
}

if (unknown.length > 0) {
  const known = Object.keys(measures).join(', ');
  console.error(
    `Usage: npm run bench -- [--quick] [measure ...]\nThere is no ${unknown.join(', ')}; there are ${known}.`,
  );
  process.exitCode = 2;
} else {
  await run();
}
