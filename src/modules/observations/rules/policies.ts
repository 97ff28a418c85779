// Who may do what with observations.

import type { Policies } from '../../../core/access.ts';

export const policies: Policies = {
  'observations.edit': {
    about: {
      en: 'Add, change and remove Things of a department, what they sense, and their observations.',
      tc: '新增、更改及移除部門的物件、其感測項目及觀測值。',
    },
    roles: ['editor', 'administrator'],
  },
};
