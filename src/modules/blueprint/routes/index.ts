// Every endpoint of the blueprint.

import type { Route } from '../../../core/module.ts';
import { feedRoutes } from './atom.ts';
import { exportRoutes } from './export.ts';
import { figureRoutes } from './figures.ts';
import { initiativeRoute, initiativesRoute } from './initiatives.ts';
import { programmeRoutes } from './programme.ts';
import { reportRoutes } from './reports.ts';
import { systemRoutes } from './systems.ts';
import { tableRoutes } from './tables.ts';

export const routes: Route[] = [
  initiativesRoute,
  initiativeRoute,
  ...programmeRoutes,
  ...systemRoutes,
  ...figureRoutes,
  ...tableRoutes,
  ...exportRoutes,
  ...feedRoutes,
  ...reportRoutes,
];
