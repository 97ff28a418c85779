// System 130, cyber security operations: the audit log that nobody can change unseen; incidents and drills
// are still to come.

import type { System } from '../../../system.ts';

export const system: System = {
  id: 'cyber-operations',
  modules: ['receipts'],
  parts: [
    { part: 'An incident reported at T starts its clocks and reminds before each limit.', test: null },
    {
      part: 'The audit log is append-only.',
      test: 'refuses to change, remove or empty what stands in the audit log, and goes on growing',
    },
    {
      part: 'A changed entry is found.',
      test: 'finds a changed entry with the command, also when the triggers were passed',
    },
    { part: 'A drill ends with a scored report.', test: null },
  ],
  missing: 'Incidents with their clocks and drills with their scores, which the cases module will bring.',
};
