// System 7, resident survey and city index: the published ranking is shown; the survey itself is still to
// come.

import type { System } from '../../../system.ts';

export const system: System = {
  id: 'resident-survey',
  modules: ['blueprint'],
  parts: [
    {
      part: 'The benchmark page shows the Annex 3 table of 20 rows exactly and warns that scales differ by group.',
      test: 'shows the twenty rows of Annex 3 exactly, and warns that scales differ by group',
    },
    { part: 'Survey results suppress any group with fewer answers than the set minimum.', test: null },
  ],
  missing: 'The survey of residents and the suppression of small groups.',
};
