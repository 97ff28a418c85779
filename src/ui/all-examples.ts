// All example sets, in the order of the style page.

import { barChartExamples, lineExamples, timelineChartExamples } from './charts/charts.examples.tsx';
import { barExamples } from './components/bars.examples.tsx';
import { factExamples } from './components/facts.examples.tsx';
import { linkExamples, pagingExamples, sourceExamples } from './components/links.examples.tsx';
import { noticeExamples } from './components/notice.examples.tsx';
import { pageExamples, pageHeaderExamples } from './components/page.examples.tsx';
import { statusExamples, tagExamples } from './components/status.examples.tsx';
import { tableExamples } from './components/table.examples.tsx';
import { timelineExamples } from './components/timeline.examples.tsx';
import type { ExampleSet } from './examples.ts';
import { fieldExamples, formExamples } from './forms/forms.examples.tsx';

/** Those that stand on the style page; page headers are left out there, since a page has one `h1`. */
export const styleSets: ExampleSet[] = [
  statusExamples,
  tagExamples,
  barExamples,
  factExamples,
  tableExamples,
  timelineExamples,
  lineExamples,
  barChartExamples,
  timelineChartExamples,
  sourceExamples,
  noticeExamples,
  linkExamples,
  pagingExamples,
  fieldExamples,
  formExamples,
  pageExamples,
];

export const allSets: ExampleSet[] = [pageHeaderExamples, ...styleSets];
