// The door of observations: what the sensors of the city say, in and out by SensorThings 1.1.

import type { Module } from '../../core/module.ts';
import { jobs, loops } from './jobs.ts';
import { sensorThings } from './protocols/sensorthings/index.ts';
import { policies } from './rules/policies.ts';
import { settings } from './schema.ts';
import { prepareMonths } from './store/index.ts';
import { problems } from './texts/problems.ts';

/** What is sensed. There where the edition says what is. */
export const observations: Module = {
  name: 'observations',
  config: settings,
  routes: [],
  pages: [],
  jobs,
  loops,
  mounts: [sensorThings],
  policies,
  problems,
  enabled: (edition) => 'observations' in edition.data,
  prepare: prepareMonths,
};
