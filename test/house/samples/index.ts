// Planted samples: for each law, changes to a good house that break it.

import { type Files, goodHouse } from './good-house.ts';
import { floors, packages, rooms, tables } from './imports.ts';
import { comments, names, numbers, tests, words } from './manners.ts';

export { goodHouse } from './good-house.ts';

/** What is planted, the law that must see it, and words of the message it must give. */
export type Sample = { law: string; title: string; files: Files; expect: string };

const groups = { floors, rooms, tables, packages, numbers, names, comments, words, tests };

export const badSamples: Sample[] = Object.entries(groups).flatMap(([law, list]) =>
  list.map(([title, files, expect]) => ({ law, title, files: { ...goodHouse, ...files }, expect })),
);
