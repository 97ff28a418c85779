// What it costs to know the state of the register on a day, beside counting the same facts in PostgreSQL.

import type { SummaryCost } from '../city-process.ts';
import { inWords, median, type Table } from '../figures.ts';
import type { Setting } from '../setting.ts';

/** Each round another day, both ways in turn. */
export async function measureSummary({ city, quick }: Setting): Promise<Table> {
  await city.ask<SummaryCost>('summaries', { rounds: quick ? 5 : 50 });
  const { ruleMs, sqlMs } = await city.ask<SummaryCost>('summaries', { rounds: quick ? 5 : 300 });
  const rule = median(ruleMs);
  const counted = median(sqlMs);
  return {
    title: 'Summary of the register as of a day never asked before',
    columns: ['rule, all of it, ms', 'counts alone in PostgreSQL, ms', 'ratio of time'],
    rows: [{ cells: [inWords(rule), inWords(counted), (rule / counted).toFixed(2)] }],
  };
}
