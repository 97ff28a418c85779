// System 1, the Smart City Portal: home, areas, initiatives and governance; live dashboards are still to
// come.

import type { System } from '../../../system.ts';

export const system: System = {
  id: 'smart-city-portal',
  modules: ['blueprint', 'portal'],
  parts: [
    {
      part: 'From the home page each of the 144 initiative pages, the six areas, COVID, villages and governance is reached in at most 3 clicks, in English and Chinese.',
      test: 'reaches every initiative, area, chapter and governance from home in at most three clicks',
    },
    {
      part: 'By keyboard alone.',
      test: 'is walked from home to an initiative with Tab and Enter alone',
    },
    { part: 'From the home page the dashboards are reached in at most 3 clicks.', test: null },
  ],
  missing: 'Live dashboards, which the analytics module will bring.',
};
