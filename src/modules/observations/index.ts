// The door of observations: what the sensors of the city say, how fresh it is, and every way in and out.

import type { Module } from '../../core/module.ts';

/** What is sensed. There where the edition says what is. */
export const observations: Module = {
  name: 'observations',
  routes: [],
  pages: [],
  jobs: [],
  loops: [],
  mounts: [],
  enabled: (edition) => 'observations' in edition.data,
};
