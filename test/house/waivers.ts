// Waivers: the few places where a law does not hold, with the reason; one that is not needed fails.

import type { Violation } from './tree.ts';

export type Waiver = { law: string; path: string; what: RegExp; reason: string };

export const waivers: Waiver[] = [
  {
    law: 'numbers',
    path: 'src/core/errors.ts',
    what: /constructor has 4 parameters/,
    reason: 'an error is thrown all over the house: kind, code and message read best side by side',
  },
  {
    law: 'numbers',
    path: 'src/core/jobs.ts',
    what: /send has 4 parameters/,
    reason: 'a job is sent from many places: transaction, name and data read best side by side',
  },
  {
    law: 'numbers',
    path: 'src/ui/index.ts',
    what: /^export \*/,
    reason: 'the ui is a vocabulary: every component is a name, and a page picks from all of them',
  },
  {
    law: 'words',
    path: 'src/ui/layout.tsx',
    what: /raw HTML/,
    reason: 'JSON-LD is data in a script element, escaped there; a browser never runs it',
  },
];

/** The violations that no waiver covers, and the waivers that covered nothing. */
export function applyWaivers(law: string, found: Violation[]): { open: Violation[]; unused: Waiver[] } {
  const own = waivers.filter((waiver) => waiver.law === law);
  const covers = (waiver: Waiver, one: Violation) => waiver.path === one.path && waiver.what.test(one.what);
  return {
    open: found.filter((one) => !own.some((waiver) => covers(waiver, one))),
    unused: own.filter((waiver) => !found.some((one) => covers(waiver, one))),
  };
}
