// System 3, programme governance and monitoring: the overdue report over the register, repeatable to the
// letter.

import type { System } from '../../../system.ts';

export const system: System = {
  id: 'programme-monitoring',
  modules: ['blueprint'],
  parts: [
    {
      part: 'An initiative whose target date passes without an update appears in the overdue report with its lead body.',
      test: 'lists an initiative whose target date passed without an update, with its lead body',
    },
    {
      part: 'The report for a committee date can be produced again later, identical.',
      test: 'makes the report of a committee date again later, identical, whatever was recorded since',
    },
    {
      part: 'So can a report that was made while facts were being recorded.',
      test: 'makes a report again also when facts were recorded while it was made',
    },
    {
      part: 'So can a report for which no date was named.',
      test: 'takes the day of what it knows when no day is named, so that it can be asked again',
    },
  ],
};
