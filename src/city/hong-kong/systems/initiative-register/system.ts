// System 2, the initiative and progress register: the blueprint module over this edition's data.

import type { System } from '../../../system.ts';

export const system: System = {
  id: 'initiative-register',
  modules: ['blueprint'],
  parts: [
    {
      part: 'The summary of the register at 2024-06-30 equals Annex 1 line by line.',
      test: 'gives the summary of Annex 1 line by line as of 2024-06-30',
    },
    {
      part: 'GOV-01 shows the seven progress entries of the talk in order.',
      test: 'shows the seven progress entries of the talk on GOV-01 in order',
    },
  ],
};
