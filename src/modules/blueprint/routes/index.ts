// Every endpoint of the blueprint.

import type { Route } from '../../../core/module.ts';
import { feedRoutes } from './atom.ts';
import { exportRoutes } from './export.ts';
import { figureRoutes } from './figures.ts';
import { initiativeRoute, initiativesRoute } from './initiatives.ts';
import { programmeRoutes } from './programme.ts';
import { reportRoutes } from './reports.ts';

export const routes: Route[] = [
  initiativesRoute,
  initiativeRoute,
  ...programmeRoutes,
  ...figureRoutes,
  ...exportRoutes,
  ...feedRoutes,
  ...reportRoutes,
];
